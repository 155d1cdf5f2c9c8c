import { textAfter } from '../core/afterEffects';
import { isWhole, operationOf } from '../core/calls';
import type { Failure } from '../core/errors';
import { isForNow } from '../core/errors';
import type { ChangePlan, Way } from '../core/plan';
import type { PolicyCall, PolicyReading } from '../core/policyStore';
import type { Statement } from '../core/statement';
import type { ChangeContext } from './changeContext';
import { readPolicy, readUntil } from './changeContext';
import type { Effects } from './sight';
import { sightOf, statementsAt, stillHolds, textOf } from './sight';

/** What has been made of a change so far, over all its ways and tries. */
export interface Progress {
  /** The policy before our first write. */
  before: string | undefined;
  readonly removed: Statement[];
  readonly added: Statement[];
  /** Set when the policy was written whole. */
  written?: Effects['written'];
  /** Calls that were made. */
  done: number;
  /** As the last write said it; proof that nobody wrote after us. */
  revision?: string;
}

/**
 * How sending the calls of a way ended. `made`: how many of its calls were.
 * - `stale`: the policy is not the one that was planned on; plan anew.
 * - `lacking`: the caller cannot make this call here, and nothing was changed; another way may do.
 * - `busy`: not now; nothing was changed. What is sent then must be planned on the policy of then.
 * - `unknown`: no answer came, and reading does not tell.
 */
export type WayEnd =
  | { readonly type: 'sent' }
  | {
      readonly type: 'stale' | 'busy' | 'lacking' | 'failed';
      readonly made: number;
      readonly failure: Failure;
    }
  | { readonly type: 'unknown' | 'cancelled'; readonly made: number; readonly failure: Failure };

interface Step {
  readonly call: PolicyCall;
  readonly effects: Effects;
  readonly revision: string | undefined;
}

/**
 * Sends the calls of a way, one after the other, each tied to the revision that the last one left.
 * What a call removes must still be what was agreed to: others may have written in between.
 */
export async function sendWay(
  context: ChangeContext,
  plan: ChangePlan,
  way: Way,
  start: PolicyReading,
  progress: Progress,
): Promise<WayEnd> {
  const { capabilities } = context.store;
  const base = { resource: context.resource, capabilities };
  let text = plan.before;
  let known: Known = { revision: revisionOf(start), reading: start };
  for (const [made, call] of way.calls.entries()) {
    const effects = effectsOf(plan, call, text);
    if (known.reading && !stillHolds(known.reading, call, effects)) {
      return { type: 'stale', made, failure: changedMeanwhile(context, call) };
    }
    const end = await sendCall(context, { call, effects, revision: known.revision });
    if (end.type !== 'done') return { ...end, made };
    progress.removed.push(...effects.removed);
    progress.added.push(...effects.added);
    progress.written = effects.written;
    progress.done++;
    progress.revision = end.revision;
    // A whole document is the only call of its way, and what it replaced may be no policy.
    if (isWhole(call)) break;
    text = textAfter({ ...base, text }, effects.removed, effects.added);
    const next = way.calls[made + 1];
    if (!next) break;
    known = await knownAfter(context, end, next);
    const { reading } = known;
    if (reading?.state === 'unreadable') {
      return { type: 'failed', made: made + 1, failure: reading.failure };
    }
    if (reading && capabilities.hasRevision) text = textOf(reading);
  }
  return { type: 'sent' };
}

/** What is known of the policy before a call: by its revision, or by reading it. */
interface Known {
  readonly revision: string | undefined;
  readonly reading?: PolicyReading;
}

/** What one call does to the policy. Calls for one statement name it by its Sid. */
function effectsOf(plan: ChangePlan, call: PolicyCall, before: string | undefined): Effects {
  switch (call.type) {
    case 'removeStatement': {
      const removed = plan.removed.filter(({ sid }) => sid === call.statementId);
      return { before, removed, added: [] };
    }
    case 'addStatement': {
      const added = plan.added.filter(({ sid }) => sid === call.grant.statementId);
      return { before, removed: [], added };
    }
    case 'putPolicy':
    case 'deletePolicy': {
      const text = call.type === 'putPolicy' ? call.text : undefined;
      return { before, removed: plan.removed, added: plan.added, written: { text } };
    }
  }
}

type CallEnd =
  /** `revision`: as the answer said it. `reading`: of a policy that was read to find out. */
  | { readonly type: 'done'; readonly revision?: string; readonly reading?: PolicyReading }
  | { readonly type: Exclude<WayEnd['type'], 'sent'>; readonly failure: Failure };

async function sendCall(context: ChangeContext, step: Step): Promise<CallEnd> {
  const { store, resource, signal, cancelling } = context;
  const result = await store.apply(resource, step.call, step.revision, signal, cancelling);
  if (result.applied) return { type: 'done', revision: result.revision };
  const { failure, mayHaveApplied } = result;
  if (mayHaveApplied) return findOut(context, step, failure);
  if (failure.code === 'cancelled') return { type: 'cancelled', failure };
  if (failure.code === 'revisionMismatch') return { type: 'stale', failure };
  if (isUnguarded(step) && isForNow(failure)) return { type: 'busy', failure };
  if (failure.code === 'statementExists') return conflict(context, step, failure);
  if (failure.code === 'statementNotFound' || failure.code === 'resourceNotFound') {
    return notFound(context, step, failure);
  }
  if (!isWhole(step.call)) return { type: 'failed', failure };
  return isUnknownHere(context, failure)
    ? lacking(context, failure)
    : refusedWhole(context, failure);
}

/** A whole text that no revision ties to what it was made from. */
function isUnguarded({ call, revision }: Step): boolean {
  return isWhole(call) && revision === undefined;
}

/** One name for two things: the statement ID is taken, or something else is under way. */
async function conflict(context: ChangeContext, step: Step, failure: Failure): Promise<CallEnd> {
  const reading = await readPolicy(context);
  const sids = step.effects.added.map(({ sid }) => sid);
  const isTaken = statementsAt(textOf(reading)).some(({ sid }) => sids.includes(sid));
  const isFree = reading.state !== 'unreadable' && !isTaken;
  return { type: isFree ? 'busy' : 'failed', failure };
}

/** A request without an answer may still be carried out after the first read. */
const lateMs = 3_000;

/** No good answer came: reading tells whether it was done. */
async function findOut(context: ChangeContext, step: Step, failure: Failure): Promise<CallEnd> {
  const isDone = (seen: PolicyReading) => sightOf(seen, step.effects) === 'done';
  const { reading, isCutShort } = await readUntil(context, isDone, lateMs);
  switch (sightOf(reading, step.effects)) {
    case 'done':
      // Not the revision of our write: others may have written since.
      return { type: 'done', reading };
    case 'notDone':
      if (isCutShort) return { type: 'unknown', failure };
      return isWhole(step.call) && isUnknownHere(context, failure)
        ? lacking(context, failure)
        : { type: 'failed', failure };
    case 'some':
    case 'unknown':
      return { type: 'unknown', failure };
  }
}

/** Stand-ins for AWS have not all the young calls of Lambda, and say so in ways of their own. */
function isUnknownHere({ store }: ChangeContext, { errorName, httpStatus }: Failure): boolean {
  if (store.kind !== 'lambdaFunction') return false;
  return httpStatus === 404 || httpStatus === 405 || (httpStatus === 500 && errorName !== ownFault);
}

/** Lambda's own name for a fault of its own. */
const ownFault = 'ServiceException';

/** The statement, the policy, the resource or, for a whole document, the call itself. */
async function notFound(context: ChangeContext, step: Step, failure: Failure): Promise<CallEnd> {
  const { reading } = await readUntil(context, (seen) => sightOf(seen, step.effects) === 'done');
  if (reading.state === 'unreadable') return { type: 'failed', failure: reading.failure };
  if (sightOf(reading, step.effects) !== 'notDone') return { type: 'stale', failure };
  return isWhole(step.call) ? lacking(context, failure) : { type: 'failed', failure };
}

function refusedWhole(context: ChangeContext, failure: Failure): CallEnd {
  switch (failure.code) {
    case 'operationUnknown':
    case 'accessDenied':
      return lacking(context, failure);
    case 'badRequest':
      // Something that the document holds besides what is changed; the next may have nothing of it.
      return { type: 'lacking', failure };
    default:
      return { type: 'failed', failure };
  }
}

function lacking({ store }: ChangeContext, failure: Failure): CallEnd {
  store.forgoWholeDocuments();
  return { type: 'lacking', failure };
}

/** What the next call has to name, and what it must find. */
async function knownAfter(
  context: ChangeContext,
  { revision, reading }: Extract<CallEnd, { type: 'done' }>,
  next: PolicyCall,
): Promise<Known> {
  // Nobody wrote in between if the call is accepted.
  if (revision !== undefined) return { revision };
  const isToRead = context.store.capabilities.hasRevision || next.type === 'removeStatement';
  if (!isToRead) return { revision };
  const seen = reading ?? (await readPolicy(context));
  return { revision: revisionOf(seen), reading: seen };
}

function revisionOf(reading: PolicyReading): string | undefined {
  return reading.state === 'policy' ? reading.revision : undefined;
}

/** As AWS says it where it compares revisions. */
function changedMeanwhile({ store }: ChangeContext, call: PolicyCall): Failure {
  return {
    code: 'revisionMismatch',
    operation: operationOf(store.kind, call),
    errorName: 'PolicyChanged',
    message: 'the policy was changed meanwhile',
  };
}
