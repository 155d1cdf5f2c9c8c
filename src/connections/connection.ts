import type * as vscode from 'vscode';
import type { AccountAccess, IdentityReading } from '../core/awsAccess';
import type { PolicyStores } from '../core/policyStore';
import type { ConnectionConfig } from './connectionConfig';
import { connectionId } from './connectionConfig';
import { PolicyReadings } from './policyReadings';

/**
 * A set of credentials in a region. Nothing is opened before something is asked for. When it is
 * disposed, all that is under way ends.
 */
export class Connection implements vscode.Disposable {
  private readonly ending = new AbortController();
  private opening: Promise<AccountAccess> | undefined;
  private asking: Promise<IdentityReading> | undefined;
  private known: IdentityReading | undefined;
  private holders = 0;
  private isDisposed = false;
  readonly id: string;
  readonly signal = this.ending.signal;
  readonly readings: PolicyReadings;

  constructor(
    readonly config: ConnectionConfig,
    private readonly open: (config: ConnectionConfig) => Promise<AccountAccess>,
  ) {
    this.id = connectionId(config);
    this.readings = new PolicyReadings(() => this.stores(), this.signal);
  }

  async stores(): Promise<PolicyStores> {
    return (await this.access()).stores;
  }

  /**
   * Who the caller is now: asked anew each time, since the keys of a profile can be replaced by those
   * of another account. Calls that come while one is under way share it.
   */
  async identity(): Promise<IdentityReading> {
    this.asking ??= this.access().then((access) => access.identity(this.signal));
    const reading = await this.asking.finally(() => (this.asking = undefined));
    this.known = reading;
    return reading;
  }

  /** Who the caller is, as far as it is known by now. */
  get currentIdentity(): IdentityReading | undefined {
    return this.known;
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
  }
}
