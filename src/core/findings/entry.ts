import type { OpenPart, WellFormedPolicy } from '../evaluate/decide';
import type { Scene } from '../evaluate/strangers';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { Outsider, Trust } from './finding';
import type { Granted } from './grantable';

/** Somebody whom a statement lets in, and what for. */
export interface Entry {
  readonly statement: Statement;
  readonly who: Outsider;
  /** By calling the resource itself, or a function's URL. */
  readonly way: Scene['way'];
  readonly granted: readonly Granted[];
}

/** Somebody whom it may let in: what is open cannot be judged. */
export interface OpenEntry {
  readonly statement: Statement;
  readonly who: Outsider;
  readonly through?: string;
  readonly open: readonly OpenPart[];
}

/** A service that anybody's resources can come through. */
export interface DeputyEntry {
  readonly statement: Statement;
  readonly service: string;
  readonly lacks: 'source' | 'bucketAccount';
}

export interface Entries {
  readonly entries: readonly Entry[];
  readonly open: readonly OpenEntry[];
  readonly deputies: readonly DeputyEntry[];
}

/** What of a policy says who gets in. */
export type Judged = Pick<WellFormedPolicy, 'statements' | 'version'>;

export interface EntryContext {
  readonly resource: Resource;
  readonly trust: Trust;
  /** In milliseconds since 1970; without it, what depends on the time is not known. */
  readonly now?: number;
}
