import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LoginToken } from './consoleLogin';
import type { Environment } from './identityServices';
import type { Session, User } from './ledger';
import type { ProcessAnswer } from './processScript';
import { processScript } from './processScript';
import type { SsoToken } from './singleSignOn';

/** A home directory as the AWS tools keep it. */
export interface AwsHome {
  readonly folder: string;
  /** What leads the SDK to this home, for this process or another. */
  readonly environment: Environment;
  /** `~/.aws/config` and `~/.aws/credentials`: the whole text of each. */
  writeConfig(text: string): void;
  writeCredentials(text: string): void;
  /** Under the name of the `sso-session`, or the start URL where a profile has none. */
  writeSsoToken(sessionOrStartUrl: string, token: Partial<SsoToken> | string): void;
  readSsoToken(sessionOrStartUrl: string): SsoToken;
  writeLogin(loginSession: string, token: Partial<LoginToken> | string): void;
  readLogin(loginSession: string): LoginToken;
  /** Answers the path: for a token file, say. */
  writeFile(name: string, text: string): string;
  /**
   * A command for `credential_process`. Called again with the same name, it only changes what the
   * next runs answer.
   */
  credentialProcess(name: string, answer: ProcessAnswer): string;
  /** How often it was run. */
  runsOf(name: string): number;
  /** Ends the processes that hang, too. */
  remove(): void;
}

export function createAwsHome(): AwsHome {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'aws-home-'));
  const place = (...parts: readonly string[]) => path.join(folder, ...parts);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    // At once: somebody may just be reading it.
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
    return file;
  };
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const ssoFile = (id: string) => place('.aws/sso/cache', `${hash('sha1', id)}.json`);
  const loginFile = (id: string) => place('.aws/login/cache', `${hash('sha256', id)}.json`);
  write(place('.aws/config'), '');
  return {
    folder,
    environment: environmentOf(folder),
    writeConfig: (text) => void write(place('.aws/config'), text),
    writeCredentials: (text) => void write(place('.aws/credentials'), text),
    writeSsoToken: (id, token) => void write(ssoFile(id), asText(token)),
    readSsoToken: (id) => read(ssoFile(id)) as SsoToken,
    writeLogin: (id, token) => void write(loginFile(id), asText(token)),
    readLogin: (id) => read(loginFile(id)) as LoginToken,
    writeFile: (name, text) => write(place(name), text),
    credentialProcess: (name, answer) => {
      write(place('processes', `${name}.json`), JSON.stringify(answer));
      const script = write(place('processes/main.cjs'), processScript);
      return [process.execPath, script, name].map((part) => `"${part}"`).join(' ');
    },
    runsOf: (name) => pidsIn(place('processes', `${name}.runs`)).length,
    remove: () => {
      for (const pid of pidsIn(place('processes/hanging'))) end(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function environmentOf(folder: string): Environment {
  const place = (name: string) => path.join(folder, '.aws', name);
  return {
    HOME: folder,
    USERPROFILE: folder,
    AWS_CONFIG_FILE: place('config'),
    AWS_SHARED_CREDENTIALS_FILE: place('credentials'),
    // The only part that asks the system, not HOME, where the home is.
    AWS_LOGIN_CACHE_DIRECTORY: place('login/cache'),
    // The SDK asks the metadata service of EC2 when it finds no credentials: seconds of waiting.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/**
 * A home and an environment of its own for every test of the suite around it, without anything of
 * the person's that could lead the SDK elsewhere.
 */
export function withAwsHome(variables: () => Environment = () => ({})): AwsHome {
  let home: AwsHome | undefined;
  let own: NodeJS.ProcessEnv = {};
  setup(() => {
    own = { ...process.env };
    home = createAwsHome();
    replaceEnvironment(strippedOfAws(own), home.environment, variables());
  });
  teardown(() => {
    replaceEnvironment(own);
    home?.remove();
    home = undefined;
  });
  // A new home stands behind it for each test.
  return new Proxy({} as AwsHome, {
    get: (_target, name) => {
      assert.ok(home, 'only inside a test');
      return Reflect.get(home, name) as unknown;
    },
  });
}

export function strippedOfAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return Object.fromEntries(kept);
}

/** Changed in place: assigned anew, it would no longer reach the system, nor child processes. */
function replaceEnvironment(...parts: readonly NodeJS.ProcessEnv[]): void {
  const wanted = Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
  for (const name of Object.keys(process.env)) {
    if (!(name in wanted)) Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, wanted);
}

/** Lines for the section of a profile. */
export function keyLines(keys: User | Session): string {
  const { accessKeyId, secretAccessKey } = keys;
  const token = 'sessionToken' in keys ? `aws_session_token = ${keys.sessionToken}\n` : '';
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n${token}`;
}

function hash(algorithm: 'sha1' | 'sha256', text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}

function asText(value: object | string): string {
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}

function pidsIn(file: string): readonly number[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
}

function end(pid: number): void {
  try {
    process.kill(pid);
  } catch {
    // It has ended by itself.
  }
}
