import { isWhole } from '../core/calls';
import { parsePolicy, statementsOf } from '../core/policy';
import type { PolicyCall, PolicyReading } from '../core/policyStore';
import type { ShownEffects } from '../core/shownEffects';
import { shownEffects } from '../core/shownEffects';
import type { Statement } from '../core/statement';
import { countsOf, missingIn, sameCounts } from '../core/statementCounts';

/** What one write, or several, do to the statements of a policy. */
export interface Effects {
  /** The policy before; `undefined`: none. */
  readonly before: string | undefined;
  readonly removed: readonly Statement[];
  readonly added: readonly Statement[];
  /** Where it was written whole: the text, `undefined` when it was deleted. */
  readonly written?: { readonly text: string | undefined };
}

/**
 * Whether a reading shows the effects: all, none or some of them. `unknown`: it shows nothing either
 * way. What somebody else changed at the same time does not matter. `isAcknowledged`: AWS said that it
 * took all of it.
 */
export function sightOf(
  reading: PolicyReading,
  effects: Effects,
  isAcknowledged: boolean,
): 'done' | 'notDone' | 'some' | 'unknown' {
  const { before, removed, added, written } = effects;
  if (reading.state === 'unreadable') return 'unknown';
  const text = textOf(reading);
  if (written && text === written.text) return 'done';
  if (text === before) return 'notDone';
  if (text !== undefined && !parsePolicy(text).wellFormed) return 'unknown';
  const { gone, come, isDoubtful } = shownIn(text, effects, isAcknowledged);
  const sought = removed.length + added.length;
  // Only the layout or the head of the policy was changed.
  if (sought === 0) return isAcknowledged ? 'done' : 'unknown';
  const seen = gone.length + come.length;
  if (seen === sought) return 'done';
  if (isDoubtful) return 'unknown';
  return seen > 0 ? 'some' : 'notDone';
}

function shownIn(
  text: string | undefined,
  { before, removed, added }: Effects,
  isAcknowledged: boolean,
): ShownEffects {
  const [old, now] = [statementsAt(before), statementsAt(text)];
  return shownEffects({ old, now, removed, added, isAcknowledged });
}

/**
 * Whether a call would do what was agreed to: what it removes is there and would go alone; a whole
 * text takes the place of the one it was made from. For a call for one statement, a reading that lags
 * behind our own earlier calls will do.
 */
export function stillHolds(
  reading: PolicyReading,
  call: PolicyCall,
  { before, removed }: Pick<Effects, 'before' | 'removed'>,
): boolean {
  if (reading.state === 'unreadable') return false;
  if (isWhole(call)) return textOf(reading) === before;
  if (call.type !== 'removeStatement') return true;
  const hit = statementsAt(textOf(reading)).filter(({ sid }) => sid === call.statementId);
  return sameCounts(countsOf(hit), countsOf(removed));
}

/** Whether a reading that shows the effects of a change that AWS took shows more than these. */
export function showsMore(reading: PolicyReading, effects: Effects): boolean {
  const { before, removed, added, written } = effects;
  const text = textOf(reading);
  if (written && text === written.text) return false;
  const [old, now] = [statementsAt(before), statementsAt(text)];
  const expected = [...missingIn(old, removed), ...added];
  const { rewritten } = shownIn(text, effects, true);
  const extra = missingIn(now, expected).filter((one) => !rewritten.some(({ own }) => own === one));
  const lacking = missingIn(expected, now).filter(
    (one) => !rewritten.some(({ sent }) => sent === one),
  );
  return extra.length + lacking.length > 0;
}

export function textOf(reading: PolicyReading): string | undefined {
  return reading.state === 'policy' ? reading.text : undefined;
}

export function statementsAt(text: string | undefined): readonly Statement[] {
  return text === undefined ? [] : statementsOf(parsePolicy(text));
}

/** Whether two readings hold the same statements, however they are written. */
export function showsSame(one: PolicyReading, other: PolicyReading): boolean {
  return sameCounts(countsOf(statementsAt(textOf(one))), countsOf(statementsAt(textOf(other))));
}
