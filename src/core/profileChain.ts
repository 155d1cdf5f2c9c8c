import type { Asked } from './profileSteps';
import { given, keysStep, setting, stepOf } from './profileSteps';
import type { SharedConfig } from './sharedConfig';

/**
 * Where a profile's credentials come from. `profile` is the one that says so: in a chain that of each
 * link. Paths and commands are as written.
 */
export type CredentialSource =
  | {
      readonly type: 'keys';
      readonly profile: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
      readonly accountId?: string;
    }
  | {
      readonly type: 'assumeRole';
      readonly profile: string;
      readonly roleArn: string;
      readonly roleSessionName?: string;
      readonly externalId?: string;
      readonly durationSeconds?: number;
      /** The serial number or the ARN of the device whose code is asked for. */
      readonly mfaSerial?: string;
      readonly region?: string;
      /** The credentials that the role is assumed with. */
      readonly source: CredentialSource;
    }
  | {
      readonly type: 'webIdentity';
      readonly profile: string;
      readonly roleArn: string;
      readonly tokenFile: string;
      readonly roleSessionName?: string;
      readonly region?: string;
    }
  | {
      readonly type: 'sso';
      readonly profile: string;
      /** Absent in the older form, where the profile has start URL and region itself. */
      readonly session?: string;
      readonly startUrl: string;
      readonly ssoRegion: string;
      readonly accountId: string;
      readonly roleName: string;
    }
  | {
      readonly type: 'login';
      readonly profile: string;
      readonly loginSession: string;
      readonly region?: string;
    }
  | {
      readonly type: 'process';
      readonly profile: string;
      readonly command: string;
      readonly accountId?: string;
    }
  | { readonly type: 'environment' | 'container' | 'instance'; readonly profile: string };

/** Why the files do not say where a profile's credentials come from. Never holds a secret. */
export type ChainProblem =
  /** `neededBy`: the profile that names it as its source. */
  | { readonly code: 'profileUnknown'; readonly profile: string; readonly neededBy?: string }
  /** From the profile that comes again to itself: a → b → a. */
  | { readonly code: 'loop'; readonly profiles: readonly string[] }
  /** Of keys that can stand for each other the usual. `session`: they are missing in this session. */
  | {
      readonly code: 'incomplete';
      readonly profile: string;
      readonly session?: string;
      readonly missing: readonly string[];
    }
  | { readonly code: 'noCredentials'; readonly profile: string }
  /** Keys of which only one can count. */
  | { readonly code: 'conflict'; readonly profile: string; readonly keys: readonly string[] }
  | {
      readonly code: 'invalidValue';
      readonly profile: string;
      readonly key: string;
      readonly value: string;
    }
  | { readonly code: 'sessionUnknown'; readonly profile: string; readonly session: string };

export type SourceOf<T extends CredentialSource['type']> = Extract<CredentialSource, { type: T }>;

export type ChainFound = { readonly source: CredentialSource } | { readonly problem: ChainProblem };

/**
 * Where a profile's credentials come from, in the order of the SDK for JavaScript: a role with its
 * source, keys, web identity, process, SSO, login. The first that is whole counts; at the source of a
 * role, keys come before a further role, so that a profile can be its own source. Never throws.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export function credentialSource(config: SharedConfig, profile: string): ChainFound {
  const roles: Omit<SourceOf<'assumeRole'>, 'source'>[] = [];
  const path = new Set<string>();
  let name = profile;
  // No function calls itself for each link: a chain may be longer than the stack.
  for (;;) {
    const section = config.profiles.get(name);
    if (!section) {
      const neededBy = roles.at(-1)?.profile;
      return { problem: given({ code: 'profileUnknown', profile: name, neededBy }) };
    }
    const asked = { config, profile: name, section, isSource: path.size > 0 };
    const step = path.has(name) ? stepAgain(asked, [...path]) : stepOf(asked);
    if ('problem' in step) return step;
    if ('source' in step) {
      return { source: roles.reduceRight((source, role) => ({ ...role, source }), step.source) };
    }
    path.add(name);
    roles.push(step.role);
    name = step.from;
  }
}

/** Where a chain comes again to a profile, only keys can end it. */
function stepAgain(asked: Asked, path: readonly string[]): ChainFound {
  const { profile } = asked;
  const profiles = [...path.slice(path.indexOf(profile)), profile];
  return keysStep(asked) ?? { problem: { code: 'loop', profiles } };
}

/** A sign-in that a command of the CLI renews. */
export interface Login {
  /** `aws sso login`, `aws login`. */
  readonly type: 'sso' | 'login';
  readonly profile: string;
  readonly session?: string;
}

/** The sign-in that the credentials depend on, however many roles are assumed with it. */
export function loginOf(source: CredentialSource): Login | undefined {
  const end = linksOf(source).at(-1);
  switch (end?.type) {
    case 'sso':
      return given({ type: end.type, profile: end.profile, session: end.session });
    case 'login':
      return { type: end.type, profile: end.profile };
    default:
      return undefined;
  }
}

/**
 * The same text as long as nothing changes that matters for the credentials. The names of profiles
 * do, since an endpoint can be configured for each. It holds the secrets: to be kept in memory and
 * compared, never to be written or shown.
 */
export function sourceFingerprint(source: CredentialSource): string {
  return JSON.stringify(linksOf(source).map((link) => ({ ...link, source: undefined })));
}

/** The links of a chain, from the profile that was asked for to the one that needs no other. */
export function linksOf(source: CredentialSource): readonly CredentialSource[] {
  const links = [source];
  for (let link = source; link.type === 'assumeRole'; links.push(link)) link = link.source;
  return links;
}

/**
 * The endpoint that a person has configured for a service, if any: by environment variable, in the
 * services section of the profile, or in the profile. `env`: the environment variables.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpointOf(
  config: SharedConfig,
  profile: string | undefined,
  service: 'lambda' | 'sqs' | 'sts' | 'sso' | 'sso_oidc' | 'signin',
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const section = config.profiles.get(profile ?? (env.AWS_PROFILE || 'default'));
  // An empty variable counts as none.
  const ignored =
    env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS || section?.get('ignore_configured_endpoint_urls');
  // That of a profile holds for the variables, too.
  if (isTrue(ignored)) return undefined;
  const named = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] || env.AWS_ENDPOINT_URL;
  if (named) return named;
  if (!section) return undefined;
  const services = config.services.get(section.get('services') ?? '');
  return setting(services, `${service}.endpoint_url`) ?? setting(section, 'endpoint_url');
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
