import { l10n } from 'vscode';
import type { Answered } from '../core/evaluate/askPolicy';
import type { Decision, Match } from '../core/evaluate/decide';
import type { Caller } from '../core/evaluate/request';
import { accountOf } from '../core/evaluate/request';
import type { Statement } from '../core/statement';
import { conditionWords } from './conditionWords';
import { statementSummary, statementTitle } from './statementWords';

/** What a policy says to somebody, with what decides it, a line each. */
export function decisionLines(
  decision: Decision,
  caller: Caller,
  owner: string | undefined,
): readonly string[] {
  const { t } = l10n;
  return [
    answerSentence(decision, caller, owner),
    '',
    ...decidingLines(t('Allowed by'), decision.allowing),
    ...decidingLines(t('Denied by'), decision.denying),
  ];
}

function answerSentence(
  { answer, certain }: Decision,
  caller: Caller,
  owner: string | undefined,
): string {
  const { t } = l10n;
  switch (answer) {
    case 'allows':
      return certain
        ? t('YES. The policy allows it by itself.')
        : t('ONLY IF what is said below holds. Then the policy allows it by itself.');
    case 'leavesToAccount': {
      const account = accountOf(caller) ?? '';
      return certain
        ? t(
            'HALF. The policy lets them in; the policies of account {0} must allow it, too.',
            account,
          )
        : t(
            'HALF, AND ONLY IF what is said below holds; the policies of account {0} must allow it, too.',
            account,
          );
    }
    case 'denies':
      return t('NO. The policy denies it, whatever else allows it.');
    case 'saysNothing':
      return silence(certain, caller, owner);
  }
}

/** Silence refuses nobody of the account itself. */
function silence(certain: boolean, caller: Caller, owner: string | undefined): string {
  const { t } = l10n;
  if (!certain) return t('The policy does not allow it, and may deny it: see below.');
  return accountOf(caller) === owner
    ? t('The policy says nothing about it. Policies of the account itself may still allow it.')
    : t('NO. The policy says nothing about it, and without it nobody from outside gets in.');
}

function decidingLines(title: string, matches: readonly Match[]): readonly string[] {
  if (matches.length === 0) return [];
  return [`${title}:`, ...matches.flatMap(matchLines), ''];
}

function matchLines({ statement, open }: Match): readonly string[] {
  const { t } = l10n;
  const conditions = open.map((part) =>
    'condition' in part
      ? t('if {0}', conditionWords(part.condition))
      : t('if its {0} means so, which cannot be judged', part.element),
  );
  return [
    `  ${statementTitle(statement)}: ${statementSummary(statement)}`,
    ...conditions.map((words) => `    ${words}`),
  ];
}

/** Those whom a policy lets do something, a line for each with how far. */
export function whoCanLines(answered: readonly Answered[]): readonly string[] {
  const { t } = l10n;
  if (answered.length === 0) {
    return [t('Nobody, by this policy. Policies of the account itself may still allow it.')];
  }
  return answered.flatMap(({ principal, isExcept, statement, decision }) => {
    const named = { ...statement, principals: [principal], exceptPrincipals: isExcept };
    const { allowing, denying } = decision;
    const own = allowing.filter((match) => match.statement === statement);
    return [
      `${statementSummary(named)}: ${shortAnswer(decision, isEverybody(named))}`,
      ...[...own, ...denying].flatMap(matchLines),
      '',
    ];
  });
}

/** Whether people of other accounts are among those whom it names. */
function isEverybody({ principals, exceptPrincipals }: Statement): boolean {
  return exceptPrincipals || principals.some(({ kind }) => kind === 'everyone');
}

function shortAnswer({ answer, certain }: Decision, isEverybody: boolean): string {
  const { t } = l10n;
  switch (answer) {
    case 'allows':
      if (isEverybody) {
        return certain
          ? t('yes, for another account if that allows it, too')
          : t('only if what follows holds, for another account if that allows it, too');
      }
      return certain ? t('yes') : t('only if what follows holds');
    case 'leavesToAccount':
      return certain
        ? t('if their account allows it, too')
        : t('only if what follows holds and their account allows it, too');
    case 'denies':
      return t('no, it is denied');
    case 'saysNothing':
      return t('no');
  }
}

/** What decides besides the policy, and is not looked at. */
export function notLookedAt(): string {
  return l10n.t(
    'Not looked at: the policies of the caller, permission boundaries, session policies, and the policies of the organization.',
  );
}
