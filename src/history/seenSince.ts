import type { ChangeRecord } from '../core/changeRecord';
import type { PolicyReading } from '../core/policyStore';

/**
 * The policy as it was after a change: what the next change that was made to it began with. From then
 * on the policy says nothing of this change any more, since the next may have done the same.
 * `records`: the newest first.
 */
export function seenSince(
  { id, endedAt, owner, resource }: ChangeRecord,
  records: readonly ChangeRecord[],
): PolicyReading | undefined {
  const lastSentAt = endedAt ?? owner.heartbeatAt;
  const next = records.findLast(
    (other) =>
      other.id !== id &&
      other.resource.arn === resource.arn &&
      other.startedAt >= lastSentAt &&
      isMade(other),
  );
  if (!next) return undefined;
  const { before, startedAt: readAt } = next;
  return before === null ? { state: 'none', readAt } : { state: 'policy', text: before, readAt };
}

/** Then AWS compared what it began with to the policy, or it was read right before. */
function isMade({ state }: ChangeRecord): boolean {
  return state === 'applied' || state === 'accepted' || state === 'partly';
}
