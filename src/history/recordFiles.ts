import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeRecord } from '../core/changeRecord';
import { readRecord, recordIdPattern } from './recordShape';

/**
 * A file in the folder that is no record we can read. It stays where it is.
 * - `corrupt`: named like a record, and holds something else. `newer`: see `RecordRead`.
 * - `foreign`: not named like one, or no file. `unreadable`: the system would not read it.
 */
export interface UnreadableFile {
  readonly name: string;
  readonly problem: 'corrupt' | 'newer' | 'foreign' | 'unreadable';
}

export interface RecordsRead {
  readonly records: readonly ChangeRecord[];
  readonly unreadable: readonly UnreadableFile[];
}

const extension = '.json';
/** Some systems let a process hold only so many files open. */
const readsAtOnce = 32;
/** Policies have some ten thousand bytes; a file of another size is not ours. */
const mostBytes = 8 * 1024 * 1024;

/** Records of changes on the disk, one file each, which other windows read at the same time. */
export class RecordFiles {
  constructor(readonly folder: string) {}

  /**
   * Puts a record in the place of the one of the same id, whole or not at all, and on the disk when
   * it resolves. Throws what the system says when it cannot be written.
   */
  async write(record: ChangeRecord): Promise<void> {
    const file = this.fileOf(record.id);
    await mkdir(this.folder, { recursive: true });
    // Begins with a dot: readers and whoever looks into the folder pass it over.
    const temporary = path.join(this.folder, `.${record.id}.${randomUUID()}.tmp`);
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(JSON.stringify(record));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await replace(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
    await syncFolder(this.folder);
  }

  /** All records, in no order; none when there is no folder. Throws when it cannot be listed. */
  async readAll(): Promise<RecordsRead> {
    const waiting = (await this.names()).values();
    const records: ChangeRecord[] = [];
    const unreadable: UnreadableFile[] = [];
    const readOn = async () => {
      for (const name of waiting) {
        const read = await this.read(name);
        if (!read) continue;
        if ('problem' in read) unreadable.push(read);
        else records.push(read);
      }
    };
    await Promise.all(Array.from({ length: readsAtOnce }, readOn));
    return { records, unreadable };
  }

  /** What a file in the folder holds, by its name; `undefined` when there is none. Never throws. */
  async read(name: string): Promise<ChangeRecord | UnreadableFile | undefined> {
    const id = idOf(name);
    const file = path.join(this.folder, name);
    try {
      const { size } = await stat(file).then((stats) => (stats.isFile() ? stats : { size: -1 }));
      if (id === undefined || size < 0) return { name, problem: 'foreign' };
      if (size > mostBytes) return { name, problem: 'corrupt' };
      const read = readRecord(await readFile(file, 'utf8'), id);
      return 'record' in read ? read.record : { name, problem: read.problem };
    } catch (error) {
      return isMissing(error) ? undefined : { name, problem: 'unreadable' };
    }
  }

  /** The record of this id, if there is one that can be read. */
  async byId(id: string): Promise<ChangeRecord | undefined> {
    const read = recordIdPattern.test(id) ? await this.read(id + extension) : undefined;
    return read && !('problem' in read) ? read : undefined;
  }

  async remove(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
  }

  /** Files that a process left behind that ended while it wrote: older than `olderThanMs`. */
  async removeLeftovers(olderThanMs: number, now: number): Promise<void> {
    for (const name of await this.list()) {
      if (!isTemporary(name)) continue;
      const file = path.join(this.folder, name);
      const changedAt = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      );
      if (now - changedAt > olderThanMs) await rm(file, { force: true });
    }
  }

  private async names(): Promise<readonly string[]> {
    return (await this.list()).filter((name) => !name.startsWith('.'));
  }

  private async list(): Promise<readonly string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  private fileOf(id: string): string {
    if (!recordIdPattern.test(id)) throw new Error(`"${id}" is no id of a record.`);
    return path.join(this.folder, id + extension);
  }
}

/** The id of the record that a file of this name holds, if it is named like one. */
export function idOf(name: string): string | undefined {
  const id = name.endsWith(extension) ? name.slice(0, -extension.length) : '';
  return recordIdPattern.test(id) ? id : undefined;
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

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
