import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fromEditable } from '../core/policyStyle';
import type { Resource } from '../core/resource';
import { isRecord, isResource } from '../core/resource';
import { startingPolicy } from '../core/startingPolicy';
import type { Draft } from './drafts';
import { targetKey } from './policyUri';

/** A draft as it is kept; the place of its document follows from the rest. */
export type StoredDraft = Omit<Draft, 'uri'>;

/**
 * Keeps drafts on disk, one file each, over reloads and for all windows. One that is as its base is
 * kept, too: it holds the version that a document with unsaved changes was made from.
 */
export class DraftStore implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<readonly string[]>();
  private readonly subscription: vscode.Disposable;
  private drafts: ReadonlyMap<string, StoredDraft> = new Map();
  /** What came or went here while the folder was being read. */
  private readonly touched = new Set<string>();
  /** One write after the other, so that the last stays. */
  private writing: Promise<unknown> = Promise.resolve();
  /** Fires with the keys of the policies whose drafts came, went or changed. */
  readonly onDidChange = this.emitter.event;
  readonly loaded: Promise<void>;

  constructor(private readonly folder: string) {
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

  /** Seen at once; resolves when it is on disk, and throws when it cannot be written. */
  async put(draft: StoredDraft): Promise<void> {
    const key = targetKey(draft);
    this.touched.add(key);
    this.replace(new Map(this.drafts).set(key, draft));
    await this.queue(async () => {
      const file = await this.fileOf(key);
      const temporary = `${file}.${crypto.randomUUID()}.tmp`;
      await mkdir(this.folder, { recursive: true });
      await writeFile(temporary, toJson(draft));
      await rename(temporary, file);
    });
  }

  async delete(key: string): Promise<void> {
    const drafts = new Map(this.drafts);
    if (!drafts.delete(key)) return;
    this.touched.add(key);
    this.replace(drafts);
    await this.queue(async () => rm(await this.fileOf(key), { force: true }));
  }

  private async load(): Promise<void> {
    await this.queue(async () => {
      this.touched.clear();
      const names = await readdir(this.folder).catch(() => []);
      const texts = await Promise.all(
        names
          .filter((name) => name.endsWith('.json'))
          .map((name) => readFile(path.join(this.folder, name), 'utf8').catch(() => '')),
      );
      const found = texts.map(fromJson).filter((draft) => draft !== undefined);
      const drafts = new Map(found.map((draft) => [targetKey(draft), draft]));
      for (const key of this.touched) {
        const here = this.drafts.get(key);
        if (here) drafts.set(key, here);
        else drafts.delete(key);
      }
      this.replace(drafts);
    });
  }

  private replace(drafts: ReadonlyMap<string, StoredDraft>): void {
    const old = this.drafts;
    this.drafts = drafts;
    const keys = new Set([...old.keys(), ...drafts.keys()]);
    const changed = [...keys].filter((key) => !isSame(old.get(key), drafts.get(key)));
    if (changed.length > 0) this.emitter.fire(changed);
  }

  private queue(work: () => Promise<void>): Promise<void> {
    const done = this.writing.then(work);
    this.writing = done.catch(() => undefined);
    return done;
  }

  private async fileOf(key: string): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
    return path.join(this.folder, `${Buffer.from(digest).toString('hex').slice(0, 32)}.json`);
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }
}

/** Whether a draft would change nothing. */
export function isUnchanged({ base, resource, text }: StoredDraft): boolean {
  return base.text === undefined
    ? text === startingPolicy(resource)
    : fromEditable(text, base.text) === base.text;
}

function isSame(one: StoredDraft | undefined, other: StoredDraft | undefined): boolean {
  return one === other || (one && toJson(one)) === (other && toJson(other));
}

function toJson({ base, changedAt, connectionId, resource, text }: StoredDraft): string {
  const { revision } = base;
  const kept = { text: base.text ?? null, revision };
  return JSON.stringify({ format: 1, connectionId, resource, base: kept, text, changedAt });
}

/** `undefined` for what is no draft: a file of a later version, or one that is damaged. */
function fromJson(json: string): StoredDraft | undefined {
  const value = parse(json);
  if (!isRecord(value) || value.format !== 1 || !isRecord(value.base)) return undefined;
  const { base, changedAt, connectionId, resource, text } = value;
  const { text: baseText, revision } = base;
  const isComplete =
    typeof connectionId === 'string' &&
    isResource(resource) &&
    typeof text === 'string' &&
    typeof changedAt === 'number' &&
    (baseText === null || typeof baseText === 'string');
  if (!isComplete) return undefined;
  return {
    connectionId,
    resource: resource satisfies Resource,
    base: {
      text: baseText ?? undefined,
      revision: typeof revision === 'string' ? revision : undefined,
    },
    text,
    changedAt,
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
