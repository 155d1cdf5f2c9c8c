import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Failure, FailureCause } from '../core/errors';
import { FailureError } from '../core/errors';
import { isRecord } from '../core/resource';
import type { SourceOf } from '../core/profileChain';
import type { FoundCredentials } from './credentialSources';

/** Some of these programs open a browser and wait for a person. */
export const usualProcessTimeoutMs = 120_000;
const largestOutput = 1024 * 1024;

type ProcessSource = SourceOf<'process'>;
type ProcessEnd = Extract<FailureCause, { type: 'process' }>['end'];

/**
 * Runs a profile's `credential_process`, by a shell as the SDK does, and reads what it prints. What it
 * prints may be secret and is never kept or told. Throws `FailureError`. The SDK's own provider
 * waits for ever for a program that hangs.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export async function runCredentialProcess(
  source: ProcessSource,
  timeoutMs: number,
): Promise<FoundCredentials> {
  const output = await run(source, timeoutMs);
  const printed = parse(output);
  if (!isRecord(printed) || printed.Version !== 1) throw failed(source, 'rubbish');
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration, AccountId } = printed;
  if (!isText(AccessKeyId) || !isText(SecretAccessKey)) throw failed(source, 'incomplete');
  const expiration = isText(Expiration) ? new Date(Expiration) : undefined;
  if (expiration && Number.isNaN(expiration.getTime())) throw failed(source, 'incomplete');
  if (expiration && expiration.getTime() <= Date.now()) throw failed(source, 'expired');
  const accountId = isText(AccountId) ? AccountId : source.accountId;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(isText(SessionToken) ? { sessionToken: SessionToken } : {}),
    ...(expiration ? { expiration } : {}),
    ...(accountId === undefined ? {} : { accountId }),
  };
}

function run(source: ProcessSource, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(source.command, {
      shell: true,
      windowsHide: true,
      // A group of its own, so that what the shell has started ends with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const end = (failure: FailureError) => {
      clearTimeout(timer);
      kill(child);
      // What has left its group may hold it open, and is not listened to any more.
      child.stdout.destroy();
      reject(failure);
    };
    const timer = setTimeout(() => end(failed(source, 'timedOut')), timeoutMs);
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestOutput) end(failed(source, 'rubbish'));
      else chunks.push(chunk);
    });
    child.on('error', () => end(failed(source, 'notStarted')));
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      if (exitCode === 0) resolve(Buffer.concat(chunks).toString('utf8'));
      else reject(failed(source, endOf(exitCode), exitCode ?? undefined));
    });
  });
}

/** Where the shell of a POSIX system does not find the program, or may not run it, it says so by these. */
function endOf(exitCode: number | null): ProcessEnd {
  const isOfShell = process.platform !== 'win32' && (exitCode === 126 || exitCode === 127);
  return isOfShell ? 'notStarted' : 'failed';
}

function kill(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' && child.pid !== undefined) {
      const args = ['/pid', String(child.pid), '/T', '/F'];
      spawn('taskkill', args, { windowsHide: true }).on('error', () => undefined);
    } else if (child.pid !== undefined) {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // It has ended by itself.
  }
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output.trim());
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function failed({ profile }: ProcessSource, end: ProcessEnd, exitCode?: number): FailureError {
  const failure: Failure = {
    code: 'processFailed',
    operation: 'credential_process',
    errorName: end,
    message: profile,
    cause: { type: 'process', profile, end, ...(exitCode === undefined ? {} : { exitCode }) },
  };
  return new FailureError(failure);
}
