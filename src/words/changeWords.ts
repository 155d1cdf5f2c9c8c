import { l10n } from 'vscode';
import { operationOf } from '../core/calls';
import type { ChangeKind } from '../core/changeRecord';
import { limits } from '../core/limits';
import type { ChangePlan } from '../core/plan';
import { byteLength } from '../core/policy';
import type { Statement } from '../core/statement';
import { shortJson } from './changeText';
import { resourceWords } from './resourceWords';
import {
  actionWords,
  some,
  statementExplanation,
  statementSummary,
  statementTitle,
  whoWords,
} from './statementWords';
import { graveWords, otherWords, warningWords } from './warningWords';

/** What a person must know before saying yes: a question, and lines that say what would happen. */
export interface Question {
  readonly message: string;
  readonly lines: readonly string[];
  /** How many of the last lines must be seen however little room there is. */
  readonly tail: number;
  /** The button that says yes. */
  readonly yes: string;
}

export interface Place {
  readonly account: string;
  readonly connection: string;
}

/** The question before one change to one policy. */
export function changeQuestion(plan: ChangePlan, what: ChangeKind, place: Place): Question {
  const name = resourceWords(plan.resource);
  const rest = ['', callsLine(plan), sizeLine(plan), ...placeLines(plan, place)];
  return { ...changeWords(plan, what, name, rest), tail: rest.length };
}

function changeWords(
  plan: ChangePlan,
  what: ChangeKind,
  name: string,
  rest: readonly string[],
): Omit<Question, 'tail'> {
  const [removed] = plan.removed;
  const [added] = plan.added;
  switch (what) {
    case 'remove':
      return removed && plan.removed.length === 1
        ? {
            message: l10n.t('Remove the permission "{0}" from {1}?', statementTitle(removed), name),
            lines: [...consequences(plan, removed), '', ...explained(removed), ...rest],
            yes: l10n.t('Remove'),
          }
        : {
            message: l10n.t('Remove {0} permissions from {1}?', plan.removed.length, name),
            lines: [...warningWords(plan.warnings), ...listed(plan.removed, '−'), ...rest],
            yes: l10n.t('Remove'),
          };
    case 'add':
      return {
        message:
          added && plan.added.length === 1
            ? l10n.t('Add the permission "{0}" to {1}?', statementTitle(added), name)
            : l10n.t('Add {0} permissions to {1}?', plan.added.length, name),
        lines: [...warningWords(plan.warnings), ...plan.added.flatMap(asJson), ...rest],
        yes: l10n.t('Add'),
      };
    case 'edit':
      return {
        message: l10n.t('Apply the edited policy to {0}?', name),
        lines: [...warningWords(plan.warnings), ...differences(plan), ...rest],
        yes: l10n.t('Apply'),
      };
    case 'undo':
      return {
        message: l10n.t('Undo the change to {0}?', name),
        lines: [...warningWords(plan.warnings), ...differences(plan), ...rest],
        yes: l10n.t('Undo'),
      };
  }
}

/** The question before changes to several policies: a line for each statement, by policy. */
export function bulkQuestion(
  plans: readonly { readonly plan: ChangePlan; readonly place: Place }[],
  what: ChangeKind,
): Question {
  const count = plans.reduce((sum, { plan }) => sum + changesOf(plan), 0);
  const grave = plans.flatMap(({ plan }) =>
    graveWords(plan.warnings).map((line) => `⚠ ${resourceWords(plan.resource)}: ${line}`),
  );
  const lines = plans.flatMap(({ plan }) => [
    '',
    `${resourceWords(plan.resource)} (${callsLine(plan)})`,
    ...otherWords(plan.warnings).map((line) => `  ${line}`),
    ...listed(plan.removed, '−'),
    ...listed(plan.added, '+'),
  ]);
  const places = [...new Set(plans.map(({ place }) => `${place.account} · ${place.connection}`))];
  return {
    message:
      what === 'undo'
        ? l10n.t('Undo the changes to {0} policies?', plans.length)
        : l10n.t('Remove {0} permissions from {1} policies?', count, plans.length),
    lines: [...places.map((place) => l10n.t('Account: {0}', place)), ...grave, ...lines],
    tail: 0,
    yes: what === 'undo' ? l10n.t('Undo') : l10n.t('Remove'),
  };
}

/** All that a bulk change would do, line by line. */
export function bulkText(
  plans: readonly { readonly plan: ChangePlan; readonly place: Place }[],
): readonly string[] {
  return plans.flatMap(({ plan, place }) => [
    resourceWords(plan.resource),
    ...placeLines(plan, place),
    callsLine(plan),
    ...warningWords(plan.warnings),
    ...listed(plan.removed, '−'),
    ...listed(plan.added, '+'),
    '',
  ]);
}

export function changesOf({ removed, added }: ChangePlan): number {
  return removed.length + added.length;
}

function consequences(plan: ChangePlan, statement: Statement): readonly string[] {
  const warnings = warningWords(plan.warnings);
  if (statement.effect === 'Deny') return warnings;
  const loss = l10n.t(
    '{0} loses {1}, unless another statement or policy still allows it.',
    whoWords(statement),
    actionWords(statement),
  );
  const lines = [loss];
  if (statement.principals.some(({ kind }) => kind === 'service')) {
    const sources = sourcesOf(statement);
    lines.push(
      sources.length > 0
        ? l10n.t('If {0} is an active event source, its trigger stops working.', some(sources, 3))
        : l10n.t('An active event source of that service loses its trigger.'),
    );
  }
  return [...lines, ...warnings];
}

function sourcesOf({ conditions }: Statement): readonly string[] {
  return conditions
    .filter(({ key }) => key.toLowerCase() === 'aws:sourcearn')
    .flatMap(({ values }) => values);
}

function explained(statement: Statement): readonly string[] {
  return statementExplanation(statement).map((line, i) => (i === 0 ? line : `  • ${line}`));
}

function asJson(statement: Statement): readonly string[] {
  return ['', shortJson(statement.text)];
}

/** What goes, what comes, and what stays under its name but is another. */
function differences({ removed, added }: ChangePlan): readonly string[] {
  const isKept = (one: Statement, others: readonly Statement[]) =>
    one.sid !== undefined && others.some(({ sid }) => sid === one.sid);
  const changed = added.filter((one) => isKept(one, removed));
  return [
    ...listed(
      removed.filter((one) => !isKept(one, added)),
      '−',
    ),
    ...listed(changed, '±'),
    ...listed(
      added.filter((one) => !changed.includes(one)),
      '+',
    ),
    ...(removed.length + added.length === 0
      ? [l10n.t('No statement changes, only how the policy is written.')]
      : []),
  ];
}

function listed(statements: readonly Statement[], sign: string): readonly string[] {
  return statements.map((one) => `  ${sign} ${statementTitle(one)}: ${statementSummary(one)}`);
}

/** Which calls will be made. */
function callsLine({ resource, ways }: ChangePlan): string {
  const { calls } = ways[0];
  const names = [...new Set(calls.map((call) => operationOf(resource.kind, call)))].join(', ');
  return calls.length === 1
    ? l10n.t('Request: {0}', names)
    : l10n.t('{0} requests: {1}', calls.length, names);
}

function sizeLine({ resource, before, ways }: ChangePlan): string {
  return l10n.t(
    'Size: {0} → {1} of {2} bytes',
    byteLength(before ?? ''),
    byteLength(ways[0].after ?? ''),
    limits[resource.kind].bytes,
  );
}

function placeLines({ resource }: ChangePlan, { account, connection }: Place): readonly string[] {
  return [
    l10n.t('Resource: {0}', resource.arn),
    l10n.t('Account: {0}', account),
    l10n.t('Connection: {0}', connection),
  ];
}
