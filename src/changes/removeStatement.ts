import type { Failure } from '../core/errors';
import type { RemovalPlan, RemovalRefusal } from '../core/plan';
import { planRemoval } from '../core/plan';
import type { Policy } from '../core/policy';
import { parsePolicy, statementsOf } from '../core/policy';
import type { ApplyResult, PolicyReading, PolicyStore } from '../core/policyStore';
import type { Resource } from '../core/resource';
import type { Statement } from '../core/statement';
import { findSame } from '../core/statement';

/**
 * How a removal ended. `reading` is the policy as it was last read, to be shown from now on.
 * - `removed`: gone, seen by reading again; `othersChanged` when more than that is different.
 * - `accepted`: AWS took the removal, but reads do not show it yet, or the read failed.
 * - `alreadyGone`: nothing was left to remove.
 * - `changed`: the statement is not what was agreed to any more; nothing was removed.
 * - `refused`: the API cannot address the statement alone; nothing was sent.
 * - `failed`: AWS said no; the statement is still there unless `reading` is missing.
 * - `cancelled`: before anything was carried out.
 */
export type RemovalOutcome =
  | { readonly type: 'removed'; readonly reading: PolicyReading; readonly othersChanged: boolean }
  | { readonly type: 'accepted'; readonly reading: PolicyReading }
  | { readonly type: 'alreadyGone'; readonly reading: PolicyReading }
  | { readonly type: 'changed'; readonly reading: PolicyReading; readonly now: Statement }
  | { readonly type: 'refused'; readonly reading: PolicyReading; readonly refusal: RemovalRefusal }
  | { readonly type: 'failed'; readonly failure: Failure; readonly reading?: PolicyReading }
  | { readonly type: 'cancelled'; readonly reading?: undefined };

export interface RemovalContext {
  readonly store: PolicyStore;
  readonly resource: Resource;
  /** Ends with the connection; the calls end with it. */
  readonly signal: AbortSignal;
  /** The person's: nothing is sent after it. What was sent is followed to its end all the same. */
  readonly cancelling?: AbortSignal;
  /** Pauses for so many milliseconds; `false` when there should be no more waiting. */
  readonly wait: (ms: number) => Promise<boolean>;
}

type PolicyRead = Extract<PolicyReading, { state: 'policy' }>;

/** Pauses between the reads that wait for a write to be seen; their sum passes SQS's 60 s. */
const pauses = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/**
 * Removes the statement that a person agreed to, and no other: `agreed` as it stood in `base`.
 * The write is tied to the revision that was read; where a kind has none, the policy is read again
 * right before. When the revision is stale but the statement unchanged, it is tried once more.
 */
export async function removeStatement(
  context: RemovalContext,
  base: PolicyRead,
  agreed: Statement,
): Promise<RemovalOutcome> {
  const { hasRevision } = context.store.capabilities;
  const isGuarded = hasRevision && base.revision !== undefined;
  const first = check(context, isGuarded ? base : await readToWrite(context), agreed);
  if (first.type !== 'ready') return first;
  const result = await send(context, first);
  if (!isStale(result)) return conclude(context, first, result);
  const second = check(context, await readToWrite(context), agreed);
  if (second.type !== 'ready') return second;
  const again = await send(context, second);
  if (!isStale(again)) return conclude(context, second, again);
  const third = check(context, await read(context), agreed);
  if (third.type !== 'ready') return third;
  // The policy changes faster than it can be read; the person decides whether to go on.
  return { type: 'failed', failure: again.failure, reading: third.reading };
}

interface Ready {
  readonly type: 'ready';
  readonly reading: PolicyRead;
  readonly policy: Policy;
  readonly plan: RemovalPlan;
}

/** Whether the policy still holds what was agreed to, and how it would be removed. */
function check(
  { store, cancelling }: RemovalContext,
  reading: PolicyReading,
  agreed: Statement,
): Ready | RemovalOutcome {
  if (cancelling?.aborted) return { type: 'cancelled' };
  if (reading.state === 'unreadable') {
    return { type: 'failed', failure: reading.failure, reading };
  }
  if (reading.state === 'none') return { type: 'alreadyGone', reading };
  const policy = parsePolicy(reading.text);
  if (!policy.wellFormed) return { type: 'failed', failure: malformed(store), reading };
  const { statements } = policy;
  const same = findSame(statements, agreed);
  if (!same) {
    const now = statements.find(({ sid }) => sid !== undefined && sid === agreed.sid);
    return now ? { type: 'changed', reading, now } : { type: 'alreadyGone', reading };
  }
  const planning = planRemoval(policy, same, store.capabilities);
  if (!planning.possible) return { type: 'refused', reading, refusal: planning.refusal };
  return { type: 'ready', reading, policy, plan: planning.plan };
}

function malformed({ kind }: PolicyStore): Failure {
  return {
    code: 'unexpected',
    operation: `read:${kind}`,
    errorName: 'MalformedPolicy',
    message: 'The policy is no longer well-formed JSON.',
  };
}

function send(
  { store, resource, signal, cancelling }: RemovalContext,
  { plan, reading }: Ready,
): Promise<ApplyResult> {
  return store.apply(resource, plan.change, reading.revision, signal, cancelling);
}

function isStale(result: ApplyResult): result is Extract<ApplyResult, { applied: false }> {
  return !result.applied && result.failure.code === 'revisionMismatch';
}

/** Reads again and says what is so, whatever the call answered. */
async function conclude(
  context: RemovalContext,
  ready: Ready,
  result: ApplyResult,
): Promise<RemovalOutcome> {
  if (result.applied) return verify(context, ready);
  const { failure, mayHaveApplied } = result;
  if (failure.code === 'cancelled' && !mayHaveApplied) return { type: 'cancelled' };
  const missing = failure.code === 'statementNotFound' || failure.code === 'resourceNotFound';
  if (!mayHaveApplied && !missing) return { type: 'failed', failure, reading: ready.reading };
  const reading = await settle(context, ready.plan.statement);
  switch (sight(reading, ready.plan.statement)) {
    case 'there':
      return { type: 'failed', failure, reading };
    case 'gone':
      return mayHaveApplied ? removed(ready, reading) : { type: 'alreadyGone', reading };
    case 'unknown':
      // A resource that is gone explains more than the failure of the call.
      return reading.state === 'unreadable' && !mayHaveApplied
        ? { type: 'failed', failure: reading.failure, reading }
        : { type: 'failed', failure };
  }
}

async function verify(context: RemovalContext, ready: Ready): Promise<RemovalOutcome> {
  const { statement } = ready.plan;
  const reading = await settle(context, statement);
  return sight(reading, statement) === 'gone'
    ? removed(ready, reading)
    : { type: 'accepted', reading };
}

/** Reads until the statement is seen to be gone, or for as long as reads may lag behind writes. */
async function settle(context: RemovalContext, statement: Statement): Promise<PolicyReading> {
  const { settlesWithinMs } = context.store.capabilities;
  let reading = await read(context);
  let waited = 0;
  for (const pause of pauses) {
    if (sight(reading, statement) === 'gone' || waited >= settlesWithinMs) break;
    if (!(await context.wait(pause))) break;
    waited += pause;
    reading = await read(context);
  }
  return reading;
}

/** A read before the write ends when the person cancels; those after it find out what came of it. */
function readToWrite(context: RemovalContext): Promise<PolicyReading> {
  const { signal, cancelling } = context;
  const either = cancelling ? AbortSignal.any([signal, cancelling]) : signal;
  return read({ ...context, signal: either });
}

function read({ store, resource, signal }: RemovalContext): Promise<PolicyReading> {
  return store.read(resource, { signal });
}

/** Whether a reading shows the statement; text that is no policy shows nothing either way. */
function sight(reading: PolicyReading, statement: Statement): 'there' | 'gone' | 'unknown' {
  switch (reading.state) {
    case 'none':
      return 'gone';
    case 'unreadable':
      return 'unknown';
    case 'policy': {
      const policy = parsePolicy(reading.text);
      if (!policy.wellFormed) return 'unknown';
      return canonicals(policy).includes(statement.canonical) ? 'there' : 'gone';
    }
  }
}

function removed({ policy, plan }: Ready, reading: PolicyReading): RemovalOutcome {
  const expected = statementsOf(policy)
    .filter(({ index }) => index !== plan.statement.index)
    .map(({ canonical }) => canonical);
  const found = reading.state === 'policy' ? canonicals(parsePolicy(reading.text)) : [];
  const othersChanged = expected.sort().join('\n') !== [...found].sort().join('\n');
  return { type: 'removed', reading, othersChanged };
}

function canonicals(policy: Policy): readonly string[] {
  return statementsOf(policy).map(({ canonical }) => canonical);
}
