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
import { readProfiles, requireProfile } from './profiles';
import { sqsQueueStore } from './sqsQueue';

/** The way to AWS over its SDK. `onCall` hears of every call that was made. */
export function openAws(onCall: (call: CallRecord) => void): AwsAccess {
  return {
    profiles: readProfiles,
    open: (target) => openAccount(createClients(target, credentialsOf(target), onCall)),
  };
}

function credentialsOf(target: AccessTarget | FixedAccess): Credentials {
  if ('endpoint' in target) {
    const { accessKeyId, secretAccessKey } = target;
    return () => Promise.resolve({ accessKeyId, secretAccessKey });
  }
  const { profile } = target;
  const chain = fromNodeProviderChain({ profile, ignoreCache: true });
  return async (properties) => {
    if (profile !== undefined) await requireProfile(profile);
    return chain(properties);
  };
}

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
