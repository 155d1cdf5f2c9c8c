import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { CallRecord } from '../core/awsAccess';
import type { CliPlace } from '../core/cliCommand';
import { cliLogLine } from '../core/cliCommand';
import type { Service } from './endpoints';
import { readFailure } from './failures';

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
export function reportCalls(
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
        const attempts = attemptsOf(error);
        // Of looking credentials up: this call was not sent.
        const isOther = failure.operation !== operation;
        if (!isOther) onCall({ ...call, durationMs: durationMs(), attempts, requestId, failure });
        throw error;
      }
    },
    { step: 'initialize', name: 'reportCalls', priority: 'high' },
  );
}
