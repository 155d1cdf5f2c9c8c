import { parsePolicy, statementsOf } from '../core/policy';
import type { PolicyCall, PolicyReading } from '../core/policyStore';
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
 * way. What somebody else changed at the same time does not matter.
 */
export function sightOf(
  reading: PolicyReading,
  { before, removed, added, written }: Effects,
): 'done' | 'notDone' | 'some' | 'unknown' {
  if (reading.state === 'unreadable') return 'unknown';
  const text = textOf(reading);
  if (written && text === written.text) return 'done';
  if (text === before) return 'notDone';
  if (text !== undefined && !parsePolicy(text).wellFormed) return 'unknown';
  const [old, now] = [statementsAt(before), statementsAt(text)];
  const [were, are] = [countsOf(old), countsOf(now)];
  const gone = [...countsOf(removed)].map(
    ([form, count]) => (are.get(form) ?? 0) <= (were.get(form) ?? 0) - count,
  );
  const come = [...countsOf(added)].map(
    ([form, count]) => (are.get(form) ?? 0) >= (were.get(form) ?? 0) + count,
  );
  const renamed = added.map((one) => inItsOwnForm(one, old, now) !== undefined);
  const seen = [...gone, ...come.map((isThere, index) => isThere || renamed[index] === true)];
  // Only the layout was changed.
  if (seen.length === 0) return 'done';
  if (seen.every(Boolean)) return 'done';
  return seen.some(Boolean) ? 'some' : 'notDone';
}

/**
 * Whether what a call for one statement removes is there, and would go alone. A reading that lags
 * behind our own earlier calls will do.
 */
export function stillHolds(
  reading: PolicyReading,
  call: PolicyCall,
  { removed }: Pick<Effects, 'removed'>,
): boolean {
  if (call.type !== 'removeStatement') return true;
  const hit = statementsAt(textOf(reading)).filter(({ sid }) => sid === call.statementId);
  return sameCounts(countsOf(hit), countsOf(removed));
}

/** Whether a reading that shows the effects shows more than these. */
export function showsMore(reading: PolicyReading, effects: Effects): boolean {
  const { before, removed, added, written } = effects;
  const text = textOf(reading);
  if (written && text === written.text) return false;
  const [old, now] = [statementsAt(before), statementsAt(text)];
  const expected = [...missingIn(old, removed), ...added];
  const own = added.flatMap((one) => inItsOwnForm(one, old, now) ?? []);
  const extra = missingIn(now, expected).filter((one) => !own.includes(one));
  const lacking = missingIn(expected, now).filter((one) => !own.some(({ sid }) => sid === one.sid));
  return extra.length + lacking.length > 0;
}

/** AWS may write a new statement in its own form: then it is known by its Sid. */
function inItsOwnForm(
  { sid, canonical }: Statement,
  old: readonly Statement[],
  now: readonly Statement[],
): Statement | undefined {
  if (sid === undefined || now.some((one) => one.canonical === canonical)) return undefined;
  const found = now.find((one) => one.sid === sid);
  return found && old.some((one) => one.canonical === found.canonical) ? undefined : found;
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
