import * as vscode from 'vscode';
import type { AccountAccess, OutsideChange } from '../core/awsAccess';
import type { Failure } from '../core/errors';
import type { Resource } from '../core/resource';
import { isRecord } from '../core/resource';
import type { ConfigValue } from '../host/configValue';
import { countAccounts, credentialsOf } from './accounts';
import { Connection } from './connection';
import type { ConnectionConfig, ConnectionLook } from './connectionConfig';
import { connectionId, readConnectionConfigs, toEntry } from './connectionConfig';

export interface PolicyEvent {
  readonly connection: Connection;
  readonly resource: Resource;
}

/** What connections need from outside. */
export interface ConnectionWays {
  readonly open: (config: ConnectionConfig) => Promise<AccountAccess>;
  /** Calls back when what a connection depends on changes, until the returned function is called. */
  readonly watch?: (
    config: ConnectionConfig,
    onChange: (change: OutsideChange) => void,
  ) => () => void;
  /** The next call looks its credentials up anew. `obstacle`: what they did not do for. */
  readonly forget?: (config: ConnectionConfig, obstacle: Failure | undefined) => void;
  /** Hears of the account of a connection when it becomes known. */
  readonly identified?: (connection: Connection, accountId: string) => void;
}

/** The connections that the setting names, in its order, opened when first needed. */
export class Connections implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly policyChanged = new vscode.EventEmitter<PolicyEvent>();
  private readonly policyForgotten = new vscode.EventEmitter<PolicyEvent>();
  private readonly identified = new vscode.EventEmitter<Connection>();
  private readonly unwatch = new Map<Connection, () => void>();
  private readonly signedIn = new WeakSet<Connection>();
  private readonly subscription: vscode.Disposable;
  private connections: readonly Connection[] = [];
  private invalidEntries: readonly number[] = [];
  readonly onDidChange = this.changed.event;
  readonly onDidChangePolicy = this.policyChanged.event;
  /** What was read is to be read again: by whoever shows it. */
  readonly onDidForgetPolicy = this.policyForgotten.event;

  /** A connection has learned who its caller is, or that it cannot. */
  readonly onDidIdentify = this.identified.event;

  constructor(
    private readonly setting: ConfigValue,
    private readonly ways: ConnectionWays,
  ) {
    this.apply();
    this.subscription = setting.onDidChange(() => this.apply());
  }

  get all(): readonly Connection[] {
    return this.connections;
  }

  /** Places in the setting (from 0) that hold no connection. */
  get invalid(): readonly number[] {
    return this.invalidEntries;
  }

  byId(id: string): Connection | undefined {
    return this.connections.find((connection) => connection.id === id);
  }

  /** Whether there are connections to different accounts; one that is not known may be another. */
  get haveSeveralAccounts(): boolean {
    return countAccounts(this.connections, this.connections) > 1;
  }

  /**
   * Learns whose the connections are: all, or those with the credentials of one. Nobody is asked for
   * an MFA code for it: they have not opened these. What keeps one from opening is said by its rows.
   */
  async identify(like?: Connection): Promise<void> {
    const asked = this.connections
      .filter(({ config }) => !like || credentialsOf(config) === credentialsOf(like.config))
      .map((connection) => connection.identifyQuietly().catch(() => undefined));
    await Promise.all(asked);
  }

  async add(...configs: readonly ConnectionConfig[]): Promise<Connection | undefined> {
    const missing = configs.filter((config) => !this.byId(connectionId(config)));
    if (missing.length > 0) await this.setting.set([...this.entries(), ...missing.map(toEntry)]);
    const [first] = configs;
    return first && this.byId(connectionId(first));
  }

  async remove(id: string): Promise<void> {
    await this.setting.set(this.entries().filter((entry) => idOf(entry) !== id));
  }

  /** Another name or colour; `undefined` takes it away. */
  async dress(id: string, look: ConnectionLook): Promise<void> {
    const entries = this.entries().map((entry) => {
      if (idOf(entry) !== id || !isRecord(entry)) return entry;
      const all: readonly (readonly [string, unknown])[] = Object.entries({ ...entry, ...look });
      return Object.fromEntries(all.filter(([, value]) => value !== undefined));
    });
    await this.setting.set(entries);
  }

  /** Puts connections, in their order, before another one; without it at the end. */
  async move(ids: readonly string[], before: string | undefined): Promise<void> {
    const entries = this.entries();
    const isMoved = (entry: unknown) => ids.includes(idOf(entry) ?? '');
    const moved = entries.filter(isMoved);
    const rest = entries.filter((entry) => !isMoved(entry));
    const at = before === undefined ? -1 : rest.findIndex((entry) => idOf(entry) === before);
    const place = at < 0 ? rest.length : at;
    await this.setting.set([...rest.slice(0, place), ...moved, ...rest.slice(place)]);
  }

  /**
   * As a person asks for it: the credentials are looked up anew, since programs that give them can
   * give others by now. A session that goes on is not asked an MFA code for again.
   */
  refresh(id: string): void {
    const connection = this.byId(id);
    if (connection && !connection.obstacle) this.ways.forget?.(connection.config, undefined);
    this.reopen(id);
  }

  /**
   * Starts a connection afresh: identity and all that was read; the credentials, too, where these did
   * not do.
   */
  reopen(id: string): void {
    const old = this.byId(id);
    if (!old) return;
    if (old.obstacle) this.ways.forget?.(old.config, old.obstacle);
    const fresh = this.create(old.config);
    this.connections = this.connections.map((connection) =>
      connection === old ? fresh : connection,
    );
    this.end(old);
    this.changed.fire();
  }

  private apply(): void {
    const { connections, invalid } = readConnectionConfigs(this.setting.get());
    const old = this.connections;
    this.connections = connections.map((config) => {
      const same = old.find((connection) => connection.id === connectionId(config));
      if (!same || accountOf(same.config) !== accountOf(config)) return this.create(config);
      same.dress(config);
      return same;
    });
    this.invalidEntries = invalid;
    for (const connection of old) if (!this.connections.includes(connection)) this.end(connection);
    this.changed.fire();
  }

  private create(config: ConnectionConfig): Connection {
    const connection: Connection = new Connection(config, (opened) => {
      // Before anything is asked: what changes meanwhile is not to be missed.
      this.watch(connection);
      return this.ways.open(opened);
    });
    connection.readings.onDidChange((resource) =>
      this.policyChanged.fire({ connection, resource }),
    );
    connection.readings.onDidForget((resource) =>
      this.policyForgotten.fire({ connection, resource }),
    );
    connection.onDidIdentify((identity) => {
      // One that was replaced can go on for a change that is under way.
      if (!this.connections.includes(connection)) return;
      if (identity.state === 'known') {
        this.ways.identified?.(connection, identity.accountId);
        this.reopenCancelled(connection);
      }
      this.identified.fire(connection);
      // Somebody signed in while the old session was still being asked about.
      if (this.signedIn.delete(connection) && connection.obstacle) this.reopen(connection.id);
    });
    return connection;
  }

  /** A code that was given for one connection serves the others with its credentials. */
  private reopenCancelled({ config }: Connection): void {
    for (const other of this.connections) {
      const code = other.obstacle?.code;
      const isWaiting = code === 'mfaCancelled' || code === 'mfaRefused';
      if (isWaiting && credentialsOf(other.config) === credentialsOf(config)) this.reopen(other.id);
    }
  }

  private watch(connection: Connection): void {
    if (this.unwatch.has(connection) || !this.connections.includes(connection)) return;
    const { config } = connection;
    const unwatch = this.ways.watch?.(config, (change) => this.changedOutside(connection, change));
    if (unwatch) this.unwatch.set(connection, unwatch);
  }

  /** A sign-in matters to those alone that wait for one: renewed sessions change the same files. */
  private changedOutside(connection: Connection, change: OutsideChange): void {
    if (!this.connections.includes(connection)) return;
    if (change === 'config' || connection.obstacle) this.reopen(connection.id);
    else if (!connection.currentIdentity) this.signedIn.add(connection);
  }

  private end(connection: Connection): void {
    this.unwatch.get(connection)?.();
    this.unwatch.delete(connection);
    connection.dispose();
  }

  private entries(): readonly unknown[] {
    const value = this.setting.get();
    return Array.isArray(value) ? value : [];
  }

  dispose(): void {
    this.subscription.dispose();
    for (const connection of this.connections) this.end(connection);
    this.identified.dispose();
    this.changed.dispose();
    this.policyChanged.dispose();
    this.policyForgotten.dispose();
  }
}

/** The connection that an entry of the setting is, if it is one. */
function idOf(entry: unknown): string | undefined {
  const [config] = readConnectionConfigs([entry]).connections;
  return config && connectionId(config);
}

function accountOf(config: ConnectionConfig): string | undefined {
  return config.type === 'aws' ? config.accountId : undefined;
}
