import type { ChangeRecord } from './changeRecord';
import type { Policy } from './policy';
import { parsePolicy, statementsOf } from './policy';
import { newPolicy, withoutStatements, withStatements } from './policyEdit';
import { shownEffects } from './shownEffects';
import type { Statement } from './statement';
import { countsOf, missingIn, sameCounts } from './statementCounts';

/**
 * What came of a change whose end nobody saw.
 * - `failed`: nothing was changed. `unknown`: the policy shows nothing either way.
 * - `partly`: `after` is the policy that its calls alone made; `undefined` is "no policy".
 */
export type RecordOutcome =
  | { readonly state: 'applied' | 'failed' | 'unknown' }
  | { readonly state: 'partly'; readonly after: string | undefined };

/**
 * Finds out what came of a change from the policy as it is now (`undefined`: there is none). Its
 * statements decide: those it removes are gone, those it adds are there. What others changed
 * besides does not matter.
 */
export function outcomeOf(
  record: Pick<ChangeRecord, 'before' | 'after' | 'calls' | 'state'>,
  current: string | undefined,
): RecordOutcome {
  const before = record.before ?? undefined;
  const after = record.after ?? undefined;
  if (current === after) return { state: 'applied' };
  if (current === before) return { state: 'failed' };
  const policies = [before, after, current].map(readText);
  if (policies.some(({ wellFormed }) => !wellFormed)) return { state: 'unknown' };
  const [old = [], wanted = [], now = []] = policies.map(statementsOf);
  const removed = missingIn(old, wanted);
  const added = missingIn(wanted, old);
  const isAcknowledged = record.state === 'accepted';
  const { gone, come, isDoubtful } = shownEffects({ old, now, removed, added, isAcknowledged });
  const done = gone.length + come.length;
  // Only the layout or the head of the policy was changed, and it is neither as before nor as meant.
  if (removed.length + added.length === 0) return { state: 'unknown' };
  if (done === removed.length + added.length) return { state: 'applied' };
  if (isDoubtful) return { state: 'unknown' };
  if (done === 0) return { state: 'failed' };
  // One call makes all of it or nothing: somebody else had a hand in this.
  if (record.calls.length < 2) return { state: 'unknown' };
  return { state: 'partly', after: madeOf(before, { old, gone, come }, current, now) };
}

/** Whether nobody knows what came of a change that has ended, and reading its policy may tell. */
export function isUncertain({ state, failure }: Pick<ChangeRecord, 'state' | 'failure'>): boolean {
  // What is gone will never tell.
  return state === 'unknown' && failure?.code !== 'resourceNotFound';
}

/** Whether a look at the policy may tell more of a change that has ended than its record says. */
export function isUnsettled(record: Pick<ChangeRecord, 'state' | 'failure'>): boolean {
  return record.state === 'accepted' || isUncertain(record);
}

function readText(text: string | undefined): Policy {
  return text === undefined ? { wellFormed: true, text: '', statements: [] } : parsePolicy(text);
}

interface Effects {
  readonly old: readonly Statement[];
  readonly gone: readonly Statement[];
  readonly come: readonly Statement[];
}

/** The policy as it is now when nobody else changed it; else one with our effects alone. */
function madeOf(
  before: string | undefined,
  { old, gone, come }: Effects,
  current: string | undefined,
  now: readonly Statement[],
): string | undefined {
  const expected = [...missingIn(old, gone), ...come];
  if (sameCounts(countsOf(expected), countsOf(now))) return current;
  const texts = come.map(({ text }) => text);
  if (before === undefined) return newPolicy(texts);
  // First the new ones, so that there is a list to take the old ones from.
  const insertions = texts.map((text) => ({ text, at: old.length, verbatim: true }));
  return withoutStatements(
    withStatements(before, insertions),
    new Set(gone.map(({ index }) => index)),
  );
}
