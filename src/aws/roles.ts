import { readFile } from 'node:fs/promises';
import type { Credentials, STSClientConfig } from '@aws-sdk/client-sts';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { CallRecord } from '../core/awsAccess';
import type { CallInput } from '../core/cliCommand';
import { cliLogLine } from '../core/cliCommand';
import type { Failure } from '../core/errors';
import { failureOf, FailureError } from '../core/errors';
import { partitionOf } from '../core/partitions';
import type { SourceOf } from '../core/profileChain';
import { unreadableFile } from './configFiles';
import type { CredentialSupply } from './credentials';
import type { FoundCredentials, LookupWays } from './credentialSources';
import { configuredEndpoint } from './endpoints';
import { readFailure } from './failures';
import { asked, renewEnded } from './freshCredentials';
import { requestHandler } from './requestHandler';

type Role = SourceOf<'assumeRole'>;
type TokenRole = SourceOf<'webIdentity'>;

/**
 * Takes on a role with the credentials of the profile before it, with an MFA code where the profile
 * names a device. Throws `FailureError`, or what `supply` throws.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function assumeRole(
  role: Role,
  supply: CredentialSupply,
  { askMfaCode, onCall }: Pick<LookupWays, 'askMfaCode' | 'onCall'>,
): Promise<FoundCredentials> {
  const { profile, roleArn, mfaSerial: device } = role;
  // Before a code is asked for that would be of no use without them.
  await supply.get();
  const code = device && (await askMfaCode({ profile, device, roleArn }));
  if (device !== undefined && code === undefined) throw cancelled(role);
  const input = {
    ...common(role),
    ExternalId: role.externalId,
    DurationSeconds: role.durationSeconds,
    SerialNumber: device,
    TokenCode: code,
  };
  return take(role, { operation: 'sts:AssumeRole', input, secret: code, onCall }, () => {
    const sts = client(
      role,
      asked(() => supply.get()),
    );
    renewEnded(sts, supply);
    return sts.send(new AssumeRoleCommand(input));
  });
}

/** Takes on a role with a token that stands in a file. Throws `FailureError`. */
export async function assumeRoleWithToken(
  role: TokenRole,
  onCall: (call: CallRecord) => void,
): Promise<FoundCredentials> {
  // Read anew each time: whoever provides the token replaces it before it ends.
  const token = await readFile(role.tokenFile, 'utf8').catch((error: unknown) => {
    throw new FailureError(unreadableFile(role.tokenFile, error));
  });
  const secret = token.trim();
  const input = { ...common(role), WebIdentityToken: secret };
  return take(role, { operation: 'sts:AssumeRoleWithWebIdentity', input, secret, onCall }, () =>
    client(role, { accessKeyId: '', secretAccessKey: '' }).send(
      new AssumeRoleWithWebIdentityCommand(input),
    ),
  );
}

function common({ roleArn, roleSessionName }: Role | TokenRole) {
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionName ?? `resource-policies-${Date.now()}`,
  };
}

function client(
  role: Role | TokenRole,
  credentials: STSClientConfig['credentials'] & object,
): STSClient {
  const { profile } = role;
  const sts = new STSClient({ region: regionOf(role), credentials, requestHandler });
  // The default chain has no profile of its own.
  sts.config.serviceConfiguredEndpoint = () => configuredEndpoint('sts', profile || undefined);
  return sts;
}

interface RoleCall {
  readonly operation: string;
  readonly input: CallInput;
  /** What is sent that must not be told, though AWS repeats it in its refusal. */
  readonly secret: string | undefined;
  readonly onCall: (call: CallRecord) => void;
}

interface RoleAnswer {
  readonly Credentials?: Credentials;
  readonly $metadata: { readonly attempts?: number; readonly requestId?: string };
}

async function take(
  role: Role | TokenRole,
  { operation, input, secret, onCall }: RoleCall,
  ask: () => Promise<RoleAnswer>,
): Promise<FoundCredentials> {
  const { profile, roleArn } = role;
  const region = regionOf(role);
  const by = role.type === 'assumeRole' ? role.source.profile : '';
  const place = by === '' ? { region } : { region, profile: by };
  const command = cliLogLine(operation, input, place);
  const started = performance.now();
  const call = () => ({ operation, command, durationMs: Math.round(performance.now() - started) });
  try {
    const answer = await ask();
    const { attempts, requestId } = answer.$metadata;
    onCall({ ...call(), attempts, requestId });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey) throw new Error('The answer holds no credentials.');
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
      accountId: roleArn.split(':')[4],
    };
  } catch (error) {
    // Of the credentials that the role was to be taken on with.
    if (failureOf(error)) throw error;
    const read = readFailure(error, operation);
    const message = secret ? read.message.replaceAll(secret, '…') : read.message;
    const failure = { ...read, message };
    onCall({ ...call(), requestId: failure.requestId, failure });
    // STS has one answer for a wrong code and for a role that is not the person's to take on.
    const isRefused = role.type === 'assumeRole' && secret && failure.code === 'accessDenied';
    throw new FailureError({
      ...failure,
      code: isRefused ? 'mfaRefused' : failure.code,
      cause: { type: 'role', profile, roleArn, region },
    });
  }
}

function cancelled(role: Role): FailureError {
  const { profile, roleArn } = role;
  const failure: Failure = {
    code: 'mfaCancelled',
    operation: 'sts:AssumeRole',
    errorName: 'MfaCancelled',
    message: profile,
    cause: { type: 'role', profile, roleArn, region: regionOf(role) },
  };
  return new FailureError(failure);
}

function regionOf({ region, roleArn }: Role | TokenRole): string {
  return region ?? regionFor(roleArn);
}

/** Any region of the role's partition can answer. */
function regionFor(roleArn: string): string {
  const [, partition = ''] = roleArn.split(':');
  const { AWS_REGION: ours } = process.env;
  if (ours && partitionOf(ours) === partition) return ours;
  const usual: Readonly<Record<string, string>> = {
    'aws-cn': 'cn-north-1',
    'aws-us-gov': 'us-gov-west-1',
    'aws-eusc': 'eusc-de-east-1',
    'aws-iso': 'us-iso-east-1',
    'aws-iso-b': 'us-isob-east-1',
    'aws-iso-e': 'eu-isoe-west-1',
    'aws-iso-f': 'us-isof-south-1',
  };
  return usual[partition] ?? 'us-east-1';
}
