import { digest } from '../digest';
import type { FailureCode } from '../errors';
import type { RuleId, Severity } from '../findings/finding';
import type { ResourceKind } from '../resource';
import type { TextPlace } from './textPlace';

/**
 * What audits brought, as plain data with its words made, for every format that it is exported in.
 * Times are in milliseconds since 1970.
 */
export interface Report {
  readonly toolVersion: string;
  readonly madeAt: number;
  readonly rules: readonly ReportedRule[];
  readonly audits: readonly ReportedAudit[];
}

export interface ReportedRule {
  readonly id: RuleId;
  readonly title: string;
  readonly description: string;
  readonly remedy: string;
  /** How grave what it finds mostly is. */
  readonly severity: Severity;
  /** Whether the settings leave it on. */
  readonly isOn: boolean;
}

export interface ReportedAudit {
  readonly title: string;
  /** Where it was, as far as that is known. */
  readonly accountId?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly state: 'running' | 'complete' | 'cancelled' | 'stopped' | 'interrupted';
  /** A sentence: why it did not get to its end; absent where it did. */
  readonly cutShort?: string;
  /** Whether it says all that there is to say about the account. */
  readonly isWhole: boolean;
  /** Whether there was a whole audit before, which tells what is new. */
  readonly hasBefore: boolean;
  readonly resources: readonly ReportedResource[];
  readonly gaps: readonly ReportedGap[];
  /** The gravest first. */
  readonly findings: readonly ReportedFinding[];
}

/** A resource that was listed. */
export interface ReportedResource {
  readonly arn: string;
  readonly kind: ResourceKind;
  /** Without its qualifier or version. */
  readonly name: string;
  readonly qualifier?: ReportedQualifier;
  readonly policy: ReportedPolicy;
}

export interface ReportedQualifier {
  readonly type: 'alias' | 'version';
  readonly name: string;
}

export type ReportedPolicy =
  | {
      readonly state: 'policy';
      readonly readAt: number;
      /** As AWS gave it. */
      readonly text: string;
      readonly bytes: number;
      /** Absent when the text is no policy. */
      readonly statements?: number;
    }
  | { readonly state: 'none'; readonly readAt: number }
  /** `reason`: a sentence that names the resource. */
  | {
      readonly state: 'unreadable';
      readonly readAt: number;
      readonly code: FailureCode;
      readonly reason: string;
    }
  | { readonly state: 'notAskedFor'; readonly reason: string };

/** A list that did not come, or not whole. */
export interface ReportedGap {
  readonly kind: ResourceKind;
  /** Of what the aliases or versions could not be listed. */
  readonly underArn?: string;
  readonly code: FailureCode;
  readonly reason: string;
}

export interface ReportedFinding {
  readonly rule: RuleId;
  readonly ruleTitle: string;
  readonly severity: Severity;
  readonly title: string;
  readonly reason: string;
  readonly remedy: string;
  /** Who gets in, where it is about somebody. */
  readonly who?: string;
  readonly arn: string;
  /** The statement's Sid; absent when it has none, or the finding is about the policy. */
  readonly sid?: string;
  /** The statement's number, from 0, and where its text stands; absent when it is about the policy. */
  readonly statement?: { readonly index: number; readonly offset: number; readonly length: number };
  /** What it speaks of in the text that AWS gave. */
  readonly place: TextPlace;
  /** The same for the same finding in a later audit. */
  readonly key: string;
  /** Absent where there was no audit before. */
  readonly isNew?: boolean;
  /** That somebody said it is meant to be so; `holds`: not over yet. */
  readonly accepted?: {
    readonly reason: string;
    readonly until: number;
    readonly holds: boolean;
  };
}

/** Something that is not known since it was not read. */
export interface NotRead {
  readonly what: 'audit' | 'list' | 'policy';
  readonly code: FailureCode | 'notAskedFor' | 'cutShort';
  readonly kind?: ReportedResource['kind'];
  readonly arn?: string;
  readonly reason: string;
}

/** All that an audit does not know, what ended it first. Empty if and only if it was whole. */
export function notReadOf(audit: ReportedAudit): readonly NotRead[] {
  const { cutShort, gaps, resources } = audit;
  return [
    ...(cutShort === undefined
      ? []
      : [{ what: 'audit', code: 'cutShort', reason: cutShort } as const]),
    ...gaps.map(({ kind, underArn, code, reason }): NotRead => ({
      what: 'list',
      code,
      kind,
      ...(underArn === undefined ? {} : { arn: underArn }),
      reason,
    })),
    ...resources.flatMap(({ arn, kind, policy }): readonly NotRead[] => {
      switch (policy.state) {
        case 'policy':
        case 'none':
          return [];
        case 'unreadable':
          return [{ what: 'policy', code: policy.code, kind, arn, reason: policy.reason }];
        case 'notAskedFor':
          return [{ what: 'policy', code: 'notAskedFor', kind, arn, reason: policy.reason }];
      }
    }),
  ];
}

/** Whether everything was read in all of them. */
export function isComplete({ audits }: Pick<Report, 'audits'>): boolean {
  return audits.every(({ isWhole }) => isWhole);
}

/** `orders:live`, as AWS writes it. */
export function fullNameOf({ name, qualifier }: ReportedResource): string {
  return qualifier ? `${name}:${qualifier.name}` : name;
}

export function isoTime(time: number): string {
  return new Date(time).toISOString();
}

/** Short, and the same for the same finding in a later audit, whatever the statement says. */
export function fingerprintOf({ key }: Pick<ReportedFinding, 'key'>): string {
  return digest(key);
}
