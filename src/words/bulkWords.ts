import { l10n } from 'vscode';
import type { ChangeKind } from '../core/changeRecord';
import type { ChangePlan } from '../core/plan';
import { fitLines } from './changeText';
import type { Place, Question } from './changeWords';
import { callsLine, listed, placeLines, prettyAdded, sizeLine } from './changeWords';
import { resourceWords } from './resourceWords';
import { graveOf, otherWords, warningSentence, warningWords } from './warningWords';

/** How several changes that are one thing to a person are spoken of. */
export interface BulkPurpose {
  readonly message: (policies: number) => string;
  readonly yes: string;
  /** What is so once all of them are made: where there is room for little, and in full. */
  readonly afterwards: { readonly short: readonly string[]; readonly whole: readonly string[] };
  /** When all of them were made and verified. */
  readonly done: (policies: number) => string;
  /** What to do when not all of them were. */
  readonly again: string;
}

type Plans = readonly { readonly plan: ChangePlan; readonly place: Place }[];

/** The question before changes to several policies: a line for each statement, by policy. */
export function bulkQuestion(plans: Plans, what: ChangeKind, purpose?: BulkPurpose): Question {
  const count = plans.reduce((sum, { plan }) => sum + changesOf(plan), 0);
  const lines = plans.flatMap(({ plan }) => [
    '',
    `${resourceWords(plan.resource)} (${callsLine(plan)})`,
    ...otherWords(plan.warnings).map((line) => `  ${line}`),
    ...listed(plan.removed, '−'),
    ...listed(plan.added, '+'),
  ]);
  const end = afterwardsLines(purpose);
  const places = [...new Set(plans.map(({ place }) => `${place.account} · ${place.connection}`))];
  const usual =
    what === 'undo'
      ? undoMessage(plans)
      : l10n.t('Remove {0} permissions from {1} policies?', count, plans.length);
  return {
    message: purpose?.message(policyCount(plans)) ?? usual,
    head: [...places.map((place) => l10n.t('Account: {0}', place)), ...graveLines(plans)],
    lines: [...lines, ...end],
    tail: end.length,
    yes: purpose?.yes ?? (what === 'undo' ? l10n.t('Undo') : l10n.t('Remove')),
  };
}

/** The end of a question: it stays, however many changes there are. */
export function afterwardsLines(purpose: BulkPurpose | undefined): readonly string[] {
  return purpose ? ['', ...purpose.afterwards.short] : [];
}

/** Several changes can be of one policy. */
export function policyCount(plans: readonly { readonly plan: ChangePlan }[]): number {
  return new Set(plans.map(({ plan }) => plan.resource.arn)).size;
}

function undoMessage(plans: Plans): string {
  const count = policyCount(plans);
  const [first] = plans;
  if (count === plans.length) return l10n.t('Undo the changes to {0} policies?', count);
  return count === 1 && first
    ? l10n.t('Undo {0} changes to {1}?', plans.length, resourceWords(first.plan.resource))
    : l10n.t('Undo {0} changes to {1} policies?', plans.length, count);
}

/** So many rows of warnings leave room for what is to be done. */
const mostGraveRows = 10;

/** The gravest warnings of all policies, whichever they are of. */
function graveLines(plans: Plans): readonly string[] {
  const all = plans.flatMap(({ plan: { resource, warnings } }) =>
    graveOf(warnings).map((warning) => ({ resource, warning })),
  );
  const isLast = ({ warning }: (typeof all)[number]) => warning.code === 'lastStatement';
  const last = all.filter(isLast);
  // Of many it is enough to say how many.
  const told = last.length > 2 ? all.filter((one) => !isLast(one)) : all;
  const sorted = graveOf(told.map(({ warning }) => warning)).flatMap((warning) =>
    told.filter((one) => one.warning === warning),
  );
  const lines = sorted.map(
    ({ resource, warning }) => `⚠ ${resourceWords(resource)}: ${warningSentence(warning)}`,
  );
  if (last.length > 2) lines.push(`⚠ ${l10n.t('No policy remains on {0} of them.', last.length)}`);
  const fitting = fitLines(lines, 0, mostGraveRows).lines;
  const isWhole = (line: string, at: number) => line === fitting[at];
  const shown = lines.filter(isWhole);
  // One that is too long for all of them is better than none.
  const those = shown.length > 0 ? shown : lines.slice(0, 1);
  const more = lines.length - those.length;
  return more > 0 ? [...those, `⚠ ${l10n.t('… and {0} more warnings', more)}`] : lines;
}

/** All that a bulk change would do, line by line. */
export function bulkText(plans: Plans): readonly string[] {
  const lines = plans.flatMap(({ plan, place }) => [
    '',
    resourceWords(plan.resource),
    ...placeLines(plan, place),
    callsLine(plan),
    sizeLine(plan),
    ...warningWords(plan.warnings),
    ...listed(plan.removed, '−'),
    ...listed(plan.added, '+'),
    ...prettyAdded(plan),
  ]);
  return lines.slice(1);
}

export function changesOf({ removed, added }: ChangePlan): number {
  return removed.length + added.length;
}
