import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { accountWords, connectionTitle, sceneOf } from '../connections/connectionWords';
import { policyOf, storeOf } from '../connections/policyReadings';
import { parseArn } from '../core/arn';
import { limits } from '../core/limits';
import { removalRefusal } from '../core/planRemoval';
import type { Policy } from '../core/policy';
import { byteLength } from '../core/policy';
import type { PolicyCapabilities, PolicyReading } from '../core/policyStore';
import { audienceOf } from '../core/principals';
import type { Resource } from '../core/resource';
import { nameOf, qualifiedNameOf } from '../core/resource';
import type { Statement } from '../core/statement';
import { failureWords, withoutFullStop } from '../words/failureWords';
import { severityTitle } from '../words/findingWords';
import { numberWords } from '../words/numberWords';
import { refusalWords } from '../words/refusalWords';
import { problemWords, resourceWords } from '../words/resourceWords';
import { statementExplanation, statementSummary, statementTitle } from '../words/statementWords';
import type {
  PageContent,
  PageFinding,
  PageHeader,
  PageLabels,
  PageStatement,
  PageView,
} from './protocol';

type Fact = PageHeader['facts'][number];

/** Everything that a page shows, in words. Without a reading: still loading. */
export async function pageView(
  connection: Connection,
  resource: Resource,
  reading: PolicyReading | undefined,
  findings: readonly PageFinding[] = [],
): Promise<PageView> {
  const { capabilities } = storeOf(await connection.stores(), resource);
  return {
    labels: pageLabels(),
    header: header(connection, resource, reading),
    content: reading ? content(connection, reading, capabilities, findings) : { state: 'loading' },
  };
}

/** What a page shows whose connection is gone. */
export function lostView(resource: Resource): PageView {
  return {
    labels: pageLabels(),
    header: {
      title: qualifiedNameOf(resource),
      subtitle: resourceWords(resource),
      facts: [{ name: 'ARN', value: resource.arn }],
    },
    content: {
      state: 'unreadable',
      sentence: vscode.l10n.t('The connection that this page was opened with is gone.'),
      remedy: vscode.l10n.t('Add it again, then refresh.'),
    },
  };
}

function header(
  connection: Connection,
  resource: Resource,
  reading: PolicyReading | undefined,
): PageHeader {
  const base = {
    title: qualifiedNameOf(resource),
    subtitle: resourceWords(resource),
    facts: facts(connection, resource, reading),
  };
  if (reading?.state !== 'policy') return base;
  const bytes = byteLength(reading.text);
  const limit = limits[resource.kind].bytes;
  const words = vscode.l10n.t('{0} of {1} bytes', numberWords(bytes), numberWords(limit));
  return { ...base, size: { bytes, limit, words }, count: countWords(policyOf(reading), resource) };
}

function countWords(policy: Policy, resource: Resource): string | undefined {
  if (!policy.wellFormed) return undefined;
  const { length } = policy.statements;
  const most = limits[resource.kind].statements;
  if (most !== undefined) return vscode.l10n.t('{0} of {1} statements', length, most);
  return length === 1 ? vscode.l10n.t('1 statement') : vscode.l10n.t('{0} statements', length);
}

function facts(
  connection: Connection,
  resource: Resource,
  reading: PolicyReading | undefined,
): readonly Fact[] {
  const { t } = vscode.l10n;
  const list: Fact[] = [{ name: t('Resource'), value: nameOf(resource) }];
  const qualifier = qualifierWords(resource);
  if (qualifier) list.push(qualifier);
  list.push(
    { name: t('ARN'), value: resource.arn },
    { name: t('Connection'), value: connectionTitle(connection) },
    { name: t('Account'), value: accountWords(connection) },
    { name: t('Region'), value: parseArn(resource.arn)?.region ?? '' },
  );
  if (reading?.state === 'policy' && reading.revision !== undefined) {
    list.push({ name: t('Revision ID'), value: reading.revision });
  }
  if (reading) {
    const time = new Date(reading.readAt).toLocaleTimeString(vscode.env.language);
    list.push({ name: t('Read at'), value: time });
  }
  return list;
}

function qualifierWords(resource: Resource): Fact | undefined {
  const { t } = vscode.l10n;
  if (resource.kind === 'layerVersion') {
    return { name: t('Version'), value: String(resource.version) };
  }
  if (resource.kind !== 'lambdaFunction') return undefined;
  const { qualifier } = resource;
  const name = t('Qualifier');
  if (!qualifier) return { name, value: t('none (unqualified)') };
  if (qualifier.type === 'version') return { name, value: t('version {0}', qualifier.name) };
  const { name: alias, version } = qualifier;
  // It is not in the name by which one went there.
  if (version === '') return { name, value: t('alias {0}', alias) };
  return { name, value: t('alias {0} → version {1}', alias, version) };
}

function content(
  connection: Connection,
  reading: PolicyReading,
  capabilities: PolicyCapabilities,
  findings: readonly PageFinding[],
): PageContent {
  switch (reading.state) {
    case 'none':
      return {
        state: 'none',
        sentence: vscode.l10n.t('This resource has no policy: by itself it lets nobody in.'),
      };
    case 'unreadable': {
      const { reason, remedy } = failureWords(reading.failure, sceneOf(connection));
      const sentence = vscode.l10n.t('The policy could not be read: {0}.', withoutFullStop(reason));
      return { state: 'unreadable', sentence, remedy };
    }
    case 'policy':
      return policyContent(policyOf(reading), capabilities, findings);
  }
}

function policyContent(
  policy: Policy,
  capabilities: PolicyCapabilities,
  findings: readonly PageFinding[],
): PageContent {
  const { text } = policy;
  if (!policy.wellFormed) {
    const sentence = vscode.l10n.t('The policy is {0}.', problemWords(policy.problem));
    return { state: 'malformed', text, offset: policy.problem.offset, sentence };
  }
  const statements = policy.statements.map((statement) =>
    pageStatement(policy.statements, statement, capabilities),
  );
  return { state: 'policy', text, statements, findings };
}

function pageStatement(
  all: readonly Statement[],
  statement: Statement,
  capabilities: PolicyCapabilities,
): PageStatement {
  const refusal = removalRefusal(statement, all, capabilities);
  const { identity, offset, length, effect } = statement;
  return {
    identity,
    offset,
    length,
    title: statementTitle(statement),
    summary: statementSummary(statement),
    explanation: statementExplanation(statement),
    icon: effect === 'Deny' ? 'deny' : audienceOf(statement),
    refusal: refusal && refusalWords(refusal),
  };
}

function pageLabels(): PageLabels {
  const { t } = vscode.l10n;
  return {
    language: vscode.env.language,
    loading: t('Reading the policy…'),
    refresh: t('Refresh'),
    raw: t('Raw'),
    formatted: t('Formatted'),
    viewAs: t('Show the policy text'),
    copyPolicy: t('Copy Policy'),
    copyStatement: t('Copy Statement'),
    remove: t('Remove…'),
    removeSelected: t('Remove Selected…'),
    select: t('Select'),
    add: t('Add Permission…'),
    edit: t('Edit Policy'),
    fix: t('Fix…'),
    accept: t('Accept…'),
    statements: t('Statements'),
    policyText: t('Policy text'),
    details: t('Details'),
    breaksHere: t('The text breaks here'),
    severities: {
      high: severityTitle('high'),
      medium: severityTitle('medium'),
      low: severityTitle('low'),
    },
  };
}
