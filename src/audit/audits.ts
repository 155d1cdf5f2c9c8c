import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { connectionTitle } from '../connections/connectionWords';
import type { Connections, PolicyEvent } from '../connections/connections';
import { failureOf, unexpectedFailure } from '../core/errors';
import type { PolicyReading, PolicyStores } from '../core/policyStore';
import type { Resource } from '../core/resource';
import type { SurveyEnd } from '../survey/survey';
import { survey } from '../survey/survey';
import { Audit } from './audit';
import type { AuditFiles } from './auditFiles';
import type { AuditFinding, AuditFindings } from './auditFindings';
import { rateOf } from './rate';

/** How far an audit that runs is. */
export interface AuditProgress {
  readonly read: number;
  /** As known by now; it grows until all is listed. */
  readonly listed: number;
  readonly isListed: boolean;
  /** Policies a second, over the last seconds. */
  readonly rate: number;
  /** What is being read. */
  readonly current?: Resource;
}

/** Those who look are told so often at most. */
const tellEveryMs = 400;

interface Run {
  readonly ending: AbortController;
  current: Resource | undefined;
  /** When policies were read, the last of them. */
  readonly times: number[];
}

/** The audits of the connections: one each, the last, kept on the disk over reloads. */
export class Audits implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly audits = new Map<string, Audit>();
  private readonly runs = new Map<string, Run>();
  private readonly subscription: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;
  /** Resolves when what is on the disk is known. */
  readonly loaded: Promise<void>;

  constructor(
    private readonly connections: Connections,
    private readonly files: AuditFiles,
    private readonly findings: AuditFindings,
  ) {
    this.subscription = connections.onDidChangePolicy((event) => this.take(event));
    this.loaded = this.load();
  }

  /** In the order of the connections; those of connections that are gone at the end. */
  get all(): readonly Audit[] {
    const order = this.connections.all.map(({ id }) => id);
    const place = ({ scene }: Audit) => {
      const at = order.indexOf(scene.connectionId);
      return at < 0 ? order.length : at;
    };
    return [...this.audits.values()].sort((one, other) => place(one) - place(other));
  }

  of(connectionId: string): Audit | undefined {
    return this.audits.get(connectionId);
  }

  findingsOf(audit: Audit): readonly AuditFinding[] {
    return this.findings.of(audit, Date.now());
  }

  /** What was found about one resource over a connection. */
  findingsAt(connectionId: string, { arn }: Resource): readonly AuditFinding[] {
    const audit = this.audits.get(connectionId);
    const policy = audit?.policies.get(arn);
    return audit && policy ? this.findings.at(audit, policy, Date.now()) : [];
  }

  isRunning(connectionId: string): boolean {
    return this.runs.has(connectionId);
  }

  progress(connectionId: string): AuditProgress | undefined {
    const run = this.runs.get(connectionId);
    const audit = this.audits.get(connectionId);
    if (!run || !audit) return undefined;
    return {
      read: audit.policies.size,
      listed: audit.listed.size,
      isListed: audit.isListed,
      rate: rateOf(run.times),
      ...(run.current ? { current: run.current } : {}),
    };
  }

  /** Reads every policy of a connection, or goes on where the last audit ended. */
  async run(connection: Connection, { resume }: { readonly resume: boolean }): Promise<Audit> {
    await this.loaded;
    const last = this.audits.get(connection.id);
    const running = this.runs.get(connection.id);
    if (last && running) return last;
    const audit =
      resume && last && isOfSameAccount(last, connection) ? last : this.begin(connection, last);
    const run: Run = { ending: new AbortController(), current: undefined, times: [] };
    this.runs.set(connection.id, run);
    try {
      if (audit === last) {
        audit.resume();
        this.files.add(audit, { type: 'resume' });
      } else {
        await this.files.start(audit);
      }
      this.tell();
      const end = await this.survey(connection, audit, run);
      const state = end.state;
      const failure = end.state === 'stopped' ? end.failure : undefined;
      audit.end(state, Date.now(), failure);
      this.files.add(audit, { type: 'end', state, endedAt: audit.endedAt ?? 0, failure });
    } finally {
      this.runs.delete(connection.id);
      await this.files.flush();
      this.changed.fire();
    }
    return audit;
  }

  cancel(connectionId: string): void {
    this.runs.get(connectionId)?.ending.abort();
  }

  async remove(connectionId: string): Promise<void> {
    this.cancel(connectionId);
    this.audits.delete(connectionId);
    await this.files.remove(connectionId);
    this.changed.fire();
  }

  private begin(connection: Connection, last: Audit | undefined): Audit {
    // What was not read then would be called new now.
    const before = last?.isWhole === true ? this.findingsOf(last) : undefined;
    const identity = connection.currentIdentity;
    const audit = new Audit(
      {
        connectionId: connection.id,
        title: connectionTitle(connection),
        ...(identity?.state === 'known' ? { accountId: identity.accountId } : {}),
      },
      Date.now(),
      before && new Set(before.map(({ finding }) => finding.key)),
    );
    this.audits.set(connection.id, audit);
    return audit;
  }

  private async survey(connection: Connection, audit: Audit, run: Run): Promise<SurveyEnd> {
    let stores: PolicyStores;
    try {
      stores = await connection.stores();
    } catch (error) {
      const failure = failureOf(error) ?? unexpectedFailure(error, 'open');
      return { state: 'stopped', failure };
    }
    const signal = AbortSignal.any([run.ending.signal, connection.signal]);
    return survey(
      {
        stores,
        read: (resource) => readOnce(connection, audit, resource),
        isRead: (resource) => audit.isRead(resource),
        onListed: (resource) => {
          if (!audit.listed.has(resource.arn)) this.files.add(audit, { type: 'listed', resource });
          audit.addListed(resource);
          this.tell();
        },
        onReading: (resource) => (run.current = resource),
        onRead: (resource, reading) => {
          run.times.push(Date.now());
          this.put(audit, resource, reading);
        },
        onGap: (gap) => {
          audit.addGap(gap);
          this.files.add(audit, { type: 'gap', gap });
          this.tell();
        },
        onAllListed: () => (audit.isListed = true),
      },
      signal,
    );
  }

  /** What is read later, e.g. after a change, counts for the audit, too. */
  private take({ connection, resource }: PolicyEvent): void {
    const audit = this.audits.get(connection.id);
    const held = audit?.policies.get(resource.arn);
    const reading = connection.readings.current(resource);
    if (audit && held && reading && reading !== held.reading) this.put(audit, resource, reading);
  }

  private put(audit: Audit, resource: Resource, reading: PolicyReading): void {
    const held = audit.policies.get(resource.arn)?.reading;
    audit.addReading(resource, reading);
    if (held !== reading) this.files.add(audit, { type: 'read', resource, reading });
    this.tell();
  }

  private tell(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire();
    }, tellEveryMs);
  }

  private async load(): Promise<void> {
    for (const audit of await this.files.load()) {
      if (!this.audits.has(audit.scene.connectionId)) {
        this.audits.set(audit.scene.connectionId, audit);
      }
    }
    this.changed.fire();
  }

  dispose(): void {
    for (const { ending } of this.runs.values()) ending.abort();
    clearTimeout(this.timer);
    void this.files.flush();
    this.subscription.dispose();
    this.changed.dispose();
  }
}

/** What was read of one account says nothing of another that the same profile leads to by now. */
function isOfSameAccount({ scene }: Audit, { currentIdentity }: Connection): boolean {
  const { accountId } = scene;
  const now = currentIdentity?.state === 'known' ? currentIdentity.accountId : undefined;
  return accountId === undefined || now === undefined || accountId === now;
}

/** What was read since the audit began is not asked for again. */
async function readOnce(
  { readings }: Connection,
  { startedAt }: Audit,
  resource: Resource,
): Promise<PolicyReading> {
  const held = readings.current(resource);
  if (held && held.state !== 'unreadable' && held.readAt >= startedAt) return held;
  return readings.read(resource, { justListed: true, urgency: 'background' });
}
