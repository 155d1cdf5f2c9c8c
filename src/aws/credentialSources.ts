import {
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromInstanceMetadata,
  fromLoginCredentials,
  fromNodeProviderChain,
  fromSSO,
} from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { FailureCode } from '../core/errors';
import { FailureError } from '../core/errors';
import type { CredentialSource, SourceOf } from '../core/profileChain';
import { runCredentialProcess } from './credentialProcess';
import type { CredentialSupply, LookupManners } from './credentials';
import { signInEndpoint } from './endpoints';
import { readFailure } from './failures';
import { requestHandler } from './requestHandler';
import { SessionRenewals } from './sessionRenewals';
import { assumeRole, assumeRoleWithToken } from './roles';
import { checkSignIn } from './signInFile';

export interface FoundCredentials extends AwsCredentialIdentity {
  /** Where AWS has named it, or would not have given these credentials for another. */
  readonly accountId?: string;
  /** As a file, a program or the environment says, which may be wrong or out of date. */
  readonly claimedAccountId?: string;
}

export interface LookupWays extends LookupManners {
  /** The credentials of the link that a role is assumed with. */
  readonly supplyOf: (source: CredentialSource) => CredentialSupply;
}

/**
 * Looks credentials up where they come from, by the SDK's provider of each kind. We walk the chain of
 * profiles ourselves: the SDK's own walk loses where the config files are on the way to SSO, keeps
 * files it has read once, knows only names of letters and digits, and has no end for a process that
 * hangs. Throws `FailureError`, or what the SDK throws.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function findCredentials(
  source: CredentialSource | undefined,
  ways: LookupWays,
): Promise<FoundCredentials> {
  switch (source?.type) {
    case 'keys': {
      const { accessKeyId, secretAccessKey, sessionToken, accountId } = source;
      const token = sessionToken === undefined ? {} : { sessionToken };
      return claimed({ accessKeyId, secretAccessKey, ...token, accountId });
    }
    case 'assumeRole':
      return assumeRole(source, ways.supplyOf(source.source), ways);
    case 'webIdentity':
      return assumeRoleWithToken(source, ways.onCall);
    case 'sso':
      return signedIn('sso:GetRoleCredentials', source, ways, () => sso(source));
    case 'login':
      return signedIn('signin:CreateOAuth2Token', source, ways, () => login(source));
    case 'process':
      return claimed(await runCredentialProcess(source, ways.processTimeoutMs));
    case 'environment':
      return claimed(await fromEnv()());
    case 'container':
      return ofMachine('ecs:GetCredentials', ways, () =>
        process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI ? fromHttp({})() : fromContainerMetadata()(),
      );
    case 'instance':
      return ofMachine('ec2:GetCredentials', ways, fromInstanceMetadata());
    case undefined:
      return ofMachine('aws:GetCredentials', ways, fromNodeProviderChain({ ignoreCache: true }));
  }
}

function claimed({ accountId, ...keys }: FoundCredentials): FoundCredentials {
  return accountId === undefined ? keys : { ...keys, claimedAccountId: accountId };
}

/**
 * The SDK's provider finds the session by the config file. It is given one that holds this session
 * alone: the person's own may be one that it cannot read, or has read before it was changed.
 */
async function sso(source: SourceOf<'sso'>): Promise<FoundCredentials> {
  const { session, startUrl, ssoRegion, accountId, roleName } = source;
  const key = session ?? startUrl;
  const file = virtualFile(key, [
    '[profile p]',
    ...(session === undefined ? [] : [`sso_session = ${session}`]),
    // With a dot in place of the blank the SDK takes names that it would not, with blanks say.
    ...(session === undefined ? [] : [`[sso-session.${session}]`]),
    `sso_start_url = ${startUrl}`,
    `sso_region = ${ssoRegion}`,
  ]);
  const endpoint = await signInEndpoint(source.profile, 'sso', 'sso_oidc');
  const find = fromSSO({
    ...file,
    profile: 'p',
    ssoStartUrl: startUrl,
    ssoRegion,
    ssoAccountId: accountId,
    ssoRoleName: roleName,
    ...(session === undefined ? {} : { ssoSession: session }),
    clientConfig: { region: ssoRegion, requestHandler: renewals.handler(key), ...endpoint },
  });
  try {
    return { ...(await find()), accountId };
  } catch (error) {
    throw renewals.reasonOf(error, key);
  }
}

const renewals = new SessionRenewals();

async function login(source: SourceOf<'login'>): Promise<FoundCredentials> {
  const { profile, loginSession, region } = source;
  const file = virtualFile(loginSession, [
    '[profile p]',
    `login_session = ${loginSession}`,
    ...(region === undefined ? [] : [`region = ${region}`]),
  ]);
  const endpoint = await signInEndpoint(profile, 'signin');
  const clientConfig = { requestHandler, ...endpoint };
  return fromLoginCredentials({ ...file, profile: 'p', clientConfig })();
}

/** Files that are in the SDK's memory alone. They hold no secret. */
function virtualFile(
  name: string,
  config: readonly string[],
): { readonly filepath: string; readonly configFilepath: string } {
  const configFilepath = `resource-policies:config:${name}`;
  const filepath = 'resource-policies:credentials';
  externalDataInterceptor.interceptFile(configFilepath, config.join('\n'));
  externalDataInterceptor.interceptFile(filepath, '');
  return { filepath, configFilepath };
}

async function signedIn(
  operation: string,
  source: SourceOf<'sso'> | SourceOf<'login'>,
  ways: LookupWays,
  find: () => Promise<FoundCredentials>,
): Promise<FoundCredentials> {
  await checkSignIn(operation, source);
  // An account or a role that is not there is for the portal one that the person does not have.
  return named(operation, ways, find, { resourceNotFound: 'accessDenied' });
}

/** Of a machine that is given no credentials the SDK says this in many ways, "timeout" among them. */
function ofMachine(
  operation: string,
  ways: LookupWays,
  find: () => Promise<FoundCredentials>,
): Promise<FoundCredentials> {
  const codes = ['nameUnknown', 'timeout', 'unexpected', 'unreachable'] as const;
  return named(
    operation,
    ways,
    find,
    Object.fromEntries(codes.map((code) => [code, 'credentialsMissing'])),
  );
}

/** Says of what goes wrong that it went wrong here, not in the call that needs the credentials. */
async function named(
  operation: string,
  { onCall }: LookupWays,
  find: () => Promise<FoundCredentials>,
  meaning: Partial<Readonly<Record<FailureCode, FailureCode>>>,
): Promise<FoundCredentials> {
  const started = performance.now();
  const durationMs = () => Math.round(performance.now() - started);
  try {
    const found = await find();
    onCall({ operation, durationMs: durationMs() });
    return found;
  } catch (error) {
    const read = readFailure(error, operation);
    const failure = { ...read, code: meaning[read.code] ?? read.code };
    onCall({ operation, durationMs: durationMs(), requestId: failure.requestId, failure });
    throw new FailureError(failure);
  }
}
