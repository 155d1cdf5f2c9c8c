import assert from 'node:assert/strict';
import * as lambda from '@aws-sdk/client-lambda';
import * as sqs from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { bench } from './harness';
import { functionArn, oddText, queueArn, queueUrl } from './seed';

const FunctionName = 'shop';
const QueueUrl = `${queueUrl}/shared`;
const grant = {
  FunctionName,
  StatementId: 'new',
  Action: 'lambda:InvokeFunction',
  Principal: 's3.amazonaws.com',
};
const layer = { LayerName: 'tools', VersionNumber: 2 };

suite('Sample account: the AWS SDK talks to it', () => {
  const at = bench();
  const settings = (): object => ({
    endpoint: at.account.endpoint,
    region: at.account.region,
    credentials: at.account.credentials,
    maxAttempts: 1,
  });

  const lambdaCalls: readonly (readonly [
    string,
    (client: lambda.LambdaClient) => Promise<unknown>,
  ])[] = [
    [
      'ListFunctions',
      (client) =>
        client.send(new lambda.ListFunctionsCommand({ FunctionVersion: 'ALL', MaxItems: 50 })),
    ],
    [
      'ListVersionsByFunction',
      (client) => client.send(new lambda.ListVersionsByFunctionCommand({ FunctionName })),
    ],
    ['ListAliases', (client) => client.send(new lambda.ListAliasesCommand({ FunctionName }))],
    ['GetFunction', (client) => client.send(new lambda.GetFunctionCommand({ FunctionName }))],
    [
      'GetFunctionConfiguration',
      (client) => client.send(new lambda.GetFunctionConfigurationCommand({ FunctionName })),
    ],
    ['PublishVersion', (client) => client.send(new lambda.PublishVersionCommand({ FunctionName }))],
    [
      'AddPermission',
      (client) =>
        client.send(
          new lambda.AddPermissionCommand({
            ...grant,
            Qualifier: 'live',
            RevisionId: 'rev-live',
            InvokedViaFunctionUrl: true,
          }),
        ),
    ],
    [
      'RemovePermission',
      (client) =>
        client.send(
          new lambda.RemovePermissionCommand({
            FunctionName,
            StatementId: 'one',
            Qualifier: '1',
            RevisionId: 'rev-1',
          }),
        ),
    ],
    [
      'GetResourcePolicy',
      (client) =>
        client.send(
          new lambda.GetResourcePolicyCommand({ ResourceArn: `${functionArn}:shop:live` }),
        ),
    ],
    [
      'PutResourcePolicy',
      (client) =>
        client.send(
          new lambda.PutResourcePolicyCommand({
            ResourceArn: `${functionArn}:shop`,
            Policy: '{"Statement":[]}',
            RevisionId: 'rev-shop',
          }),
        ),
    ],
    [
      'DeleteResourcePolicy',
      (client) =>
        client.send(
          new lambda.DeleteResourcePolicyCommand({
            ResourceArn: `${functionArn}:shop`,
            RevisionId: 'rev-shop',
          }),
        ),
    ],
    ['ListLayers', (client) => client.send(new lambda.ListLayersCommand({}))],
    [
      'ListLayerVersions',
      (client) => client.send(new lambda.ListLayerVersionsCommand({ LayerName: 'tools' })),
    ],
    [
      'GetLayerVersionPolicy',
      (client) => client.send(new lambda.GetLayerVersionPolicyCommand(layer)),
    ],
    [
      'AddLayerVersionPermission',
      (client) =>
        client.send(
          new lambda.AddLayerVersionPermissionCommand({
            ...layer,
            StatementId: 'new',
            Action: 'lambda:GetLayerVersion',
            Principal: '*',
            OrganizationId: 'o-abcdefghij',
            RevisionId: 'rev-layer',
          }),
        ),
    ],
    [
      'RemoveLayerVersionPermission',
      (client) =>
        client.send(
          new lambda.RemoveLayerVersionPermissionCommand({
            ...layer,
            StatementId: 'one',
            RevisionId: 'rev-layer',
          }),
        ),
    ],
    [
      'ListEventSourceMappings',
      (client) =>
        client.send(new lambda.ListEventSourceMappingsCommand({ FunctionName: 'shop:live' })),
    ],
  ];
  for (const [name, call] of lambdaCalls) {
    test(`Lambda ${name}`, async () => {
      await call(new lambda.LambdaClient(settings()));
    });
  }

  const sqsCalls: readonly (readonly [string, (client: sqs.SQSClient) => Promise<unknown>])[] = [
    ['ListQueues', (client) => client.send(new sqs.ListQueuesCommand({ MaxResults: 2 }))],
    ['GetQueueUrl', (client) => client.send(new sqs.GetQueueUrlCommand({ QueueName: 'shared' }))],
    [
      'SetQueueAttributes',
      (client) =>
        client.send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } })),
    ],
    [
      'AddPermission',
      (client) =>
        client.send(
          new sqs.AddPermissionCommand({
            QueueUrl,
            Label: 'new',
            AWSAccountIds: ['210987654321'],
            Actions: ['SendMessage'],
          }),
        ),
    ],
    [
      'RemovePermission',
      (client) => client.send(new sqs.RemovePermissionCommand({ QueueUrl, Label: 'twin' })),
    ],
  ];
  const queues = (): sqs.SQSClient =>
    new sqs.SQSClient({ ...settings(), useQueueUrlAsEndpoint: false });
  for (const [name, call] of sqsCalls) {
    test(`SQS ${name}`, async () => {
      await call(queues());
    });
  }

  test('Lambda GetPolicy: byte for byte through the SDK too', async () => {
    const client = new lambda.LambdaClient(settings());
    const { Policy } = await client.send(new lambda.GetPolicyCommand({ FunctionName: 'odd' }));
    assert.equal(Policy, oddText);
  });

  test('SQS GetQueueAttributes: byte for byte through the SDK too', async () => {
    const asked = { QueueUrl: `${queueUrl}/odd`, AttributeNames: ['Policy', 'QueueArn'] as const };
    const { Attributes } = await queues().send(
      new sqs.GetQueueAttributesCommand({ ...asked, AttributeNames: [...asked.AttributeNames] }),
    );
    assert.deepEqual(Attributes, { Policy: oddText, QueueArn: `${queueArn}:odd` });
  });

  test('STS GetCallerIdentity', async () => {
    const { Account, Arn } = await new STSClient(settings()).send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], [at.account.accountId, at.account.state().callerArn]);
  });

  const names: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'ResourceNotFoundException',
      () =>
        new lambda.LambdaClient(settings()).send(
          new lambda.GetPolicyCommand({ FunctionName: 'bare' }),
        ),
    ],
    [
      'PreconditionFailedException',
      () =>
        new lambda.LambdaClient(settings()).send(
          new lambda.RemovePermissionCommand({
            FunctionName,
            StatementId: 'one',
            RevisionId: 'old',
          }),
        ),
    ],
    ['QueueDoesNotExist', () => queues().send(new sqs.GetQueueUrlCommand({ QueueName: 'nope' }))],
    [
      'InvalidParameterValue',
      () => queues().send(new sqs.RemovePermissionCommand({ QueueUrl, Label: 'nope' })),
    ],
    [
      'MissingParameter',
      () => queues().send(new sqs.RemovePermissionCommand({ QueueUrl, Label: '' })),
    ],
    [
      'InvalidAttributeValue',
      () =>
        queues().send(new sqs.SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '{' } })),
    ],
    [
      'OverLimit',
      () =>
        queues().send(
          new sqs.AddPermissionCommand({
            QueueUrl: `${queueUrl}/full`,
            Label: 'new',
            AWSAccountIds: ['210987654321'],
            Actions: ['SendMessage'],
          }),
        ),
    ],
    [
      'InvalidClientTokenId',
      () =>
        new STSClient({
          ...settings(),
          credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' },
        }).send(new GetCallerIdentityCommand({})),
    ],
    [
      'UnrecognizedClientException',
      () =>
        new lambda.LambdaClient({
          ...settings(),
          credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' },
        }).send(new lambda.ListFunctionsCommand({})),
    ],
  ];
  for (const [name, call] of names) {
    test(`the SDK's error is named ${name}`, async () => {
      await assert.rejects(call(), { name });
    });
  }
});
