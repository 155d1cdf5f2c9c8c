import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { AccessTarget, CallRecord, FixedAccess } from '../core/awsAccess';
import type { CliPlace } from '../core/cliCommand';
import { cliLogLine } from '../core/cliCommand';
import type { Service } from './endpoints';
import { configuredEndpoint } from './endpoints';
import { readFailure } from './failures';
import type { CredentialSupply } from './credentials';
import { asked, renewEnded } from './freshCredentials';
import { newRequestHandler } from './requestHandler';
import { CallerIdentity } from './callerIdentity';
import type { LambdaPacers } from './pacers';
import type { Patience } from './pacing';
import { Slots } from './slots';
import { TransientRetries } from './transientRetries';

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
    report(client, service, placeOf(target), onCall);
    renewEnded(client, supply);
    if ('endpoint' in target) continue;
    // An address that can change with the config files; asked for once, at the first call.
    client.config.serviceConfiguredEndpoint = () => configuredEndpoint(service, target.profile);
  }
  const queueReads = new Slots(queueReadsAtOnce);
  return {
    ...clients,
    identity,
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

/** How many requests the SDK sent for a call that failed; absent when it did not come to that. */
function attemptsOf(error: unknown): number | undefined {
  return (error as { readonly $metadata?: { readonly attempts?: number } }).$metadata?.attempts;
}

type AnyClient = LambdaClient | SQSClient | STSClient;

/**
 * Reports each call that was sent, with how many requests the SDK made of it. A try that AWS throttled
 * and that was sent again in another turn is a call of its own: it has its own request ID and failure.
 * What ends while it waits for its turn was not sent. The time does not hold the wait before.
 */
function report(
  client: AnyClient,
  service: Service,
  place: CliPlace,
  onCall: (call: CallRecord) => void,
): void {
  // One type for the three stacks, which differ only in the inputs they take.
  const stack = client.middlewareStack as unknown as LambdaClient['middlewareStack'];
  stack.add(
    (next, context) => async (args) => {
      const operation = `${service}:${(context.commandName ?? '').replace(/Command$/, '')}`;
      const call = { operation, command: cliLogLine(operation, { ...args.input }, place) };
      const started = performance.now();
      const durationMs = () => Math.round(performance.now() - started);
      try {
        const result = await next(args);
        const { attempts, requestId } = result.output.$metadata;
        onCall({ ...call, durationMs: durationMs(), attempts, requestId });
        return result;
      } catch (error) {
        const failure = readFailure(error, operation);
        const { requestId } = failure;
        onCall({
          ...call,
          durationMs: durationMs(),
          attempts: attemptsOf(error),
          requestId,
          failure,
        });
        throw error;
      }
    },
    { step: 'initialize', name: 'reportCalls', priority: 'high' },
  );
}
