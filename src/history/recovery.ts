import type { ChangeRecord } from '../core/changeRecord';
import type { Failure } from '../core/errors';
import type { PolicyReading, PolicyStore } from '../core/policyStore';
import { outcomeOf } from '../core/recordOutcome';
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

export interface RecoveryContext extends Liveness {
  readonly files: Pick<SharedRecords, 'reread' | 'write'>;
  readonly now: () => number;
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
  | { readonly type: 'notFound'; readonly failure?: Failure };

/**
 * Finds out what came of an interrupted change by reading the policy, and completes its record.
 * Throws when the record cannot be written.
 */
export async function recoverChange(
  record: ChangeRecord,
  context: RecoveryContext,
): Promise<Recovery> {
  const store = await context.storeOf(record);
  if (!store) return { type: 'notFound' };
  const reading = await store.read(record.resource, { signal: context.signal });
  const completed = complete(record, reading, context.now());
  if (!completed) return { type: 'notFound', failure: failureIn(reading) };
  const settledAt = record.owner.heartbeatAt + store.capabilities.settlesWithinMs;
  if (completed.state !== 'applied' && context.now() < settledAt) {
    return { type: 'later', at: settledAt };
  }
  // Its window may have been asleep, or another one was quicker.
  const latest = await context.files.reread(record.id);
  if (!latest || !isInterrupted(latest, context, context.now())) {
    return { type: 'established', record: latest };
  }
  await context.files.write(completed);
  return { type: 'established', record: completed };
}

/** The record with what a reading says came of it; `undefined` when it says nothing. */
function complete(
  record: ChangeRecord,
  reading: PolicyReading,
  now: number,
): ChangeRecord | undefined {
  if (reading.state === 'unreadable') {
    const { failure } = reading;
    // What is gone will never tell.
    if (failure.code !== 'resourceNotFound') return undefined;
    return { ...record, state: 'unknown', endedAt: now, failure };
  }
  const text = reading.state === 'policy' ? reading.text : undefined;
  const outcome = outcomeOf(record, text);
  return {
    ...record,
    state: outcome.state,
    endedAt: now,
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
