import { isWhole } from '../core/calls';
import type { Failure } from '../core/errors';
import { isForNow } from '../core/errors';
import type { PolicyCall, PolicyReading } from '../core/policyStore';
import type { ChangeContext } from './changeContext';
import { readPolicy, readUntil } from './changeContext';
import type { Effects } from './sight';
import { sightOf, statementsAt, textOf } from './sight';

/** One call, what it is to do to the policy, and the revision that it is tied to, where there is one. */
export interface Step {
  readonly call: PolicyCall;
  readonly effects: Effects;
  readonly revision: string | undefined;
}

/**
 * Why a call did not end well. Nothing was changed by it, but for `unknown`.
 * - `stale`: the policy is not the one that was planned on; plan anew.
 * - `lacking`: the caller cannot make this call here; another way may do.
 * - `busy`: not now. What is sent then must be planned on the policy of then.
 * - `unknown`: no answer came, and reading does not tell.
 */
export type CallProblem = 'stale' | 'lacking' | 'busy' | 'failed' | 'cancelled' | 'unknown';

export type CallEnd =
  /** `revision`: as the answer said it. `reading`: of a policy that was read to find out. */
  | { readonly type: 'done'; readonly revision?: string; readonly reading?: PolicyReading }
  | { readonly type: CallProblem; readonly failure: Failure };

/** Sends one call and makes sure what came of it. */
export async function sendCall(context: ChangeContext, step: Step): Promise<CallEnd> {
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
  if (!isWhole(step.call)) {
    return { type: isLacking(context, failure) ? 'lacking' : 'failed', failure };
  }
  return isUnknownHere(context, failure)
    ? lacking(context, failure)
    : refusedWhole(context, failure);
}

/** A whole text that no revision ties to what it was made from. */
function isUnguarded({ call, revision }: Step): boolean {
  return isWhole(call) && revision === undefined;
}

/**
 * Whether the caller may not make this call, and may write the whole document all the same: of
 * functions that one asks for the permissions of the single calls, too.
 */
function isLacking({ store }: ChangeContext, { code }: Failure): boolean {
  return (
    store.kind !== 'lambdaFunction' && (code === 'accessDenied' || code === 'operationUnknown')
  );
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
  const isDone = (seen: PolicyReading) => sightOf(seen, step.effects, false) === 'done';
  const { reading, isCutShort } = await readUntil(context, isDone, lateMs);
  switch (sightOf(reading, step.effects, false)) {
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
  const { reading } = await readUntil(
    context,
    (seen) => sightOf(seen, step.effects, false) === 'done',
  );
  if (reading.state === 'unreadable') return { type: 'failed', failure: reading.failure };
  if (sightOf(reading, step.effects, false) !== 'notDone') return { type: 'stale', failure };
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
