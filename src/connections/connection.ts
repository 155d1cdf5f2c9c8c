import { setMaxListeners } from 'node:events';
import * as vscode from 'vscode';
import type { AccountAccess, IdentityReading } from '../core/awsAccess';
import type { Failure } from '../core/errors';
import { isOfCredentials } from '../core/errors';
import type { PolicyStores } from '../core/policyStore';
import { within } from '../host/atOnce';
import type { ConnectionConfig } from './connectionConfig';
import { connectionId } from './connectionConfig';
import { PolicyReadings } from './policyReadings';

/** A connection that does not answer must not keep a person from what needs no account. */
const soonMs = 3_000;

/**
 * A set of credentials in a region. Nothing is opened before something is asked for. When it is
 * disposed, all that is under way ends.
 */
export class Connection implements vscode.Disposable {
  private readonly ending = new AbortController();
  private readonly identified = new vscode.EventEmitter<IdentityReading>();
  private opening: Promise<AccountAccess> | undefined;
  private asking: Promise<IdentityReading> | undefined;
  private known: IdentityReading | undefined;
  private atEndpoint: string | undefined;
  private inRegion: string | undefined;
  private looks: ConnectionConfig;
  private holders = 0;
  private isDisposed = false;
  readonly id: string;
  readonly signal = this.ending.signal;
  readonly readings: PolicyReadings;
  /** Fires when it becomes known who the caller is, or that this cannot be known. */
  readonly onDidIdentify = this.identified.event;

  constructor(
    config: ConnectionConfig,
    private readonly open: (config: ConnectionConfig) => Promise<AccountAccess>,
  ) {
    this.looks = config;
    this.id = connectionId(config);
    // Each call that waits listens to it: hundreds are no leak, which is what Node would warn of.
    setMaxListeners(0, this.signal);
    this.readings = new PolicyReadings(() => this.stores(), this.signal);
  }

  get config(): ConnectionConfig {
    return this.looks;
  }

  /** Another name or colour; what makes it this connection stays. */
  dress(config: ConnectionConfig): void {
    this.looks = config;
  }

  async stores(): Promise<PolicyStores> {
    return (await this.access()).stores;
  }

  async region(): Promise<string> {
    return (await this.access()).region;
  }

  /**
   * Who the caller is now, by the credentials of this moment: those of a profile can be replaced by
   * those of another account. Calls that come while one is under way share it.
   */
  identity(): Promise<IdentityReading> {
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** Learns who the caller is, unless that takes long: then it goes on without. */
  async identifySoon(): Promise<void> {
    if (!this.known) await within(soonMs, this.identity()).catch(() => undefined);
  }

  /** Learns who the caller is, if it costs no person an MFA code. */
  async identifyQuietly(): Promise<void> {
    if (this.known || (await (await this.access()).asksPerson())) return;
    await this.identity();
  }

  private async ask(): Promise<IdentityReading> {
    const access = await this.access();
    this.inRegion = access.region;
    this.atEndpoint = await access.endpoint().catch(() => undefined);
    return this.learn(await access.identity(this.signal));
  }

  private learn(reading: IdentityReading): IdentityReading {
    const before = JSON.stringify(this.known);
    this.known = reading;
    const isNew = before !== JSON.stringify(reading);
    if (isNew && !this.signal.aborted) this.identified.fire(reading);
    return reading;
  }

  /** Who the caller is, as far as it is known by now. */
  get currentIdentity(): IdentityReading | undefined {
    return this.known;
  }

  /** Why nothing can be asked over this connection, if so. */
  get obstacle(): Failure | undefined {
    const failure = this.known?.state === 'unknown' ? this.known.failure : undefined;
    return failure && isOfCredentials(failure) ? failure : undefined;
  }

  /** Where it leads, as far as it is known by now: the sample account has a region of its own. */
  get currentRegion(): string | undefined {
    return this.looks.type === 'aws' ? this.looks.region : this.inRegion;
  }

  /** What stands in for AWS, as far as it is known by now. */
  get endpoint(): string | undefined {
    return this.atEndpoint;
  }

  /** A call failed: when that is a matter of its credentials, the connection itself has failed. */
  noteFailure(failure: Failure): void {
    if (!isOfCredentials(failure) || this.obstacle || this.signal.aborted) return;
    const { known } = this;
    const compare = (reading: IdentityReading) => {
      // Not asked anew: the account is that of credentials that have ended since.
      if (known && reading === known) this.learn({ state: 'unknown', failure });
    };
    // What keeps it from opening is shown by its rows.
    this.identity().then(compare, () => undefined);
  }

  private access(): Promise<AccountAccess> {
    // A start that failed is tried again by the next caller.
    this.opening ??= this.open(this.config).catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  /**
   * Keeps the connection open, though it may be disposed meanwhile, until the returned function is
   * called: for a change that is under way.
   */
  hold(): () => void {
    let isHeld = true;
    this.holders++;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.holders--;
      if (this.isDisposed && this.holders === 0) this.close();
    };
  }

  dispose(): void {
    this.isDisposed = true;
    if (this.holders === 0) this.close();
  }

  private close(): void {
    this.ending.abort();
    void this.opening?.then(
      (access) => access.close(),
      () => undefined,
    );
    this.readings.dispose();
    this.identified.dispose();
  }
}
