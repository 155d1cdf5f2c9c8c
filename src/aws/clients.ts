import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { AccessTarget, CallRecord, FixedAccess } from '../core/awsAccess';
import type { CliPlace } from '../core/cliCommand';
import { configuredEndpoint } from './endpoints';
import type { CredentialSupply } from './credentials';
import { asked, renewEnded } from './freshCredentials';
import { reportCalls } from './reportCalls';
import { newRequestHandler } from './requestHandler';
import { CallerIdentity } from './callerIdentity';
import type { LambdaPacers } from './pacers';
import type { Patience } from './pacing';
import { Slots } from './slots';
import { TransientRetries } from './transientRetries';
import { unlessAborted } from './unlessAborted';

/**
 * The SDK's clients for one connection. Reads are tried again by the SDK; writes are not, because a
 * repeated write cannot tell its own first try from somebody else's change (`pacing` repeats those
 * that were throttled, which AWS has not begun).
 */
export interface Clients {
  readonly lambda: LambdaClient;
  readonly lambdaWrites: LambdaClient;
  readonly sqs: SQSClient;
  readonly sqsWrites: SQSClient;
  readonly sts: STSClient;
  readonly identity: CallerIdentity;
  /**
   * Resolves when there are credentials to call AWS with: looking them up can take a person, and who
   * has a turn in a quota keeps others waiting. Rejects as the call would, or with an AbortError.
   */
  readonly ready: (signal: AbortSignal) => Promise<unknown>;
  readonly region: string;
  readonly patience: Patience;
  /** Of the account that the credentials lead to by now; absent where there are no quotas. */
  readonly pacers?: () => LambdaPacers | undefined;
  /** The reads of SQS, which has no quota of its own for them. */
  readonly queueReads: Slots;
  readonly close: () => void;
}

const readAttempts = 4;
const queueReadsAtOnce = 20;

export function createClients(
  target: AccessTarget | FixedAccess,
  supply: CredentialSupply,
  onCall: (call: CallRecord) => void,
  patience: Patience,
  pacersOf?: (accountId: string | undefined) => LambdaPacers | undefined,
): Clients {
  const handler = newRequestHandler();
  const region = target.region;
  const open = { region, requestHandler: handler, ...scope(target) };
  const sts = new STSClient({
    ...open,
    credentials: asked(() => supply.get()),
    maxAttempts: readAttempts,
  });
  const expected = 'endpoint' in target ? undefined : target.accountId;
  const identity = new CallerIdentity(sts, supply, expected ?? (() => undefined));
  const pacers = pacersOf && (() => pacersOf(identity.accountId));
  const base = { ...open, credentials: asked(() => identity.checked()) };
  const reads = { ...base, maxAttempts: readAttempts };
  const writes = { ...base, maxAttempts: 1 };
  // By default the SDK talks to the host inside a queue URL, past any endpoint that was configured.
  const queues = { useQueueUrlAsEndpoint: false };
  const clients = {
    lambda: new LambdaClient(pacers ? { ...reads, retryStrategy: retriesUnder(pacers) } : reads),
    lambdaWrites: new LambdaClient(writes),
    sqs: new SQSClient({ ...reads, ...queues }),
    sqsWrites: new SQSClient({ ...writes, ...queues }),
    sts,
  };
  const all = [
    [clients.lambda, 'lambda'],
    [clients.lambdaWrites, 'lambda'],
    [clients.sqs, 'sqs'],
    [clients.sqsWrites, 'sqs'],
    [clients.sts, 'sts'],
  ] as const;
  for (const [client, service] of all) {
    reportCalls(client, service, placeOf(target), onCall);
    renewEnded(client, supply);
    if ('endpoint' in target) continue;
    // An address that can change with the config files; asked for once, at the first call.
    client.config.serviceConfiguredEndpoint = () => configuredEndpoint(service, target.profile);
  }
  const queueReads = new Slots(queueReadsAtOnce);
  return {
    ...clients,
    identity,
    ready: (signal) => unlessAborted(signal, identity.checked()),
    region,
    patience,
    pacers,
    queueReads,
    close: () => handler.destroy(),
  };
}

function retriesUnder(pacers: () => LambdaPacers | undefined): TransientRetries {
  return new TransientRetries(readAttempts, () => pacers() !== undefined);
}

function scope(target: AccessTarget | FixedAccess): object {
  if (!('endpoint' in target))
    return target.profile === undefined ? {} : { profile: target.profile };
  // Nothing of the person's own configuration may lead these calls elsewhere.
  return { endpoint: target.endpoint, useFipsEndpoint: false, useDualstackEndpoint: false };
}

/** Where a command of the CLI finds the same; never the keys. */
function placeOf(target: AccessTarget | FixedAccess): CliPlace {
  const { region } = target;
  return 'endpoint' in target
    ? { region, endpoint: target.endpoint }
    : { region, profile: target.profile };
}
