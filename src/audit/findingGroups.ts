import { l10n } from 'vscode';
import type { FindingDetail } from '../core/findings/finding';
import { ruleIds, severities } from '../core/findings/finding';
import { outsiderWords, throughWords } from '../words/outsiderWords';
import type { AuditFinding } from './auditFindings';
import type { Grouping, GroupNode, GroupSubject } from './findingNodes';

/** The findings in groups, the gravest first; those that were accepted together at the end. */
export function groupsOf(
  findings: readonly AuditFinding[],
  grouping: Grouping,
): readonly GroupNode[] {
  const groups = new Map<string, { subject: GroupSubject; findings: AuditFinding[] }>();
  for (const found of [...findings].sort(byGravity)) {
    const subject = found.isAccepted ? ({ by: 'accepted' } as const) : subjectOf(found, grouping);
    const id = `group|${idOf(subject)}`;
    const group = groups.get(id) ?? { subject, findings: [] };
    group.findings.push(found);
    groups.set(id, group);
  }
  return [...groups]
    .map(([id, group]): GroupNode => ({ type: 'group', id, ...group }))
    .sort((one, other) => placeOf(one) - placeOf(other));
}

/** What is about nobody comes after those who get in, and what was accepted at the end. */
function placeOf({ subject }: GroupNode): number {
  if (subject.by === 'accepted') return 2;
  return subject.by === 'principal' && subject.title === undefined ? 1 : 0;
}

/** The gravest first, then those that belong together. */
export function byGravity(one: AuditFinding, other: AuditFinding): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    ruleIds.indexOf(one.finding.detail.rule) - ruleIds.indexOf(other.finding.detail.rule) ||
    one.finding.resource.arn.localeCompare(other.finding.resource.arn, 'en') ||
    one.finding.place.offset - other.finding.place.offset
  );
}

function subjectOf({ connectionId, finding, severity }: AuditFinding, by: Grouping): GroupSubject {
  switch (by) {
    case 'severity':
      return { by, severity };
    case 'rule':
      return { by, rule: finding.detail.rule };
    case 'resource':
      return { by, connectionId, resource: finding.resource };
    case 'principal':
      return { by, title: whoOf(finding.detail) };
  }
}

/** Who gets in, as far as a finding is about somebody. */
export function whoOf(detail: FindingDetail): string | undefined {
  if ('who' in detail) return outsiderWords(detail.who);
  if (detail.rule === 'not-principal-allow') return l10n.t('Everyone but those named');
  if (detail.rule === 'confused-deputy') return throughWords(detail.service);
  return detail.rule === 'unresolved-principal' ? detail.id : undefined;
}

function idOf(subject: GroupSubject): string {
  switch (subject.by) {
    case 'severity':
      return subject.severity;
    case 'rule':
      return subject.rule;
    case 'resource':
      return `${subject.connectionId}|${subject.resource.arn}`;
    case 'principal':
      return subject.title ?? '';
    case 'accepted':
      return subject.by;
  }
}
