import * as vscode from 'vscode';
import { sceneOf } from '../connections/connectionWords';
import type { ResourceTarget, StatementTarget } from '../connections/targets';
import { isResourceTarget, isStatementTarget } from '../connections/targets';
import { parseArn } from '../core/arn';
import type { CliPlace } from '../core/cliCommand';
import { copyAsCli } from '../core/copyAs/cli';
import { copyAsCloudFormation } from '../core/copyAs/cloudFormation';
import type { Copied, CopySubject } from '../core/copyAs/subject';
import { copyAsTerraform } from '../core/copyAs/terraform';
import { parsePolicy, statementsOf } from '../core/policy';
import type { Resource } from '../core/resource';
import { isRecord } from '../core/resource';
import { findSame } from '../core/statement';
import { isChangeRecord } from '../history/recordShape';
import { plainText } from '../host/plainText';
import { copyNoteWords } from '../words/copyWords';
import { failureSentence } from '../words/failureWords';
import { resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { pickStatement } from './pickStatement';

type Format = 'cli' | 'terraform' | 'cloudFormation';

/** What is copied, and the connection that its commands are to use. */
export interface CopySource {
  readonly connectionId: string;
  readonly subject: CopySubject;
}

/**
 * Puts statements, the policy of a resource or the calls of a change on the clipboard, as commands
 * or as a piece of a configuration. With several rows selected, all of them.
 */
export async function copyAs(deps: CommandDeps, row?: unknown, rows?: unknown): Promise<void> {
  const chosen = Array.isArray(rows) && rows.length > 1 ? (rows as readonly unknown[]) : [row];
  const found: (CopySource | Told | undefined)[] = [];
  // One after the other: each may have to be read.
  for (const one of chosen) found.push(await sourceOf(deps, one));
  const sources = found.filter((source) => typeof source === 'object');
  if (sources.length === 0) {
    if (found.includes('told')) return;
    const target = await pickStatement(deps, vscode.l10n.t('Copy As'));
    if (!target) return;
    sources.push(statementSource(target));
  }
  await copySources(deps, sources);
}

/** Asks for the format and copies: also the calls of a change that is only planned. */
export async function copySources(
  deps: CommandDeps,
  sources: readonly CopySource[],
): Promise<void> {
  const format = await pickFormat();
  if (format) await copy(deps, await write(deps, sources, format), format);
}

type Told = 'told';

/** `undefined` for a row that stands for nothing that can be copied. */
async function sourceOf(deps: CommandDeps, row: unknown): Promise<CopySource | Told | undefined> {
  if (isStatementTarget(row)) {
    // Whoever called says which statement; what it says, the text does.
    const statement = findSame(statementsOf(parsePolicy(row.reading.text)), row.statement);
    return statement && statementSource({ ...row, statement });
  }
  if (isResourceTarget(row)) return policySource(deps, row);
  if (!isRecord(row) || !isChangeRecord(row.record)) return undefined;
  const { connection, resource, calls, after, state } = row.record;
  // Of what was not made, `after` is the policy without it.
  const isMade = state === 'applied' || state === 'accepted';
  const text = isMade ? (after ?? undefined) : undefined;
  const subject: CopySubject = { type: 'calls', resource, calls, after: text };
  return { connectionId: connection.id, subject };
}

function statementSource({
  connectionId,
  resource,
  statement,
  reading,
}: StatementTarget): CopySource {
  return {
    connectionId,
    subject: { type: 'statement', resource, statement, policy: reading.text },
  };
}

async function policySource(
  deps: CommandDeps,
  { connectionId, resource }: ResourceTarget,
): Promise<CopySource | Told | undefined> {
  const connection = deps.connections.byId(connectionId);
  if (!connection) return undefined;
  const reading = await connection.readings.load(resource);
  const name = resourceWords(resource);
  switch (reading.state) {
    case 'policy':
      return { connectionId, subject: { type: 'policy', resource, policy: reading.text } };
    case 'none':
      deps.reporter.info(vscode.l10n.t('There is nothing to copy: {0} has no policy.', name));
      return 'told';
    case 'unreadable': {
      const what = vscode.l10n.t('Could not read the policy of {0}', name);
      deps.reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
      return 'told';
    }
  }
}

async function pickFormat(): Promise<Format | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly format: Format })[] = [
    { label: 'AWS CLI', description: vscode.l10n.t('commands for a shell'), format: 'cli' },
    { label: 'Terraform', description: vscode.l10n.t('resources in HCL'), format: 'terraform' },
    {
      label: 'CloudFormation',
      description: vscode.l10n.t('resources of a template in YAML'),
      format: 'cloudFormation',
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Copy As'),
    placeHolder: vscode.l10n.t('Which format?'),
    ignoreFocusOut: true,
  });
  return picked?.format;
}

async function write(
  deps: CommandDeps,
  sources: readonly CopySource[],
  format: Format,
): Promise<Copied> {
  const subjects = sources.map(({ subject }) => subject);
  switch (format) {
    case 'terraform':
      return copyAsTerraform(subjects);
    case 'cloudFormation':
      return copyAsCloudFormation(subjects);
    case 'cli': {
      const placed = sources.map(async ({ connectionId, subject }) => {
        return { subject, place: await placeOf(deps, connectionId, subject.resource) };
      });
      return copyAsCli(await Promise.all(placed));
    }
  }
}

/** A connection that is gone leaves the region, which the resource tells. */
async function placeOf(
  deps: CommandDeps,
  connectionId: string,
  resource: Resource,
): Promise<CliPlace> {
  const config = deps.connections.byId(connectionId)?.config;
  switch (config?.type) {
    case 'aws':
      return { region: config.region, profile: config.profile };
    case 'sample': {
      const { region, endpoint } = await deps.sample.access();
      return { region, endpoint };
    }
    case undefined: {
      const region = parseArn(resource.arn)?.region;
      return region ? { region } : {};
    }
  }
}

async function copy(deps: CommandDeps, { text, notes }: Copied, format: Format): Promise<void> {
  // On one line each, or a name from AWS could end the comment.
  const remarks = notes.map((note) => plainText(copyNoteWords(note)));
  // Shells differ in what they take for a comment, so commands go without.
  const comments = format === 'cli' ? [] : remarks.map((remark) => `# ${remark}`);
  const content = [...comments, ...(text === '' ? [] : [text])].join('\n');
  if (content !== '') {
    // Without a line break at the end: a shell would run the last command when it is pasted.
    await vscode.env.clipboard.writeText(content);
    vscode.window.setStatusBarMessage(copiedWords(format), 5_000);
  }
  if (format === 'cli' && remarks.length > 0) deps.reporter.info(remarks.join(' '));
}

function copiedWords(format: Format): string {
  switch (format) {
    case 'cli':
      return vscode.l10n.t('Copied as AWS CLI');
    case 'terraform':
      return vscode.l10n.t('Copied as Terraform');
    case 'cloudFormation':
      return vscode.l10n.t('Copied as CloudFormation');
  }
}
