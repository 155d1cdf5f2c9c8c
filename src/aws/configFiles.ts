import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { getHomeDir, getSSOTokenFilepath } from '@smithy/core/config';
import type { ConfigPlace, Failure, FailureCode } from '../core/errors';
import { FailureError } from '../core/errors';
import type { ChainProblem, CredentialSource } from '../core/profileChain';
import { credentialSource } from '../core/profileChain';
import type { SharedConfig } from '../core/sharedConfig';
import { parseSharedConfig } from '../core/sharedConfig';

export interface ConfigFiles {
  readonly config: SharedConfig;
  readonly problems: readonly ConfigPlace[];
  /** Files that are there and cannot be read. */
  readonly failures: readonly Failure[];
}

interface FileText {
  readonly text?: string;
  readonly failure?: Failure;
}

let held: { readonly stamp: string; readonly files: ConfigFiles } | undefined;

/** The shared config files as they are now; read again only when they have changed. */
export async function readConfigFiles(): Promise<ConfigFiles> {
  const paths = configPaths();
  const stamp = await stampOf([paths.config, paths.credentials]);
  if (held?.stamp === stamp) return held.files;
  const [config, credentials] = await Promise.all([
    readText(paths.config),
    readText(paths.credentials),
  ]);
  const parsed = parseSharedConfig({ config: config.text, credentials: credentials.text });
  const files = {
    config: parsed,
    problems: parsed.problems.map(({ file, line, code, text }) => ({
      path: tildePath(paths[file]),
      line,
      code,
      text,
    })),
    failures: [config, credentials].flatMap(({ failure }) => failure ?? []),
  };
  held = { stamp, files };
  return files;
}

/** Where a profile's credentials come from. Throws `FailureError` when the files do not say. */
export async function sourceOfProfile(profile: string): Promise<CredentialSource> {
  const { config, problems, failures } = await readConfigFiles();
  const found = credentialSource(config, profile);
  if ('source' in found) return found.source;
  // What is missing may stand in the file that cannot be read.
  throw new FailureError(failures[0] ?? chainFailure(found.problem, problems[0]));
}

function chainFailure(problem: ChainProblem, place: ConfigPlace | undefined): Failure {
  return {
    code: codeOf(problem),
    operation: 'aws:ReadConfig',
    errorName: problem.code,
    message: 'profile' in problem ? problem.profile : problem.profiles.join(' → '),
    cause: place ? { type: 'config', problem, place } : { type: 'config', problem },
  };
}

function codeOf({ code }: ChainProblem): FailureCode {
  if (code === 'profileUnknown') return code;
  return code === 'noCredentials' ? 'credentialsMissing' : 'configUnusable';
}

/** The file in which a sign-in is kept; none for credentials that do not come from one. */
export function tokenFileOf(source: CredentialSource): string | undefined {
  switch (source.type) {
    case 'assumeRole':
      return tokenFileOf(source.source);
    case 'sso':
      return getSSOTokenFilepath(source.session ?? source.startUrl);
    case 'login': {
      const folder =
        process.env.AWS_LOGIN_CACHE_DIRECTORY ?? path.join(getHomeDir(), '.aws', 'login', 'cache');
      const name = createHash('sha256').update(source.loginSession).digest('hex');
      return path.join(folder, `${name}.json`);
    }
    case 'webIdentity':
      return source.tokenFile;
    default:
      return undefined;
  }
}

/** Changes when one of the files does. */
export async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = files.map(async (file) => {
    try {
      const { mtimeMs, size, ino } = await stat(file);
      return `${file}:${mtimeMs}:${size}:${ino}`;
    } catch {
      return `${file}:none`;
    }
  });
  return (await Promise.all(stamps)).join('\n');
}

function configPaths(): { readonly config: string; readonly credentials: string } {
  const { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials } = process.env;
  return {
    config: resolved(config, 'config'),
    credentials: resolved(credentials, 'credentials'),
  };
}

function resolved(named: string | undefined, standard: string): string {
  if (!named) return path.join(getHomeDir(), '.aws', standard);
  return named.startsWith('~/') ? path.join(getHomeDir(), named.slice(2)) : named;
}

function tildePath(file: string): string {
  const home = getHomeDir() + path.sep;
  return file.startsWith(home) ? path.join('~', file.slice(home.length)) : file;
}

async function readText(file: string): Promise<FileText> {
  try {
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    const { code = 'unknown', message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    return {
      failure: {
        code: 'configUnusable',
        operation: 'aws:ReadConfig',
        errorName: code,
        message,
        cause: { type: 'configFile', path: tildePath(file), systemCode: code },
      },
    };
  }
}
