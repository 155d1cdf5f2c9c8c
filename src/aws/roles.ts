import { readFile } from 'node:fs/promises';
import type { Credentials } from '@aws-sdk/client-sts';
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { AskMfaCode } from '../core/awsAccess';
import type { Failure } from '../core/errors';
import { FailureError } from '../core/errors';
import type { CredentialSource } from '../core/profileChain';
import type { FoundCredentials } from './credentialSources';
import { configuredEndpoint } from './endpoints';
import { readFailure } from './failures';
import { requestHandler } from './requestHandler';

type Role = Extract<CredentialSource, { type: 'assumeRole' }>;
type TokenRole = Extract<CredentialSource, { type: 'webIdentity' }>;

/**
 * Takes on a role with the credentials of the profile before it, with an MFA code where the profile
 * names a device. Throws `FailureError`.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function assumeRole(
  role: Role,
  credentials: FoundCredentials,
  askMfaCode: AskMfaCode,
): Promise<FoundCredentials> {
  const { profile, roleArn, mfaSerial } = role;
  const device = mfaSerial === undefined ? undefined : { SerialNumber: mfaSerial };
  const code =
    mfaSerial === undefined ? undefined : await askMfaCode({ profile, device: mfaSerial, roleArn });
  if (device && code === undefined) throw cancelled(role);
  return take(role, 'sts:AssumeRole', device !== undefined, async () => {
    const sts = await client(role, credentials);
    return sts.send(
      new AssumeRoleCommand({
        ...common(role),
        ExternalId: role.externalId,
        DurationSeconds: role.durationSeconds,
        ...(device ? { ...device, TokenCode: code } : {}),
      }),
    );
  });
}

/** Takes on a role with a token that stands in a file. Throws `FailureError`. */
export async function assumeRoleWithToken(role: TokenRole): Promise<FoundCredentials> {
  return take(role, 'sts:AssumeRoleWithWebIdentity', false, async () => {
    // Read anew each time: whoever provides the token replaces it before it ends.
    const WebIdentityToken = (await readFile(role.tokenFile, 'utf8')).trim();
    const sts = await client(role, { accessKeyId: '', secretAccessKey: '' });
    return sts.send(new AssumeRoleWithWebIdentityCommand({ ...common(role), WebIdentityToken }));
  });
}

function common({ roleArn, roleSessionName }: Role | TokenRole) {
  return {
    RoleArn: roleArn,
    RoleSessionName: roleSessionName ?? `resource-policies-${Date.now()}`,
  };
}

async function client(role: Role | TokenRole, credentials: FoundCredentials): Promise<STSClient> {
  const endpoint = await configuredEndpoint('sts', role.profile);
  return new STSClient({
    region: role.region ?? regionFor(role.roleArn),
    ...(endpoint === undefined ? {} : { endpoint }),
    credentials,
    requestHandler,
  });
}

async function take(
  { profile, roleArn }: Role | TokenRole,
  operation: string,
  withCode: boolean,
  ask: () => Promise<{ readonly Credentials?: Credentials }>,
): Promise<FoundCredentials> {
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
    const failure = readFailure(error, operation);
    // STS has one answer for a wrong code and for a role that is not the person's to take on.
    const code = withCode && failure.code === 'accessDenied' ? 'mfaRefused' : failure.code;
    throw new FailureError({ ...failure, code, cause: { type: 'role', profile, roleArn } });
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
  const ofPartition: Readonly<Record<string, string>> = {
    'aws-cn': 'cn-north-1',
    'aws-us-gov': 'us-gov-west-1',
    'aws-eusc': 'eusc-de-east-1',
    'aws-iso': 'us-iso-east-1',
    'aws-iso-b': 'us-isob-east-1',
    'aws-iso-e': 'eu-isoe-west-1',
    'aws-iso-f': 'us-isof-south-1',
  };
  const partition = roleArn.split(':')[1] ?? 'aws';
  return ofPartition[partition] ?? process.env.AWS_REGION ?? 'us-east-1';
}
