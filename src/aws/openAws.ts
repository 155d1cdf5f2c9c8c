import type {
  AccessTarget,
  AccountAccess,
  AskMfaCode,
  AwsAccess,
  CallRecord,
  FixedAccess,
} from '../core/awsAccess';
import { configuredEndpointOf, loginOf, sourceFingerprint } from '../core/profileChain';
import type { PolicyStores } from '../core/policyStore';
import type { Clients } from './clients';
import { createClients } from './clients';
import { readConfigFiles, stampOf, tokenFileOf } from './configFiles';
import { ConfigWatch } from './configWatch';
import { fixedCredentials, SharedCredentials, sourceOf } from './credentials';
import { configuredEndpoint, serviceNames } from './endpoints';
import { lambdaFunctionStore } from './lambdaFunction';
import { layerVersionStore } from './layerVersion';
import type { Patience } from './pacing';
import { usualPatience } from './pacing';
import { readProfiles } from './profiles';
import { sqsQueueStore } from './sqsQueue';

export interface AwsOptions {
  readonly askMfaCode?: AskMfaCode;
  readonly patience?: Patience;
  /** How often files are looked at that credentials come from. */
  readonly watchEveryMs?: number;
}

/** The way to AWS over its SDK. `onCall` hears of every call that was made. */
export function openAws(onCall: (call: CallRecord) => void, options: AwsOptions = {}): AwsAccess {
  const { patience = usualPatience, watchEveryMs = 2_000 } = options;
  const shared = new SharedCredentials(options.askMfaCode ?? (() => Promise.resolve(undefined)));
  const watch = new ConfigWatch(watchEveryMs);
  return {
    config: readProfiles,
    open: (target) => {
      const supply = 'endpoint' in target ? fixedCredentials(target) : shared.of(target.profile);
      return openAccount(createClients(target, supply, onCall, patience), target);
    },
    signIn: async (profile) => {
      const login = loginOf((await sourceOf(profile)) ?? { type: 'instance', profile: '' });
      if (!login) return undefined;
      const words = login.type === 'sso' ? ['sso', 'login'] : ['login'];
      return { program: 'aws', args: [...words, '--profile', login.profile] };
    },
    forget: (profile) => shared.of(profile).forget(),
    watch: (profile, onChange) => watch.watch(() => lookAt(profile), onChange),
  };
}

function openAccount(clients: Clients, target: AccessTarget | FixedAccess): AccountAccess {
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
      return (await Promise.all(all)).find((endpoint) => endpoint !== undefined);
    },
    close: clients.close,
  };
}

/** What a profile is, and whether somebody has signed in, as texts that differ when these do. */
async function lookAt(profile: string | undefined): Promise<{ config: string; session: string }> {
  const { config, problems, failures } = await readConfigFiles();
  const name = profile ?? process.env.AWS_PROFILE ?? 'default';
  const endpoints = serviceNames.map((service) =>
    configuredEndpointOf(config, name, service, process.env),
  );
  const source = await sourceOf(profile).catch((error: unknown) => String(error));
  const isFound = typeof source === 'object';
  const how = isFound ? sourceFingerprint(source) : (source ?? 'chain');
  const token = isFound ? tokenFileOf(source) : undefined;
  return {
    config: JSON.stringify([how, endpoints, problems, failures]),
    session: token === undefined ? '' : await stampOf([token]),
  };
}
