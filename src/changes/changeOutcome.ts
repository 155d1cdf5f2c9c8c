import type { Failure } from '../core/errors';
import type { ChangePlan, ChangeRefusal } from '../core/plan';
import type { PolicyReading } from '../core/policyStore';

/** What our calls alone made of a policy; `undefined` is "no policy". */
export interface PolicyWrite {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * How a change ended. `reading` is the policy as it was last read, to be shown from now on; `record`
 * is the id under which the history keeps it.
 * - `applied`: seen by reading again; `othersChanged` when more than that is different.
 * - `accepted`: AWS took it, but reads do not show it yet, or the read failed.
 * - `nothingToDo`: it was so already; nothing was sent.
 * - `changed`: the policy is not what was agreed to any more; nothing was sent.
 * - `refused`: it cannot be done this way; nothing was sent.
 * - `partly`: `done` of the plan's calls were made, then one failed or the person cancelled. Without
 *   `reading` nobody knows of the one after them.
 * - `failed`: AWS said no; nothing was changed, unless `reading` is missing: then nobody knows.
 * - `cancelled`: before anything was carried out.
 * - `notRecorded`: the history could not be written; nothing was sent.
 */
export type ChangeOutcome =
  | {
      readonly type: 'applied';
      readonly plan: ChangePlan;
      readonly wrote: PolicyWrite;
      readonly reading: PolicyReading;
      readonly othersChanged: boolean;
      readonly record: string;
    }
  | {
      readonly type: 'accepted';
      readonly plan: ChangePlan;
      readonly wrote: PolicyWrite;
      readonly reading: PolicyReading;
      readonly record: string;
    }
  | { readonly type: 'nothingToDo'; readonly reading: PolicyReading }
  | {
      readonly type: 'changed' | 'refused';
      readonly reading: PolicyReading;
      readonly refusal: ChangeRefusal;
    }
  | {
      readonly type: 'partly';
      readonly plan: ChangePlan;
      readonly done: number;
      readonly of: number;
      readonly failure: Failure;
      readonly wrote?: PolicyWrite;
      readonly reading?: PolicyReading;
      readonly record: string;
    }
  | {
      readonly type: 'failed';
      readonly failure: Failure;
      readonly reading?: PolicyReading;
      readonly record?: string;
    }
  | { readonly type: 'cancelled'; readonly reading?: PolicyReading }
  | { readonly type: 'notRecorded'; readonly error: unknown; readonly reading?: undefined };
