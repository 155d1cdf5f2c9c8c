import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ChangeRecord } from '../core/changeRecord';
import { isMissing, listFolder, removeLeftovers, writeAtomically } from '../host/atomicFile';
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
    await writeAtomically(this.fileOf(record.id), JSON.stringify(record));
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
    await removeLeftovers(this.folder, olderThanMs, now);
  }

  private async names(): Promise<readonly string[]> {
    return (await listFolder(this.folder)).filter((name) => !name.startsWith('.'));
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
