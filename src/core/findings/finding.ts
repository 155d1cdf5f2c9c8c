import type { OpenPart } from '../evaluate/decide';
import type { PolicyProblem } from '../policy';
import type { PolicyIssue } from '../policyIssue';
import type { Resource } from '../resource';
import type { Statement } from '../statement';

/** What an audit looks for. The IDs stand in settings, exports and what people accepted. */
export const ruleIds = [
  'public-access',
  'public-function-url',
  'not-principal-allow',
  'broad-grant',
  'locks-owner-out',
  'other-account',
  'confused-deputy',
  'function-url-half',
  'cannot-tell',
  'malformed-policy',
  'near-limit',
  'other-organization',
  'qualifier-only-access',
  'unresolved-principal',
  'duplicate-statement',
  'implied-statement',
] as const;
export type RuleId = (typeof ruleIds)[number];

export const severities = ['high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Somebody whom nobody said to trust. */
export type Outsider =
  /** Whoever can reach it, with or without an account. */
  | { readonly type: 'anyone' }
  /** Everybody who has an AWS account. */
  | { readonly type: 'anyAccount' }
  | { readonly type: 'organization'; readonly organizationId: string }
  | {
      readonly type: 'account';
      readonly accountId: string;
      /** Who of it, where the policy says so. */
      readonly arn?: string;
      /** The service that acts for it, where it cannot call by itself. */
      readonly through?: string;
    };

/** What a finding says beyond its rule. Actions are as the policy writes them. */
export type FindingDetail =
  | {
      readonly rule: 'public-access' | 'other-account' | 'other-organization';
      readonly who: Outsider;
      readonly actions: readonly string[];
    }
  /** `complete`: the call through the URL is allowed too, as AWS asks since October 2025. */
  | { readonly rule: 'public-function-url'; readonly who: Outsider; readonly complete: boolean }
  | {
      readonly rule: 'function-url-half';
      readonly who: Outsider;
      /** What is not allowed: the URL, or the call through it. */
      readonly missing: 'url' | 'call';
    }
  /** `bucket`: S3 names its buckets without an account, and others can take the name of one that is gone. */
  | {
      readonly rule: 'confused-deputy';
      readonly service: string;
      readonly lacks: 'source' | 'bucketAccount';
    }
  /** `actions`: those that change something, or patterns that hold them. */
  | { readonly rule: 'broad-grant'; readonly who: Outsider; readonly actions: readonly string[] }
  | { readonly rule: 'qualifier-only-access'; readonly who: Outsider }
  | { readonly rule: 'duplicate-statement' | 'implied-statement'; readonly by: Statement }
  | { readonly rule: 'unresolved-principal'; readonly id: string }
  | {
      readonly rule: 'near-limit';
      readonly what: 'bytes' | 'statements' | 'principals';
      readonly count: number;
      readonly limit: number;
    }
  /** `certain`: nobody is spared. */
  | { readonly rule: 'locks-owner-out'; readonly certain: boolean }
  | { readonly rule: 'not-principal-allow' }
  | {
      readonly rule: 'malformed-policy';
      readonly problem: PolicyProblem | PolicyIssue;
    }
  /** It may let them in: what is `open` cannot be judged. */
  | {
      readonly rule: 'cannot-tell';
      readonly who: Outsider;
      readonly through?: string;
      readonly open: readonly OpenPart[];
    };

/** Something that an audit says about a policy. */
export interface Finding {
  readonly detail: FindingDetail;
  readonly severity: Severity;
  readonly resource: Resource;
  /** What it speaks of in the policy's text, in UTF-16 units. */
  readonly place: { readonly offset: number; readonly length: number };
  /** The statement that it is about; absent when it is about the policy. */
  readonly statement?: Statement;
  /** The same for the same finding in a later audit, whatever else was changed. */
  readonly key: string;
}

/** What is meant to get in: accounts by ID besides the resource's own, organisations by `o-…`. */
export interface Trust {
  readonly accounts: ReadonlySet<string>;
  readonly organizations: ReadonlySet<string>;
}

export const trustNobody: Trust = { accounts: new Set(), organizations: new Set() };
