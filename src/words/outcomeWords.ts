import { l10n } from 'vscode';
import type { ChangeKind } from '../core/changeRecord';

/** What became of one policy, to be said. `title` names the statement where it is one. */
export interface OutcomeScene {
  readonly what: ChangeKind;
  /** A statement's title; absent where it is more than one. */
  readonly title?: string;
  readonly count: number;
  readonly name: string;
}

/** What is being done, for a progress. */
export function doingWords({ what, title, count, name }: OutcomeScene): string {
  switch (what) {
    case 'remove':
      return title === undefined
        ? l10n.t('Removing {0} permissions from {1}', count, name)
        : l10n.t('Removing "{0}" from {1}', title, name);
    case 'add':
      return title === undefined
        ? l10n.t('Adding {0} permissions to {1}', count, name)
        : l10n.t('Adding "{0}" to {1}', title, name);
    case 'edit':
      return l10n.t('Writing the policy of {0}', name);
    case 'undo':
      return l10n.t('Undoing the change to {0}', name);
  }
}

/** It was done, and seen. */
export function doneWords({ what, title, count, name }: OutcomeScene): string {
  switch (what) {
    case 'remove':
      return title === undefined
        ? l10n.t(
            'Removed {0} permissions from {1}, and verified it by reading the policy again.',
            count,
            name,
          )
        : l10n.t(
            'Removed "{0}" from {1}, and verified it by reading the policy again.',
            title,
            name,
          );
    case 'add':
      return title === undefined
        ? l10n.t(
            'Added {0} permissions to {1}, and verified it by reading the policy again.',
            count,
            name,
          )
        : l10n.t('Added "{0}" to {1}, and verified it by reading the policy again.', title, name);
    case 'edit':
      return l10n.t('Wrote the policy of {0}, and verified it by reading it again.', name);
    case 'undo':
      return l10n.t('Undid the change to {0}, and verified it by reading the policy again.', name);
  }
}

/** It was done, and more is different than that. */
export function doneAmongOthersWords({ what, title, count, name }: OutcomeScene): string {
  const others = l10n.t('Someone else changed the policy at the same time.');
  switch (what) {
    case 'remove':
      return title === undefined
        ? `${l10n.t('Removed {0} permissions from {1}.', count, name)} ${others}`
        : `${l10n.t('Removed "{0}" from {1}.', title, name)} ${others}`;
    case 'add':
      return title === undefined
        ? `${l10n.t('Added {0} permissions to {1}.', count, name)} ${others}`
        : `${l10n.t('Added "{0}" to {1}.', title, name)} ${others}`;
    case 'edit':
      return l10n.t(
        'Wrote the policy of {0}, but it reads differently: someone else changed it at the same time, or AWS wrote it in its own form.',
        name,
      );
    case 'undo':
      return `${l10n.t('Undid the change to {0}.', name)} ${others}`;
  }
}

/** The change as the subject of a sentence. */
export function changeNoun({ what, title, count, name }: OutcomeScene): string {
  switch (what) {
    case 'remove':
      return title === undefined
        ? l10n.t('the removal of {0} permissions from {1}', count, name)
        : l10n.t('the removal of "{0}" from {1}', title, name);
    case 'add':
      return title === undefined
        ? l10n.t('the adding of {0} permissions to {1}', count, name)
        : l10n.t('the adding of "{0}" to {1}', title, name);
    case 'edit':
      return l10n.t('the new policy of {0}', name);
    case 'undo':
      return l10n.t('the undoing of the change to {0}', name);
  }
}

/** What could not be done, before a colon and the reason. */
export function failedWords({ what, title, count, name }: OutcomeScene): string {
  switch (what) {
    case 'remove':
      return title === undefined
        ? l10n.t('Could not remove {0} permissions from {1}', count, name)
        : l10n.t('Could not remove "{0}" from {1}', title, name);
    case 'add':
      return title === undefined
        ? l10n.t('Could not add {0} permissions to {1}', count, name)
        : l10n.t('Could not add "{0}" to {1}', title, name);
    case 'edit':
      return l10n.t('Could not write the policy of {0}', name);
    case 'undo':
      return l10n.t('Could not undo the change to {0}', name);
  }
}

export function nothingToDoWords({ what, title, name }: OutcomeScene): string {
  if (what === 'remove' && title !== undefined) {
    return l10n.t('"{0}" was already gone from {1}. Nothing was removed.', title, name);
  }
  return l10n.t('There is nothing to change: the policy of {0} is so already.', name);
}

export function cancelledWords({ what, title, name }: OutcomeScene): string {
  return what === 'remove' && title !== undefined
    ? l10n.t('Cancelled. "{0}" was not removed from {1}.', title, name)
    : l10n.t('Cancelled. The policy of {0} was not changed.', name);
}
