import path from 'node:path';
import * as vscode from 'vscode';
import { fromEditable } from '../core/policyStyle';
import { startingPolicy } from '../core/startingPolicy';
import type { StoredDraft } from './draftFiles';
import { DraftFiles, isSameDraft, nameOf } from './draftFiles';
import { targetKey } from './policyUri';

export interface DraftStoreOptions {
  readonly folder: string;
  /** Told once of each place that holds what cannot be read. */
  readonly unreadable: (file: string) => void;
}

/**
 * Keeps drafts on disk, one file each, over reloads and for all windows. One that is as its base is
 * kept, too: it holds the version that a document with unsaved changes was made from.
 */
export class DraftStore implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<readonly string[]>();
  private readonly subscription: vscode.Disposable;
  private readonly files: DraftFiles;
  private readonly told = new Set<string>();
  private drafts: ReadonlyMap<string, StoredDraft> = new Map();
  private readonly before = new WeakMap<StoredDraft, StoredDraft | undefined>();
  private readonly failed = new WeakSet<StoredDraft>();
  /** What came or went here while the folder was being read. */
  private readonly touched = new Set<string>();
  /** One write after the other, so that the last stays. */
  private writing: Promise<unknown> = Promise.resolve();
  /** Fires with the keys of the policies whose drafts came, went or changed. */
  readonly onDidChange = this.emitter.event;
  readonly loaded: Promise<void>;

  constructor(private readonly options: DraftStoreOptions) {
    this.files = new DraftFiles(options.folder);
    void this.files.removeLeftovers().catch(() => undefined);
    this.loaded = this.load();
    // Another window may have changed some.
    this.subscription = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) void this.load();
    });
  }

  get all(): readonly StoredDraft[] {
    return [...this.drafts.values()];
  }

  get(key: string): StoredDraft | undefined {
    return this.drafts.get(key);
  }

  /**
   * Seen at once; resolves when it is on disk. Throws when it cannot be written: then what was there
   * before is seen again, unless something has come since.
   */
  async put(draft: StoredDraft): Promise<void> {
    const key = targetKey(draft);
    this.before.set(draft, this.drafts.get(key));
    await this.hold(draft).catch((error: unknown) => {
      this.failed.add(draft);
      if (this.drafts.get(key) === draft) {
        this.replace(withDraft(this.drafts, key, this.lastBefore(draft)));
      }
      throw error;
    });
  }

  /** What there was before a draft, and before others that could not be written either. */
  private lastBefore(draft: StoredDraft): StoredDraft | undefined {
    let before = this.before.get(draft);
    while (before && this.failed.has(before)) before = this.before.get(before);
    return before;
  }

  /** The same, but for this window it stays although it cannot be written. */
  async hold(draft: StoredDraft): Promise<void> {
    const key = targetKey(draft);
    this.touched.add(key);
    this.replace(withDraft(this.drafts, key, draft));
    await this.queue(() => this.files.write(key, draft));
  }

  /** Gone at once; throws when it stays on the disk. */
  async delete(key: string): Promise<void> {
    if (!this.drafts.has(key)) return;
    this.touched.add(key);
    this.replace(withDraft(this.drafts, key, undefined));
    await this.queue(() => this.files.remove(key));
  }

  private async load(): Promise<void> {
    await this.queue(async () => {
      this.touched.clear();
      const read = await this.files.readAll().catch(() => undefined);
      if (!read) {
        this.tell(this.options.folder);
        return;
      }
      for (const name of read.unreadable) this.tell(path.join(this.options.folder, name));
      const drafts = new Map(read.drafts.map((draft) => [targetKey(draft), draft]));
      for (const [key, draft] of this.drafts) {
        // What this window knows of a file that cannot be read is better than nothing.
        if (read.unreadable.includes(nameOf(key))) drafts.set(key, draft);
      }
      for (const key of this.touched) {
        const here = this.drafts.get(key);
        if (here) drafts.set(key, here);
        else drafts.delete(key);
      }
      this.replace(drafts);
    });
  }

  private tell(file: string): void {
    if (this.told.has(file)) return;
    this.told.add(file);
    this.options.unreadable(file);
  }

  private replace(drafts: ReadonlyMap<string, StoredDraft>): void {
    const old = this.drafts;
    this.drafts = drafts;
    const keys = new Set([...old.keys(), ...drafts.keys()]);
    const changed = [...keys].filter((key) => !isSameDraft(old.get(key), drafts.get(key)));
    if (changed.length > 0) this.emitter.fire(changed);
  }

  private queue(work: () => Promise<void>): Promise<void> {
    const done = this.writing.then(work);
    this.writing = done.catch(() => undefined);
    return done;
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }
}

function withDraft(
  drafts: ReadonlyMap<string, StoredDraft>,
  key: string,
  draft: StoredDraft | undefined,
): ReadonlyMap<string, StoredDraft> {
  const changed = new Map(drafts);
  if (draft) changed.set(key, draft);
  else changed.delete(key);
  return changed;
}

/** Whether a draft would change nothing. */
export function isUnchanged({ base, resource, text }: StoredDraft): boolean {
  return base.text === undefined
    ? text === startingPolicy(resource)
    : fromEditable(text, base.text) === base.text;
}
