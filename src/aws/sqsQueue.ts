import type { SQSClient } from '@aws-sdk/client-sqs';
import {
  AddPermissionCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  RemovePermissionCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { formatArn, partitionOf } from '../core/arn';
import { operationOf } from '../core/calls';
import { queueGrantInput } from '../core/copyAs/callInput';
import type { PolicyCall, PolicyStore } from '../core/policyStore';
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
    list: (signal) => listQueues(clients.sqs, clients.region, signal),
    listUnder: nothing,
    read: (resource, options) =>
      readPolicy('sqs:GetQueueAttributes', options, {
        async get(abortSignal) {
          const answer = await clients.sqs.send(
            new GetQueueAttributesCommand({
              QueueUrl: resource.queueUrl,
              AttributeNames: ['Policy', 'QueueArn'],
            }),
            { abortSignal },
          );
          const { Policy, QueueArn } = answer.Attributes ?? {};
          return { text: Policy, saysNone: QueueArn !== undefined };
        },
      }),
    apply: (resource, call, _revision, signal, cancelling) =>
      write(
        operationOf('sqsQueue', call),
        { signal, cancelling },
        patienceFor(call, undefined, clients.patience),
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

function listQueues(client: SQSClient, region: string, abortSignal: AbortSignal) {
  return pages('sqs:ListQueues', async (NextToken) => {
    const answer = await client.send(new ListQueuesCommand({ MaxResults: pageSize, NextToken }), {
      abortSignal,
    });
    const items = (answer.QueueUrls ?? []).map((url) => queueAt(url, region));
    return { items, next: answer.NextToken };
  });
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
