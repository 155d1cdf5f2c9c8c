import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
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

interface ConfigPaths {
  readonly config: string;
  readonly credentials: string;
}

let held: { readonly stamp: string; readonly files: Promise<ConfigFiles> } | undefined;

/** The shared config files as they are now; read again only when they have changed. */
export async function readConfigFiles(): Promise<ConfigFiles> {
  const paths = configPaths();
  const stamp = await stampOf([paths.config, paths.credentials]);
  // The promise: many calls come at once, and the files can be long.
  if (held?.stamp !== stamp) held = { stamp, files: readFiles(paths) };
  return held.files;
}

/** Never throws: what cannot be read is told as a failure. */
async function readFiles(paths: ConfigPaths): Promise<ConfigFiles> {
  const [config, credentials] = await Promise.all([
    readText(paths.config),
    readText(paths.credentials),
  ]);
  const parsed = parseSharedConfig({ config: config.text, credentials: credentials.text });
  return {
    config: parsed,
    problems: parsed.problems.map(({ file, line, code, text }) => ({
      path: tildePath(paths[file]),
      line,
      code,
      text,
    })),
    failures: [config, credentials].flatMap(({ failure }) => failure ?? []),
  };
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
      // Here the SDK asks the system where the home is, not HOME.
      const folder =
        process.env.AWS_LOGIN_CACHE_DIRECTORY ?? path.join(homedir(), '.aws', 'login', 'cache');
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
      // Of the two times the second changes with the right to read it, too.
      const { mtimeMs, ctimeMs, size, ino } = await stat(file);
      return `${file}:${mtimeMs}:${ctimeMs}:${size}:${ino}`;
    } catch {
      return `${file}:none`;
    }
  });
  return (await Promise.all(stamps)).join('\n');
}

function configPaths(): ConfigPaths {
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

/** As a person knows it. */
export function tildePath(file: string): string {
  const home = getHomeDir() + path.sep;
  return file.startsWith(home) ? path.join('~', file.slice(home.length)) : file;
}

async function readText(file: string): Promise<FileText> {
  try {
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? {}
      : { failure: unreadableFile(file, error) };
  }
}

/** A file that credentials come from, and why it cannot be read. */
export function unreadableFile(file: string, error: unknown): Failure {
  const { code = 'unknown', message } = error as NodeJS.ErrnoException;
  return {
    code: 'configUnusable',
    operation: 'aws:ReadConfig',
    errorName: code,
    message,
    cause: { type: 'configFile', path: tildePath(file), systemCode: code },
  };
}
