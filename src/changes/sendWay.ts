import { textAfter } from '../core/afterEffects';
import { isWhole, operationOf } from '../core/calls';
import type { Failure } from '../core/errors';
import type { ChangePlan, Way } from '../core/plan';
import type { PolicyCall, PolicyReading } from '../core/policyStore';
import type { Statement } from '../core/statement';
import type { ChangeContext } from './changeContext';
import { readPolicy } from './changeContext';
import type { CallEnd, CallProblem } from './sendCall';
import { sendCall } from './sendCall';
import type { Effects } from './sight';
import { stillHolds } from './sight';

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

/** How sending the calls of a way ended. `made`: how many of its calls were. */
export type WayEnd =
  | { readonly type: 'sent' }
  | { readonly type: CallProblem; readonly made: number; readonly failure: Failure };

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
