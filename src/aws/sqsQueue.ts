import type { SQSClient } from '@aws-sdk/client-sqs';
import {
  AddPermissionCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  RemovePermissionCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { formatArn } from '../core/arn';
import { operationOf } from '../core/calls';
import { queueGrantInput } from '../core/copyAs/callInput';
import { partitionOf } from '../core/partitions';
import type { PolicyCall, PolicyStore, ReadOptions } from '../core/policyStore';
import type { SqsQueue } from '../core/resource';
import { removableStatementIds } from '../core/statementIds';
import type { Clients } from './clients';
import { pages } from './pages';
import { patienceFor, write } from './pacing';
import { readPolicy } from './readPolicy';

/** Policies of queues: an attribute without a revision, and seen up to a minute late. */
export function sqsQueueStore(clients: Clients): PolicyStore<'sqsQueue'> {
  let wholeDocument: 'yes' | 'missing' = 'yes';
  return {
    kind: 'sqsQueue',
    get capabilities() {
      return { ...capabilities, wholeDocument };
    },
    forgoWholeDocuments: () => (wholeDocument = 'missing'),
    list: (signal, options) => listQueues(clients, { ...options, signal }),
    listUnder: nothing,
    read: (resource, options) =>
      readPolicy('sqs:GetQueueAttributes', options, {
        async get() {
          const command = new GetQueueAttributesCommand({
            QueueUrl: resource.queueUrl,
            AttributeNames: ['Policy', 'QueueArn'],
          });
          const answer = await readQueues(clients, options, (abortSignal) =>
            clients.sqs.send(command, { abortSignal }),
          );
          const { Policy, QueueArn } = answer.Attributes ?? {};
          return { text: Policy, saysNone: QueueArn !== undefined };
        },
      }),
    apply: (resource, call, _revision, signal, cancelling) =>
      write(
        operationOf('sqsQueue', call),
        { signal, cancelling },
        { patience: patienceFor(call, undefined, clients.patience), ready: clients.ready },
        async () => {
          await send(clients.sqsWrites, resource, call, signal);
          return {};
        },
      ),
  };
}

const capabilities = {
  removableStatementId: removableStatementIds.sqsQueue,
  hasRevision: false,
  settlesWithinMs: 60_000,
};

async function send(
  client: SQSClient,
  { queueUrl: QueueUrl }: SqsQueue,
  call: PolicyCall,
  abortSignal: AbortSignal,
): Promise<unknown> {
  const options = { abortSignal };
  switch (call.type) {
    case 'removeStatement':
      return client.send(
        new RemovePermissionCommand({ QueueUrl, Label: call.statementId }),
        options,
      );
    case 'addStatement': {
      if (call.grant.kind !== 'sqsQueue') throw new TypeError('A grant of another kind.');
      const input = { QueueUrl, ...queueGrantInput(call.grant) };
      return client.send(new AddPermissionCommand(input), options);
    }
    case 'putPolicy':
    case 'deletePolicy': {
      // An empty text takes the policy away.
      const Policy = call.type === 'putPolicy' ? call.text : '';
      const input = { QueueUrl, Attributes: { Policy } };
      return client.send(new SetQueueAttributesCommand(input), options);
    }
  }
}

// ListQueues sends a NextToken only when MaxResults was asked for.
const pageSize = 1000;

function listQueues(clients: Clients, options: ReadOptions) {
  return pages('sqs:ListQueues', async (NextToken) => {
    const command = new ListQueuesCommand({ MaxResults: pageSize, NextToken });
    const answer = await readQueues(clients, options, (abortSignal) =>
      clients.sqs.send(command, { abortSignal }),
    );
    const items = (answer.QueueUrls ?? []).map((url) => queueAt(url, clients.region));
    return { items, next: answer.NextToken };
  });
}

/** SQS says nothing of a quota of these: what keeps within bounds is how many are under way. */
async function readQueues<T>(
  { queueReads, ready }: Clients,
  { signal, urgency = 'now' }: ReadOptions,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await ready(signal);
  return queueReads.run(urgency, signal, () => send(signal));
}

/** A queue's URL ends with the account ID and the name; that and the region make its ARN. */
export function queueAt(queueUrl: string, region: string): SqsQueue {
  const [queueName = '', accountId = ''] = queueUrl.split('/').reverse();
  const partition = partitionOf(region);
  const arn = formatArn({ partition, service: 'sqs', region, accountId, resource: queueName });
  return { kind: 'sqsQueue', arn, queueName, queueUrl };
}

async function* nothing(): AsyncGenerator<never> {
  // Nothing stands under a queue.
}
