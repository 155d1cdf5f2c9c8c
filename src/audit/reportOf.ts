import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import { policyOf } from '../connections/policyReadings';
import { parseArn } from '../core/arn';
import { ruleIds } from '../core/findings/finding';
import { usualSeverityOf } from '../core/findings/rules';
import { byteLength } from '../core/policy';
import type { PolicyReading } from '../core/policyStore';
import type {
  Report,
  ReportedAudit,
  ReportedFinding,
  ReportedPolicy,
  ReportedQualifier,
  ReportedResource,
  ReportedRule,
} from '../core/report/report';
import type { TextPlace } from '../core/report/textPlace';
import { textPlaces } from '../core/report/textPlace';
import type { Resource } from '../core/resource';
import { nameOf, resourceKinds } from '../core/resource';
import type { Statement } from '../core/statement';
import type { FailureScene } from '../words/failureWords';
import {
  findingReason,
  findingRemedy,
  findingTitle,
  ruleRemedy,
  ruleTitle,
} from '../words/findingWords';
import { cutShortWords, notAskedForWords, ruleDescription } from '../words/reportWords';
import type { Audit, AuditedPolicy } from './audit';
import type { AuditFinding } from './auditFindings';
import type { AuditSettings } from './auditSettings';
import { byGravity, whoOf } from './findingGroups';
import { gapSentence } from './gapWords';

/** What a report needs besides the audits. */
export interface ReportScene {
  readonly settings: AuditSettings;
  readonly findingsOf: (audit: Audit) => readonly AuditFinding[];
  readonly connection: (id: string) => Connection | undefined;
  readonly toolVersion: string;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** What audits have brought by now, with its words, for an export. */
export function reportOf(audits: readonly Audit[], scene: ReportScene): Report {
  return {
    toolVersion: scene.toolVersion,
    madeAt: scene.now,
    rules: rulesOf(scene.settings),
    audits: audits.map((audit) => auditOf(audit, scene)),
  };
}

function rulesOf(settings: AuditSettings): readonly ReportedRule[] {
  return ruleIds.map((id) => {
    const setting = settings.ruleSetting(id);
    return {
      id,
      title: ruleTitle(id),
      description: ruleDescription(id),
      remedy: ruleRemedy(id),
      severity: setting === undefined || setting === 'off' ? usualSeverityOf(id) : setting,
      isOn: setting !== 'off',
    };
  });
}

function auditOf(audit: Audit, { connection, findingsOf }: ReportScene): ReportedAudit {
  const { title, connectionId } = audit.scene;
  const { endedAt, failure, gaps, isWhole, startedAt, state } = audit;
  const through = connection(connectionId);
  const words = through && sceneOf(through);
  const cutShort = cutShortWords(state, failure, words);
  return {
    title,
    ...placeOf(audit, through),
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    state,
    ...(cutShort === undefined ? {} : { cutShort }),
    isWhole,
    hasBefore: audit.before !== undefined,
    resources: [...audit.listed.values()]
      .sort(byKindAndName)
      .map((resource) => resourceOf(resource, audit.policies.get(resource.arn), words)),
    gaps: gaps.map((gap) => ({
      kind: gap.kind,
      ...(gap.under ? { underArn: gap.under.arn } : {}),
      code: gap.failure.code,
      reason: gapSentence(gap, gap.failure, words),
    })),
    findings: findingsIn(audit, findingsOf(audit)),
  };
}

/** By what was listed, since a connection may lead elsewhere by now. */
function placeOf(
  { listed, scene }: Audit,
  connection: Connection | undefined,
): Pick<ReportedAudit, 'accountId' | 'partition' | 'region'> {
  const [first] = listed.values();
  const arn = first && parseArn(first.arn);
  const accountId = scene.accountId ?? arn?.accountId;
  const region = arn?.region ?? connection?.currentRegion;
  return {
    ...(accountId === undefined ? {} : { accountId }),
    ...(region === undefined ? {} : { region }),
    ...(arn === undefined ? {} : { partition: arn.partition }),
  };
}

const naturally = new Intl.Collator('en', { numeric: true });

function byKindAndName(one: Resource, other: Resource): number {
  return (
    resourceKinds.indexOf(one.kind) - resourceKinds.indexOf(other.kind) ||
    naturally.compare(one.arn, other.arn)
  );
}

function resourceOf(
  resource: Resource,
  held: AuditedPolicy | undefined,
  words: FailureScene | undefined,
): ReportedResource {
  const qualifier = qualifierOf(resource);
  return {
    arn: resource.arn,
    kind: resource.kind,
    name: nameOf(resource),
    ...(qualifier ? { qualifier } : {}),
    policy: policyIn(resource, held?.reading, words),
  };
}

function qualifierOf(resource: Resource): ReportedQualifier | undefined {
  switch (resource.kind) {
    case 'lambdaFunction':
      return resource.qualifier && { type: resource.qualifier.type, name: resource.qualifier.name };
    case 'layerVersion':
      return { type: 'version', name: String(resource.version) };
    case 'sqsQueue':
      return undefined;
  }
}

function policyIn(
  resource: Resource,
  reading: PolicyReading | undefined,
  words: FailureScene | undefined,
): ReportedPolicy {
  switch (reading?.state) {
    case undefined:
      return { state: 'notAskedFor', reason: notAskedForWords(resource) };
    case 'none':
      return { state: 'none', readAt: reading.readAt };
    case 'unreadable': {
      const { failure, readAt } = reading;
      const reason = gapSentence({ resource, reading }, failure, words);
      return { state: 'unreadable', readAt, code: failure.code, reason };
    }
    case 'policy': {
      const { readAt, text } = reading;
      const policy = policyOf(reading);
      const statements = policy.wellFormed ? { statements: policy.statements.length } : {};
      return { state: 'policy', readAt, text, bytes: byteLength(text), ...statements };
    }
  }
}

function findingsIn(audit: Audit, findings: readonly AuditFinding[]): readonly ReportedFinding[] {
  const places = new Map<string, (offset: number, length: number) => TextPlace>();
  return [...findings].sort(byGravity).map((found) => {
    const { resource, place } = found.finding;
    const placeAt = places.get(resource.arn) ?? textPlaces(found.reading.text);
    places.set(resource.arn, placeAt);
    return findingOf(found, placeAt(place.offset, place.length), audit.before !== undefined);
  });
}

function findingOf(
  { acceptance, finding, isAccepted, isNew, severity }: AuditFinding,
  place: TextPlace,
  hasBefore: boolean,
): ReportedFinding {
  const { detail, key, resource, statement } = finding;
  const who = whoOf(detail);
  return {
    rule: detail.rule,
    ruleTitle: ruleTitle(detail.rule),
    severity,
    title: findingTitle(finding),
    reason: findingReason(finding),
    remedy: findingRemedy(finding),
    ...(who === undefined ? {} : { who }),
    arn: resource.arn,
    ...(statement?.sid ? { sid: statement.sid } : {}),
    ...(statement ? { statement: partOf(statement) } : {}),
    place,
    key,
    ...(hasBefore ? { isNew } : {}),
    ...(acceptance
      ? { accepted: { reason: acceptance.reason, until: acceptance.until, holds: isAccepted } }
      : {}),
  };
}

function partOf({ index, offset, length }: Statement): ReportedFinding['statement'] {
  return { index, offset, length };
}
