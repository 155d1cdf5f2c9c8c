import { isWhole } from '../core/calls';
import type { ChangeIntent, ChangePlan, Way } from '../core/plan';
import { planChange } from '../core/planChange';
import type { PolicyReading } from '../core/policyStore';
import type { ChangeContext } from './changeContext';
import { pauses, readToWrite } from './changeContext';
import type { ChangeOutcome } from './changeOutcome';
import type { Running } from './conclude';
import { stop, stopShort, verify } from './conclude';
import type { JournalEntry } from './journal';
import type { WayEnd } from './sendWay';
import { sendWay } from './sendWay';
import { showsSame, textOf } from './sight';

/**
 * Carries out what a person agreed to, as it was planned on `base`, and nothing else. It is written
 * down before anything is sent. Each write is tied to the revision that was read; where a kind has
 * none, the policy is read again right before. When the policy was changed meanwhile it is planned
 * anew: what still holds is tried once more, anything else is told. Throttling is waited out.
 */
export async function applyChange(
  context: ChangeContext,
  base: PolicyReading,
  intent: ChangeIntent,
): Promise<ChangeOutcome> {
  const isGuarded = base.state === 'policy' && base.revision !== undefined;
  const reading = isGuarded ? base : await readToWrite(context);
  const first = prepare(context, reading, intent);
  if (first.type !== 'ready') return first;
  try {
    const { plan } = first;
    const entry = await recorded(() => context.journal.begin(plan, plan.ways[0]));
    const progress = { before: plan.before, removed: [], added: [], done: 0 };
    return await carryOut({ context, entry, progress }, first).catch((error: unknown) =>
      abandon(entry, error),
    );
  } catch (error) {
    if (error instanceof NotRecorded) return { type: 'notRecorded', error: error.cause };
    throw error;
  }
}

/** A fault of ours must not leave a record that says "running" for ever. */
async function abandon(entry: JournalEntry, error: unknown): Promise<never> {
  if (!(error instanceof NotRecorded)) await entry.end({ state: 'unknown' });
  throw error;
}

interface Ready {
  readonly type: 'ready';
  readonly plan: ChangePlan;
  readonly reading: PolicyReading;
}

/** Plans on a reading; what keeps from carrying it out is an outcome of its own. */
function prepare(
  { cancelling, resource, store }: ChangeContext,
  reading: PolicyReading,
  intent: ChangeIntent,
): Ready | ChangeOutcome {
  if (cancelling?.aborted) return { type: 'cancelled' };
  if (reading.state === 'unreadable') return { type: 'failed', failure: reading.failure, reading };
  const planning = planChange(resource, textOf(reading), intent, store.capabilities);
  if (planning.possible) return { type: 'ready', plan: planning.plan, reading };
  const { refusal } = planning;
  if (refusal.code === 'nothingToDo') return { type: 'nothingToDo', reading };
  const isChanged = refusal.code === 'changed' || refusal.code === 'conflict';
  return { type: isChanged ? 'changed' : 'refused', reading, refusal };
}

/** Sends the calls of the best way; then another way, or the rest, as far as it needs to be. */
async function carryOut(running: Running, first: Ready): Promise<ChangeOutcome> {
  const { context, progress } = running;
  let { plan, reading } = first;
  let ways: readonly Way[] = plan.ways;
  let retriedAt: number | undefined;
  const patience = [...pauses];
  for (;;) {
    const way = ways[0] ?? plan.ways[0];
    const calls = progress.done + way.calls.length;
    const end = await sendWay(context, plan, way, reading, progress);
    if (end.type === 'sent') return verify(running, plan);
    if (end.type === 'lacking' && end.made === 0 && ways.length > 1) {
      ways = ways.slice(1);
      // That took a while, and no revision guards what comes.
      if (!context.store.capabilities.hasRevision) reading = await readToWrite(context);
      await revise(running, plan, ways[0]);
      continue;
    }
    const pause = end.type === 'busy' ? patience.shift() : 0;
    if ((end.type !== 'stale' && end.type !== 'busy') || pause === undefined) {
      return stop(running, plan, end, calls);
    }
    if (pause > 0 && !(await context.wait(pause))) {
      return stop(running, plan, { ...end, type: 'cancelled' }, calls);
    }
    const next = prepare(context, await readToWrite(context), restOf(plan, way, end));
    if (next.type !== 'ready') return stopShort(running, plan, next, end.failure, calls);
    // The policy changes faster than it can be read; the person decides whether to go on.
    if (end.type === 'stale' && retriedAt === progress.done) {
      return stop(running, plan, end, calls);
    }
    if (end.type === 'stale') retriedAt = progress.done;
    const revision = await wholeRevision(context, way, reading, next.reading);
    plan = next.plan;
    reading = revision === undefined ? next.reading : { ...next.reading, ...revision };
    ways = plan.ways;
    if (progress.done === 0) progress.before = plan.before;
    await revise(running, plan, ways[0]);
  }
}

/**
 * A whole document was refused for its revision though the policy is as it was: the call that belongs
 * to these writes may know another. Whether both reads always agree is not documented.
 */
async function wholeRevision(
  { resource, signal, store }: ChangeContext,
  { calls }: Way,
  before: PolicyReading,
  now: PolicyReading,
): Promise<{ readonly revision: string } | undefined> {
  const isSame =
    before.state === 'policy' && now.state === 'policy' && before.revision === now.revision;
  if (!isSame || !calls.some(isWhole)) return undefined;
  const reading = await store.readWhole?.(resource, signal);
  if (reading?.state !== 'policy' || reading.revision === undefined) return undefined;
  return showsSame(reading, now) ? { revision: reading.revision } : undefined;
}

/** What is left of an intent after some calls of a way were made. */
function restOf(
  plan: ChangePlan,
  { calls }: Way,
  { made }: Exclude<WayEnd, { type: 'sent' }>,
): ChangeIntent {
  const { intent } = plan;
  if (made === 0) return intent;
  switch (intent.type) {
    case 'add':
      return { ...intent, grants: intent.grants.slice(made) };
    case 'remove': {
      const left = calls
        .slice(made)
        .flatMap((call) =>
          call.type === 'removeStatement'
            ? plan.removed.filter(({ sid }) => sid === call.statementId)
            : [],
        );
      return { ...intent, statements: left };
    }
    case 'insert':
    case 'replace':
    case 'undo':
      return intent;
  }
}

/** Before our first write the record says what is about to be sent; afterwards it stays as it is. */
async function revise({ entry, progress }: Running, plan: ChangePlan, way: Way | undefined) {
  if (progress.done > 0 || !way) return;
  try {
    await recorded(() => entry.revise(plan, way));
  } catch (error) {
    await entry.end({ state: 'failed', after: progress.before });
    throw error;
  }
}

async function recorded<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new NotRecorded(error);
  }
}

/** The history could not be written: nothing is sent. */
class NotRecorded extends Error {
  constructor(cause: unknown) {
    super('The change could not be written into the history.', { cause });
  }
}
