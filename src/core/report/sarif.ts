import type { Severity } from '../findings/finding';
import { showHidden } from '../hiddenCharacters';
import { accountFolder, policyPaths } from '../snapshot/policyPaths';
import { laidOut, placesLaidOut } from './laidOut';
import type { NotRead, Report, ReportedAudit, ReportedFinding, ReportedRule } from './report';
import { fingerprintOf, fullNameOf, isoTime, notReadOf } from './report';
import type { TextPlace } from './textPlace';
import { lineEnds } from './textPlace';
import { writtenJson } from './writtenJson';

const toolName = 'Resource Policies for AWS';

/**
 * A report as SARIF 2.1.0, one run for each audit, as code scanning of GitHub takes it. Results point
 * into the policies, which are embedded as a snapshot would save them.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function sarifOf(report: Report): string {
  return writtenJson({
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: report.audits.map((audit) => runOf(report, audit)),
  });
}

function runOf(report: Report, audit: ReportedAudit) {
  const artifacts = artifactsOf(audit);
  const [account, region] = accountFolder(audit.accountId, audit.region);
  return {
    tool: {
      driver: {
        name: toolName,
        version: report.toolVersion,
        semanticVersion: report.toolVersion,
        rules: report.rules.map(ruleOf),
      },
    },
    // The last part, which tells one run from another, is left to the one who uploads it.
    automationDetails: { id: `resource-policies/${account}/${region}/` },
    invocations: [invocationOf(audit)],
    columnKind: 'utf16CodeUnits',
    newlineSequences: lineEnds,
    artifacts: [...artifacts.values()].map(({ uri, text }) => ({
      location: { uri },
      mimeType: 'application/json',
      encoding: 'utf-8',
      contents: { text },
    })),
    results: audit.findings.map((finding) => resultOf(report, audit, finding, artifacts)),
    properties: { connection: audit.title, state: audit.state, complete: audit.isWhole },
  };
}

function ruleOf({ id, title, description, remedy, severity, isOn }: ReportedRule) {
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: message(title),
    fullDescription: message(description),
    help: message(remedy),
    defaultConfiguration: { enabled: isOn, level: levels[severity] },
    properties: { 'security-severity': scores[severity], tags: ['security', 'aws'] },
  };
}

const levels = { high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** In the middle of what GitHub calls high, medium and low. */
const scores = { high: '8.0', medium: '5.5', low: '2.5' } as const satisfies Record<
  Severity,
  string
>;

function invocationOf(audit: ReportedAudit) {
  return {
    executionSuccessful: audit.isWhole,
    startTimeUtc: isoTime(audit.startedAt),
    ...(audit.endedAt === undefined ? {} : { endTimeUtc: isoTime(audit.endedAt) }),
    toolExecutionNotifications: notReadOf(audit).map(notificationOf),
  };
}

function notificationOf({ what, code, arn, reason }: NotRead) {
  return {
    level: 'warning',
    descriptor: { id: `not-read/${what}/${code}` },
    message: message(reason),
    ...(arn === undefined ? {} : { locations: [{ logicalLocations: [logicalLocation(arn)] }] }),
  };
}

interface Artifact {
  readonly index: number;
  readonly name: string;
  readonly uri: string;
  readonly text: string;
  readonly placeOf: ReturnType<typeof placesLaidOut>;
}

/** The policies that something was found in. */
function artifactsOf(audit: ReportedAudit): ReadonlyMap<string, Artifact> {
  const paths = policyPaths(audit.resources);
  const found = new Set(audit.findings.map(({ arn }) => arn));
  const folder = ['policies', ...accountFolder(audit.accountId, audit.region)];
  const artifacts = new Map<string, Artifact>();
  for (const resource of audit.resources) {
    const { arn, policy } = resource;
    if (policy.state !== 'policy' || !found.has(arn)) continue;
    const text = laidOut(policy.text);
    const path = [...folder, ...(paths.get(arn) ?? '').split('/')];
    artifacts.set(arn, {
      index: artifacts.size,
      name: fullNameOf(resource),
      uri: path.map(encodeURIComponent).join('/'),
      text,
      placeOf: placesLaidOut(policy.text, text),
    });
  }
  return artifacts;
}

function resultOf(
  report: Report,
  audit: ReportedAudit,
  finding: ReportedFinding,
  artifacts: ReadonlyMap<string, Artifact>,
) {
  const { rule, severity, title, reason, remedy, accepted } = finding;
  const fingerprint = fingerprintOf(finding);
  return {
    ruleId: rule,
    ruleIndex: report.rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: message(`${title}. ${reason} ${remedy}`),
    locations: [locationOf(finding, artifacts)],
    // The first is the only one that GitHub looks at; it counts equal lines of a file behind a colon.
    partialFingerprints: {
      primaryLocationLineHash: `${fingerprint}:1`,
      'resourcePoliciesFinding/v1': fingerprint,
    },
    // Both are there for all results of a run, or for none.
    ...(audit.hasBefore ? { baselineState: finding.isNew === true ? 'new' : 'unchanged' } : {}),
    suppressions:
      accepted?.holds === true
        ? [{ kind: 'external', status: 'accepted', justification: showHidden(accepted.reason) }]
        : [],
    properties: {
      severity,
      ...(finding.who === undefined ? {} : { who: showHidden(finding.who) }),
      ...(finding.sid === undefined ? {} : { statementId: finding.sid }),
    },
  };
}

function locationOf(finding: ReportedFinding, artifacts: ReadonlyMap<string, Artifact>) {
  const artifact = artifacts.get(finding.arn);
  const logicalLocations = [logicalLocation(finding.arn, artifact?.name)];
  if (!artifact) return { logicalLocations };
  const { statement } = finding;
  return {
    physicalLocation: {
      artifactLocation: { uri: artifact.uri, index: artifact.index },
      region: regionOf(artifact.placeOf(finding.place)),
      // What a viewer shows around it.
      ...(statement ? { contextRegion: regionOf(artifact.placeOf(statement)) } : {}),
    },
    logicalLocations,
  };
}

function regionOf({ offset, length, ...lines }: TextPlace) {
  return { ...lines, charOffset: offset, charLength: length };
}

function logicalLocation(arn: string, name?: string) {
  return { fullyQualifiedName: arn, kind: 'resource', ...(name === undefined ? {} : { name }) };
}

/** Braces stand for arguments unless doubled, and text from AWS must not become a link. */
function message(text: string) {
  const shown = showHidden(text).replace(/[{}]/g, '$&$&');
  return { text: shown.replace(/\]\(/g, ']\u2060(') };
}
