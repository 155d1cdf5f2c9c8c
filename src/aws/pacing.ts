import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../core/errors';
import type { ApplyResult } from '../core/policyStore';
import { readFailure } from './failures';

const writeAttempts = 4;
const firstPauseMs = 300;

/**
 * Sends one write. Throttled ones are repeated, with growing pauses: AWS refused them before it did
 * anything. Any other failure is the answer. `cancelling` keeps from sending (again); `signal` is
 * what the request itself ends by.
 */
export async function write(
  operation: string,
  signals: { readonly signal: AbortSignal; readonly cancelling?: AbortSignal | undefined },
  send: () => Promise<unknown>,
): Promise<ApplyResult> {
  const ends = [signals.signal, signals.cancelling].filter((end) => end !== undefined);
  const ended = AbortSignal.any(ends);
  for (let attempt = 1; ; attempt++) {
    if (ended.aborted)
      return { applied: false, failure: cancelled(operation), mayHaveApplied: false };
    try {
      await send();
      return { applied: true };
    } catch (error) {
      const failure = readFailure(error, operation);
      const again = failure.code === 'throttled' && attempt < writeAttempts;
      if (!again) return { applied: false, failure, mayHaveApplied: isUncertain(failure) };
      const pauseMs = firstPauseMs * 2 ** (attempt - 1);
      await delay(pauseMs, undefined, { signal: ended }).catch(() => undefined);
    }
  }
}

function cancelled(operation: string): Failure {
  return { code: 'cancelled', operation, errorName: 'AbortError', message: 'Cancelled' };
}

/** Whether the request may have been carried out although no good answer came. */
function isUncertain({ code, httpStatus }: Failure): boolean {
  const unanswered = code === 'timeout' || code === 'unreachable' || code === 'cancelled';
  return (
    unanswered || (code === 'unexpected' && httpStatus === undefined) || (httpStatus ?? 0) >= 500
  );
}
