import { createHash } from 'node:crypto';
import type {
  AccessTarget,
  AccountAccess,
  AskMfaCode,
  AwsAccess,
  CallRecord,
  FixedAccess,
} from '../core/awsAccess';
import { failureOf } from '../core/errors';
import { isAwsHost } from '../core/partitions';
import { configuredEndpointOf, loginOf, sourceFingerprint } from '../core/profileChain';
import type { PolicyStores } from '../core/policyStore';
import type { Clients } from './clients';
import { createClients } from './clients';
import { readConfigFiles, stampOf, tokenFileOf } from './configFiles';
import { ConfigWatch } from './configWatch';
import { usualProcessTimeoutMs } from './credentialProcess';
import { fixedCredentials, SharedCredentials, sourceOf } from './credentials';
import { configuredEndpoint, serviceNames } from './endpoints';
import { lambdaFunctionStore } from './lambdaFunction';
import { layerVersionStore } from './layerVersion';
import type { Quota } from './pacer';
import type { LambdaPacers } from './pacers';
import { Pacers } from './pacers';
import type { Patience } from './pacing';
import { usualPatience } from './pacing';
import { readProfiles } from './profiles';
import { sqsQueueStore } from './sqsQueue';

export interface AwsOptions {
  readonly askMfaCode?: AskMfaCode;
  readonly patience?: Patience;
  /** How often files are looked at that credentials come from. */
  readonly watchEveryMs?: number;
  /** Of Lambda, in each account and region; when given, at configured endpoints as well. */
  readonly quota?: Quota;
  /** How long a `credential_process` may take. */
  readonly processTimeoutMs?: number;
}

/** The way to AWS over its SDK. `onCall` hears of every call that was made. */
export function openAws(onCall: (call: CallRecord) => void, options: AwsOptions = {}): AwsAccess {
  const { patience = usualPatience, watchEveryMs = 2_000 } = options;
  const { askMfaCode = () => Promise.resolve(undefined) } = options;
  const { processTimeoutMs = usualProcessTimeoutMs } = options;
  const shared = new SharedCredentials({ askMfaCode, processTimeoutMs, onCall });
  const watch = new ConfigWatch(watchEveryMs);
  const pacers = new Pacers(options.quota);
  return {
    config: readProfiles,
    open: (target) => {
      const supply = 'endpoint' in target ? fixedCredentials(target) : shared.of(target.profile);
      const pacersOf =
        'endpoint' in target ? undefined : pacing(pacers, target, options.quota !== undefined);
      const clients = createClients(target, supply, onCall, patience, pacersOf);
      const asksPerson = () =>
        'endpoint' in target ? Promise.resolve(false) : shared.asksPerson(target.profile);
      return { ...openAccount(clients, target), asksPerson };
    },
    signIn: async (profile) => {
      const login = loginOf((await sourceOf(profile)) ?? { type: 'instance', profile: '' });
      if (!login) return undefined;
      const words = login.type === 'sso' ? ['sso', 'login'] : ['login'];
      return { program: 'aws', args: [...words, ...profileArguments(login.profile)] };
    },
    forget: (profile, isRefused) => shared.forget(profile, isRefused),
    watch: (profile, onChange) => watch.watch(() => lookAt(profile), onChange),
  };
}

/**
 * The pacers of a connection's account and region. Before the account is known, those of its profile
 * there. What stands in for AWS has no quotas.
 */
function pacing(pacers: Pacers, { profile, region }: AccessTarget, always: boolean) {
  let isPaced = true;
  configuredEndpoint('lambda', profile).then(
    (endpoint) => (isPaced = always || endpoint === undefined || isOfAws(endpoint)),
    // Told of at the first call.
    () => undefined,
  );
  let before: string | undefined;
  return (accountId: string | undefined): LambdaPacers | undefined => {
    if (!isPaced) return undefined;
    const key = JSON.stringify([accountId ?? { profile }, region]);
    // What was used of a quota before the account was known counts for it.
    const found = pacers.pacersFor(key, before);
    before = accountId === undefined ? key : undefined;
    return found;
  };
}

function isOfAws(endpoint: string): boolean {
  return URL.canParse(endpoint) && isAwsHost(new URL(endpoint).hostname);
}

function openAccount(
  clients: Clients,
  target: AccessTarget | FixedAccess,
): Omit<AccountAccess, 'asksPerson'> {
  const stores: PolicyStores = {
    lambdaFunction: lambdaFunctionStore(clients),
    layerVersion: layerVersionStore(clients),
    sqsQueue: sqsQueueStore(clients),
  };
  return {
    region: target.region,
    stores,
    identity: (signal) => clients.identity.read(signal),
    endpoint: async () => {
      if ('endpoint' in target) return undefined;
      const all = serviceNames.map((service) => configuredEndpoint(service, target.profile));
      const endpoints = await Promise.all(all);
      return endpoints.find((endpoint) => endpoint !== undefined && !isOfAws(endpoint));
    },
    close: clients.close,
  };
}

/** A name that begins with a dash would be taken for an option of its own. */
function profileArguments(profile: string): readonly string[] {
  return profile.startsWith('-') ? [`--profile=${profile}`] : ['--profile', profile];
}

/** What a profile is, and whether somebody has signed in, as texts that differ when these do. */
async function lookAt(profile: string | undefined): Promise<{ config: string; session: string }> {
  const { config } = await readConfigFiles();
  const endpoints = serviceNames.map((service) =>
    configuredEndpointOf(config, profile, service, process.env),
  );
  const source = await sourceOf(profile).catch((error: unknown) => ({ error }));
  const isFound = source !== undefined && !('error' in source);
  // What else is wrong in the files matters only where it may be why nothing was found.
  const how = isFound ? sourceFingerprint(source) : source && failureOf(source.error);
  const token = isFound ? tokenFileOf(source) : undefined;
  return {
    config: digest(JSON.stringify([how, endpoints])),
    session: token === undefined ? '' : await stampOf([token]),
  };
}

/** To be compared later, without the secrets in it being kept for it. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
