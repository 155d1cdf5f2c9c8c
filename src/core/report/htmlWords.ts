import type { Severity } from '../findings/finding';
import type { ResourceKind } from '../resource';
import type { ReportedPolicy } from './report';

/** The words of the HTML page besides those of the report itself. */
export interface HtmlWords {
  /** Of the language that the words are in, as the attribute `lang` has it. */
  readonly language: string;
  readonly title: string;
  readonly madeBy: string;
  readonly contents: string;
  readonly summary: string;
  readonly findings: string;
  readonly noFindings: string;
  readonly whoGetsIn: string;
  readonly inventory: string;
  readonly notRead: string;
  readonly accepted: string;
  /** Above everything of a report that is not complete. */
  readonly warning: string;
  readonly isNew: string;
  readonly connection: string;
  readonly account: string;
  readonly region: string;
  readonly unknown: string;
  readonly audited: string;
  readonly state: string;
  readonly whole: string;
  readonly notWhole: string;
  readonly count: string;
  readonly severity: string;
  readonly who: string;
  readonly where: string;
  readonly kind: string;
  readonly name: string;
  readonly arn: string;
  readonly policy: string;
  readonly policiesRead: string;
  /** Of what was read: where there is a policy. */
  readonly withPolicy: string;
  readonly bytes: string;
  readonly statements: string;
  readonly reason: string;
  readonly severityTitle: (severity: Severity) => string;
  readonly kindTitle: (kind: ResourceKind) => string;
  readonly policyState: (state: ReportedPolicy['state']) => string;
  readonly time: (time: number) => string;
  readonly line: (line: number) => string;
  readonly more: (lines: number) => string;
  readonly acceptedUntil: (until: number, reason: string) => string;
  readonly wasAcceptedUntil: (until: number, reason: string) => string;
}
