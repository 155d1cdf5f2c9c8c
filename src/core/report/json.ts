import type { Report, ReportedAudit } from './report';
import { fingerprintOf, isComplete, isoTime, notReadOf } from './report';
import { writtenJson } from './writtenJson';

/** A report as JSON for programs: everything that is known, with the policies as AWS gave them. */
export function jsonOf(report: Report): string {
  return writtenJson({
    format: 'resource-policies-audit',
    formatVersion: 1,
    toolVersion: report.toolVersion,
    madeAt: isoTime(report.madeAt),
    complete: isComplete(report),
    rules: report.rules.map(({ isOn, ...rule }) => ({ ...rule, enabled: isOn })),
    audits: report.audits.map(auditOf),
  });
}

function auditOf(audit: ReportedAudit) {
  const { title, accountId, region, partition, state, isWhole, startedAt, endedAt } = audit;
  return {
    connection: title,
    account: accountId,
    region,
    partition,
    state,
    complete: isWhole,
    startedAt: isoTime(startedAt),
    endedAt: endedAt === undefined ? undefined : isoTime(endedAt),
    hasAuditBefore: audit.hasBefore,
    notRead: notReadOf(audit),
    findings: audit.findings.map(({ accepted, ...finding }) => ({
      ...finding,
      fingerprint: fingerprintOf(finding),
      accepted: accepted && { ...accepted, until: isoTime(accepted.until) },
    })),
    inventory: audit.resources.map(({ policy, ...resource }) => ({
      ...resource,
      policy: 'readAt' in policy ? { ...policy, readAt: isoTime(policy.readAt) } : policy,
    })),
  };
}
