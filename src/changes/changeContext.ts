import type { PolicyReading, PolicyStore } from '../core/policyStore';
import type { Resource } from '../core/resource';
import type { ChangeJournal } from './journal';

/** What carrying a change out needs from the outside. */
export interface ChangeContext {
  readonly store: PolicyStore;
  readonly resource: Resource;
  readonly journal: ChangeJournal;
  /** Whether a reading shows the policy as it was before an earlier write of ours. */
  readonly isLagging?: (reading: PolicyReading) => boolean;
  /** Ends with the connection; the calls end with it. */
  readonly signal: AbortSignal;
  /** The person's: nothing more is sent after it. What was sent is followed to its end all the same. */
  readonly cancelling?: AbortSignal;
  /** Pauses for so many milliseconds; `false` when there should be no more waiting. */
  readonly wait: (ms: number) => Promise<boolean>;
}

/** Pauses between tries that wait for something to pass or to be seen; their sum passes SQS's 60 s. */
export const pauses = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

/** Reads the policy. Throttling is waited out. */
export async function readPolicy(context: ChangeContext): Promise<PolicyReading> {
  const { store, resource, signal, wait } = context;
  return readPatiently(() => store.read(resource, { signal }), wait);
}

/** Reads again, with growing pauses, for as long as AWS has no time for it. */
export async function readPatiently(
  read: () => Promise<PolicyReading>,
  wait: ChangeContext['wait'],
): Promise<PolicyReading> {
  let reading = await read();
  for (const pause of pauses) {
    if (reading.state !== 'unreadable' || reading.failure.code !== 'throttled') break;
    if (!(await wait(pause))) break;
    reading = await read();
  }
  return reading;
}

/**
 * A read before the write ends when the person cancels; those after it find out what came of it.
 * What shows the policy as it was before our last write is not written back.
 */
export async function readToWrite(context: ChangeContext): Promise<PolicyReading> {
  const { signal, cancelling, isLagging = () => false } = context;
  const either = cancelling ? AbortSignal.any([signal, cancelling]) : signal;
  const ending = { ...context, signal: either };
  const { reading } = await readUntil(ending, (seen) => !isLagging(seen));
  return reading;
}

export interface Seen {
  readonly reading: PolicyReading;
  /** There was to be no more waiting, though reads could still lag. */
  readonly isCutShort: boolean;
}

/** Reads until `isSeen`, or for as long as reads may lag behind writes, at least `leastMs`. */
export async function readUntil(
  context: ChangeContext,
  isSeen: (reading: PolicyReading) => boolean,
  leastMs = 0,
): Promise<Seen> {
  const mostMs = Math.max(context.store.capabilities.settlesWithinMs, leastMs);
  let reading = await readPolicy(context);
  let waited = 0;
  for (const pause of pauses) {
    if (isSeen(reading) || waited >= mostMs) break;
    if (!(await context.wait(pause))) return { reading, isCutShort: true };
    waited += pause;
    reading = await readPolicy(context);
  }
  return { reading, isCutShort: false };
}
