import {
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromInstanceMetadata,
  fromLoginCredentials,
  fromSSO,
} from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { AskMfaCode } from '../core/awsAccess';
import { FailureError } from '../core/errors';
import type { CredentialSource } from '../core/profileChain';
import { runCredentialProcess } from './credentialProcess';
import { readFailure } from './failures';
import { requestHandler } from './requestHandler';
import { assumeRole, assumeRoleWithToken } from './roles';

export type FoundCredentials = AwsCredentialIdentity;

type SourceOf<T extends CredentialSource['type']> = Extract<CredentialSource, { type: T }>;

/**
 * Looks credentials up where they come from, by the SDK's provider of each kind. We walk the chain of
 * profiles ourselves: the SDK's own walk loses where the config files are on the way to SSO, keeps
 * files it has read once, knows only names of letters and digits, and has no end for a process that
 * hangs. Throws `FailureError`, or what the SDK throws.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export async function findCredentials(
  source: CredentialSource,
  askMfaCode: AskMfaCode,
): Promise<FoundCredentials> {
  switch (source.type) {
    case 'keys': {
      const { accessKeyId, secretAccessKey, sessionToken, accountId } = source;
      return {
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        ...(accountId === undefined ? {} : { accountId }),
      };
    }
    case 'assumeRole':
      return assumeRole(source, await findCredentials(source.source, askMfaCode), askMfaCode);
    case 'webIdentity':
      return assumeRoleWithToken(source);
    case 'sso':
      return signedIn('sso:GetRoleCredentials', () => sso(source));
    case 'login':
      return signedIn('signin:CreateOAuth2Token', () => login(source));
    case 'process':
      return runCredentialProcess(source);
    case 'environment':
      return fromEnv()();
    case 'container':
      return process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI
        ? fromHttp({})()
        : fromContainerMetadata()();
    case 'instance':
      return fromInstanceMetadata()();
  }
}

/**
 * The SDK's provider finds the session by the config file. It is given one that holds this session
 * alone: the person's own may be one that it cannot read, or has read before it was changed.
 */
function sso(source: SourceOf<'sso'>): Promise<FoundCredentials> {
  const { session, startUrl, ssoRegion, accountId, roleName } = source;
  const file = virtualFile(session ?? startUrl, [
    '[profile p]',
    ...(session === undefined ? [] : [`sso_session = ${session}`]),
    ...(session === undefined ? [] : [`[sso-session ${session}]`]),
    `sso_start_url = ${startUrl}`,
    `sso_region = ${ssoRegion}`,
  ]);
  return fromSSO({
    ...file,
    profile: 'p',
    ssoStartUrl: startUrl,
    ssoRegion,
    ssoAccountId: accountId,
    ssoRoleName: roleName,
    ...(session === undefined ? {} : { ssoSession: session }),
    clientConfig: { region: ssoRegion, requestHandler },
  })();
}

function login({ loginSession, region }: SourceOf<'login'>): Promise<FoundCredentials> {
  const file = virtualFile(loginSession, [
    '[profile p]',
    `login_session = ${loginSession}`,
    ...(region === undefined ? [] : [`region = ${region}`]),
  ]);
  return fromLoginCredentials({ ...file, profile: 'p', clientConfig: { requestHandler } })();
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

/** What goes wrong with a sign-in is named by the service's error, or is a matter of signing in anew. */
async function signedIn(
  operation: string,
  find: () => Promise<FoundCredentials>,
): Promise<FoundCredentials> {
  try {
    return await find();
  } catch (error) {
    throw new FailureError(readFailure(error, operation));
  }
}
