import { createHash } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Resource } from '../core/resource';
import { isRecord, isResource } from '../core/resource';
import { isMissing, listFolder, removeLeftovers, writeAtomically } from '../host/atomicFile';
import type { Draft } from './drafts';

/** A draft as it is kept; the place of its document follows from the rest. */
export type StoredDraft = Omit<Draft, 'uri'>;

export interface DraftsRead {
  readonly drafts: readonly StoredDraft[];
  /** Names of the files that hold none that we can read. They stay where they are. */
  readonly unreadable: readonly string[];
}

const extension = '.json';
/** Another window may be writing right now; nobody writes for so long. */
const leftoverMs = 60 * 60 * 1000;

/** Drafts on the disk, one file each by their key, which other windows read at the same time. */
export class DraftFiles {
  /** By name: what was there, and is no draft, is not written over. */
  private readonly damaged = new Set<string>();

  constructor(readonly folder: string) {}

  /** On the disk when it resolves. Throws what the system says when it cannot be written. */
  async write(key: string, draft: StoredDraft): Promise<void> {
    const name = nameOf(key);
    const file = path.join(this.folder, name);
    if (this.damaged.delete(name)) await rename(file, `${file}.damaged`).catch(() => undefined);
    await writeAtomically(file, toJson(draft));
  }

  async remove(key: string): Promise<void> {
    await rm(path.join(this.folder, nameOf(key)), { force: true });
  }

  /** All drafts, in no order; none when there is no folder. Throws when it cannot be listed. */
  async readAll(): Promise<DraftsRead> {
    const names = (await listFolder(this.folder)).filter(isDraftName);
    const read = await Promise.all(names.map((name) => this.read(name)));
    const drafts = read.filter((draft) => typeof draft === 'object');
    const unreadable = names.filter((_, index) => read[index] === 'unreadable');
    return { drafts, unreadable };
  }

  /** What processes left behind that ended while they wrote. */
  removeLeftovers(): Promise<void> {
    return removeLeftovers(this.folder, leftoverMs, Date.now());
  }

  private async read(name: string): Promise<StoredDraft | 'unreadable' | undefined> {
    try {
      const draft = fromJson(await readFile(path.join(this.folder, name), 'utf8'));
      if (draft) this.damaged.delete(name);
      else this.damaged.add(name);
      return draft ?? 'unreadable';
    } catch (error) {
      // Another window has removed it since.
      return isMissing(error) ? undefined : 'unreadable';
    }
  }
}

/** The name of the file that holds the draft of a policy. */
export function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32) + extension;
}

export function isSameDraft(one: StoredDraft | undefined, other: StoredDraft | undefined): boolean {
  return one === other || (one && toJson(one)) === (other && toJson(other));
}

function isDraftName(name: string): boolean {
  return !name.startsWith('.') && name.endsWith(extension);
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
