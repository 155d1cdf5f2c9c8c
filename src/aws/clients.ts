import type { LambdaClientConfig } from '@aws-sdk/client-lambda';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AccessTarget, CallRecord, FixedAccess } from '../core/awsAccess';
import type { CliPlace } from '../core/cliCommand';
import { cliLogLine } from '../core/cliCommand';
import type { Service } from './endpoints';
import { configuredEndpoint } from './endpoints';
import { readFailure } from './failures';
import type { Patience } from './pacing';

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
  readonly region: string;
  readonly patience: Patience;
  readonly close: () => void;
}

export type Credentials = Extract<
  NonNullable<LambdaClientConfig['credentials']>,
  (...args: never[]) => unknown
>;

const readAttempts = 4;

export function createClients(
  target: AccessTarget | FixedAccess,
  credentials: Credentials,
  onCall: (call: CallRecord) => void,
  patience: Patience,
): Clients {
  const handler = new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
  });
  const base = { region: target.region, credentials, requestHandler: handler, ...scope(target) };
  const reads = { ...base, maxAttempts: readAttempts };
  const writes = { ...base, maxAttempts: 1 };
  // By default the SDK talks to the host inside a queue URL, past any endpoint that was configured.
  const queues = { useQueueUrlAsEndpoint: false };
  const clients = {
    lambda: new LambdaClient(reads),
    lambdaWrites: new LambdaClient(writes),
    sqs: new SQSClient({ ...reads, ...queues }),
    sqsWrites: new SQSClient({ ...writes, ...queues }),
    sts: new STSClient(reads),
  };
  for (const [client, service] of [
    [clients.lambda, 'lambda'],
    [clients.lambdaWrites, 'lambda'],
    [clients.sqs, 'sqs'],
    [clients.sqsWrites, 'sqs'],
    [clients.sts, 'sts'],
  ] as const) {
    report(client, service, placeOf(target), onCall);
    if ('endpoint' in target) continue;
    // An address that can change with the config files; asked for once, at the first call.
    client.config.serviceConfiguredEndpoint = () => configuredEndpoint(service, target.profile);
  }
  return { ...clients, region: target.region, patience, close: () => handler.destroy() };
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

type AnyClient = LambdaClient | SQSClient | STSClient;

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
        onCall({ ...call, durationMs: durationMs(), requestId: failure.requestId, failure });
        throw error;
      }
    },
    { step: 'initialize', name: 'reportCalls', priority: 'high' },
  );
}
