import { readFile } from 'node:fs/promises';
import type { Credentials, STSClientConfig } from '@aws-sdk/client-sts';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { AskMfaCode } from '../core/awsAccess';
import type { Failure } from '../core/errors';
import { failureOf, FailureError } from '../core/errors';
import { partitionOf } from '../core/partitions';
import type { SourceOf } from '../core/profileChain';
import { unreadableFile } from './configFiles';
import type { CredentialSupply } from './credentials';
import type { FoundCredentials } from './credentialSources';
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
  askMfaCode: AskMfaCode,
): Promise<FoundCredentials> {
  const { profile, roleArn, mfaSerial: device } = role;
  // Before a code is asked for that would be of no use without them.
  await supply.get();
  const code = device && (await askMfaCode({ profile, device, roleArn }));
  if (device !== undefined && code === undefined) throw cancelled(role);
  return take(role, 'sts:AssumeRole', code, async () => {
    const sts = client(
      role,
      asked(() => supply.get()),
    );
    renewEnded(sts, supply);
    return sts.send(
      new AssumeRoleCommand({
        ...common(role),
        ExternalId: role.externalId,
        DurationSeconds: role.durationSeconds,
        SerialNumber: device,
        TokenCode: code,
      }),
    );
  });
}

/** Takes on a role with a token that stands in a file. Throws `FailureError`. */
export async function assumeRoleWithToken(role: TokenRole): Promise<FoundCredentials> {
  // Read anew each time: whoever provides the token replaces it before it ends.
  const token = await readFile(role.tokenFile, 'utf8').catch((error: unknown) => {
    throw new FailureError(unreadableFile(role.tokenFile, error));
  });
  const WebIdentityToken = token.trim();
  return take(role, 'sts:AssumeRoleWithWebIdentity', WebIdentityToken, () =>
    client(role, { accessKeyId: '', secretAccessKey: '' }).send(
      new AssumeRoleWithWebIdentityCommand({ ...common(role), WebIdentityToken }),
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
  { profile, region, roleArn }: Role | TokenRole,
  credentials: STSClientConfig['credentials'] & object,
): STSClient {
  const sts = new STSClient({
    region: region ?? regionFor(roleArn),
    credentials,
    requestHandler,
  });
  // The default chain has no profile of its own.
  sts.config.serviceConfiguredEndpoint = () => configuredEndpoint('sts', profile || undefined);
  return sts;
}

/** `secret`: what was sent that must not be told, though AWS repeats it in its refusal. */
async function take(
  role: Role | TokenRole,
  operation: string,
  secret: string | undefined,
  ask: () => Promise<{ readonly Credentials?: Credentials }>,
): Promise<FoundCredentials> {
  const { profile, roleArn } = role;
  try {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
      (await ask()).Credentials ?? {};
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
    const failure = readFailure(error, operation);
    // STS has one answer for a wrong code and for a role that is not the person's to take on.
    const isRefused = role.type === 'assumeRole' && secret && failure.code === 'accessDenied';
    throw new FailureError({
      ...failure,
      code: isRefused ? 'mfaRefused' : failure.code,
      message: secret ? failure.message.replaceAll(secret, '…') : failure.message,
      cause: { type: 'role', profile, roleArn },
    });
  }
}

function cancelled({ profile, roleArn }: Role): FailureError {
  const failure: Failure = {
    code: 'mfaCancelled',
    operation: 'sts:AssumeRole',
    errorName: 'MfaCancelled',
    message: profile,
    cause: { type: 'role', profile, roleArn },
  };
  return new FailureError(failure);
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
