import type { RuleId, Severity } from '../core/findings/finding';
import type { Resource } from '../core/resource';
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

/** Checks what a menu or a caller from outside hands to a command. */
export function isFindingNode(value: unknown): value is FindingNode {
  const node = value as Partial<FindingNode> | undefined;
  return (
    typeof node === 'object' &&
    node.type === 'finding' &&
    typeof node.connectionId === 'string' &&
    typeof node.found === 'object'
  );
}
