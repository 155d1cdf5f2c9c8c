import type { PolicyDocument, Statement } from './policyText';
import { parsePolicy, printPolicy } from './policyText';
import { invalidValue, missing, serialization } from './queueErrors';
import { checkQueueLimits } from './queuePolicyRules';
import type { Input, QueueOperation } from './queues';
import { ownQueueOf, requiredText } from './queues';

const sharedActions = [
  '*',
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
];

/**
 * Account IDs only, no conditions; writes the form of AWS's own default policy.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
 */
export const addPermission: QueueOperation = (account, input) => {
  const record = ownQueueOf(account, input, 'AddPermission');
  const label = requiredText(input, 'Label');
  if (!/^[a-zA-Z0-9_-]{1,80}$/.test(label)) {
    throw invalidValue(label, 'Label', 'Must be 1 to 80 alphanumeric characters, "-" or "_".');
  }
  const arn = account.queueArn(record.name);
  const document = readForAppend(record.policy, arn);
  if (document.statements.some((statement) => statement['Sid'] === label)) {
    throw invalidValue(label, 'Label', 'Already exists.');
  }
  const statement: Statement = {
    Sid: label,
    Effect: 'Allow',
    Principal: { AWS: oneOrList(accountsOf(input)) },
    Action: oneOrList(actionsOf(input)),
    Resource: arn,
  };
  const next = { ...document, statements: [...document.statements, statement] };
  const text = printPolicy(next);
  checkQueueLimits(next, text);
  account.writeQueue(record, text);
  return undefined;
};

/** Every statement with that Sid goes, and the policy with its last statement. */
export const removePermission: QueueOperation = (account, input) => {
  const record = ownQueueOf(account, input, 'RemovePermission');
  const label = requiredText(input, 'Label');
  const document = record.policy === undefined ? undefined : parsePolicy(record.policy);
  const kept = document?.statements.filter((statement) => statement['Sid'] !== label);
  if (!document || !kept || kept.length === document.statements.length) {
    throw invalidValue(label, 'Label', "can't find label.");
  }
  const text = kept.length === 0 ? undefined : printPolicy({ ...document, statements: kept });
  account.writeQueue(record, text);
  return undefined;
};

function readForAppend(policy: string | undefined, arn: string): PolicyDocument {
  if (policy === undefined) {
    return { fields: { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy` }, statements: [] };
  }
  const document = parsePolicy(policy);
  if (!document) throw invalidValue('', 'Policy', 'The existing policy could not be read.');
  return document;
}

function accountsOf(input: Input): readonly string[] {
  const ids = textList(input, 'AWSAccountIds', 'AWSAccountId');
  const wrong = ids.find((id) => !/^\d{12}$/.test(id));
  if (wrong !== undefined) throw invalidValue(wrong, 'PrincipalId', 'Unable to verify.');
  return ids.map((id) => `arn:aws:iam::${id}:root`);
}

function actionsOf(input: Input): readonly string[] {
  const actions = textList(input, 'Actions', 'ActionName');
  const wrong = actions.find((action) => !sharedActions.includes(action));
  if (wrong !== undefined) {
    const reason = 'Only the queue owner is allowed to invoke this action.';
    throw invalidValue(`SQS:${wrong}`, 'ActionName', reason);
  }
  return actions.map((action) => `SQS:${action}`);
}

function textList(input: Input, name: string, parameter: string): readonly string[] {
  const value = input[name];
  if (value === undefined || value === null) throw missing(parameter);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw serialization();
  }
  if (value.length === 0) throw missing(parameter);
  return value;
}

function oneOrList(items: readonly string[]): unknown {
  return items.length === 1 ? items[0] : items;
}
