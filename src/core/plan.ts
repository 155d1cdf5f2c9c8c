import type { Grant } from './grants';
import type { PolicyProblem } from './policy';
import type { PolicyCall } from './policyStore';
import type { Resource, ResourceKind } from './resource';
import type { Statement } from './statement';

/**
 * What a person wants of one policy. Texts are policies as AWS gave them or is to get them;
 * `undefined` is "no policy".
 */
export type ChangeIntent =
  /**
   * These statements, as they were seen; each must still be the same when it is written. `seenIn`: the
   * text they stood in, which tells what others made of one that has no Sid.
   */
  | {
      readonly type: 'remove';
      readonly statements: readonly Statement[];
      readonly seenIn?: string;
    }
  /** By the calls that add one permission each, in this order. */
  | { readonly type: 'add'; readonly grants: readonly Grant[] }
  /** By writing the whole policy: what those calls cannot express. `texts`: one statement each. */
  | { readonly type: 'insert'; readonly texts: readonly string[] }
  /** The whole text, made from `base`, which must still be there. */
  | {
      readonly type: 'replace';
      readonly base: string | undefined;
      readonly text: string | undefined;
    }
  /** Takes back what made `after` out of `before`, whatever else was changed since. */
  | {
      readonly type: 'undo';
      readonly before: string | undefined;
      readonly after: string | undefined;
    };

/** One change to one policy, as it is shown before it is made. */
export interface ChangePlan {
  readonly resource: Resource;
  readonly intent: ChangeIntent;
  /**
   * How it can be done, the best first. The next is taken only when the endpoint or the permissions
   * of the caller lack a call of the one before.
   */
  readonly ways: readonly [Way, ...Way[]];
  readonly before: string | undefined;
  readonly removed: readonly Statement[];
  readonly added: readonly Statement[];
  readonly warnings: readonly ChangeWarning[];
}

export interface Way {
  /** In order; each is a write of its own. */
  readonly calls: readonly PolicyCall[];
  /** The policy after them, byte for byte where it is written whole. */
  readonly after: string | undefined;
}

export type Planning =
  | { readonly possible: true; readonly plan: ChangePlan }
  | { readonly possible: false; readonly refusal: ChangeRefusal };

/** Why a change cannot be made as it was wanted, found before anything is sent. */
export type ChangeRefusal =
  /** Not addressable by the call that removes one statement, and the policy cannot be written whole. */
  | { readonly code: 'noStatementId'; readonly statement: Statement }
  | { readonly code: 'sharedStatementId'; readonly statement: Statement; readonly count: number }
  | { readonly code: 'illegalStatementId'; readonly statement: Statement }
  /** Whoever changed it meanwhile: `now` is what stands there under the same Sid. */
  | { readonly code: 'changed'; readonly statement: Statement; readonly now: Statement }
  /** All of it is so already. */
  | { readonly code: 'nothingToDo' }
  /** `replace`: the policy is not the one that the text was made from. */
  | { readonly code: 'conflict' }
  | { readonly code: 'malformed'; readonly problem: PolicyProblem }
  | { readonly code: 'statementIdTaken'; readonly sid: string }
  | { readonly code: 'tooLarge'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'tooManyStatements'; readonly count: number; readonly limit: number }
  /** `undo`: a statement that the adding call cannot express, where nothing else can write it. */
  | { readonly code: 'notExpressible'; readonly statement: Statement }
  | { readonly code: 'noWholeDocument' }
  /** The credentials are those of another account by now than the resource was listed in. */
  | { readonly code: 'otherAccount'; readonly listed: string; readonly now: string };

/** What a person should know before saying yes. */
export type ChangeWarning =
  /** One half of the pair that a public function URL needs: the URL stops working. */
  | { readonly code: 'functionUrlHalf'; readonly statement: Statement; readonly other: Statement }
  /** No policy remains. */
  | { readonly code: 'lastStatement' }
  /** Lets in whom a Deny kept out. */
  | { readonly code: 'denyRemoved'; readonly statement: Statement }
  | { readonly code: 'denyAdded'; readonly statement: Statement }
  /** Under the same Sid: it may keep out fewer than before. */
  | { readonly code: 'denyEdited'; readonly statement: Statement; readonly now: Statement }
  /** Even the owner could not change the policy any more. */
  | { readonly code: 'locksOwnerOut' | 'mayLockOwnerOut'; readonly statement: Statement }
  | {
      readonly code: 'opensToEveryone';
      readonly statement: Statement;
      readonly kind: ResourceKind;
    }
  /** A tool made it, and would make it again at its next deployment. */
  | { readonly code: 'managed'; readonly statement: Statement; readonly by: ManagedBy }
  /** AWS may refuse a document that holds it. */
  | { readonly code: 'unresolvedPrincipal'; readonly statement: Statement; readonly id: string }
  /** AWS may refuse to have it back, or another beside it: undo would fail. */
  | { readonly code: 'notRestorable'; readonly statement: Statement; readonly id: string }
  /** Of what is to be taken back, this is already so: others did it. */
  | { readonly code: 'alreadyRemoved' | 'alreadyThere'; readonly statement: Statement }
  /** Over 80 % of the bytes that a policy of this kind may have. */
  | { readonly code: 'nearLimit'; readonly bytes: number; readonly limit: number };

export type ManagingTool =
  'cloudFormation' | 'terraform' | 'sam' | 'cdk' | 'serverless' | 'console' | 'apiGateway';

/** `logicalId`: the name in the template, where the Sid tells it. */
export interface ManagedBy {
  readonly tool: ManagingTool;
  readonly logicalId?: string;
}
