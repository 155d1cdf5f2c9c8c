import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GrantField, GrantProblem } from '../../src/core/grantRules';
import { accountIdsOf, grantProblems, queueActions } from '../../src/core/grantRules';
import { grantStatementText } from '../../src/core/grantStatement';
import type { FunctionGrant, Grant, LayerGrant, QueueGrant } from '../../src/core/grants';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import type { Resource } from '../../src/core/resource';
import {
  functionNamed,
  layerVersion,
  qualified,
  queueNamed,
  signal,
  withStores,
} from '../aws/stores';
import { functionGrants, layerGrants, queueGrants } from './grantValues';

const invoke: FunctionGrant = {
  kind: 'lambdaFunction',
  statementId: 'a',
  action: 'lambda:InvokeFunction',
  principal: 's3.amazonaws.com',
};
const url: FunctionGrant = { ...invoke, principal: '*', action: 'lambda:InvokeFunctionUrl' };
const layer: LayerGrant = { kind: 'layerVersion', statementId: 'a', principal: '210987654321' };
const queue: QueueGrant = {
  kind: 'sqsQueue',
  statementId: 'a',
  accountIds: ['210987654321'],
  actions: ['SendMessage'],
};

const valid: readonly (readonly [string, Grant])[] = [
  ['a statement ID of 100 characters', { ...invoke, statementId: 'x'.repeat(100) }],
  ['a statement ID of letters, digits, dash, underscore', { ...invoke, statementId: '-_aZ09' }],
  ['a label of 80 characters', { ...queue, statementId: 'x'.repeat(80) }],
  ['any action of Lambda', { ...invoke, action: 'lambda:GetFunctionConfiguration' }],
  ['all actions of Lambda', { ...invoke, action: 'lambda:*' }],
  ['all actions', { ...invoke, action: '*' }],
  ['a service of a region', { ...invoke, principal: 'logs.eu-central-1.amazonaws.com' }],
  ['a service of amazon.com', { ...invoke, principal: 'alexa-appkit.amazon.com' }],
  ['a service of China', { ...invoke, principal: 'ec2.amazonaws.com.cn' }],
  ['an account', { ...invoke, principal: '210987654321' }],
  ['the root of an account', { ...invoke, principal: 'arn:aws:iam::210987654321:root' }],
  ['a role with a path', { ...invoke, principal: 'arn:aws:iam::210987654321:role/a/b+=,.@-_c' }],
  ['a user of GovCloud', { ...invoke, principal: 'arn:aws-us-gov:iam::210987654321:user/u' }],
  ['a session', { ...invoke, principal: 'arn:aws:sts::210987654321:assumed-role/r/s' }],
  ['everyone', { ...invoke, principal: '*' }],
  ['a bucket', { ...invoke, sourceArn: 'arn:aws:s3:::my.bucket' }],
  ['a source with wildcards', { ...invoke, sourceArn: 'arn:aws:sns:eu-west-1:123456789012:a*' }],
  ['a source in GovCloud', { ...invoke, sourceArn: 'arn:aws-us-gov:sns:us-gov-east-1:123456789012:a' }],
  ['the account of the source', { ...invoke, sourceAccount: '000000000000' }],
  ['the shortest organization', { ...invoke, principal: '*', principalOrgId: `o-${'a'.repeat(10)}` }],
  ['the longest organization', { ...invoke, principal: '*', principalOrgId: `o-${'9'.repeat(32)}` }],
  ['NONE', { ...url, functionUrlAuthType: 'NONE' }],
  ['AWS_IAM', { ...url, functionUrlAuthType: 'AWS_IAM' }],
  ['via the URL', { ...invoke, principal: '*', invokedViaFunctionUrl: true }],
  ['not via the URL', { ...invoke, principal: '*', invokedViaFunctionUrl: false }],
  ['a token of 256 characters', { ...invoke, eventSourceToken: 'aZ9._-'.padEnd(256, 'x') }],
  ['a layer for an account', layer],
  ['a layer for a root', { ...layer, principal: 'arn:aws:iam::210987654321:root' }],
  ['a layer for everyone', { ...layer, principal: '*' }],
  ['a layer for an organization', { ...layer, principal: '*', organizationId: 'o-a1b2c3d4e5' }],
  ['a queue, every action', { ...queue, actions: ['*'] }],
  ['a queue, seven actions', { ...queue, actions: queueActions.slice(1) }],
  ['a queue, 50 accounts', { ...queue, accountIds: accounts(50) }],
]; // prettier-ignore

/** `ours`: AWS would take it, and it would not do what it is for. */
const invalid: readonly (readonly [string, Grant, GrantField, GrantProblem, 'ours'?])[] = [
  ['no statement ID', { ...invoke, statementId: '' }, 'statementId', { code: 'missing' }],
  ['a statement ID of 101 characters', { ...invoke, statementId: 'x'.repeat(101) },
    'statementId', { code: 'tooLong', length: 101, most: 100 }],
  ['a label of 81 characters', { ...queue, statementId: 'x'.repeat(81) },
    'statementId', { code: 'tooLong', length: 81, most: 80 }],
  ['a dot in a statement ID', { ...invoke, statementId: 'a.b' },
    'statementId', { code: 'illegalCharacter', character: '.', allowed: '-_' }],
  ['a blank in a statement ID', { ...layer, statementId: 'a b' },
    'statementId', { code: 'illegalCharacter', character: ' ', allowed: '-_' }],
  ['an umlaut in a label', { ...queue, statementId: 'ä' },
    'statementId', { code: 'illegalCharacter', character: 'ä', allowed: '-_' }],
  ['a sign of two units in a statement ID', { ...invoke, statementId: '😀' },
    'statementId', { code: 'illegalCharacter', character: '😀', allowed: '-_' }],
  ['a line break in a statement ID', { ...invoke, statementId: 'a\n' },
    'statementId', { code: 'illegalCharacter', character: '\n', allowed: '-_' }],
  ['no action', { ...invoke, action: '' }, 'action', { code: 'missing' }],
  ['an action without its service', { ...invoke, action: 'InvokeFunction' },
    'action', { code: 'notAnAction', text: 'InvokeFunction' }],
  ['an action of another service', { ...invoke, action: 's3:GetObject' },
    'action', { code: 'notAnAction', text: 's3:GetObject' }],
  ['a pattern of actions', { ...invoke, action: 'lambda:Invoke*' },
    'action', { code: 'notAnAction', text: 'lambda:Invoke*' }],
  ['two actions', { ...invoke, action: 'lambda:A,lambda:B' },
    'action', { code: 'notAnAction', text: 'lambda:A,lambda:B' }],
  ['no principal', { ...invoke, principal: '' }, 'principal', { code: 'missing' }],
  ['11 digits', { ...invoke, principal: '21098765432' },
    'principal', { code: 'notAnAccountId', text: '21098765432' }],
  ['13 digits', { ...invoke, principal: '2109876543210' },
    'principal', { code: 'notAnAccountId', text: '2109876543210' }],
  ['a service without its domain', { ...invoke, principal: 's3' },
    'principal', { code: 'notAService', text: 's3' }],
  ['a service of elsewhere', { ...invoke, principal: 's3.example.com' },
    'principal', { code: 'notAService', text: 's3.example.com' }],
  ['a service with a typing error', { ...invoke, principal: 's3.amazonaws.con' },
    'principal', { code: 'notAService', text: 's3.amazonaws.con' }],
  ['an unresolved ID', { ...invoke, principal: 'AROAEXAMPLEGONE000001' },
    'principal', { code: 'notAService', text: 'AROAEXAMPLEGONE000001' }],
  ['a group', { ...invoke, principal: 'arn:aws:iam::210987654321:group/g' },
    'principal', { code: 'notAnIdentityArn', text: 'arn:aws:iam::210987654321:group/g' }],
  ['a role without a name', { ...invoke, principal: 'arn:aws:iam::210987654321:role/' },
    'principal', { code: 'notAnIdentityArn', text: 'arn:aws:iam::210987654321:role/' }],
  ['every role', { ...invoke, principal: 'arn:aws:iam::210987654321:role/*' },
    'principal', { code: 'notAnIdentityArn', text: 'arn:aws:iam::210987654321:role/*' }, 'ours'],
  ['a source that is no ARN', { ...invoke, sourceArn: 'my-bucket' },
    'sourceArn', { code: 'notAnArn', text: 'my-bucket' }],
  ['a source of another partition’s form', { ...invoke, sourceArn: 'arn:gcp:s3:::b' },
    'sourceArn', { code: 'notAnArn', text: 'arn:gcp:s3:::b' }],
  ['a source with a part missing', { ...invoke, sourceArn: 'arn:aws:s3::my-bucket' },
    'sourceArn', { code: 'notAnArn', text: 'arn:aws:s3::my-bucket' }],
  ['a source without a name', { ...invoke, sourceArn: 'arn:aws:s3:::' },
    'sourceArn', { code: 'notAnArn', text: 'arn:aws:s3:::' }, 'ours'],
  ['a source of an account that is none', { ...invoke, sourceArn: 'arn:aws:sns:eu-west-1:12:t' },
    'sourceArn', { code: 'notAnArn', text: 'arn:aws:sns:eu-west-1:12:t' }],
  ['a source of every account', { ...invoke, sourceArn: 'arn:aws:sns:eu-west-1:*:t' },
    'sourceArn', { code: 'notAnArn', text: 'arn:aws:sns:eu-west-1:*:t' }],
  ['a source in every region', { ...invoke, sourceArn: 'arn:aws:sns:*:123456789012:t' },
    'sourceArn', { code: 'notAnArn', text: 'arn:aws:sns:*:123456789012:t' }],
  ['an empty source', { ...invoke, sourceArn: '' }, 'sourceArn', { code: 'missing' }],
  ['a source account with dashes', { ...invoke, sourceAccount: '1234-5678-9012' },
    'sourceAccount', { code: 'notAnAccountId', text: '1234-5678-9012' }],
  ['an empty source account', { ...invoke, sourceAccount: '' },
    'sourceAccount', { code: 'missing' }],
  ['an organization that is too short', { ...invoke, principalOrgId: 'o-123456789' },
    'principalOrgId', { code: 'notAnOrganizationId', text: 'o-123456789' }],
  ['an organization in capitals', { ...invoke, principalOrgId: 'O-A1B2C3D4E5' },
    'principalOrgId', { code: 'notAnOrganizationId', text: 'O-A1B2C3D4E5' }],
  ['an organization that is too long', { ...invoke, principalOrgId: `o-${'a'.repeat(33)}` },
    'principalOrgId', { code: 'notAnOrganizationId', text: `o-${'a'.repeat(33)}` }],
  ['an auth type that is none', { ...url, functionUrlAuthType: 'JWT' } as unknown as Grant,
    'functionUrlAuthType', { code: 'notAnAuthType', text: 'JWT' }],
  ['an auth type without its action', { ...invoke, functionUrlAuthType: 'NONE' },
    'functionUrlAuthType', { code: 'authTypeNeedsUrlAction' }],
  ['an auth type with every action', { ...invoke, action: 'lambda:*', functionUrlAuthType: 'NONE' },
    'functionUrlAuthType', { code: 'authTypeNeedsUrlAction' }],
  ['a blank in a token', { ...invoke, eventSourceToken: 'a b' },
    'eventSourceToken', { code: 'illegalCharacter', character: ' ', allowed: '.-_' }],
  ['a token of 257 characters', { ...invoke, eventSourceToken: 'x'.repeat(257) },
    'eventSourceToken', { code: 'tooLong', length: 257, most: 256 }],
  ['an empty token', { ...invoke, eventSourceToken: '' },
    'eventSourceToken', { code: 'missing' }],
  ['a token with a source', { ...invoke, eventSourceToken: 't', sourceArn: 'arn:aws:s3:::b' },
    'eventSourceToken', { code: 'tokenExcludesSource' }],
  ['a token with an account', { ...invoke, eventSourceToken: 't', sourceAccount: '123456789012' },
    'eventSourceToken', { code: 'tokenExcludesSource' }],
  ['a layer for a service', { ...layer, principal: 's3.amazonaws.com' },
    'principal', { code: 'notAnAccountId', text: 's3.amazonaws.com' }],
  ['a layer for a role', { ...layer, principal: 'arn:aws:iam::210987654321:role/r' },
    'principal', { code: 'notAnAccountId', text: 'arn:aws:iam::210987654321:role/r' }],
  ['a layer for nobody', { ...layer, principal: '' }, 'principal', { code: 'missing' }],
  ['a layer for an account and an organization', { ...layer, organizationId: 'o-a1b2c3d4e5' },
    'organizationId', { code: 'organizationNeedsEveryone' }],
  ['a layer for an organization that is none', { ...layer, principal: '*', organizationId: 'acme' },
    'organizationId', { code: 'notAnOrganizationId', text: 'acme' }],
  ['a queue for nobody', { ...queue, accountIds: [] }, 'accountIds', { code: 'missing' }],
  ['a queue for a role', { ...queue, accountIds: ['arn:aws:iam::210987654321:role/r'] },
    'accountIds', { code: 'notAnAccountId', text: 'arn:aws:iam::210987654321:role/r' }],
  ['a queue for everyone', { ...queue, accountIds: ['210987654321', '*'] },
    'accountIds', { code: 'notAnAccountId', text: '*' }],
  ['a queue for an account twice', { ...queue, accountIds: ['210987654321', '210987654321'] },
    'accountIds', { code: 'repeated', text: '210987654321' }, 'ours'],
  ['a queue for 51 accounts', { ...queue, accountIds: accounts(51) },
    'accountIds', { code: 'tooMany', count: 51, most: 50 }],
  ['a queue without actions', { ...queue, actions: [] }, 'actions', { code: 'missing' }],
  ['a queue with eight actions', { ...queue, actions: queueActions },
    'actions', { code: 'tooMany', count: 8, most: 7 }],
  ['a queue with an action of owners', { ...queue, actions: ['SendMessage', 'DeleteQueue'] },
    'actions', { code: 'notShareable', text: 'DeleteQueue' }],
  ['a queue with an action twice', { ...queue, actions: ['SendMessage', 'SendMessage'] },
    'actions', { code: 'repeated', text: 'SendMessage' }, 'ours'],
  ['a queue with every action and one', { ...queue, actions: ['*', 'SendMessage'] },
    'actions', { code: 'everyActionAndMore' }, 'ours'],
]; // prettier-ignore

function accounts(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => String(100_000_000_000 + at));
}

suite('What a permission may say', () => {
  for (const [name, grant] of valid) {
    test(`taken: ${name}`, () => assert.deepEqual(grantProblems(grant), []));
  }
  for (const [name, grant, field, problem] of invalid) {
    test(`refused: ${name}`, () => assert.deepEqual(grantProblems(grant), [{ field, problem }]));
  }

  test('a statement ID is refused when the policy has it, in the same case', () => {
    assert.deepEqual(grantProblems(invoke, ['b', 'a']), [
      { field: 'statementId', problem: { code: 'statementIdTaken', sid: 'a' } },
    ]);
    assert.deepEqual(grantProblems(invoke, ['A', 'aa']), []);
  });

  test('every field that is wrong is named', () => {
    const grant = { ...invoke, statementId: '', action: 'x', principal: '', sourceAccount: '1' };
    const fields = grantProblems(grant).map(({ field }) => field);
    assert.deepEqual(fields, ['statementId', 'action', 'principal', 'sourceAccount']);
  });

  test('accounts are listed with commas, blanks, lines, or all of them', () => {
    const three = ['111111111111', '222222222222', '333333333333'];
    assert.deepEqual(accountIdsOf(' 111111111111,222222222222 ;\n 333333333333, '), three);
    assert.deepEqual(accountIdsOf(' , '), []);
  });
});

suite('What a permission may say: the same as the account says', () => {
  const at = withStores();
  const places: Readonly<Record<Grant['kind'], Resource>> = {
    lambdaFunction: functionNamed('bare'),
    layerVersion: layerVersion('other', 1),
    sqsQueue: queueNamed('bare'),
  };

  /** Adds it to a policy that is not there yet; what came of the policy. */
  async function add(grant: Grant, resource = places[grant.kind]): Promise<string | undefined> {
    at.account.reset();
    const call = { type: 'addStatement', grant } as const;
    const store = at.all[resource.kind] as typeof at.all.lambdaFunction;
    const target = resource as ReturnType<typeof functionNamed>;
    const result = await store.apply(target, call, undefined, signal());
    if (!result.applied) return undefined;
    const reading = await store.read(target, { signal: signal() });
    return reading.state === 'policy' ? reading.text : undefined;
  }

  for (const [name, grant] of valid) {
    test(`taken, and written as foretold: ${name}`, async () => {
      const text = await add(grant);
      assert.ok(text !== undefined);
      const [written] = statementsOf(parsePolicy(text));
      assert.equal(written?.text, grantStatementText(grant, places[grant.kind].arn));
    });
  }
  for (const [name, grant, , , ours] of invalid) {
    if (ours) continue;
    test(`refused: ${name}`, async () => assert.equal(await add(grant), undefined));
  }

  for (const grants of [functionGrants, layerGrants, queueGrants]) {
    test('random permissions arrive as they were entered', async () => {
      await fc.assert(
        fc.asyncProperty(grants as fc.Arbitrary<Grant>, async (grant) => {
          assert.deepEqual(grantProblems(grant), []);
          const text = await add(grant);
          const [written] = statementsOf(parsePolicy(text ?? ''));
          assert.equal(written?.text, grantStatementText(grant, places[grant.kind].arn));
        }),
        { numRuns: 60 },
      );
    }).timeout(20_000);
  }

  test('on an alias the statement names the alias', async () => {
    const alias = qualified('bare:live');
    const text = (await add(invoke, alias)) ?? '';
    assert.equal(statementsOf(parsePolicy(text))[0]?.text, grantStatementText(invoke, alias.arn));
    assert.match(text, /:function:bare:live"/);
  });
});
