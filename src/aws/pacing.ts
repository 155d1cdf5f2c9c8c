import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../core/errors';
import type { ApplyResult } from '../core/policyStore';
import { readFailure } from './failures';

const writeAttempts = 4;
const firstPauseMs = 300;

/**
 * Sends one write. Throttled ones are repeated, with growing pauses: AWS refused them before it did
 * anything. Any other failure is the answer.
 */
export async function write(
  operation: string,
  signal: AbortSignal,
  send: () => Promise<unknown>,
): Promise<ApplyResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      await send();
      return { applied: true };
    } catch (error) {
      const failure = readFailure(error, operation);
      const again = failure.code === 'throttled' && attempt < writeAttempts && !signal.aborted;
      if (!again) return { applied: false, failure, mayHaveApplied: isUncertain(failure) };
      // Cancelling ends the pause; the next send then fails as cancelled.
      await delay(firstPauseMs * 2 ** (attempt - 1), undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Whether the request may have been carried out although no good answer came. */
function isUncertain({ code, httpStatus }: Failure): boolean {
  const unanswered = code === 'timeout' || code === 'unreachable' || code === 'cancelled';
  return (
    unanswered || (code === 'unexpected' && httpStatus === undefined) || (httpStatus ?? 0) >= 500
  );
}
