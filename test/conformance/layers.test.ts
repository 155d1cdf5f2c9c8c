import assert from 'node:assert/strict';
import { bench, checkFacts, inner, layerPath } from './harness';
import { layerArn } from './seed';

const grant = { StatementId: 'new', Action: 'lambda:GetLayerVersion', Principal: '210987654321' };
const missing = { status: 404, error: 'ResourceNotFoundException' };
const broken = { status: 400, error: 'ValidationException' };
const stale = { status: 412, error: 'PreconditionFailedException' };
const none = 'No policy is associated with the given resource.';
const gone = `Layer version ${layerArn}:tools:9 does not exist.`;

suite('Sample account: layer version policies', () => {
  const at = bench();

  checkFacts(at, [
    { fact: 'Get', ask: (aws) => aws.lambda('GET', layerPath('tools', 2)), status: 200 },
    {
      fact: 'Get by ARN',
      ask: (aws) => aws.lambda('GET', layerPath(`${layerArn}:tools`, 2)),
      status: 200,
    },
    {
      fact: 'Get, no policy has a text of its own',
      ask: (aws) => aws.lambda('GET', layerPath('tools', 1)),
      ...missing,
      says: none,
    },
    {
      fact: 'Get, version missing',
      ask: (aws) => aws.lambda('GET', layerPath('tools', 9)),
      ...missing,
      says: gone,
    },
    {
      fact: 'Get, layer missing',
      ask: (aws) => aws.lambda('GET', layerPath('nope', 1)),
      ...missing,
    },
    {
      fact: 'Get, version is no number',
      ask: (aws) => aws.lambda('GET', layerPath('tools', 'x')),
      status: 400,
      error: 'SerializationException',
    },
    {
      fact: 'Get, layer of another account',
      ask: (aws) =>
        aws.lambda('GET', layerPath('arn:aws:lambda:eu-west-1:210987654321:layer:tools', 2)),
      status: 403,
      error: 'AccessDeniedException',
    },
    { fact: 'Add', ask: (aws) => aws.lambda('POST', layerPath('tools', 2), grant), status: 201 },
    {
      fact: 'Add, right revision',
      ask: (aws) => aws.lambda('POST', layerPath('tools', 2, '?RevisionId=rev-layer'), grant),
      status: 201,
    },
    {
      fact: 'Add, stale revision',
      ask: (aws) => aws.lambda('POST', layerPath('tools', 2, '?RevisionId=old'), grant),
      ...stale,
    },
    {
      fact: 'Add, Sid taken',
      ask: (aws) => aws.lambda('POST', layerPath('tools', 2), { ...grant, StatementId: 'one' }),
      status: 409,
      error: 'ResourceConflictException',
    },
    {
      fact: 'Add, version missing',
      ask: (aws) => aws.lambda('POST', layerPath('tools', 9), grant),
      ...missing,
      says: gone,
    },
    {
      fact: 'Add, another action',
      ask: (aws) => aws.lambda('POST', layerPath('tools', 2), { ...grant, Action: 'lambda:*' }),
      ...broken,
    },
    {
      fact: 'Add, a role is no principal',
      ask: (aws) =>
        aws.lambda('POST', layerPath('tools', 2), {
          ...grant,
          Principal: 'arn:aws:iam::210987654321:role/x',
        }),
      ...broken,
    },
    {
      fact: 'Add, Sid outside the pattern',
      ask: (aws) => aws.lambda('POST', layerPath('tools', 2), { ...grant, StatementId: 'a b' }),
      ...broken,
    },
    {
      fact: 'Add, organisation outside the pattern',
      ask: (aws) =>
        aws.lambda('POST', layerPath('tools', 2), {
          ...grant,
          Principal: '*',
          OrganizationId: 'x',
        }),
      ...broken,
    },
    {
      fact: 'Add, organisation only with *',
      ask: (aws) =>
        aws.lambda('POST', layerPath('tools', 2), { ...grant, OrganizationId: 'o-abcdefghij' }),
      status: 400,
      error: 'InvalidParameterValueException',
    },
    {
      fact: 'Remove',
      ask: (aws) => aws.lambda('DELETE', layerPath('tools', 2, '/one')),
      status: 204,
    },
    {
      fact: 'Remove, right revision',
      ask: (aws) => aws.lambda('DELETE', layerPath('tools', 2, '/one?RevisionId=rev-layer')),
      status: 204,
    },
    {
      fact: 'Remove, stale revision',
      ask: (aws) => aws.lambda('DELETE', layerPath('tools', 2, '/one?RevisionId=old')),
      ...stale,
    },
    {
      fact: 'Remove, statement unknown',
      ask: (aws) => aws.lambda('DELETE', layerPath('tools', 2, '/two')),
      ...missing,
      says: 'Statement two is not found in resource policy.',
    },
    {
      fact: 'Remove, no policy',
      ask: (aws) => aws.lambda('DELETE', layerPath('tools', 1, '/one')),
      ...missing,
      says: none,
    },
    {
      fact: 'Remove, version missing',
      ask: (aws) => aws.lambda('DELETE', layerPath('tools', 9, '/one')),
      ...missing,
      says: gone,
    },
    {
      fact: 'No whole-document write',
      ask: (aws) => aws.lambda('PUT', layerPath('tools', 2), {}),
      status: 404,
      error: 'UnknownOperationException',
    },
  ]);

  const root = { AWS: 'arn:aws:iam::210987654321:root' };
  const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } };
  const forms: readonly (readonly [string, object, object])[] = [
    ['12 digits become the root of the account', {}, { Principal: root }],
    ['the root of an account stays', { Principal: root.AWS }, { Principal: root }],
    ['* is every account', { Principal: '*' }, { Principal: '*' }],
    [
      'an organisation is a condition',
      { Principal: '*', OrganizationId: 'o-abcdefghij' },
      { Principal: '*', Condition: inOrganization },
    ],
  ];
  for (const [fact, fields, expected] of forms) {
    test(fact, async () => {
      const answer = await at.aws.lambda('POST', layerPath('tools', 1), { ...grant, ...fields });
      assert.equal(answer.status, 201);
      assert.deepEqual(inner(answer, 'Statement'), {
        Sid: 'new',
        Effect: 'Allow',
        Action: 'lambda:GetLayerVersion',
        Resource: `${layerArn}:tools:1`,
        ...expected,
      });
    });
  }

  test('Add answers the new revision ID', async () => {
    const answer = await at.aws.lambda('POST', layerPath('tools', 2), grant);
    const policy = await at.aws.lambda('GET', layerPath('tools', 2));
    assert.equal(policy.json['RevisionId'], answer.json['RevisionId']);
    assert.notEqual(answer.json['RevisionId'], 'rev-layer');
  });

  test('the policy is gone with its last statement', async () => {
    await at.aws.lambda('DELETE', layerPath('tools', 2, '/one'));
    const { status, message } = await at.aws.lambda('GET', layerPath('tools', 2));
    assert.deepEqual([status, message], [404, none]);
  });
});
