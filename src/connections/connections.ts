import * as vscode from 'vscode';
import type { AccountAccess } from '../core/awsAccess';
import type { Resource } from '../core/resource';
import type { ConfigValue } from '../host/configValue';
import { Connection } from './connection';
import type { ConnectionConfig } from './connectionConfig';
import { connectionId, readConnectionConfigs, toEntry } from './connectionConfig';

export interface PolicyEvent {
  readonly connection: Connection;
  readonly resource: Resource;
}

/** The connections that the setting names, in its order, opened when first needed. */
export class Connections implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly policyChanged = new vscode.EventEmitter<PolicyEvent>();
  private readonly policyForgotten = new vscode.EventEmitter<PolicyEvent>();
  private readonly subscription: vscode.Disposable;
  private connections: readonly Connection[] = [];
  private invalidEntries: readonly number[] = [];
  readonly onDidChange = this.changed.event;
  readonly onDidChangePolicy = this.policyChanged.event;
  /** What was read is to be read again: by whoever shows it. */
  readonly onDidForgetPolicy = this.policyForgotten.event;

  constructor(
    private readonly setting: ConfigValue,
    private readonly open: (config: ConnectionConfig) => Promise<AccountAccess>,
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

  async add(config: ConnectionConfig): Promise<Connection | undefined> {
    const id = connectionId(config);
    if (!this.byId(id)) await this.setting.set([...this.entries(), toEntry(config)]);
    return this.byId(id);
  }

  async remove(id: string): Promise<void> {
    const keep = (entry: unknown) => {
      const [config] = readConnectionConfigs([entry]).connections;
      return !config || connectionId(config) !== id;
    };
    await this.setting.set(this.entries().filter(keep));
  }

  /** Starts a connection afresh: credentials, identity and all that was read. */
  reopen(id: string): void {
    const old = this.byId(id);
    if (!old) return;
    const fresh = this.create(old.config);
    this.connections = this.connections.map((connection) =>
      connection === old ? fresh : connection,
    );
    old.dispose();
    this.changed.fire();
  }

  private apply(): void {
    const { connections, invalid } = readConnectionConfigs(this.setting.get());
    const old = this.connections;
    this.connections = connections.map((config) => {
      const same = old.find((connection) => connection.id === connectionId(config));
      return same ?? this.create(config);
    });
    this.invalidEntries = invalid;
    for (const connection of old) {
      if (!this.connections.includes(connection)) connection.dispose();
    }
    this.changed.fire();
  }

  private create(config: ConnectionConfig): Connection {
    const connection = new Connection(config, this.open);
    connection.readings.onDidChange((resource) =>
      this.policyChanged.fire({ connection, resource }),
    );
    connection.readings.onDidForget((resource) =>
      this.policyForgotten.fire({ connection, resource }),
    );
    return connection;
  }

  private entries(): readonly unknown[] {
    const value = this.setting.get();
    return Array.isArray(value) ? value : [];
  }

  dispose(): void {
    this.subscription.dispose();
    for (const connection of this.connections) connection.dispose();
    this.changed.dispose();
    this.policyChanged.dispose();
    this.policyForgotten.dispose();
  }
}
