import assert from 'node:assert/strict';
import {
  bench,
  checkFacts,
  grant,
  inner,
  policyPath,
  resourcePolicyPath,
  statementPath,
} from './harness';
import { functionArn, layerArn, policyOf, statement } from './seed';

const shop = `${functionArn}:shop`;
const free = {
  Effect: 'Deny',
  Principal: { AWS: ['210987654321', '345678901234'] },
  Action: ['lambda:InvokeFunction', 'lambda:GetFunction'],
  Resource: [shop, `${shop}:*`],
  Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } },
};
const freeText = JSON.stringify({ Version: '2012-10-17', Statement: [free] }, null, 3);
const longText = policyOf('', statement('x'.repeat(20_480))).text;

const invalid = { status: 400, error: 'InvalidParameterValueException' };
const broken = { status: 400, error: 'ValidationException' };
const missing = { status: 404, error: 'ResourceNotFoundException' };
const stale = { status: 412, error: 'PreconditionFailedException' };

suite('Sample account: the JSON policy calls of 2026', () => {
  const at = bench();
  const put = (arn: string, Policy: unknown, RevisionId?: string): [string, string, object] => [
    'PUT',
    resourcePolicyPath(arn),
    { Policy, RevisionId },
  ];

  checkFacts(at, [
    {
      fact: 'Get, unqualified',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(shop)),
      status: 200,
    },
    {
      fact: 'Get, alias',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(`${shop}:live`)),
      status: 200,
    },
    {
      fact: 'Get, version',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(`${shop}:1`)),
      status: 200,
    },
    {
      fact: 'Get, no policy',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(`${functionArn}:bare`)),
      ...missing,
    },
    {
      fact: 'Get, function missing',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(`${functionArn}:nope`)),
      ...missing,
    },
    {
      fact: 'Get, a name is no ARN',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath('shop')),
      ...broken,
    },
    {
      fact: 'Get, not for layers',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(`${layerArn}:tools:2`)),
      ...broken,
    },
    {
      fact: 'Get, ARN over 256',
      ask: (aws) => aws.lambda('GET', resourcePolicyPath(`${shop}${'x'.repeat(256)}`)),
      ...broken,
    },
    {
      fact: 'Put, all of an alias',
      ask: (aws) => aws.lambda(...put(`${shop}:plain`, freeText)),
      status: 200,
    },
    {
      fact: 'Put, right revision',
      ask: (aws) => aws.lambda(...put(shop, freeText, 'rev-shop')),
      status: 200,
    },
    {
      fact: 'Put, stale revision',
      ask: (aws) => aws.lambda(...put(shop, freeText, 'old')),
      ...stale,
    },
    { fact: 'Put, not JSON', ask: (aws) => aws.lambda(...put(shop, '{')), ...invalid },
    {
      fact: 'Put, statement without Effect',
      ask: (aws) => aws.lambda(...put(shop, '{"Statement":[{}]}')),
      ...invalid,
    },
    {
      fact: 'Put, unresolved principal',
      ask: (aws) =>
        aws.lambda(
          ...put(
            shop,
            policyOf('', statement('a', { Principal: { AWS: 'AROAEXAMPLEGONE000001' } })).text,
          ),
        ),
      ...invalid,
    },
    {
      fact: 'Put, over 20,480',
      ask: (aws) => aws.lambda(...put(shop, longText)),
      status: 400,
      error: 'PolicyLengthExceededException',
    },
    {
      fact: 'Put, public while blocked',
      ask: (aws) =>
        aws.lambda(
          ...put(`${functionArn}:guarded`, policyOf('', statement('a', { Principal: '*' })).text),
        ),
      status: 400,
      error: 'PublicPolicyException',
    },
    { fact: 'Put, no policy text', ask: (aws) => aws.lambda(...put(shop, undefined)), ...broken },
    {
      fact: 'Put, function missing',
      ask: (aws) => aws.lambda(...put(`${functionArn}:nope`, freeText)),
      ...missing,
    },
    {
      fact: 'Put, $LATEST',
      ask: (aws) => aws.lambda(...put(`${shop}:$LATEST`, freeText)),
      ...invalid,
    },
    { fact: 'Delete', ask: (aws) => aws.lambda('DELETE', resourcePolicyPath(shop)), status: 204 },
    {
      fact: 'Delete, right revision',
      ask: (aws) => aws.lambda('DELETE', resourcePolicyPath(shop, '?RevisionId=rev-shop')),
      status: 204,
    },
    {
      fact: 'Delete, stale revision',
      ask: (aws) => aws.lambda('DELETE', resourcePolicyPath(shop, '?RevisionId=old')),
      ...stale,
    },
    {
      fact: 'Delete, no policy',
      ask: (aws) => aws.lambda('DELETE', resourcePolicyPath(`${functionArn}:bare`)),
      ...missing,
    },
  ]);

  test('Put replaces all, statements of AddPermission included, and keeps the text', async () => {
    const answer = await at.aws.lambda(...put(shop, freeText));
    const old = await at.aws.lambda('GET', policyPath('shop'));
    const now = await at.aws.lambda('GET', resourcePolicyPath(shop));
    assert.equal(now.json['Policy'], freeText);
    assert.deepEqual(answer.json, now.json);
    assert.deepEqual(old.json, now.json);
    assert.notEqual(now.json['RevisionId'], 'rev-shop');
  });

  test('a stale Put writes nothing', async () => {
    const before = at.account.state();
    await at.aws.lambda(...put(shop, freeText, 'old'));
    assert.deepEqual(at.account.state(), before);
  });

  test('AddPermission afterwards appends, RemovePermission takes single statements', async () => {
    await at.aws.lambda(...put(shop, freeText));
    assert.equal((await at.aws.lambda('POST', policyPath('shop'), grant)).status, 201);
    const both = inner(await at.aws.lambda('GET', policyPath('shop')), 'Policy');
    const [first, second] = (both as { Statement: { Sid?: string }[] }).Statement;
    assert.deepEqual([first, second?.Sid], [free, 'new']);
    assert.equal((await at.aws.lambda('DELETE', statementPath('shop', 'new'))).status, 204);
    const left = inner(await at.aws.lambda('GET', policyPath('shop')), 'Policy');
    assert.deepEqual((left as { Statement: unknown }).Statement, [free]);
  });

  test('a statement without a Sid has no RemovePermission', async () => {
    await at.aws.lambda(...put(shop, freeText));
    const { error } = await at.aws.lambda('DELETE', statementPath('shop', 'undefined'));
    assert.equal(error, 'ResourceNotFoundException');
  });

  test('after Delete there is no policy', async () => {
    await at.aws.lambda('DELETE', resourcePolicyPath(shop));
    assert.equal((await at.aws.lambda('GET', policyPath('shop'))).status, 404);
    assert.equal((await at.aws.lambda('GET', policyPath('shop', 'live'))).status, 200);
  });

  test('an empty Statement list stays a policy', async () => {
    const empty = '{"Version":"2012-10-17","Statement":[]}';
    assert.equal((await at.aws.lambda(...put(shop, empty))).status, 200);
    assert.equal((await at.aws.lambda('GET', policyPath('shop'))).json['Policy'], empty);
  });
});
