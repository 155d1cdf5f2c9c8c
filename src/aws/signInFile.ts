import { readFile } from 'node:fs/promises';
import { FailureError } from '../core/errors';
import type { SourceOf } from '../core/profileChain';
import { isRecord } from '../core/resource';
import { tildePath, tokenFileOf, unreadableFile } from './configFiles';

/**
 * Looks whether the file of a sign-in is there and whole. The SDK has many texts for one that is not,
 * and some of them hold a part of it. Throws `FailureError`.
 */
export async function checkSignIn(
  operation: string,
  source: SourceOf<'sso'> | SourceOf<'login'>,
): Promise<void> {
  const file = tokenFileOf(source);
  if (file === undefined) return;
  const token = parse(await readSignIn(file));
  // What has no session is of an older form, which has times that only the CLI reads.
  const hasTime = source.type === 'login' || source.session === undefined;
  if (isRecord(token) && (hasTime || isTime(token.expiresAt))) return;
  throw new FailureError({
    code: 'credentialsExpired',
    operation,
    errorName: 'SignInMissing',
    message: `There is no sign-in in ${tildePath(file)}, or only a part of one.`,
  });
}

async function readSignIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new FailureError(unreadableFile(file, error));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
