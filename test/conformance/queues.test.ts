import assert from 'node:assert/strict';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import type { RawAnswer } from '../faults/signedRequest';
import { SignedRequester } from '../faults/signedRequest';
import { bench, checkFacts } from './harness';
import { conformanceSeed, oddText, queueArn, queueUrl, statement } from './seed';

const QueueUrl = `${queueUrl}/shared`;
const grant = { QueueUrl, Label: 'new', AWSAccountIds: ['210987654321'], Actions: ['SendMessage'] };
const invalid = { status: 400, error: 'InvalidParameterValue' };
const refused = { status: 400, error: 'InvalidAttributeValue' };
const over = { status: 403, error: 'OverLimit' };
const nowhere = { status: 400, error: 'AWS.SimpleQueueService.NonExistentQueue' };
const denied = { status: 403, error: 'AccessDenied' };
const missing = { status: 400, error: 'MissingParameter' };
const elsewhere = 'https://sqs.eu-west-1.amazonaws.com/210987654321/shared';

const shared = statement('a', { Resource: `${queueArn}:shared`, Action: 'sqs:SendMessage' });

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function write(aws: SignedRequester, Policy: string, name = 'shared'): Promise<RawAnswer> {
  return aws.sqs('SetQueueAttributes', {
    QueueUrl: `${queueUrl}/${name}`,
    Attributes: { Policy },
  });
}

async function read(aws: SignedRequester, name: string): Promise<string | undefined> {
  const answer = await aws.sqs('GetQueueAttributes', {
    QueueUrl: `${queueUrl}/${name}`,
    AttributeNames: ['Policy'],
  });
  return (answer.json['Attributes'] as { Policy?: string } | undefined)?.Policy;
}

function times(count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({ ...shared, Sid: `s${index}` }));
}

suite('Sample account: SQS queue policies', () => {
  const at = bench();

  checkFacts(at, [
    {
      fact: 'Get, queue missing',
      ask: (aws) =>
        aws.sqs('GetQueueAttributes', { QueueUrl: `${queueUrl}/nope`, AttributeNames: ['All'] }),
      ...nowhere,
      says: 'The specified queue does not exist.',
    },
    {
      fact: 'Get, queue of another account',
      ask: (aws) => aws.sqs('GetQueueAttributes', { QueueUrl: elsewhere }),
      ...nowhere,
    },
    {
      fact: 'Get, a URL that is none',
      ask: (aws) => aws.sqs('GetQueueAttributes', { QueueUrl: 'nonsense' }),
      status: 404,
      error: 'InvalidAddress',
    },
    { fact: 'Get, no URL', ask: (aws) => aws.sqs('GetQueueAttributes', {}), ...missing },
    {
      fact: 'Get, attribute unknown',
      ask: (aws) => aws.sqs('GetQueueAttributes', { QueueUrl, AttributeNames: ['Nope'] }),
      status: 400,
      error: 'InvalidAttributeName',
    },
    {
      fact: 'Get, any host of the URL will do',
      ask: (aws) =>
        aws.sqs('GetQueueAttributes', { QueueUrl: 'http://localhost:9/123456789012/shared' }),
      status: 200,
    },
    {
      fact: 'GetQueueUrl, queue missing',
      ask: (aws) => aws.sqs('GetQueueUrl', { QueueName: 'nope' }),
      ...nowhere,
    },

    {
      fact: 'Remove, label unknown',
      ask: (aws) => aws.sqs('RemovePermission', { QueueUrl, Label: 'nope' }),
      ...invalid,
      says: /Reason: can't find label\.$/,
    },
    {
      fact: 'Remove, no policy',
      ask: (aws) => aws.sqs('RemovePermission', { QueueUrl: `${queueUrl}/bare`, Label: 'one' }),
      ...invalid,
      says: /Reason: can't find label\.$/,
    },
    {
      fact: 'Remove, label empty',
      ask: (aws) => aws.sqs('RemovePermission', { QueueUrl, Label: '' }),
      ...missing,
    },
    {
      fact: 'Remove, label absent',
      ask: (aws) => aws.sqs('RemovePermission', { QueueUrl }),
      ...missing,
    },
    {
      fact: 'Remove, queue missing',
      ask: (aws) => aws.sqs('RemovePermission', { QueueUrl: `${queueUrl}/nope`, Label: 'one' }),
      ...nowhere,
    },
    {
      fact: 'Remove, not across accounts',
      ask: (aws) => aws.sqs('RemovePermission', { QueueUrl: elsewhere, Label: 'one' }),
      ...denied,
    },

    { fact: 'Add', ask: (aws) => aws.sqs('AddPermission', grant), status: 200 },
    {
      fact: 'Add, label taken',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, Label: 'once' }),
      ...invalid,
      says: /Already exists\.$/,
    },
    {
      fact: 'Add, not an account ID',
      ask: (aws) =>
        aws.sqs('AddPermission', { ...grant, AWSAccountIds: ['arn:aws:iam::210987654321:role/x'] }),
      ...invalid,
    },
    {
      fact: 'Add, an action of the owner',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, Actions: ['SetQueueAttributes'] }),
      ...invalid,
    },
    {
      fact: 'Add, no accounts',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, AWSAccountIds: [] }),
      ...missing,
    },
    {
      fact: 'Add, no actions',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, Actions: undefined }),
      ...missing,
    },
    {
      fact: 'Add, 7 actions',
      ask: (aws) =>
        aws.sqs('AddPermission', {
          ...grant,
          Actions: [
            'SendMessage',
            'ReceiveMessage',
            'DeleteMessage',
            'ChangeMessageVisibility',
            'GetQueueAttributes',
            'GetQueueUrl',
            'PurgeQueue',
          ],
        }),
      status: 200,
    },
    {
      fact: 'Add, over 7 actions',
      ask: (aws) =>
        aws.sqs('AddPermission', { ...grant, Actions: Array<string>(8).fill('SendMessage') }),
      ...over,
    },
    {
      fact: 'Add, over 20 statements',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, QueueUrl: `${queueUrl}/full` }),
      ...over,
    },
    {
      fact: 'Add, over 50 principals',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, QueueUrl: `${queueUrl}/crowded` }),
      ...over,
    },
    {
      fact: 'Add, not across accounts',
      ask: (aws) => aws.sqs('AddPermission', { ...grant, QueueUrl: elsewhere }),
      ...denied,
    },

    { fact: 'Set', ask: (aws) => write(aws, policy(shared)), status: 200 },
    { fact: 'Set, empty Statement', ask: (aws) => write(aws, policy()), ...refused },
    { fact: 'Set, not JSON', ask: (aws) => write(aws, '{'), ...refused },
    {
      fact: 'Set, statement without Resource',
      ask: (aws) => write(aws, policy({ ...shared, Resource: undefined })),
      ...refused,
    },
    {
      fact: 'Set, unresolved principal',
      ask: (aws) => write(aws, policy({ ...shared, Principal: { AWS: 'AIDAEXAMPLEGONE000001' } })),
      ...refused,
    },
    { fact: 'Set, 20 statements', ask: (aws) => write(aws, policy(...times(20))), status: 200 },
    { fact: 'Set, over 20 statements', ask: (aws) => write(aws, policy(...times(21))), ...over },
    {
      fact: 'Set, over 8,192 bytes',
      ask: (aws) => write(aws, policy({ ...shared, Sid: 'é'.repeat(4_096) })),
      ...over,
    },
    {
      fact: 'Set, over 7 actions',
      ask: (aws) =>
        write(aws, policy({ ...shared, Action: Array<string>(8).fill('sqs:SendMessage') })),
      ...over,
    },
    {
      fact: 'Set, over 10 conditions',
      ask: (aws) =>
        write(
          aws,
          policy({
            ...shared,
            Condition: {
              StringEquals: Object.fromEntries(
                Array.from({ length: 11 }, (_, index) => [`aws:key${index}`, 'x']),
              ),
            },
          }),
        ),
      ...over,
    },
    {
      fact: 'Set, over 50 principals',
      ask: (aws) =>
        write(
          aws,
          policy({
            ...shared,
            Principal: {
              AWS: Array.from({ length: 51 }, (_, index) => String(100_000_000_000 + index)),
            },
          }),
        ),
      ...over,
    },
    {
      fact: 'Set, attribute unknown',
      ask: (aws) => aws.sqs('SetQueueAttributes', { QueueUrl, Attributes: { Nope: '1' } }),
      status: 400,
      error: 'InvalidAttributeName',
    },
    {
      fact: 'Set, not across accounts',
      ask: (aws) =>
        aws.sqs('SetQueueAttributes', { QueueUrl: elsewhere, Attributes: { Policy: '' } }),
      ...denied,
    },
    {
      fact: 'Set, a Deny of sqs:* for everyone locks the owner out',
      ask: (aws) => write(aws, '', 'locked'),
      ...denied,
    },
    {
      fact: 'Unknown operation',
      ask: (aws) => aws.sqs('Nope', {}),
      status: 400,
      error: 'InvalidAction',
    },
    {
      fact: 'Body that is not JSON',
      ask: (aws) => aws.sqs('ListQueues', '{'),
      status: 400,
      error: 'SerializationException',
    },
  ]);

  test('QueueDoesNotExist is the new name beside the old code', async () => {
    const { json } = await at.aws.sqs('GetQueueUrl', { QueueName: 'nope' });
    assert.equal(json['__type'], 'com.amazonaws.sqs#QueueDoesNotExist');
  });

  test('no policy is no Policy attribute', async () => {
    const url = `${queueUrl}/bare`;
    const asked = { QueueUrl: url, AttributeNames: ['Policy', 'QueueArn'] };
    const { json } = await at.aws.sqs('GetQueueAttributes', asked);
    assert.deepEqual(json, { Attributes: { QueueArn: `${queueArn}:bare` } });
  });

  test('no Attributes key when nothing else was asked', async () => {
    const asked = { QueueUrl: `${queueUrl}/bare`, AttributeNames: ['Policy'] };
    assert.equal((await at.aws.sqs('GetQueueAttributes', asked)).body, '{}');
  });

  test('a policy comes back byte for byte', async () => {
    assert.equal(await read(at.aws, 'odd'), oddText);
    const text = ` ${policy(shared)}\n`;
    await write(at.aws, text);
    assert.equal(await read(at.aws, 'shared'), text);
  });

  test('"" removes the policy', async () => {
    assert.equal((await write(at.aws, '')).status, 200);
    assert.equal(await read(at.aws, 'shared'), undefined);
  });

  test('Remove takes every statement with that Sid and leaves the others', async () => {
    const before = JSON.parse((await read(at.aws, 'shared'))!) as { Statement: object[] };
    assert.equal((await at.aws.sqs('RemovePermission', { QueueUrl, Label: 'twin' })).status, 200);
    const after = JSON.parse((await read(at.aws, 'shared'))!) as { Statement: object[] };
    const [once, , , nameless] = before.Statement;
    assert.deepEqual(after, { ...before, Statement: [once, nameless] });
  });

  test('the policy is gone with its last statement', async () => {
    await at.aws.sqs('RemovePermission', { QueueUrl: `${queueUrl}/single`, Label: 'only' });
    assert.equal(await read(at.aws, 'single'), undefined);
  });

  test('Add writes the default policy: one account and action as texts', async () => {
    await at.aws.sqs('AddPermission', {
      ...grant,
      QueueUrl: `${queueUrl}/bare`,
      Actions: ['ReceiveMessage'],
    });
    assert.equal(
      await read(at.aws, 'bare'),
      `{"Version":"2008-10-17","Id":"${queueArn}:bare/SQSDefaultPolicy","Statement":[` +
        '{"Sid":"new","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},' +
        `"Action":"SQS:ReceiveMessage","Resource":"${queueArn}:bare"}]}`,
    );
  });

  test('Add writes several accounts and actions as lists', async () => {
    await at.aws.sqs('AddPermission', {
      ...grant,
      AWSAccountIds: ['210987654321', '345678901234'],
      Actions: ['ReceiveMessage', '*'],
    });
    const after = JSON.parse((await read(at.aws, 'shared'))!) as { Statement: unknown[] };
    assert.deepEqual(after.Statement.at(-1), {
      Sid: 'new',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::210987654321:root', 'arn:aws:iam::345678901234:root'] },
      Action: ['SQS:ReceiveMessage', 'SQS:*'],
      Resource: `${queueArn}:shared`,
    });
  });

  test('a NextToken comes only when MaxResults is sent', async () => {
    const all = await at.aws.sqs('ListQueues', {});
    assert.equal((all.json['QueueUrls'] as unknown[]).length, 7);
    assert.equal(all.json['NextToken'], undefined);
    const first = await at.aws.sqs('ListQueues', { MaxResults: 4 });
    const second = await at.aws.sqs('ListQueues', {
      MaxResults: 4,
      NextToken: first.json['NextToken'],
    });
    const pages = [first, second].map(({ json }) => json['QueueUrls'] as string[]);
    assert.deepEqual(pages.flat(), all.json['QueueUrls']);
    assert.equal(second.json['NextToken'], undefined);
  });

  test('without MaxResults the list ends at 1,000, with no NextToken', async () => {
    const queues = Array.from({ length: 1001 }, (_, index) => ({ name: `q${index}` }));
    const account = await startSampleAccount({ seed: { ...conformanceSeed, queues } });
    try {
      const { json } = await new SignedRequester(account).sqs('ListQueues', {});
      assert.equal((json['QueueUrls'] as unknown[]).length, 1000);
      assert.equal(json['NextToken'], undefined);
    } finally {
      await account.close();
    }
  });

  test('a name prefix narrows the list', async () => {
    const { json } = await at.aws.sqs('ListQueues', { QueueNamePrefix: 'sha' });
    assert.deepEqual(json['QueueUrls'], [QueueUrl]);
  });
});
