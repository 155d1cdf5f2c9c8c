import type { SQSClient } from '@aws-sdk/client-sqs';
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-sqs';
import { formatArn, partitionOf } from '../core/arn';
import type { PolicyStore } from '../core/policyStore';
import type { SqsQueue } from '../core/resource';
import type { Clients } from './clients';
import { pages } from './pages';
import { write } from './pacing';
import { readPolicy } from './readPolicy';

/** Policies of queues: an attribute without a revision, and seen up to a minute late. */
export function sqsQueueStore(clients: Clients): PolicyStore<'sqsQueue'> {
  return {
    kind: 'sqsQueue',
    capabilities: {
      removableStatementId: /^[a-zA-Z0-9-_]{1,80}$/,
      hasRevision: false,
      settlesWithinMs: 60_000,
    },
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
    apply: (resource, change, _revision, signal, cancelling) =>
      write('sqs:RemovePermission', { signal, cancelling }, () =>
        clients.sqsWrites.send(
          new RemovePermissionCommand({
            QueueUrl: resource.queueUrl,
            Label: change.statementId,
          }),
          { abortSignal: signal },
        ),
      ),
  };
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
