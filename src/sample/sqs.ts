import type { Account } from './account';
import { parseObject } from './policyText';
import type { Answer, SampleRequest } from './protocol';
import { SampleError, sqsAnswer } from './protocol';
import { serialization } from './queueErrors';
import { addPermission, removePermission } from './queuePermissions';
import type { QueueOperation } from './queues';
import { getQueueAttributes, getQueueUrl, listQueues, setQueueAttributes } from './queues';

const operations: ReadonlyMap<string, QueueOperation> = new Map([
  ['AmazonSQS.ListQueues', listQueues],
  ['AmazonSQS.GetQueueUrl', getQueueUrl],
  ['AmazonSQS.GetQueueAttributes', getQueueAttributes],
  ['AmazonSQS.SetQueueAttributes', setQueueAttributes],
  ['AmazonSQS.AddPermission', addPermission],
  ['AmazonSQS.RemovePermission', removePermission],
]);

export function answerSqs(account: Account, request: SampleRequest): Answer {
  const operation = operations.get(request.headers['x-amz-target'] ?? '');
  if (!operation || request.method !== 'POST') {
    throw new SampleError(
      400,
      'UnknownOperationException',
      'The operation is not known.',
      'InvalidAction',
    );
  }
  const input = parseObject(request.body);
  if (!input) throw serialization();
  return sqsAnswer(operation(account, input));
}
