import type { Failure } from './errors';
import type { PolicyCall } from './policyStore';
import type { Resource } from './resource';

/**
 * One change as the history keeps it: written before its first call is sent, completed after it was
 * verified. Plain JSON. `null` is "no policy". Times are in milliseconds since 1970.
 */
export interface ChangeRecord {
  readonly format: 1;
  /** Sorts by time. */
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly connection: {
    readonly id: string;
    readonly title: string;
    readonly accountId?: string;
    /** Who made it, as AWS names the caller. */
    readonly callerArn?: string;
  };
  readonly resource: Resource;
  readonly what: ChangeKind;
  /** The record that this one takes back. */
  readonly undoes?: string;
  /** What was sent, in order; the last may not have been. */
  readonly calls: readonly PolicyCall[];
  readonly before: string | null;
  /** What was to become of it; while it runs, and after it was stopped half-way, what came of it. */
  readonly after: string | null;
  /** As it was read when it was verified; absent when it could not be read. */
  readonly seen?: { readonly text: string | null };
  readonly state: ChangeState;
  readonly failure?: Failure;
  /** The window that makes the change, and when it last said that it was there. */
  readonly owner: { readonly window: string; readonly heartbeatAt: number };
  /** Sids or places of the statements that go and come, for its row. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export type ChangeKind = 'remove' | 'add' | 'edit' | 'undo';

/**
 * - `running`: under way in the window that owns it, or interrupted when that one is gone.
 * - `applied`: seen by reading. `accepted`: AWS took it, reading did not show it.
 * - `partly`: some of its calls were made; `after` is what came of it.
 * - `failed`, `cancelled`: nothing was changed. `unknown`: nobody could find out.
 */
export type ChangeState =
  'running' | 'applied' | 'accepted' | 'partly' | 'failed' | 'cancelled' | 'unknown';
