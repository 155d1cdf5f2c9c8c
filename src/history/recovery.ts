import type { ChangeRecord } from '../core/changeRecord';
import type { Failure } from '../core/errors';
import type { PolicyReading, PolicyStore } from '../core/policyStore';
import { isUnsettled, outcomeOf } from '../core/recordOutcome';
import type { SharedRecords } from './sharedRecords';

/** Which records are somebody else's, and dead. */
export interface Liveness {
  /** This window: what it makes is never interrupted. */
  readonly window: string;
  /** After so many milliseconds without a heartbeat the window of a change counts as gone. */
  readonly staleMs: number;
}

/** Whether a change was under way in a window that is no longer there. */
export function isInterrupted(
  { state, owner }: ChangeRecord,
  { window, staleMs }: Liveness,
  now: number,
): boolean {
  // A heartbeat from the future comes from a clock that was set back since.
  const isSilent = Math.abs(now - owner.heartbeatAt) > staleMs;
  return state === 'running' && owner.window !== window && isSilent;
}

/** Whether its policy is to be looked at to find out what came of it. */
export function isOpen(record: ChangeRecord, liveness: Liveness, now: number): boolean {
  return isInterrupted(record, liveness, now) || isUnsettled(record);
}

export interface RecoveryContext extends Liveness {
  readonly files: Pick<SharedRecords, 'reread' | 'write'>;
  readonly now: () => number;
  /** The policy as the history itself shows it after this change: no need to ask AWS then. */
  readonly seenSince: (record: ChangeRecord) => PolicyReading | undefined;
  /** The way to the policy; `undefined` when there is none to this account. */
  readonly storeOf: (record: ChangeRecord) => Promise<PolicyStore | undefined>;
  readonly signal: AbortSignal;
}

export type Recovery =
  /** The record as it is by now, by us or by somebody else. */
  | { readonly type: 'established'; readonly record: ChangeRecord | undefined }
  /** Reads may not show it yet; worth another try from then on (milliseconds since 1970). */
  | { readonly type: 'later'; readonly at: number }
  /** Stays open; without a failure there is no connection to its account. */
  | { readonly type: 'notFound'; readonly failure?: Failure }
  /** Stays as it is: the policy was read, and does not tell. */
  | { readonly type: 'undecided' };

/** A request without an answer may still be carried out after the first reads. */
const lateMs = 10_000;

/**
 * Finds out what came of an open change by reading the policy, and completes its record.
 * Throws when the record cannot be written.
 */
export async function recoverChange(
  record: ChangeRecord,
  context: RecoveryContext,
): Promise<Recovery> {
  const seen = context.seenSince(record);
  const store = seen ? undefined : await context.storeOf(record);
  const reading = seen ?? (await store?.read(record.resource, { signal: context.signal }));
  if (!reading) return { type: 'notFound' };
  const completed = complete(record, reading, context.now());
  const failure = failureIn(reading);
  if (!completed && failure) return { type: 'notFound', failure };
  const settledAt = store ? settledAtOf(record, store, context) : 0;
  if (completed?.state !== 'applied' && context.now() < settledAt) {
    return { type: 'later', at: settledAt };
  }
  if (!completed) return { type: 'undecided' };
  // Its window may have been asleep, or another one was quicker.
  const latest = await context.files.reread(record.id);
  if (!latest || !isStillOpen(latest, record, context)) {
    return { type: 'established', record: latest };
  }
  await context.files.write(completed);
  return { type: 'established', record: completed };
}

function isStillOpen(latest: ChangeRecord, record: ChangeRecord, context: RecoveryContext) {
  // Its end, in this window, could not be written.
  const isBehind =
    latest.state === 'running' &&
    record.state !== 'running' &&
    latest.owner.window === context.window;
  return isBehind || isOpen(latest, context, context.now());
}

/** When reads surely show what came of a change. */
function settledAtOf(
  { endedAt, owner }: ChangeRecord,
  { capabilities }: PolicyStore,
  { staleMs }: Liveness,
): number {
  const { settlesWithinMs } = capabilities;
  if (endedAt !== undefined) return endedAt + Math.max(settlesWithinMs, lateMs);
  // The last call may have been sent at any time until the window counted as gone.
  return owner.heartbeatAt + (settlesWithinMs > 0 ? staleMs + settlesWithinMs : 0);
}

/** The record with what a reading says came of it; `undefined` when that is nothing new. */
function complete(
  record: ChangeRecord,
  reading: PolicyReading,
  now: number,
): ChangeRecord | undefined {
  const { failure, ...rest } = record;
  const endedAt = record.endedAt ?? now;
  if (reading.state === 'unreadable') {
    // What is gone will never tell.
    const isGone = reading.failure.code === 'resourceNotFound';
    if (!isGone || record.state === 'accepted') return undefined;
    return { ...rest, state: 'unknown', endedAt, failure: reading.failure };
  }
  const text = reading.state === 'policy' ? reading.text : undefined;
  const outcome = outcomeOf(record, text);
  const { state } = outcome;
  // AWS said that it was made: that it is gone again says nothing against it.
  if (record.state === 'accepted' && state !== 'applied') return undefined;
  if (record.state === 'unknown' && state === 'unknown') return undefined;
  return {
    ...rest,
    ...(failure && state !== 'applied' ? { failure } : {}),
    state,
    endedAt,
    after: outcome.state === 'partly' ? (outcome.after ?? null) : afterOf(record, outcome.state),
    seen: { text: text ?? null },
  };
}

function afterOf(record: ChangeRecord, state: 'applied' | 'failed' | 'unknown'): string | null {
  return state === 'failed' ? record.before : record.after;
}

function failureIn(reading: PolicyReading): Failure | undefined {
  return reading.state === 'unreadable' ? reading.failure : undefined;
}
