import { l10n } from 'vscode';
import type { RemovalPlan, RemovalRefusal } from '../core/plan';
import type { Resource } from '../core/resource';
import type { Statement } from '../core/statement';
import { resourceWords } from './resourceWords';
import {
  actionWords,
  some,
  statementExplanation,
  statementTitle,
  whoWords,
} from './statementWords';

/** What a person must know before saying yes: a question, and lines that say what ends. */
export interface Question {
  readonly message: string;
  readonly lines: readonly string[];
}

export function removalQuestion(
  plan: RemovalPlan,
  resource: Resource,
  place: { readonly account: string; readonly connection: string },
): Question {
  const { statement } = plan;
  const message = l10n.t(
    'Remove the permission "{0}" from {1}?',
    statementTitle(statement),
    resourceWords(resource),
  );
  const lines = [
    ...consequences(plan),
    '',
    ...statementExplanation(statement).map((line, i) => (i === 0 ? line : `  • ${line}`)),
    '',
    l10n.t('Resource: {0}', resource.arn),
    l10n.t('Account: {0}', place.account),
    l10n.t('Connection: {0}', place.connection),
  ];
  return { message, lines };
}

function consequences({ statement, widensAccess, lastStatement }: RemovalPlan): readonly string[] {
  const lines = [
    widensAccess
      ? l10n.t(
          'This WIDENS access: it is a Deny, and {0} will no longer be kept from {1}.',
          whoWords(statement),
          actionWords(statement),
        )
      : l10n.t(
          '{0} loses {1}, unless another statement or policy still allows it.',
          whoWords(statement),
          actionWords(statement),
        ),
  ];
  const sources = sourcesOf(statement);
  if (!widensAccess && statement.principals.some(({ kind }) => kind === 'service')) {
    lines.push(
      sources.length > 0
        ? l10n.t('If {0} is an active event source, its trigger stops working.', some(sources, 3))
        : l10n.t('An active event source of that service loses its trigger.'),
    );
  }
  if (lastStatement) lines.push(l10n.t('It is the last statement: no policy remains.'));
  return lines;
}

function sourcesOf({ conditions }: Statement): readonly string[] {
  return conditions
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .flatMap(({ values }) => values);
}

/** Why a statement cannot be removed by its ID, and what can be done instead. */
export function refusalWords(refusal: RemovalRefusal): string {
  switch (refusal.code) {
    case 'noStatementId':
      return l10n.t(
        'It has no statement ID (Sid), and the API removes statements by their ID. Replace the whole policy to remove it.',
      );
    case 'sharedStatementId':
      return l10n.t(
        '{0} statements share the statement ID "{1}", so the API could not remove this one alone. Replace the whole policy to remove it.',
        refusal.count,
        refusal.sid,
      );
    case 'illegalStatementId':
      return l10n.t(
        'Its statement ID "{0}" has characters or a length that the remove call does not accept. Replace the whole policy to remove it.',
        refusal.sid,
      );
  }
}
