import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { CallRecord, ConfigReading } from '../core/awsAccess';
import type { CommandDeps } from './deps';

/**
 * Puts on the clipboard what a report of a bug needs. It names no profile, account, resource or host
 * and holds no secret: what is said of the config files are numbers of lines.
 */
export async function copyDiagnostics(deps: CommandDeps): Promise<void> {
  const config = await (await deps.aws()).config().catch(() => undefined);
  const lines = [
    ...environmentLines(deps),
    '',
    '## Connections',
    ...deps.connections.all.map((connection, index) => connectionLine(deps, connection, index + 1)),
    '',
    '## AWS config files',
    ...(config ? configLines(config) : ['could not be read']),
    '',
    '## Last calls',
    ...deps.calls.all.map(callLine),
  ];
  await vscode.env.clipboard.writeText(`${lines.join('\n')}\n`);
  deps.reporter.info(
    vscode.l10n.t('Diagnostics are on the clipboard: no names, accounts, resources or secrets.'),
  );
}

function environmentLines({ guards, version }: CommandDeps): readonly string[] {
  const { env } = process;
  const setting = (id: string) => String(vscode.workspace.getConfiguration().get<unknown>(id));
  const isSet = (id: string) => (setting(id) === '' ? 'not set' : 'set');
  const aws = Object.keys(env).filter((name) => name.startsWith('AWS_') && env[name] !== '');
  return [
    '## Resource Policies for AWS',
    `extension ${version}, VS Code ${vscode.version} (${vscode.env.appHost}), Node ${process.versions.node}`,
    `${process.platform} ${process.arch}, remote: ${remoteKind()}`,
    `http.proxy ${isSet('http.proxy')}, http.proxySupport ${setting('http.proxySupport')}, http.systemCertificates ${setting('http.systemCertificates')}`,
    // Names alone: some hold keys.
    `variables set: ${[...aws, ...proxyVariables(env)].sort().join(', ') || 'none'}`,
    `read-only: ${guards.isReadOnly}`,
  ];
}

const remoteKinds = [
  'attached-container',
  'codespaces',
  'dev-container',
  'ssh-remote',
  'tunnel',
  'wsl',
];

/** Without an extension for remotes, as of a server in a browser, VS Code names the host here. */
function remoteKind(): string {
  const { remoteName } = vscode.env;
  if (remoteName === undefined) return 'none';
  return remoteKinds.includes(remoteName) ? remoteName : 'other';
}

function proxyVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_EXTRA_CA_CERTS'];
  return names.filter((name) => env[name] ?? env[name.toLowerCase()]);
}

function connectionLine({ guards }: CommandDeps, connection: Connection, place: number): string {
  const { config, currentIdentity: identity, endpoint } = connection;
  const kind =
    config.type === 'sample'
      ? 'sample account'
      : `${config.profile === undefined ? 'default credentials' : 'profile'} in ${config.region}`;
  const state =
    identity?.state === 'unknown'
      ? `unknown: ${identity.failure.code} (${identity.failure.errorName})`
      : (identity?.state ?? 'not asked');
  const notes = [
    endpoint === undefined ? undefined : 'own endpoint',
    guards.isProtected(connection) ? 'protected' : undefined,
  ].filter((note) => note !== undefined);
  return [`${place}. ${kind}`, `account ${state}`, ...notes].join(', ');
}

function configLines({ profiles, problems, failures }: ConfigReading): readonly string[] {
  const sources = new Map<string, number>();
  for (const { source = 'none' } of profiles) sources.set(source, (sources.get(source) ?? 0) + 1);
  return [
    `${profiles.length} profiles: ${[...sources].map(([source, count]) => `${count} ${source}`).join(', ')}`,
    ...problems.map(({ line, code }) => `line ${line}: ${code}`),
    ...failures.map(({ errorName }) => `not readable: ${errorName}`),
  ];
}

function callLine({ operation, durationMs, attempts, requestId, failure }: CallRecord): string {
  const tries = (attempts ?? 1) > 1 ? `, ${attempts} attempts` : '';
  const end = failure
    ? `${failure.code} (${failure.errorName}${failure.httpStatus === undefined ? '' : `, HTTP ${failure.httpStatus}`})`
    : 'ok';
  return `${operation} ${durationMs} ms${tries}: ${end}${requestId === undefined ? '' : `, request ${requestId}`}`;
}
