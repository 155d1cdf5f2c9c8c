import type { Account, QueueRecord } from './account';
import { pageOf } from './paging';
import { SampleError } from './protocol';
import {
  accessDenied,
  invalidValue,
  missing,
  noSuchQueue,
  serialization,
  unknownAttribute,
} from './queueErrors';
import { checkDeny, checkQueuePolicy } from './queuePolicyRules';

export type Input = Readonly<Record<string, unknown>>;
export type QueueOperation = (account: Account, input: Input) => unknown;

const otherAttributes: Readonly<Record<string, string>> = {
  ApproximateNumberOfMessages: '0',
  CreatedTimestamp: '1780300800',
  DelaySeconds: '0',
  LastModifiedTimestamp: '1780300800',
  MaximumMessageSize: '262144',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

/** A NextToken comes only when MaxResults is sent; without it the list ends at 1,000. */
export const listQueues: QueueOperation = (account, input) => {
  const prefix = typeof input['QueueNamePrefix'] === 'string' ? input['QueueNamePrefix'] : '';
  const { MaxResults: size = 1000 } = input;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 1000) {
    throw invalidValue(JSON.stringify(size), 'MaxResults', 'It must be between 1 and 1000.');
  }
  const names = [...account.queues.keys()].filter((name) => name.startsWith(prefix));
  const token = typeof input['NextToken'] === 'string' ? input['NextToken'] : undefined;
  const page = pageOf(names, (name) => name, token, size);
  if (!page) throw invalidValue(String(token), 'NextToken', 'Invalid NextToken.');
  return {
    QueueUrls: page.items.map((name) => account.queueUrl(name)),
    NextToken: input['MaxResults'] === undefined ? undefined : page.next,
  };
};

export const getQueueUrl: QueueOperation = (account, input) => {
  const name = requiredText(input, 'QueueName');
  const owner = input['QueueOwnerAWSAccountId'] ?? account.identity.accountId;
  if (owner !== account.identity.accountId || !account.queues.has(name)) throw noSuchQueue();
  return { QueueUrl: account.queueUrl(name) };
};

/** No policy is no `Policy`, and nothing to tell is no `Attributes` at all. */
export const getQueueAttributes: QueueOperation = (account, input) => {
  const record = queueOf(account, input, 'GetQueueAttributes');
  const asked = Array.isArray(input['AttributeNames']) ? input['AttributeNames'].map(String) : [];
  const known: Readonly<Record<string, string | undefined>> = {
    ...otherAttributes,
    QueueArn: account.queueArn(record.name),
    Policy: record.policy,
  };
  const unknown = asked.find((name) => name !== 'All' && !Object.hasOwn(known, name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  const told = Object.entries(known).filter(
    ([name, value]) => value !== undefined && (asked.includes('All') || asked.includes(name)),
  );
  return told.length === 0 ? {} : { Attributes: Object.fromEntries(told) };
};

/** The policy is kept as it was sent; `""` removes it. Other attributes are accepted and not kept. */
export const setQueueAttributes: QueueOperation = (account, input) => {
  const record = ownQueueOf(account, input, 'SetQueueAttributes');
  const { Attributes: attributes } = input;
  if (typeof attributes !== 'object' || attributes === null) throw missing('Attribute.Name');
  const entries = Object.entries(attributes) as readonly (readonly [string, unknown])[];
  const unknown = entries.find(
    ([name]) => name !== 'Policy' && !Object.hasOwn(otherAttributes, name),
  );
  if (unknown) throw unknownAttribute(unknown[0]);
  const policy = entries.find(([name]) => name === 'Policy')?.[1];
  if (policy === undefined) return undefined;
  if (typeof policy !== 'string') throw serialization();
  if (policy !== '') checkQueuePolicy(policy);
  account.writeQueue(record, policy === '' ? undefined : policy);
  return undefined;
};

/** The queue that a QueueUrl means: any host will do, account and name count. */
export function queueOf(account: Account, input: Input, action: string): QueueRecord {
  const { name, owner } = readQueueUrl(input);
  const record = owner === account.identity.accountId ? account.queues.get(name) : undefined;
  if (!record) throw noSuchQueue();
  checkDeny(record.policy, action);
  return record;
}

/** As `queueOf`, for the calls that only the owner account may make. */
export function ownQueueOf(account: Account, input: Input, action: string): QueueRecord {
  if (readQueueUrl(input).owner !== account.identity.accountId) throw accessDenied(action);
  return queueOf(account, input, action);
}

function readQueueUrl(input: Input): { readonly owner: string; readonly name: string } {
  const url = requiredText(input, 'QueueUrl');
  const [, owner = '', name = ''] =
    /^(?:https?:\/\/[^/]+)?\/?(\d{12})\/([a-zA-Z0-9_-]{1,80}(?:\.fifo)?)$/.exec(url) ?? [];
  if (name !== '') return { owner, name };
  throw new SampleError(
    404,
    'InvalidAddress',
    `The address ${url} is not valid for this endpoint.`,
  );
}

export function requiredText(input: Input, name: string): string {
  const value = input[name];
  if (value === undefined || value === null || value === '') throw missing(name);
  if (typeof value !== 'string') throw serialization();
  return value;
}
