import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../core/errors';
import { isForNow } from '../core/errors';
import { isWhole } from '../core/calls';
import type { ApplyResult, PolicyCall } from '../core/policyStore';
import { readFailure, wasNeverSent } from './failures';
import type { Pacer, Turn } from './pacer';

/** How long what AWS refused for now is tried again. */
export interface Patience {
  readonly firstPauseMs: number;
  /** Of a pause before a write; of the wait for a turn, what counts of it for a paced read. */
  readonly longestPauseMs: number;
  /** The sum of the pauses before a write. */
  readonly totalMs: number;
  /** The sum of the waits of a paced read after it was throttled; when absent, `totalMs`. */
  readonly readsMs?: number;
}

/** Quotas of requests refill within seconds; other operations on a function can take a minute. */
export const usualPatience: Patience = {
  firstPauseMs: 300,
  longestPauseMs: 5_000,
  totalMs: 90_000,
  readsMs: 120_000,
};

/** Tells a pacer what came of the request of a turn. Answers whether it was throttled. */
export function tell(pacer: Pacer, turn: Turn, { code, httpStatus = 500 }: Failure): boolean {
  if (code === 'throttled') pacer.throttled(turn);
  // Most answers to "which policy" are failures: there is none.
  else if (httpStatus < 500) pacer.succeeded(turn);
  else pacer.lost(turn);
  return code === 'throttled';
}

/** A whole text that no revision guards must not be sent again: it may have become an old one. */
export function patienceFor(
  call: PolicyCall,
  revision: string | undefined,
  patience: Patience,
): Patience | undefined {
  return isWhole(call) && revision === undefined ? undefined : patience;
}

export interface WritePacing {
  /** Without it nothing is repeated. */
  readonly patience: Patience | undefined;
  /** Of the quota that the write counts for; absent where there is none. */
  readonly pacer?: Pacer | undefined;
  /** Resolves when there are credentials; rejects where there are none, or when the signal ends. */
  readonly ready: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * Sends one write when it is its turn. Throttled ones, and those that another operation keeps from
 * being done, are repeated with growing pauses: AWS refused them before it did anything. Any other
 * failure is the answer. `cancelling` keeps from sending (again); `signal` is what the request itself
 * ends by.
 */
export async function write(
  operation: string,
  signals: { readonly signal: AbortSignal; readonly cancelling?: AbortSignal | undefined },
  { patience, pacer, ready }: WritePacing,
  send: () => Promise<{ readonly RevisionId?: string }>,
): Promise<ApplyResult> {
  const ends = [signals.signal, signals.cancelling].filter((end) => end !== undefined);
  const ended = AbortSignal.any(ends);
  let waitedMs = 0;
  let turn: Turn | undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      await ready(ended);
    } catch (error) {
      const failure = ended.aborted ? cancelled(operation) : readFailure(error, operation);
      return { applied: false, failure, mayHaveApplied: false };
    }
    turn = await pacer?.turn('now', ended, turn).catch(() => undefined);
    if (ended.aborted)
      return { applied: false, failure: cancelled(operation), mayHaveApplied: false };
    try {
      const { RevisionId: revision } = await send();
      if (pacer && turn) pacer.succeeded(turn);
      return revision === undefined ? { applied: true } : { applied: true, revision };
    } catch (error) {
      const failure = readFailure(error, operation);
      if (pacer && turn) tell(pacer, turn, failure);
      const again = patience && isForNow(failure) && waitedMs < patience.totalMs;
      if (!again)
        return {
          applied: false,
          failure,
          mayHaveApplied: !wasNeverSent(error) && isUncertain(failure),
        };
      const pauseMs = Math.min(patience.firstPauseMs * 2 ** attempt, patience.longestPauseMs);
      // Those that were refused together must not come again together.
      await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal: ended }).catch(
        () => undefined,
      );
      waitedMs += pauseMs;
    }
  }
}

function cancelled(operation: string): Failure {
  return { code: 'cancelled', operation, errorName: 'AbortError', message: 'Cancelled' };
}

/** Whether the request may have been carried out although no good answer came. */
function isUncertain({ code, httpStatus }: Failure): boolean {
  // 501: nobody was there to carry it out.
  if (code === 'operationUnknown') return false;
  const unanswered = code === 'timeout' || code === 'unreachable' || code === 'cancelled';
  return (
    unanswered || (code === 'unexpected' && httpStatus === undefined) || (httpStatus ?? 0) >= 500
  );
}
