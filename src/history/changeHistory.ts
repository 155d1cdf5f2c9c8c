import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChangeJournal } from '../changes/journal';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { connectionTitle } from '../connections/connectionWords';
import { storeOf } from '../connections/policyReadings';
import type { Identity } from '../core/awsAccess';
import type { ChangeRecord } from '../core/changeRecord';
import type { PolicyStore } from '../core/policyStore';
import type { ConfigValue } from '../host/configValue';
import type { Reporter } from '../host/report';
import { checkAccount } from './accountCheck';
import type { JournaledChange } from './changeJournal';
import { changeJournal, recordId } from './changeJournal';
import { systemClock } from './clock';
import { InterruptionNews } from './interruptionNews';
import type { UnreadableFile } from './recordFiles';
import type { Liveness, Recovery } from './recovery';
import { isInterrupted, isOpen, recoverChange } from './recovery';
import type { RecoverySchedule } from './recoverySchedule';
import { nextLookAt, retryAt } from './recoverySchedule';
import { daysOf } from './retention';
import { seenSince } from './seenSince';
import { SharedRecords } from './sharedRecords';
import { undoneIds } from './undone';

export interface ChangeHistoryOptions {
  /** Path of the folder that all windows share. */
  readonly folder: string;
  readonly connections: Connections;
  /** `resourcePolicies.historyDays` */
  readonly setting: ConfigValue;
  readonly reporter: Reporter;
  /** For what goes wrong in the background, which is no reason to interrupt a person. */
  readonly log: (error: unknown) => void;
  /** Told of changes that were interrupted, with what came of them as far as it is known. */
  readonly onInterrupted: (records: readonly ChangeRecord[]) => void;
  /** How long the window of a change may be silent; 30 s unless told. */
  readonly staleMs?: number;
  /** After how long an end that is not certain is looked at again; 60 s unless told. */
  readonly retryMs?: number;
}

/** Why it is still not known what came of a change. */
export type Attempt = Exclude<Recovery, { type: 'established' }>;

const heartbeatMs = 5_000;
/** Six heartbeats: a busy machine may miss some. */
const defaultStaleMs = 30_000;
/** By then most broken networks are mended, and reads show what was written. */
const defaultRetryMs = 60_000;

/** All changes that were made, by this window and others. What runs is kept alive on the disk. */
export class ChangeHistory implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly ending = new AbortController();
  private readonly liveness: Liveness;
  private readonly shared: SharedRecords;
  private readonly subscription: vscode.Disposable;
  private readonly loading: Promise<void>;
  private readonly loaded: Promise<void>;
  private undone: ReadonlySet<string> | undefined;
  /** Why the outcomes of open changes could not be found out at the last try. */
  private readonly attempts = new Map<string, Attempt>();
  private readonly retried = new Set<string>();
  private readonly news: InterruptionNews;
  private recovering: Promise<void>;
  private nextRecovery: NodeJS.Timeout | undefined;
  private laterAt = Infinity;
  readonly onDidChange = this.changed.event;

  constructor(private readonly options: ChangeHistoryOptions) {
    const { connections, folder, setting, staleMs = defaultStaleMs } = options;
    const window = randomUUID();
    this.liveness = { window, staleMs };
    const log = (error: unknown) => this.log(error);
    this.shared = new SharedRecords({ folder, window, log, onChange: () => this.announce() });
    this.news = new InterruptionNews(options.onInterrupted);
    this.loading = this.shared.load(daysOf(setting.get()));
    this.loaded = this.loading.catch(log);
    this.recovering = this.loaded;
    this.subscription = connections.onDidChange(() => this.recoverUnasked());
    this.recoverUnasked();
  }

  get folder(): string {
    return this.options.folder;
  }

  /** Newest first. Rejects when the folder could not be read. */
  async records(): Promise<readonly ChangeRecord[]> {
    await this.loading;
    return this.shared.all;
  }

  async byId(id: string): Promise<ChangeRecord | undefined> {
    await this.loaded;
    return this.shared.byId(id);
  }

  /** As known by now: for rows, once `records` has answered. */
  peek(id: string): ChangeRecord | undefined {
    return this.shared.byId(id);
  }

  /** What was taken back, and not made again since. */
  async undoneIds(): Promise<ReadonlySet<string>> {
    return (this.undone ??= undoneIds(await this.records()));
  }

  /** Files in the folder that are no records we can read, by name. */
  get unreadable(): readonly UnreadableFile[] {
    return this.shared.unreadable;
  }

  isInterrupted(record: ChangeRecord): boolean {
    return isInterrupted(record, this.liveness, Date.now());
  }

  /** Why it is still not known what came of a change; `undefined` when nobody tried yet. */
  attempt(id: string): Attempt | undefined {
    return this.attempts.get(id);
  }

  /** Where a change over a connection is written down. */
  journalFor(connection: Connection, change: Omit<JournaledChange, 'connection'>): ChangeJournal {
    const { currentIdentity: identity, id } = connection;
    const { accountId, callerArn }: Partial<Identity> = identity?.state === 'known' ? identity : {};
    const home = {
      files: this.shared,
      window: this.liveness.window,
      clock: systemClock,
      newId: () => recordId(Date.now(), randomUUID().slice(0, 8)),
      heartbeatMs,
      onProblem: (error: unknown, record: ChangeRecord) => this.couldNotWrite(error, record),
    };
    const title = connectionTitle(connection);
    return changeJournal(home, { ...change, connection: { id, title, accountId, callerArn } });
  }

  /** Finds out what came of changes whose end nobody saw, as far as it can be known. */
  recover(): Promise<void> {
    const recovery = this.recovering.then(() => this.recoverAll());
    this.recovering = recovery.catch(() => undefined);
    return recovery;
  }

  private recoverUnasked(): void {
    this.recover().catch((error: unknown) => this.log(error));
  }

  private couldNotWrite(error: unknown, record: ChangeRecord): void {
    if (record.state === 'running') {
      // The next heartbeat may succeed.
      this.log(error);
      return;
    }
    this.shared.take(record);
    this.options.reporter.error(error);
  }

  private announce(): void {
    this.undone = undefined;
    this.changed.fire();
    this.planRecovery();
  }

  private async recoverAll(): Promise<void> {
    this.laterAt = Infinity;
    const open = this.openRecords();
    const interrupted = open.filter((record) => this.isInterrupted(record));
    for (const record of open) {
      if (this.ending.signal.aborted) return;
      if (Date.now() >= retryAt(record, this.schedule)) this.retried.add(record.id);
      await this.recoverOne(record).catch((error: unknown) => this.log(error));
    }
    this.tell(interrupted);
    // What has become an interrupted change by the passing of time looks different now.
    if (open.length > 0) this.announce();
    else this.planRecovery();
  }

  private tell(interrupted: readonly ChangeRecord[]): void {
    const isFinal = ({ id }: ChangeRecord) => this.attempts.get(id)?.type !== 'later';
    const latest = interrupted
      .filter(isFinal)
      .map((record) => this.shared.byId(record.id) ?? record);
    this.news.take(latest, Date.now());
  }

  private get schedule(): RecoverySchedule {
    const { retryMs = defaultRetryMs } = this.options;
    const undone = undoneIds(this.shared.all);
    return { ...this.liveness, retryMs, retried: this.retried, undone };
  }

  private openRecords(): readonly ChangeRecord[] {
    const undone = undoneIds(this.shared.all);
    return this.shared.all.filter(
      (record) => isOpen(record, this.liveness, Date.now()) && !undone.has(record.id),
    );
  }

  private async recoverOne(record: ChangeRecord): Promise<void> {
    const recovery = await recoverChange(record, {
      ...this.liveness,
      files: this.shared,
      now: () => Date.now(),
      storeOf: (one) => this.storeOf(one),
      seenSince: (one) => seenSince(one, this.shared.all),
      signal: this.ending.signal,
    });
    if (recovery.type === 'established') {
      this.attempts.delete(record.id);
      if (recovery.record) this.shared.take(recovery.record);
      return;
    }
    this.attempts.set(record.id, recovery);
    if (recovery.type === 'later') this.laterAt = Math.min(this.laterAt, recovery.at);
  }

  private async storeOf(record: ChangeRecord): Promise<PolicyStore | undefined> {
    const connection = this.options.connections.byId(record.connection.id);
    if (!connection || (await checkAccount(connection, record)).state !== 'same') return undefined;
    return storeOf(await connection.stores(), record.resource);
  }

  /** Looks again when it is time for the first that is to be looked at. */
  private planRecovery(): void {
    clearTimeout(this.nextRecovery);
    const now = Date.now();
    const next = Math.min(this.laterAt, nextLookAt(this.shared.all, this.schedule, now));
    if (next === Infinity || this.ending.signal.aborted) return;
    const wait = Math.max(next - now, 0);
    this.nextRecovery = setTimeout(() => this.recoverUnasked(), wait).unref();
  }

  private log(error: unknown): void {
    if (!this.ending.signal.aborted) this.options.log(error);
  }

  dispose(): void {
    this.ending.abort();
    clearTimeout(this.nextRecovery);
    this.shared.dispose();
    this.subscription.dispose();
    this.changed.dispose();
  }
}
