import { randomBytes } from 'node:crypto';
import { openAccount } from './account';
import { sampleCompany } from './company';
import { endpointOf, listen, stop } from './server';
import type { SampleState } from './state';
import { readState } from './state';

export interface SampleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SampleAccountOptions {
  /** Random when absent. */
  readonly credentials?: SampleCredentials;
  /** 0 is any free port. */
  readonly port?: number;
  /** What the account holds at first and after `reset()`; the sample company when absent. */
  readonly seed?: SampleState;
  /** What `exportState()` gave earlier; text that is not such a state is passed over. */
  readonly savedState?: string;
  /** Called after each successful write. */
  readonly onChange?: () => void;
}

export interface SampleAccount {
  /** `http://127.0.0.1:PORT`, for Lambda, SQS and STS alike. */
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly credentials: SampleCredentials;
  /** A deep copy of what the account holds. */
  state(): SampleState;
  exportState(): string;
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for the AWS endpoints that the extension calls, on the loopback address, for
 * requests signed with its own access key ID. Rejects when the port is taken.
 */
export async function startSampleAccount(
  options: SampleAccountOptions = {},
): Promise<SampleAccount> {
  const credentials = options.credentials ?? randomCredentials();
  const seed = options.seed ?? sampleCompany();
  const changed = (): void => options.onChange?.();
  let account = openAccount(readState(options.savedState ?? '') ?? seed, changed);
  const served = { accessKeyId: credentials.accessKeyId, account: () => account };
  const server = await listen(served, options.port ?? 0);
  return {
    endpoint: endpointOf(server),
    get accountId() {
      return account.identity.accountId;
    },
    get region() {
      return account.identity.region;
    },
    credentials,
    state: () => account.state(),
    exportState: () => JSON.stringify(account.state()),
    reset: () => {
      account = openAccount(seed, changed);
    },
    close: () => stop(server),
  };
}

function randomCredentials(): SampleCredentials {
  return {
    accessKeyId: `ASIASAMPLE${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
  };
}
