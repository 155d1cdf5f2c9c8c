import { l10n } from 'vscode';
import { operationOf } from '../core/calls';
import type { ChangeKind } from '../core/changeRecord';
import { formatJson } from '../core/formatJson';
import { limits } from '../core/limits';
import type { ChangePlan } from '../core/plan';
import { byteLength } from '../core/policy';
import type { Statement } from '../core/statement';
import { oneLine } from './changeText';
import { numberWords } from './numberWords';
import { resourceWords } from './resourceWords';
import {
  actionWords,
  some,
  statementExplanation,
  statementSummary,
  statementTitle,
  whoWords,
} from './statementWords';
import { graveWords, otherWords } from './warningWords';

/** What a person must know before saying yes: a question, and lines that say what would happen. */
export interface Question {
  readonly message: string;
  /** What must be seen before anything else: the gravest warnings. */
  readonly head: readonly string[];
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
  const head = graveWords(plan.warnings);
  return { ...changeWords(plan, what, name, rest), head, tail: rest.length };
}

function changeWords(
  plan: ChangePlan,
  what: ChangeKind,
  name: string,
  rest: readonly string[],
): Omit<Question, 'head' | 'tail'> {
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
            lines: [...otherWords(plan.warnings), ...listed(plan.removed, '−'), ...rest],
            yes: l10n.t('Remove'),
          };
    case 'add':
      return {
        message:
          added && plan.added.length === 1
            ? l10n.t('Add the permission "{0}" to {1}?', statementTitle(added), name)
            : l10n.t('Add {0} permissions to {1}?', plan.added.length, name),
        lines: [
          ...otherWords(plan.warnings),
          ...plan.added.flatMap((one) => [...explained(one), ...asJson(one), '']).slice(0, -1),
          ...rest,
        ],
        yes: l10n.t('Add'),
      };
    case 'edit':
      return {
        message: l10n.t('Apply the edited policy to {0}?', name),
        lines: [...otherWords(plan.warnings), ...differences(plan), ...rest],
        yes: l10n.t('Apply'),
      };
    case 'undo':
      return {
        message: l10n.t('Undo the change to {0}?', name),
        lines: [...otherWords(plan.warnings), ...differences(plan), ...rest],
        yes: l10n.t('Undo'),
      };
  }
}

function consequences(plan: ChangePlan, statement: Statement): readonly string[] {
  const warnings = otherWords(plan.warnings);
  if (statement.effect === 'Deny') return warnings;
  const who = whoWords(statement);
  const what = actionWords(statement);
  const loss = isOne(statement)
    ? l10n.t('{0} loses {1}, unless another statement or policy still allows it.', who, what)
    : l10n.t('{0} lose {1}, unless another statement or policy still allows it.', who, what);
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

function isOne({ principals, exceptPrincipals }: Statement): boolean {
  return exceptPrincipals || principals.length <= 1;
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
  return ['', oneLine(statement.text)];
}

/** What is added, laid out: for where there is room. */
export function prettyAdded({ added }: ChangePlan): readonly string[] {
  return added.flatMap(({ text }) => ['', ...formatJson(text).split('\n')]);
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

export function listed(statements: readonly Statement[], sign: string): readonly string[] {
  return statements.map((one) => `  ${sign} ${statementTitle(one)}: ${statementSummary(one)}`);
}

/** Which calls will be made. */
export function callsLine({ resource, ways }: ChangePlan): string {
  const { calls } = ways[0];
  const names = [...new Set(calls.map((call) => operationOf(resource.kind, call)))].join(', ');
  return calls.length === 1
    ? l10n.t('Request: {0}', names)
    : l10n.t('{0} requests: {1}', calls.length, names);
}

export function sizeLine({ resource, before, ways }: ChangePlan): string {
  return l10n.t(
    'Size: {0} → {1} of {2} bytes',
    numberWords(byteLength(before ?? '')),
    numberWords(byteLength(ways[0].after ?? '')),
    numberWords(limits[resource.kind].bytes),
  );
}

export function placeLines(
  { resource }: ChangePlan,
  { account, connection }: Place,
): readonly string[] {
  return [
    l10n.t('Resource: {0}', resource.arn),
    l10n.t('Account: {0}', account),
    l10n.t('Connection: {0}', connection),
  ];
}
