import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Puts a file in the place of the one of the same name, whole or not at all, and on the disk when it
 * resolves; only its owner may read it. Throws what the system says when it cannot be written.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  // Begins with a dot: readers and whoever looks into the folder pass it over.
  const name = path.basename(file, path.extname(file));
  const temporary = path.join(folder, `.${name}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await replace(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(folder);
}

/** The names in a folder; none when there is no folder. Throws when it cannot be listed. */
export async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Removes what processes left behind that ended while they wrote, older than `olderThanMs`. Throws at the end. */
export async function removeLeftovers(
  folder: string,
  olderThanMs: number,
  now: number,
): Promise<void> {
  const problems: unknown[] = [];
  for (const name of await listFolder(folder)) {
    if (!isTemporary(name)) continue;
    const file = path.join(folder, name);
    const changedAt = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (now - changedAt <= olderThanMs) continue;
    // One that cannot be removed must not keep the others.
    await rm(file, { force: true }).catch((error: unknown) => problems.push(error));
  }
  if (problems.length > 0) throw problems[0];
}

export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function isTemporary(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}

/** On Windows a file cannot be replaced in the moment in which somebody reads it. */
async function replace(from: string, to: string): Promise<void> {
  for (const pause of process.platform === 'win32' ? [10, 30, 100, 300] : []) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error))) throw error;
      await sleep(pause);
    }
  }
  await rename(from, to);
}

/** The new name of a file outlives a power failure only then; not every system can do it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows cannot open folders; the file itself is on the disk.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
