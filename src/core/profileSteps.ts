import type { ChainFound, ChainProblem, SourceOf } from './profileChain';
import type { ConfigSection, SharedConfig } from './sharedConfig';

type Role = Omit<SourceOf<'assumeRole'>, 'source'>;

/** What one profile says: all, or a role that is assumed with the credentials of another profile. */
export type Step = ChainFound | { readonly role: Role; readonly from: string };

export interface Asked {
  readonly config: SharedConfig;
  readonly profile: string;
  readonly section: ConfigSection;
  /** Whether another profile assumes its role with these credentials. */
  readonly isSource: boolean;
}

const namedSources = new Map<string, 'environment' | 'container' | 'instance'>([
  ['Environment', 'environment'],
  ['EcsContainer', 'container'],
  ['Ec2InstanceMetadata', 'instance'],
]);

/** The first kind of credentials that the profile has whole, or else what is wrong with the first. */
export function stepOf(asked: Asked): Step {
  const { profile, isSource } = asked;
  const keys = keysStep(asked);
  if (isSource && keys && !isPartial(keys)) return keys;
  const steps = [roleStep(asked), keys, webIdentityStep(asked), processStep(asked)];
  return (
    steps.find((step) => step && !isPartial(step)) ??
    ssoStep(asked) ??
    loginStep(asked) ??
    steps.find((step) => step !== undefined) ?? { problem: { code: 'noCredentials', profile } }
  );
}

/** Whether the kinds that come after it are tried, as the SDK does. */
function isPartial(step: Step): boolean {
  return 'problem' in step && step.problem.code !== 'invalidValue';
}

export function keysStep({ profile, section }: Asked): ChainFound | undefined {
  const accessKeyId = setting(section, 'aws_access_key_id');
  const secretAccessKey = setting(section, 'aws_secret_access_key');
  const sessionToken = setting(section, 'aws_session_token');
  const accountId = setting(section, 'aws_account_id');
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const keys = { accessKeyId, secretAccessKey, sessionToken, accountId };
    return { source: given({ type: 'keys', profile, ...keys }) };
  }
  if ((accessKeyId ?? secretAccessKey ?? sessionToken) === undefined) return undefined;
  return incomplete(profile, section, ['aws_access_key_id', 'aws_secret_access_key']);
}

function roleStep({ profile, section, isSource }: Asked): Step | undefined {
  const roleArn = setting(section, 'role_arn');
  const from = setting(section, 'source_profile');
  const named = setting(section, 'credential_source');
  if (from !== undefined && named !== undefined) {
    const keys = ['source_profile', 'credential_source'];
    return { problem: { code: 'conflict', profile, keys } };
  }
  if (roleArn === undefined) {
    // The source of a role needs no role itself.
    if (named !== undefined && isSource) return namedSource(profile, named);
    return (from ?? named) === undefined ? undefined : incomplete(profile, section, ['role_arn']);
  }
  if ((from ?? named) === undefined) return incomplete(profile, section, ['source_profile']);
  const role = roleOf(profile, section, roleArn);
  if ('problem' in role) return role;
  if (from !== undefined) return { role, from };
  const found = namedSource(profile, named ?? '');
  return 'problem' in found ? found : { source: { ...role, source: found.source } };
}

function namedSource(profile: string, value: string): ChainFound {
  const type = namedSources.get(value);
  if (type) return { source: { type, profile } };
  return { problem: { code: 'invalidValue', profile, key: 'credential_source', value } };
}

function roleOf(
  profile: string,
  section: ConfigSection,
  roleArn: string,
): Role | { readonly problem: ChainProblem } {
  const duration = setting(section, 'duration_seconds');
  if (duration !== undefined && !isDuration(duration)) {
    const key = 'duration_seconds';
    return { problem: { code: 'invalidValue', profile, key, value: duration } };
  }
  return given({
    type: 'assumeRole',
    profile,
    roleArn,
    roleSessionName: setting(section, 'role_session_name'),
    externalId: setting(section, 'external_id'),
    durationSeconds: duration === undefined ? undefined : Number(duration),
    mfaSerial: setting(section, 'mfa_serial'),
    region: setting(section, 'region'),
  });
}

/** From a quarter of an hour to twelve hours; what a role allows may be less. */
function isDuration(text: string): boolean {
  return /^\d{3,5}$/.test(text) && Number(text) >= 900 && Number(text) <= 43_200;
}

function webIdentityStep({ profile, section }: Asked): Step | undefined {
  const tokenFile = setting(section, 'web_identity_token_file');
  const roleArn = setting(section, 'role_arn');
  if (tokenFile === undefined) return undefined;
  if (roleArn === undefined) return incomplete(profile, section, ['role_arn']);
  const roleSessionName = setting(section, 'role_session_name');
  const region = setting(section, 'region');
  const role = { profile, roleArn, tokenFile, roleSessionName, region };
  return { source: given({ type: 'webIdentity', ...role }) };
}

function processStep({ profile, section }: Asked): Step | undefined {
  const command = setting(section, 'credential_process');
  if (command === undefined) return undefined;
  const accountId = setting(section, 'aws_account_id');
  return { source: given({ type: 'process', profile, command, accountId }) };
}

/** What is missing here is a problem whatever comes after it, as in the SDK and the CLI. */
function ssoStep({ config, profile, section }: Asked): Step | undefined {
  const session = setting(section, 'sso_session');
  const held = session === undefined ? section : config.ssoSessions.get(session);
  if (session !== undefined && !held)
    return { problem: { code: 'sessionUnknown', profile, session } };
  const startUrl = setting(held, 'sso_start_url');
  const ssoRegion = setting(held, 'sso_region');
  const accountId = setting(section, 'sso_account_id');
  const roleName = setting(section, 'sso_role_name');
  if ((session ?? startUrl ?? ssoRegion ?? accountId ?? roleName) === undefined) return undefined;
  if (startUrl && ssoRegion && accountId && roleName) {
    const role = { session, startUrl, ssoRegion, accountId, roleName };
    return { source: given({ type: 'sso', profile, ...role }) };
  }
  const ofSession = ['sso_start_url', 'sso_region'];
  const ofProfile = ['sso_account_id', 'sso_role_name'];
  if (session === undefined) return incomplete(profile, section, [...ofSession, ...ofProfile]);
  return accountId && roleName
    ? incomplete(profile, held, ofSession, session)
    : incomplete(profile, section, ofProfile);
}

function loginStep({ profile, section }: Asked): Step | undefined {
  const loginSession = setting(section, 'login_session');
  if (loginSession === undefined) return undefined;
  const region = setting(section, 'region');
  return { source: given({ type: 'login', profile, loginSession, region }) };
}

/** `needed`: the keys that the kind needs, some of which the section does not have. */
function incomplete(
  profile: string,
  section: ConfigSection | undefined,
  needed: readonly string[],
  session?: string,
): { readonly problem: ChainProblem } {
  const missing = needed.filter((key) => setting(section, key) === undefined);
  return { problem: given({ code: 'incomplete', profile, session, missing }) };
}

/** A setting without a value counts as none. */
export function setting(section: ConfigSection | undefined, key: string): string | undefined {
  return section?.get(key) || undefined;
}

/** Without what is absent, so that equal things are equal. */
export function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as T;
}
