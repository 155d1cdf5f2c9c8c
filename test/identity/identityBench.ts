import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SampleAccount } from '../../src/sample/sampleAccount';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import { conformanceSeed } from '../conformance/seed';
import type { AwsHome } from './awsHome';
import { keyLines, withAwsHome } from './awsHome';
import type { IdentityServices } from './identityServices';
import type { Keys } from './ledger';
import type { Role } from './sts';
import { withIdentityServices } from './withIdentityServices';

export const own = '123456789012';
export const other = '210987654321';
export const region = 'eu-west-1';
/** The first keys that are handed out. */
export const first = 'ASIA0000000000000001';
export const second = 'ASIA0000000000000002';
export const third = 'ASIA0000000000000003';
export const mfaDevice = `arn:aws:iam::${own}:mfa/dev`;
export const dev = {
  accountId: own,
  arn: `arn:aws:iam::${own}:user/dev`,
  accessKeyId: 'AKIA0000000000000001',
  secretAccessKey: 'secret-of-dev',
};

export function roleArn(name: string, accountId = other): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

const roles: readonly Role[] = [
  { arn: roleArn('reader') },
  { arn: roleArn('team/long'), maxSessionSeconds: 43_200 },
  { arn: roleArn('partner'), externalId: 'agreed' },
  { arn: roleArn('guarded'), mfa: true },
  { arn: roleArn('next', own), trusts: [roleArn('a/path/reader')] },
  { arn: roleArn('cluster'), trusts: ['pod'] },
];

export interface SessionKeys extends Keys {
  readonly sessionToken?: string;
}

export interface IdentityBench {
  readonly services: IdentityServices;
  readonly home: AwsHome;
  /** By account ID; `own` has a function `mine`, `other` one `theirs`. */
  readonly accounts: Readonly<Record<string, SampleAccount>>;
  /** Writes a profile `r` for the role, over the keys of `dev`. */
  writeRole(name: string, lines?: string, keys?: string): void;
  /** What GetCallerIdentity says of the keys. */
  identity(credentials: SessionKeys): Promise<{ accountId?: string; arn?: string }>;
  operations(): readonly string[];
}

/** The services with two sample accounts behind them, and a home, for the suite around it. */
export function identityBench(): IdentityBench {
  const accounts: Record<string, SampleAccount> = {};
  suiteSetup(async () => {
    accounts[own] = await startSampleAccount({ seed: seedOf(own, 'mine') });
    accounts[other] = await startSampleAccount({ seed: seedOf(other, 'theirs') });
  });
  const services = withIdentityServices(() => ({
    accounts: Object.fromEntries(
      Object.entries(accounts).map(([id, { endpoint, credentials }]) => [
        id,
        { endpoint, ...credentials },
      ]),
    ),
    users: [dev],
    roles,
    mfaDevices: { [mfaDevice]: ['111111', '222222'] },
    sso: { userName: 'dev@example.com', roles: [{ accountId: own, roleName: 'Admin' }] },
    instance: { accountId: own, roleName: 'web-server' },
    container: { accountId: own, roleName: 'task-role' },
  }));
  const home = withAwsHome(() => ({ ...services.environment, AWS_REGION: region }));
  suiteTeardown(async () => {
    for (const account of Object.values(accounts)) await account.close();
  });
  return {
    services,
    home,
    accounts,
    writeRole: (name, lines = '', keys = keyLines(dev)) => {
      home.writeConfig(
        `[profile r]\nrole_arn = ${roleArn(name)}\nrole_session_name = me\n` +
          `source_profile = dev\nregion = eu-central-1\n${lines}`,
      );
      home.writeCredentials(`[dev]\n${keys}`);
    },
    identity: async (credentials) => {
      const client = new STSClient({ region, credentials });
      const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}));
      return { accountId: Account, arn: Arn };
    },
    operations: () => services.requests.map(({ operation }) => operation),
  };
}

function seedOf(accountId: string, functionName: string) {
  const functions = [{ name: functionName, versions: [], aliases: {}, policies: {} }];
  return { ...conformanceSeed, accountId, functions };
}

/** What an assertion is about, of credentials that a provider of the SDK found. */
export function summary(found: { accessKeyId: string; accountId?: string; expiration?: Date }) {
  const ms = (found.expiration?.getTime() ?? 0) - Date.now();
  return {
    accessKeyId: found.accessKeyId,
    accountId: found.accountId,
    // To the minute, for the time that the test itself takes.
    lasts: Math.round(ms / 60_000) * 60,
  };
}
