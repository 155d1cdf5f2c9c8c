import assert from 'node:assert/strict';
import fc from 'fast-check';
import { functionGrants, layerGrants, queueGrants } from './grantValues';
import { grantOf, grantStatementText } from '../../src/core/grantStatement';
import type { Grant } from '../../src/core/grants';
import type { Resource } from '../../src/core/resource';
import { statementFrom } from './statements';

const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop:live';
const layerArn = 'arn:aws:lambda:eu-west-1:123456789012:layer:common:2';
const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
const resources: Readonly<Record<Resource['kind'], Resource>> = {
  lambdaFunction: { kind: 'lambdaFunction', arn: functionArn, functionName: 'shop' },
  layerVersion: { kind: 'layerVersion', arn: layerArn, layerName: 'common', version: 2 },
  sqsQueue: { kind: 'sqsQueue', arn: queueArn, queueName: 'jobs', queueUrl: 'https://q/jobs' },
};

const invoke = {
  kind: 'lambdaFunction',
  statementId: 'a',
  action: 'lambda:InvokeFunction',
} as const;

suite('grantStatement: byte for byte what AWS writes', () => {
  const rows: readonly (readonly [string, Grant, string])[] = [
    [
      'a service with its source',
      {
        ...invoke,
        principal: 's3.amazonaws.com',
        sourceArn: 'arn:aws:s3:::uploads',
        sourceAccount: '123456789012',
      },
      `{"Sid":"a","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"${functionArn}","Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::uploads"}}}`,
    ],
    [
      'an account',
      { ...invoke, principal: '210987654321' },
      `{"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"lambda:InvokeFunction","Resource":"${functionArn}"}`,
    ],
    [
      'a role',
      { ...invoke, principal: 'arn:aws:iam::210987654321:role/path/caller' },
      `{"Sid":"a","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:role/path/caller"},"Action":"lambda:InvokeFunction","Resource":"${functionArn}"}`,
    ],
    [
      'everyone of an organization',
      { ...invoke, principal: '*', principalOrgId: 'o-a1b2c3d4e5' },
      `{"Sid":"a","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"${functionArn}","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`,
    ],
    [
      'a function URL',
      {
        ...invoke,
        action: 'lambda:InvokeFunctionUrl',
        principal: '*',
        functionUrlAuthType: 'NONE',
      },
      `{"Sid":"a","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"${functionArn}","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}}`,
    ],
    [
      'the function behind a URL',
      { ...invoke, principal: '*', invokedViaFunctionUrl: true },
      `{"Sid":"a","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"${functionArn}","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}}`,
    ],
    [
      'not behind a URL',
      { ...invoke, principal: '*', invokedViaFunctionUrl: false },
      `{"Sid":"a","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"${functionArn}","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"false"}}}`,
    ],
    [
      'Alexa',
      { ...invoke, principal: 'alexa-connectedhome.amazon.com', eventSourceToken: 'amzn1.x' },
      `{"Sid":"a","Effect":"Allow","Principal":{"Service":"alexa-connectedhome.amazon.com"},"Action":"lambda:InvokeFunction","Resource":"${functionArn}","Condition":{"StringEquals":{"lambda:EventSourceToken":"amzn1.x"}}}`,
    ],
    [
      'a layer for an organization',
      {
        kind: 'layerVersion',
        statementId: 'org',
        principal: '*',
        organizationId: 'o-a1b2c3d4e5',
      },
      `{"Sid":"org","Effect":"Allow","Principal":"*","Action":"lambda:GetLayerVersion","Resource":"${layerArn}","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`,
    ],
    [
      'a layer for an account by its root',
      {
        kind: 'layerVersion',
        statementId: 'p',
        principal: 'arn:aws:iam::210987654321:root',
      },
      `{"Sid":"p","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"lambda:GetLayerVersion","Resource":"${layerArn}"}`,
    ],
    [
      'a queue: one account, one action',
      {
        kind: 'sqsQueue',
        statementId: 'p',
        accountIds: ['210987654321'],
        actions: ['SendMessage'],
      },
      `{"Sid":"p","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},"Action":"SQS:SendMessage","Resource":"${queueArn}"}`,
    ],
    [
      'a queue: two accounts, two actions',
      {
        kind: 'sqsQueue',
        statementId: 'p',
        accountIds: ['999988887777', '210987654321'],
        actions: ['ReceiveMessage', 'DeleteMessage'],
      },
      `{"Sid":"p","Effect":"Allow","Principal":{"AWS":["arn:aws:iam::999988887777:root","arn:aws:iam::210987654321:root"]},"Action":["SQS:ReceiveMessage","SQS:DeleteMessage"],"Resource":"${queueArn}"}`,
    ],
  ];
  for (const [name, grant, text] of rows) {
    test(name, () => assert.equal(grantStatementText(grant, resources[grant.kind].arn), text));
  }

  test('an account has its ARN in the partition of the resource', () => {
    const arn = 'arn:aws-cn:lambda:cn-north-1:123456789012:function:shop';
    const text = grantStatementText({ ...invoke, principal: '210987654321' }, arn);
    assert.match(text, /"arn:aws-cn:iam::210987654321:root"/);
  });
});

suite('grantOf', () => {
  const values: Readonly<Record<Resource['kind'], fc.Arbitrary<Grant>>> = {
    lambdaFunction: functionGrants,
    layerVersion: layerGrants,
    sqsQueue: queueGrants,
  };
  for (const [kind, grants] of Object.entries(values)) {
    const resource = resources[kind as Resource['kind']];
    test(`${kind}: gives back the grant of its statement`, () => {
      fc.assert(
        fc.property(grants, (grant) => {
          const statement = statementFrom(grantStatementText(grant, resource.arn));
          assert.deepEqual(grantOf(statement, resource), grant);
        }),
        { numRuns: 500 },
      );
    });
  }

  const base = {
    Sid: 'a',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: 'lambda:InvokeFunction',
    Resource: functionArn,
  };
  const layer = { ...base, Action: 'lambda:GetLayerVersion', Resource: layerArn };
  const queue = { ...base, Action: 'SQS:SendMessage', Resource: queueArn };
  const service = { ...base, Principal: { Service: 's3.amazonaws.com' } };
  const conditioned = (Condition: object) => ({ ...service, Condition });

  test('of an account that is written as its root it gives the ID', () => {
    const grant: Grant = { ...invoke, principal: 'arn:aws:iam::210987654321:root' };
    const statement = statementFrom(grantStatementText(grant, functionArn));
    const back = { ...invoke, principal: '210987654321' };
    assert.deepEqual(grantOf(statement, resources.lambdaFunction), back);
  });

  test('an account by its bare ID is the same', () => {
    const statement = statementFrom({ ...base, Principal: { AWS: '210987654321' } });
    const grant = { ...invoke, principal: '210987654321' };
    assert.deepEqual(grantOf(statement, resources.lambdaFunction), grant);
  });

  test('lists of one and another order of the elements make no difference', () => {
    const statement = statementFrom({
      Condition: { ArnLike: { 'AWS:SourceArn': ['arn:aws:s3:::b'] } },
      Resource: [functionArn],
      Action: ['lambda:InvokeFunction'],
      Principal: { Service: ['s3.amazonaws.com'] },
      Effect: 'Allow',
      Sid: 'a',
    });
    const grant = { ...invoke, principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::b' };
    assert.deepEqual(grantOf(statement, resources.lambdaFunction), grant);
  });

  test('what the rows below are made from can be expressed', () => {
    assert.ok(grantOf(statementFrom(base), resources.lambdaFunction));
    assert.ok(grantOf(statementFrom(service), resources.lambdaFunction));
    assert.ok(grantOf(statementFrom(layer), resources.layerVersion));
    assert.ok(grantOf(statementFrom(queue), resources.sqsQueue));
  });

  const inexpressible: readonly (readonly [string, Resource['kind'], unknown])[] = [
    ['a Deny', 'lambdaFunction', { ...base, Effect: 'Deny' }],
    ['no effect', 'lambdaFunction', { ...base, Effect: undefined }],
    ['no Sid', 'lambdaFunction', { ...base, Sid: undefined }],
    ['an empty Sid', 'lambdaFunction', { ...base, Sid: '' }],
    ['a Sid with a dot', 'lambdaFunction', { ...base, Sid: 'a.b' }],
    ['a Sid of 101 characters', 'lambdaFunction', { ...base, Sid: 'x'.repeat(101) }],
    ['a queue’s Sid of 81 characters', 'sqsQueue', { ...queue, Sid: 'x'.repeat(81) }],
    [
      'two actions of a function',
      'lambdaFunction',
      { ...base, Action: ['lambda:InvokeFunction', 'lambda:GetFunction'] },
    ],
    ['an action of another service', 'lambdaFunction', { ...base, Action: 's3:GetObject' }],
    ['NotAction', 'lambdaFunction', { ...base, Action: undefined, NotAction: base.Action }],
    [
      'two principals',
      'lambdaFunction',
      { ...base, Principal: { AWS: ['arn:aws:iam::210987654321:root', '*'] } },
    ],
    ['NotPrincipal', 'lambdaFunction', { ...base, Principal: undefined, NotPrincipal: '*' }],
    ['everyone as AWS: *', 'lambdaFunction', { ...base, Principal: { AWS: '*' } }],
    [
      'an unresolved ID',
      'lambdaFunction',
      { ...base, Principal: { AWS: 'AROAEXAMPLEGONE000001' } },
    ],
    [
      'a federation',
      'lambdaFunction',
      { ...base, Principal: { Federated: 'accounts.google.com' } },
    ],
    [
      'a service that is none',
      'lambdaFunction',
      { ...base, Principal: { Service: 'shop.example' } },
    ],
    ['nobody', 'lambdaFunction', { ...base, Principal: {} }],
    ['another resource', 'lambdaFunction', { ...base, Resource: `${functionArn}2` }],
    ['every resource', 'lambdaFunction', { ...base, Resource: '*' }],
    ['no resource', 'lambdaFunction', { ...base, Resource: undefined }],
    ['an unknown element', 'lambdaFunction', { ...base, Note: 'x' }],
    ['an empty condition', 'lambdaFunction', { ...base, Condition: {} }],
    [
      'another operator',
      'lambdaFunction',
      conditioned({ ArnEquals: { 'AWS:SourceArn': 'arn:aws:s3:::b' } }),
    ],
    [
      'a key in another case',
      'lambdaFunction',
      conditioned({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b' } }),
    ],
    ['another key', 'lambdaFunction', conditioned({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    [
      'two values of a key',
      'lambdaFunction',
      conditioned({ StringEquals: { 'AWS:SourceAccount': ['123456789012', '210987654321'] } }),
    ],
    [
      'a value that the call refuses',
      'lambdaFunction',
      conditioned({ StringEquals: { 'AWS:SourceAccount': '12345' } }),
    ],
    [
      'a truth value for a text',
      'lambdaFunction',
      conditioned({ Bool: { 'lambda:InvokedViaFunctionUrl': true } }),
    ],
    [
      'a truth that is neither',
      'lambdaFunction',
      conditioned({ Bool: { 'lambda:InvokedViaFunctionUrl': 'maybe' } }),
    ],
    [
      'an auth type without its action',
      'lambdaFunction',
      conditioned({ StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } }),
    ],
    [
      'a token beside a source',
      'lambdaFunction',
      conditioned({
        StringEquals: { 'lambda:EventSourceToken': 't', 'AWS:SourceAccount': '123456789012' },
      }),
    ],
    ['another action on a layer', 'layerVersion', { ...layer, Action: 'lambda:*' }],
    ['a service on a layer', 'layerVersion', { ...layer, Principal: service.Principal }],
    [
      'an organization beside an account on a layer',
      'layerVersion',
      { ...layer, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } },
    ],
    ['a service on a queue', 'sqsQueue', { ...queue, Principal: service.Principal }],
    ['everyone on a queue', 'sqsQueue', { ...queue, Principal: '*' }],
    [
      'a role on a queue',
      'sqsQueue',
      { ...queue, Principal: { AWS: 'arn:aws:iam::210987654321:role/r' } },
    ],
    ['a condition on a queue', 'sqsQueue', { ...queue, Condition: { Bool: { x: 'true' } } }],
    ['an action in small letters on a queue', 'sqsQueue', { ...queue, Action: 'sqs:SendMessage' }],
    ['an action of owners on a queue', 'sqsQueue', { ...queue, Action: 'SQS:DeleteQueue' }],
    ['the statement of another kind', 'layerVersion', { ...base, Resource: layerArn }],
  ];
  for (const [name, kind, statement] of inexpressible) {
    test(`nothing for ${name}`, () => {
      assert.equal(grantOf(statementFrom(statement), resources[kind]), undefined);
    });
  }
});
