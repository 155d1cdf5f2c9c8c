import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { ChangeRecord } from '../core/changeRecord';
import type { UnreadableFile } from './recordFiles';
import { RecordFiles } from './recordFiles';
import { expired } from './retention';

export interface SharedRecordsOptions {
  readonly folder: string;
  /** This window, whose records nobody knows better. */
  readonly window: string;
  /** Something is different that can be seen; a heartbeat is not. */
  readonly onChange: () => void;
  /** For what goes wrong in the background. */
  readonly log: (error: unknown) => void;
}

/** A write of another window comes as several events. */
const watchSettleMs = 150;
const leftoverMs = 24 * 60 * 60 * 1000;

/** The records on the disk, held in memory and kept up with what other windows write. */
export class SharedRecords {
  private readonly files: RecordFiles;
  private known = new Map<string, ChangeRecord>();
  private notReadable = new Map<string, UnreadableFile>();
  private sorted: readonly ChangeRecord[] | undefined;
  private readonly stirred = new Set<string>();
  private watcher: FSWatcher | undefined;
  private stirring: NodeJS.Timeout | undefined;

  constructor(private readonly options: SharedRecordsOptions) {
    this.files = new RecordFiles(options.folder);
  }

  /**
   * Reads the folder, which is made if it is missing, and drops what is older than `days`. At the
   * start only: a number that is just being typed into the settings must not delete anything.
   */
  async load(days: number): Promise<void> {
    const now = Date.now();
    await mkdir(this.options.folder, { recursive: true });
    // Before the first read, so that nothing is missed between the two.
    this.watchFolder();
    await this.readAll();
    await this.removeOld(days, now);
    this.announce();
  }

  /** A file that cannot be removed is no reason to do without the others. */
  private async removeOld(days: number, now: number): Promise<void> {
    const { log } = this.options;
    for (const { id } of expired(this.all, days, now)) {
      await this.files.remove(id).then(() => this.known.delete(id), log);
    }
    await this.files.removeLeftovers(leftoverMs, now).catch(log);
  }

  /** Newest first. */
  get all(): readonly ChangeRecord[] {
    return (this.sorted ??= [...this.known.values()].sort(
      (a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1),
    ));
  }

  byId(id: string): ChangeRecord | undefined {
    return this.known.get(id);
  }

  /** Files in the folder that are no records we can read, by name. */
  get unreadable(): readonly UnreadableFile[] {
    return [...this.notReadable.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Throws when it cannot be written; then it is not taken in either. */
  async write(record: ChangeRecord): Promise<void> {
    await this.files.write(record);
    this.take(record);
  }

  /** As it is on the disk now. */
  reread(id: string): Promise<ChangeRecord | undefined> {
    return this.files.byId(id);
  }

  /** Takes a record in that is on the disk, or should be. */
  take(record: ChangeRecord): void {
    const before = this.known.get(record.id);
    this.known.set(record.id, record);
    this.sorted = undefined;
    if (!before || !isSameButHeartbeat(before, record)) this.announce();
  }

  private isOwn({ owner }: ChangeRecord): boolean {
    return owner.window === this.options.window;
  }

  private async readAll(): Promise<void> {
    const { records, unreadable } = await this.files.readAll();
    const own = [...this.known.values()].filter((record) => this.isOwn(record));
    this.known = new Map([...records, ...own].map((record) => [record.id, record]));
    this.notReadable = new Map(unreadable.map((file) => [file.name, file]));
    this.announce();
  }

  private announce(): void {
    this.sorted = undefined;
    this.options.onChange();
  }

  private watchFolder(): void {
    try {
      const { folder, log } = this.options;
      this.watcher = watch(folder, { persistent: false }, (_, name) => this.stir(name));
      this.watcher.on('error', log);
    } catch (error) {
      // What other windows change is then seen at the next start.
      this.options.log(error);
    }
  }

  private stir(name: string | null): void {
    if (name?.startsWith('.')) return;
    this.stirred.add(name ?? '');
    this.stirring ??= setTimeout(() => {
      this.stirring = undefined;
      this.readStirred().catch(this.options.log);
    }, watchSettleMs);
  }

  private async readStirred(): Promise<void> {
    const names = [...this.stirred];
    this.stirred.clear();
    // Some systems do not say which file it was.
    if (names.includes('')) await this.readAll();
    else for (const name of names) await this.readAgain(name);
  }

  private async readAgain(name: string): Promise<void> {
    const id = name.replace(/\.json$/, '');
    const known = this.known.get(id);
    // What we wrote ourselves may be written again at this moment.
    if (known && this.isOwn(known)) return;
    const read = await this.files.read(name);
    const wasUnreadable = this.notReadable.delete(name);
    if (read && !('problem' in read)) {
      this.take(read);
      if (wasUnreadable) this.announce();
      return;
    }
    if (read) this.notReadable.set(name, read);
    const wasKnown = this.known.delete(id);
    if (wasKnown || wasUnreadable !== (read !== undefined)) this.announce();
  }

  dispose(): void {
    clearTimeout(this.stirring);
    this.watcher?.close();
  }
}

function isSameButHeartbeat(a: ChangeRecord, b: ChangeRecord): boolean {
  const text = ({ owner, ...rest }: ChangeRecord) => JSON.stringify([owner.window, rest]);
  return text(a) === text(b);
}
