import { showHidden } from '../hiddenCharacters';
import type { Report, ReportedAudit, ReportedFinding, ReportedResource } from './report';
import { fingerprintOf, fullNameOf, isoTime, notReadOf } from './report';

type Row = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The findings as CSV, a row each. What was not read has rows, too, with the severity `unknown`: a
 * table without rows must not look like an account without findings.
 */
export function findingsCsvOf({ audits }: Report): string {
  return csv(findingColumns, audits.flatMap(findingRows));
}

/** Every resource as CSV, with what is known of its policy; lists that did not come are rows, too. */
export function inventoryCsvOf({ audits }: Report): string {
  return csv(inventoryColumns, audits.flatMap(inventoryRows));
}

/** The names of columns are for programs, and stay. */
const findingColumns = [
  'severity',
  'rule',
  'finding',
  'reason',
  'remedy',
  'who',
  'account',
  'region',
  'connection',
  'kind',
  'resource',
  'arn',
  'statement',
  'line',
  'column',
  'new',
  'accepted',
  'accepted_reason',
  'accepted_until',
  'fingerprint',
  'audit_complete',
] as const;

const inventoryColumns = [
  'account',
  'region',
  'connection',
  'kind',
  'name',
  'qualifier',
  'arn',
  'policy',
  'bytes',
  'statements',
  'findings',
  'reason',
  'read_at',
  'audit_complete',
] as const;

function findingRows(audit: ReportedAudit): readonly Row[] {
  const resources = new Map(audit.resources.map((resource) => [resource.arn, resource]));
  const found = audit.findings.map((finding) =>
    findingRow(audit, finding, resources.get(finding.arn)),
  );
  const missing = notReadOf(audit).map(({ what, code, kind, arn, reason }): Row => {
    const resource = arn === undefined ? undefined : resources.get(arn);
    return {
      ...about(audit),
      severity: 'unknown',
      rule: `not-read/${what}/${code}`,
      finding: reason,
      kind,
      resource: resource && fullNameOf(resource),
      arn,
    };
  });
  return [...found, ...missing];
}

function findingRow(
  audit: ReportedAudit,
  finding: ReportedFinding,
  resource: ReportedResource | undefined,
): Row {
  const { rule, severity, title, reason, remedy, who, arn, sid, place, accepted } = finding;
  const number = finding.statement && finding.statement.index + 1;
  return {
    ...about(audit),
    ...{ severity, rule, finding: title, reason, remedy, who, arn },
    kind: resource?.kind,
    resource: resource && fullNameOf(resource),
    statement: sid ?? number,
    line: place.startLine,
    column: place.startColumn,
    new: finding.isNew,
    accepted: accepted?.holds ?? false,
    accepted_reason: accepted?.reason,
    accepted_until: accepted && isoTime(accepted.until),
    fingerprint: fingerprintOf(finding),
  };
}

function inventoryRows(audit: ReportedAudit): readonly Row[] {
  const counts = new Map<string, number>();
  for (const { arn } of audit.findings) counts.set(arn, (counts.get(arn) ?? 0) + 1);
  const listed = audit.resources.map(({ arn, kind, name, qualifier, policy }): Row => ({
    ...about(audit),
    ...{ kind, name, arn },
    qualifier: qualifier?.name,
    policy: policy.state,
    bytes: policy.state === 'policy' ? policy.bytes : undefined,
    statements: policy.state === 'policy' ? policy.statements : undefined,
    findings: policy.state === 'policy' ? (counts.get(arn) ?? 0) : undefined,
    reason: 'reason' in policy ? policy.reason : undefined,
    read_at: 'readAt' in policy ? isoTime(policy.readAt) : undefined,
  }));
  const missing = notReadOf(audit)
    .filter(({ what }) => what !== 'policy')
    .map(({ what, kind, arn, reason }): Row => {
      const policy = what === 'list' ? 'listIncomplete' : 'auditIncomplete';
      return { ...about(audit), kind, arn, policy, reason };
    });
  return [...listed, ...missing];
}

function about({ accountId, region, title, isWhole }: ReportedAudit): Row {
  return { account: accountId, region, connection: title, audit_complete: isWhole };
}

/**
 * RFC 4180. The mark at the beginning tells Excel that it is UTF-8, which it would not believe else.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
function csv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return `\ufeff${lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(value: Row[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === undefined || typeof value === 'number') return String(value ?? '');
  const safe = withoutFormula(showHidden(value));
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Spreadsheets run what begins like a formula, also in quotes, and text from AWS is anybody's.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function withoutFormula(text: string): string {
  return /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}
