import { textAfter } from '../core/afterEffects';
import type { Failure } from '../core/errors';
import type { ChangePlan } from '../core/plan';
import type { PolicyReading } from '../core/policyStore';
import type { ChangeContext } from './changeContext';
import { readPolicy, readUntil } from './changeContext';
import type { ChangeOutcome, PolicyWrite } from './changeOutcome';
import type { JournalEntry } from './journal';
import type { Progress, WayEnd } from './sendWay';
import { showsMore, sightOf, textOf } from './sight';

/** One change under way. */
export interface Running {
  readonly context: ChangeContext;
  readonly entry: JournalEntry;
  readonly progress: Progress;
}

/** Everything was sent: reads until it is seen, and completes the record. */
export async function verify(running: Running, plan: ChangePlan): Promise<ChangeOutcome> {
  const { context, entry, progress } = running;
  // Nobody wrote after us, whatever form AWS gave to what we wrote.
  const isOurs = (seen: PolicyReading) =>
    seen.state === 'policy' && seen.revision !== undefined && seen.revision === progress.revision;
  const isDone = (seen: PolicyReading) => isOurs(seen) || sightOf(seen, progress, true) === 'done';
  const { reading } = await readUntil(context, isDone);
  const isSeen = isDone(reading);
  const isProven = isOurs(reading);
  const othersChanged = isSeen && !isProven && showsMore(reading, progress);
  await entry.end({
    state: isSeen ? 'applied' : 'accepted',
    after: isSeen && !othersChanged ? textOf(reading) : madeOf(running),
    ...seenIn(reading),
  });
  // Planned anew on the way, it may be only the rest.
  const { before, removed, added } = progress;
  const done = { ...plan, before, removed, added };
  const common = { plan: done, wrote: wroteBy(running), reading, record: entry.id };
  return isSeen ? { type: 'applied', ...common, othersChanged } : { type: 'accepted', ...common };
}

/** It ended before all was sent: says what was done, and completes the record. */
export async function stop(
  running: Running,
  plan: ChangePlan,
  end: Exclude<WayEnd, { type: 'sent' }>,
  calls: number,
): Promise<ChangeOutcome> {
  const { context, entry, progress } = running;
  const { failure } = end;
  const isUnknown = end.type === 'unknown';
  if (end.type === 'cancelled' && progress.done === 0) {
    await entry.end({ state: 'cancelled', after: progress.before });
    return { type: 'cancelled' };
  }
  const reading = await readPolicy(context);
  const isReadable = reading.state !== 'unreadable';
  const record = entry.id;
  const facts = { ...seenIn(reading), failure };
  const counts = { done: progress.done, of: calls };
  if (isUnknown) {
    await entry.end({ state: 'unknown', ...facts });
    return progress.done > 0
      ? { type: 'partly', plan, ...counts, failure, record }
      : {
          type: 'failed',
          failure: isReadable ? failure : goneOr(reading.failure, failure),
          record,
        };
  }
  if (progress.done > 0) {
    await entry.end({ state: 'partly', after: madeOf(running), ...facts });
    return { type: 'partly', plan, ...counts, failure, wrote: wroteBy(running), reading, record };
  }
  await entry.end({ state: 'failed', after: progress.before, ...facts });
  return {
    type: 'failed',
    failure: isReadable ? failure : goneOr(reading.failure, failure),
    reading,
    record,
  };
}

/** What was left turned out, on the policy as it is now, not to be possible any more. */
export async function stopShort(
  running: Running,
  plan: ChangePlan,
  outcome: ChangeOutcome,
  failure: Failure,
  calls: number,
): Promise<ChangeOutcome> {
  const { entry, progress } = running;
  if (progress.done === 0) {
    const state = outcome.type === 'cancelled' ? 'cancelled' : 'failed';
    await entry.end({ state, after: progress.before, failure });
    return outcome;
  }
  // Others did the rest.
  if (outcome.type === 'nothingToDo') return verify(running, plan);
  return stop(running, plan, { type: 'failed', made: 0, failure }, calls);
}

function wroteBy(running: Running): PolicyWrite {
  return { before: running.progress.before, after: madeOf(running) };
}

/** What our calls made of the policy. */
function madeOf({ context, progress }: Running): string | undefined {
  const { before, removed, added, written } = progress;
  if (written) return written.text;
  const { resource, store } = context;
  return textAfter({ resource, text: before, capabilities: store.capabilities }, removed, added);
}

function seenIn(reading: PolicyReading): { seen?: { text: string | undefined } } {
  return reading.state === 'unreadable' ? {} : { seen: { text: textOf(reading) } };
}

/** A resource that is gone explains more than the failure of the call. */
function goneOr(readFailure: Failure, failure: Failure): Failure {
  return readFailure.code === 'resourceNotFound' ? readFailure : failure;
}
