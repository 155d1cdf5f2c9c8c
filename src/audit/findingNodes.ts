import type { RuleId, Severity } from '../core/findings/finding';
import type { Resource } from '../core/resource';
import { isRecord } from '../core/resource';
import type { SurveyGap } from '../survey/survey';
import type { AuditedPolicy } from './audit';
import type { AuditFinding } from './auditFindings';

export const groupings = ['severity', 'rule', 'resource', 'principal'] as const;
/** By what the findings stand together; `principal`: by who gets in. */
export type Grouping = (typeof groupings)[number];

export interface AuditNode {
  readonly type: 'audit';
  readonly id: string;
  readonly connectionId: string;
}

/** What an audit could not read or list. */
export interface GapNode {
  readonly type: 'gap';
  readonly id: string;
  readonly connectionId: string;
  readonly gap: SurveyGap | AuditedPolicy;
}

/** What the findings of a group have in common. */
export type GroupSubject =
  | { readonly by: 'severity'; readonly severity: Severity }
  | { readonly by: 'rule'; readonly rule: RuleId }
  | { readonly by: 'resource'; readonly connectionId: string; readonly resource: Resource }
  /** `title`: who it is; absent for what is about nobody from outside. */
  | { readonly by: 'principal'; readonly title: string | undefined }
  | { readonly by: 'accepted' };

export interface GroupNode {
  readonly type: 'group';
  readonly id: string;
  readonly subject: GroupSubject;
  readonly findings: readonly AuditFinding[];
}

export interface FindingNode {
  readonly type: 'finding';
  readonly id: string;
  readonly connectionId: string;
  readonly resource: Resource;
  readonly found: AuditFinding;
}

/** So many more findings than a list shows. */
export interface MoreNode {
  readonly type: 'more';
  readonly id: string;
  readonly count: number;
}

export type FindingsNode = AuditNode | GapNode | GroupNode | FindingNode | MoreNode;

/** A finding as a command is told of it: what a row of one has, and no more. */
export interface FindingRef {
  readonly type: 'finding';
  readonly connectionId: string;
  readonly found: { readonly finding: { readonly key: string } };
}

export function findingRef(connectionId: string, key: string): FindingRef {
  return { type: 'finding', connectionId, found: { finding: { key } } };
}

/** Which finding a row is about, of what a menu or a caller from outside hands to a command. */
export function findingOf(
  value: unknown,
): { readonly connectionId: string; readonly key: string } | undefined {
  if (!isRecord(value) || value.type !== 'finding' || !isRecord(value.found)) return undefined;
  const { finding } = value.found;
  const key = isRecord(finding) ? finding.key : undefined;
  const { connectionId } = value;
  return typeof connectionId === 'string' && typeof key === 'string'
    ? { connectionId, key }
    : undefined;
}
