import { l10n } from 'vscode';
import type { ChangeWarning } from '../core/plan';
import type { ResourceKind } from '../core/resource';
import { managedWords } from './managedWords';
import { numberWords } from './numberWords';
import { actionWords, statementSummary, statementTitle, whoWords } from './statementWords';

/** What a person should know before saying yes, each in a sentence; the gravest first. */
export function warningWords(warnings: readonly ChangeWarning[]): readonly string[] {
  return [...graveWords(warnings), ...otherWords(warnings)];
}

/** What must be said whatever else there is no room for. */
export function graveWords(warnings: readonly ChangeWarning[]): readonly string[] {
  return sentences(graveOf(warnings));
}

export function otherWords(warnings: readonly ChangeWarning[]): readonly string[] {
  return sentences(warnings.filter(({ code }) => !graveCodes.includes(code)));
}

/** Those that are grave, the gravest first. */
export function graveOf(warnings: readonly ChangeWarning[]): readonly ChangeWarning[] {
  return graveCodes.flatMap((code) => warnings.filter((warning) => warning.code === code));
}

function sentences(warnings: readonly ChangeWarning[]): readonly string[] {
  return [...new Set(warnings.map(warningSentence))];
}

const graveCodes: readonly ChangeWarning['code'][] = [
  'locksOwnerOut',
  'mayLockOwnerOut',
  'opensToEveryone',
  'denyRemoved',
  'denyEdited',
  'functionUrlHalf',
  'lastStatement',
];

export function warningSentence(warning: ChangeWarning): string {
  switch (warning.code) {
    case 'denyRemoved':
      return l10n.t(
        'This WIDENS access: it is a Deny, and {0} will no longer be kept from {1}.',
        whoWords(warning.statement),
        actionWords(warning.statement),
      );
    case 'functionUrlHalf':
      return l10n.t(
        'The function URL stops working: it needs both "{0}" and "{1}".',
        statementTitle(warning.statement),
        statementTitle(warning.other),
      );
    case 'lastStatement':
      return l10n.t('It is the last statement: no policy remains.');
    case 'denyAdded':
      return l10n.t(
        'A Deny: {0} will be kept from {1}, whatever else allows it.',
        whoWords(warning.statement),
        actionWords(warning.statement),
      );
    case 'denyEdited':
      return l10n.t(
        'The Deny "{0}" changes from "{1}" to "{2}": look whether it still keeps out whom it should.',
        statementTitle(warning.statement),
        statementSummary(warning.statement),
        statementSummary(warning.now),
      );
    case 'locksOwnerOut':
      return l10n.t(
        'This can LOCK YOU OUT: the Deny "{0}" holds for the owner too, who could then not change the policy any more.',
        statementTitle(warning.statement),
      );
    case 'mayLockOwnerOut':
      return l10n.t(
        'This may LOCK YOU OUT: the Deny "{0}" holds for all callers but some, the owner too. If you are not among these, you cannot change the policy any more.',
        statementTitle(warning.statement),
      );
    case 'opensToEveryone':
      return opensWords(statementTitle(warning.statement), warning.kind);
    case 'managed':
      return managedWords(warning.by);
    case 'unresolvedPrincipal':
      return l10n.t(
        'The policy names {0} in "{1}", an ID that no longer resolves to a user or role: AWS may refuse the change because of it.',
        warning.id,
        statementTitle(warning.statement),
      );
    case 'notRestorable':
      return l10n.t(
        'Undo may be refused: "{0}" names {1}, an ID that no longer resolves to a user or role.',
        statementTitle(warning.statement),
        warning.id,
      );
    case 'alreadyRemoved':
      return l10n.t('"{0}" is gone already.', statementTitle(warning.statement));
    case 'alreadyThere':
      return l10n.t('"{0}" is there already.', statementTitle(warning.statement));
    case 'nearLimit':
      return l10n.t(
        'The policy will be nearly full: {0} of {1} bytes.',
        numberWords(warning.bytes),
        numberWords(warning.limit),
      );
  }
}

function opensWords(title: string, kind: ResourceKind): string {
  switch (kind) {
    case 'lambdaFunction':
      return l10n.t(
        'This lets EVERYONE in: "{0}" holds for every AWS account and, where a function URL asks for no signature, for the whole internet.',
        title,
      );
    case 'layerVersion':
      return l10n.t('This lets EVERYONE in: "{0}" holds for every AWS account.', title);
    case 'sqsQueue':
      return l10n.t(
        'This lets EVERYONE in: "{0}" holds for every AWS account and for callers without one, the whole internet.',
        title,
      );
  }
}
