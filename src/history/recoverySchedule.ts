import type { ChangeRecord } from '../core/changeRecord';
import { isUnsettled } from '../core/recordOutcome';
import type { Liveness } from './recovery';
import { isInterrupted } from './recovery';

export interface RecoverySchedule extends Liveness {
  /** After how long an end that is not certain is looked at again, in milliseconds. */
  readonly retryMs: number;
  /** Changes of this window that were looked at again when it was time. */
  readonly retried: ReadonlySet<string>;
  /** Changes that were taken back: nobody asks any more what came of them. */
  readonly undone: ReadonlySet<string>;
}

/** When a change whose end is not certain is to be looked at again, in milliseconds since 1970. */
export function retryAt({ endedAt = 0 }: ChangeRecord, { retryMs }: RecoverySchedule): number {
  return endedAt + retryMs;
}

/**
 * When a change that runs in another window would count as interrupted, or one of this window whose
 * end is not certain is due: the first of all, in milliseconds since 1970. `Infinity`: never.
 */
export function nextLookAt(
  records: readonly ChangeRecord[],
  schedule: RecoverySchedule,
  now: number,
): number {
  const { window, staleMs, retried, undone } = schedule;
  const open = records.filter(({ id }) => !undone.has(id));
  const stale = open
    .filter((record) => record.state === 'running' && record.owner.window !== window)
    .filter((record) => !isInterrupted(record, schedule, now))
    .map(({ owner }) => owner.heartbeatAt + staleMs + 1);
  const again = open
    .filter((record) => isUnsettled(record) && record.owner.window === window)
    .filter(({ id }) => !retried.has(id))
    .map((record) => retryAt(record, schedule));
  return Math.min(Infinity, ...stale, ...again);
}
