import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type {
  AccessTarget,
  AccountAccess,
  AwsAccess,
  CallRecord,
  FixedAccess,
  IdentityReading,
} from '../core/awsAccess';
import type { PolicyStores } from '../core/policyStore';
import type { Clients, Credentials } from './clients';
import { createClients } from './clients';
import { readFailure } from './failures';
import { lambdaFunctionStore } from './lambdaFunction';
import { layerVersionStore } from './layerVersion';
import type { Patience } from './pacing';
import { usualPatience } from './pacing';
import { readProfiles, requireProfile } from './profiles';
import { sqsQueueStore } from './sqsQueue';

/** The way to AWS over its SDK. `onCall` hears of every call that was made. */
export function openAws(
  onCall: (call: CallRecord) => void,
  patience: Patience = usualPatience,
): AwsAccess {
  return {
    profiles: readProfiles,
    open: (target) => openAccount(createClients(target, credentialsOf(target), onCall, patience)),
  };
}

function credentialsOf(target: AccessTarget | FixedAccess): Credentials {
  if ('endpoint' in target) {
    const { accessKeyId, secretAccessKey } = target;
    return () => Promise.resolve({ accessKeyId, secretAccessKey });
  }
  const { profile } = target;
  const newChain = () => fromNodeProviderChain({ profile, ignoreCache: true });
  let chain = newChain();
  return async (properties) => {
    if (profile !== undefined) await requireProfile(profile);
    const found = await chain(properties);
    if (found.expiration) return found;
    // The SDK would keep these for good. They may be a session's whose keys were pasted into the
    // file: when it ends, new ones stand in the same place.
    chain = newChain();
    return { ...found, expiration: new Date(Date.now() + renewalMarginMs + staticKeysMs) };
  };
}

/** The SDK asks anew for credentials that end sooner than this. */
const renewalMarginMs = 300_000;
/** How long keys without an end are used before they are looked up again. */
const staticKeysMs = 5_000;

function openAccount(clients: Clients): AccountAccess {
  const stores: PolicyStores = {
    lambdaFunction: lambdaFunctionStore(clients),
    layerVersion: layerVersionStore(clients),
    sqsQueue: sqsQueueStore(clients),
  };
  return { stores, identity: (signal) => readIdentity(clients, signal), close: clients.close };
}

async function readIdentity(clients: Clients, abortSignal: AbortSignal): Promise<IdentityReading> {
  try {
    const answer = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal });
    return { state: 'known', accountId: answer.Account ?? '', callerArn: answer.Arn ?? '' };
  } catch (error) {
    return { state: 'unknown', failure: readFailure(error, 'sts:GetCallerIdentity') };
  }
}
