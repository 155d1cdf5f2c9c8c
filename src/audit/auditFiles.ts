import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Failure } from '../core/errors';
import type { PolicyReading } from '../core/policyStore';
import type { Resource } from '../core/resource';
import { isRecord, isResource } from '../core/resource';
import { isMissing, writeAtomically } from '../host/atomicFile';
import type { SurveyGap } from '../survey/survey';
import type { AuditScene, AuditState } from './audit';
import { Audit } from './audit';

/** What is written down of an audit, a line each, so that it outlives its window. */
type Entry =
  | {
      readonly type: 'start';
      readonly scene: AuditScene;
      readonly startedAt: number;
      readonly before?: readonly string[];
    }
  | { readonly type: 'resume' }
  | { readonly type: 'listed'; readonly resource: Resource }
  | { readonly type: 'read'; readonly resource: Resource; readonly reading: PolicyReading }
  | { readonly type: 'gap'; readonly gap: SurveyGap }
  | {
      readonly type: 'end';
      readonly state: Exclude<AuditState, 'running'>;
      readonly endedAt: number;
      readonly failure?: Failure;
    };

const extension = '.jsonl';
/** So long lines wait for others to be written with them. */
const writeAfterMs = 200;

/** The last audit of each connection, on the disk: with the texts of the policies, for their owner only. */
export class AuditFiles {
  private readonly waiting = new Map<string, string[]>();
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    private readonly onProblem: (error: unknown) => void,
  ) {}

  /** Begins the file of a connection anew. Never rejects: without a file it is kept in memory alone. */
  async start({ scene, startedAt, before }: Audit): Promise<void> {
    const entry: Entry = {
      type: 'start',
      scene,
      startedAt,
      ...(before ? { before: [...before] } : {}),
    };
    await this.flush();
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.fileOf(scene.connectionId), `${JSON.stringify(entry)}\n`);
    } catch (error) {
      this.onProblem(error);
    }
  }

  add({ scene: { connectionId } }: Audit, entry: Exclude<Entry, { type: 'start' }>): void {
    const lines = this.waiting.get(connectionId) ?? [];
    this.waiting.set(connectionId, lines);
    lines.push(`${JSON.stringify(entry)}\n`);
    this.timer ??= setTimeout(() => void this.flush(), writeAfterMs);
  }

  /** Writes what waits. Never rejects: what goes wrong is told. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const all = [...this.waiting];
    this.waiting.clear();
    this.writing = this.writing.then(async () => {
      for (const [connectionId, lines] of all) {
        await appendFile(this.fileOf(connectionId), lines.join('')).catch(this.onProblem);
      }
    });
    return this.writing;
  }

  /** Every audit that is on the disk. A file that cannot be read is told, and left. */
  async load(): Promise<readonly Audit[]> {
    const names = await readdir(this.folder).catch((error: unknown) => {
      if (!isMissing(error)) this.onProblem(error);
      return [];
    });
    const audits = await Promise.all(
      names.filter((name) => name.endsWith(extension)).map((name) => this.read(name)),
    );
    return audits.filter((audit) => audit !== undefined);
  }

  async remove(connectionId: string): Promise<void> {
    this.waiting.delete(connectionId);
    await this.writing;
    await rm(this.fileOf(connectionId), { force: true });
  }

  private async read(name: string): Promise<Audit | undefined> {
    try {
      return replay(await readFile(path.join(this.folder, name), 'utf8'));
    } catch (error) {
      this.onProblem(error);
      return undefined;
    }
  }

  private fileOf(connectionId: string): string {
    return path.join(this.folder, encodeURIComponent(connectionId) + extension);
  }
}

/** The audit that its lines tell of. The last may be cut off, where the window ended in the middle. */
export function replay(text: string): Audit | undefined {
  let audit: Audit | undefined;
  for (const line of text.split('\n')) {
    const entry = entryIn(line);
    if (entry?.type === 'start') audit = started(entry);
    else if (entry && audit) take(audit, entry);
  }
  if (audit?.state === 'running') audit.end('interrupted', lastTime(audit));
  return audit;
}

function entryIn(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case 'start':
      return isRecord(value.scene) && typeof value.scene.connectionId === 'string';
    case 'listed':
      return isResource(value.resource);
    case 'read':
      return isResource(value.resource) && isRecord(value.reading);
    case 'gap':
      return isRecord(value.gap) && isRecord(value.gap.failure);
    case 'end':
    case 'resume':
      return true;
    default:
      return false;
  }
}

function started({ scene, startedAt, before }: Extract<Entry, { type: 'start' }>): Audit {
  return new Audit(scene, startedAt, before && new Set(before));
}

function take(audit: Audit, entry: Exclude<Entry, { type: 'start' }>): void {
  switch (entry.type) {
    case 'resume': {
      audit.resume();
      return;
    }
    case 'listed': {
      audit.addListed(entry.resource);
      return;
    }
    case 'read': {
      audit.addReading(entry.resource, entry.reading);
      return;
    }
    case 'gap': {
      audit.addGap(entry.gap);
      return;
    }
    case 'end': {
      audit.end(entry.state, entry.endedAt, entry.failure);
      return;
    }
  }
}

function lastTime({ startedAt, policies }: Audit): number {
  return [...policies.values()].reduce(
    (last, { reading }) => Math.max(last, reading.readAt),
    startedAt,
  );
}
