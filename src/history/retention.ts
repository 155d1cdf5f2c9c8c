import type { ChangeRecord } from '../core/changeRecord';

const dayMs = 24 * 60 * 60 * 1000;
const defaultDays = 365;

/** The value of the setting `resourcePolicies.historyDays`, or its default for one that is none. */
export function daysOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 1 ? value : defaultDays;
}

/** The records that are older than they are kept. What has not ended is kept. */
export function expired(
  records: readonly ChangeRecord[],
  days: number,
  now: number,
): readonly ChangeRecord[] {
  return records.filter(
    ({ state, startedAt }) => state !== 'running' && now - startedAt > days * dayMs,
  );
}
