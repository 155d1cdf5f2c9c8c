import type { Failure } from './errors';
import type { Grant } from './grants';
import type { Layer, ResourceKind, ResourceOf } from './resource';

/** The text of a policy, byte for byte as AWS gave it. */
export interface PolicyText {
  readonly text: string;
  /** Changes with every write to the policy; absent for kinds that have none (SQS). */
  readonly revision?: string;
}

/**
 * What a read found. "None" is said only when AWS says that this resource has no policy; whatever
 * keeps us from knowing is "unreadable". `readAt` is in milliseconds since 1970.
 */
export type PolicyReading =
  | ({ readonly state: 'policy'; readonly readAt: number } & PolicyText)
  | { readonly state: 'none'; readonly readAt: number }
  | { readonly state: 'unreadable'; readonly readAt: number; readonly failure: Failure };

/**
 * Who waits: `now`, a person, whose latest wish goes first; `background`, nobody, so that it goes
 * when no person waits.
 */
export type Urgency = 'now' | 'background';

export interface ListOptions {
  /** `now` when absent. */
  readonly urgency?: Urgency;
}

export interface ReadOptions {
  /** Ends the read at any time, also while it waits for its turn. */
  readonly signal: AbortSignal;
  /** `now` when absent. */
  readonly urgency?: Urgency;
  /** The resource came out of a listing just now, so "not found" can only mean its policy. */
  readonly justListed?: boolean;
}

/**
 * One API call that writes to one policy. Which operation it is depends on the kind
 * (`operationOf` in core/calls). `text` is sent byte for byte.
 */
export type PolicyCall =
  | { readonly type: 'removeStatement'; readonly statementId: string }
  | { readonly type: 'addStatement'; readonly grant: Grant }
  | { readonly type: 'putPolicy'; readonly text: string }
  | { readonly type: 'deletePolicy' };

export type ApplyResult =
  /** `revision`: of the policy after the write, where the answer says it. */
  | { readonly applied: true; readonly revision?: string }
  /** `mayHaveApplied`: the request was sent and no answer came, so only a read can tell. */
  | { readonly applied: false; readonly failure: Failure; readonly mayHaveApplied: boolean };

/** What a kind of resource lets be done to its policy: data, so that a plan can refuse before AWS does. */
export interface PolicyCapabilities {
  /** Which statement IDs the call that removes one statement accepts. */
  readonly removableStatementId: RegExp;
  /** Whether the policy can be written whole. `no`: never for this kind; `missing`: not here. */
  readonly wholeDocument: 'yes' | 'no' | 'missing';
  /** Whether a write can be tied to the revision that was read. */
  readonly hasRevision: boolean;
  /** How long a read may still show the state before a write, in milliseconds. */
  readonly settlesWithinMs: number;
}

/**
 * The policies of one kind of resource in one account and region. A new kind is one such store and
 * its words; the compiler names the places.
 */
export interface PolicyStore<K extends ResourceKind = ResourceKind> {
  readonly kind: K;
  /** As known by now: whether whole documents can be written shows at the first that is. */
  readonly capabilities: PolicyCapabilities;
  /** The resources of the account, page by page as AWS answers. Throws `FailureError`. */
  list(signal: AbortSignal, options?: ListOptions): AsyncIterable<readonly ListedOf<K>[]>;
  /**
   * The resources under one of them: aliases and versions of a function, versions of a layer.
   * Throws `FailureError`.
   */
  listUnder(
    parent: ListedOf<K>,
    what: Under,
    signal: AbortSignal,
    options?: ListOptions,
  ): AsyncIterable<readonly ResourceOf<K>[]>;
  /**
   * All that `list` brings and their versions, in the same pages: for who wants all of it, that is
   * fewer calls. Absent where there is no such call. Throws `FailureError`.
   */
  listWithVersions?(
    signal: AbortSignal,
    options?: ListOptions,
  ): AsyncIterable<readonly ResourceOf<K>[]>;
  /** Never throws: what goes wrong is a reading of its own. */
  read(resource: ResourceOf<K>, options: ReadOptions): Promise<PolicyReading>;
  /**
   * Sends one call. Never throws for an answer of AWS. `revision` is the one that was read, if the
   * kind has any.
   * `cancelling` ends the repeated tries of a throttled call, never one that is under way.
   */
  apply(
    resource: ResourceOf<K>,
    call: PolicyCall,
    revision: string | undefined,
    signal: AbortSignal,
    cancelling?: AbortSignal,
  ): Promise<ApplyResult>;
  /**
   * By the call that belongs to those for whole documents, where that is another one: its revision
   * is the one that these compare.
   */
  readWhole?(resource: ResourceOf<K>, signal: AbortSignal): Promise<PolicyReading>;
  /** Remembers that the calls for whole documents are not there: a plan then does without if it can. */
  forgoWholeDocuments(): void;
}

/** Which resources under another are asked for. */
export type Under = 'aliases' | 'versions';

export type ListedOf<K extends ResourceKind> = K extends 'layerVersion' ? Layer : ResourceOf<K>;

export type PolicyStores = { readonly [K in ResourceKind]: PolicyStore<K> };
