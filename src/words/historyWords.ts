import { env, l10n } from 'vscode';
import { operationOf } from '../core/calls';
import type { ChangeRecord } from '../core/changeRecord';
import type { PolicyCall } from '../core/policyStore';
import { isUncertain } from '../core/recordOutcome';
import { resourceWords } from './resourceWords';
import { some } from './statementWords';

/** What is known of a change besides its record. */
export interface ChangeFacts {
  /** Its window is gone, and nobody knows yet what came of it. */
  readonly interrupted: boolean;
  /** It was taken back, and not made again. */
  readonly undone: boolean;
  /** What it takes back, what that took back, and so on. */
  readonly undoes: readonly ChangeRecord[];
}

/** A change in one line: what was done, or what was wanted as long as it is not known to be done. */
export function changeTitle(record: ChangeRecord, undoes: readonly ChangeRecord[]): string {
  const isDone = record.state === 'applied' || record.state === 'accepted';
  if (record.what !== 'undo') return isDone ? doneWords(record) : wantedWords(record);
  const first = undoes.at(-1);
  const where = resourceWords(record.resource);
  if (!first || first.what === 'undo') {
    return isDone
      ? l10n.t('Undid a change of {0}', where)
      : l10n.t('Undo of a change of {0}', where);
  }
  // To take back what was taken back is to do it again.
  if (undoes.length % 2 === 1) {
    return isDone
      ? l10n.t('Undid: {0}', doneWords(first))
      : l10n.t('Undo of: {0}', doneWords(first));
  }
  return isDone ? l10n.t('Redid: {0}', doneWords(first)) : l10n.t('Redo of: {0}', doneWords(first));
}

function doneWords(record: ChangeRecord): string {
  const where = resourceWords(record.resource);
  switch (record.what) {
    case 'remove':
      return l10n.t('Removed {0} from {1}', statementsWords(record.removed), where);
    case 'add':
      return l10n.t('Added {0} to {1}', statementsWords(record.added), where);
    case 'edit':
      return l10n.t('Edited policy of {0}', where);
    case 'undo':
      return l10n.t('Undid a change of {0}', where);
  }
}

function wantedWords(record: ChangeRecord): string {
  const where = resourceWords(record.resource);
  switch (record.what) {
    case 'remove':
      return l10n.t('Remove {0} from {1}', statementsWords(record.removed), where);
    case 'add':
      return l10n.t('Add {0} to {1}', statementsWords(record.added), where);
    case 'edit':
      return l10n.t('Edit policy of {0}', where);
    case 'undo':
      return l10n.t('Undo of a change of {0}', where);
  }
}

/** How it stands with a change; nothing of one that was made, seen, and is still so. */
export function stateWords(
  record: ChangeRecord,
  { interrupted, undone }: Pick<ChangeFacts, 'interrupted' | 'undone'>,
): string | undefined {
  switch (record.state) {
    case 'running':
      return interrupted ? l10n.t('interrupted, outcome not known') : l10n.t('running');
    case 'applied':
      return undone ? l10n.t('undone') : undefined;
    case 'accepted':
      return undone ? l10n.t('undone') : l10n.t('accepted by AWS, not seen yet');
    case 'partly':
      return undone ? l10n.t('undone') : l10n.t('made only in part');
    case 'failed':
      return l10n.t('failed, nothing was changed');
    case 'cancelled':
      return l10n.t('cancelled, nothing was changed');
    case 'unknown':
      return isUncertain(record)
        ? l10n.t('outcome not known, show the change to find out')
        : l10n.t('outcome not known');
  }
}

/** What reading the policy said of a change whose end nobody saw. */
export function foundOutWords(title: string, { state }: Pick<ChangeRecord, 'state'>): string {
  switch (state) {
    case 'applied':
      return l10n.t('"{0}": the change was made, as reading the policy shows.', title);
    case 'accepted':
      return l10n.t('"{0}": AWS took the change.', title);
    case 'partly':
      return l10n.t(
        '"{0}": the change was made only in part. Show it to see what came of it.',
        title,
      );
    case 'failed':
    case 'cancelled':
      return l10n.t('"{0}": nothing was changed, as reading the policy shows.', title);
    case 'running':
    case 'unknown':
      return l10n.t('"{0}": what came of the change is not known.', title);
  }
}

/** The calls of a change in order, e.g. `lambda:RemovePermission AllowS3`. */
export function callsWords({ calls, resource }: ChangeRecord): string {
  return some(
    calls.map((call) => [operationOf(resource.kind, call), statementIdOf(call)].join(' ').trim()),
    5,
  );
}

/** Date and time of day as the person's language writes them. */
export function timeWords(time: number): string {
  return inLanguage({ dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

/** To the second: two things of one minute have different names. */
export function momentWords(time: number): string {
  return inLanguage({ dateStyle: 'medium', timeStyle: 'medium' }).format(time);
}

export function daysWords(from: number, to: number): string {
  return inLanguage({ dateStyle: 'medium' }).formatRange(from, to);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each form: it takes longer than all the rest of a row. */
function inLanguage(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = Object.values(options).join();
  const format = formats.get(key) ?? new Intl.DateTimeFormat(env.language, options);
  formats.set(key, format);
  return format;
}

function statementsWords(titles: readonly string[]): string {
  if (titles.length === 0) return l10n.t('statements');
  return some(
    titles.map((title) => (/^#\d+$/.test(title) ? l10n.t('Statement {0}', title.slice(1)) : title)),
    2,
  );
}

function statementIdOf(call: PolicyCall): string {
  switch (call.type) {
    case 'removeStatement':
      return call.statementId;
    case 'addStatement':
      return call.grant.statementId;
    case 'putPolicy':
    case 'deletePolicy':
      return '';
  }
}
