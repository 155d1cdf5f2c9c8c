import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Answer } from '../../../src/core/evaluate/decide';
import { decide } from '../../../src/core/evaluate/decide';
import type { AccessRequest, Caller, KeyValues } from '../../../src/core/evaluate/request';
import { redundancies } from '../../../src/core/findings/redundancies';
import { policyWith } from '../statements';
import { functionArn, other, owner, queueArn, role } from './requests';

const callers: readonly Caller[] = [
  { kind: 'anonymous' },
  { kind: 'service', service: 'sns.amazonaws.com' },
  { kind: 'account', accountId: other },
  role(owner, 'Deploy'),
  role(owner, 'Other'),
  role(other, 'Deploy'),
  { kind: 'federated', provider: 'cognito-identity.amazonaws.com' },
];

const principals = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: owner },
  { AWS: [other, `arn:aws:iam::${owner}:role/Deploy`] },
  { AWS: `arn:aws:iam::${owner}:role/Deploy` },
  { AWS: `arn:aws:iam::${other}:role/Deploy` },
  { AWS: 'AROAEXAMPLEGONE000001' },
  { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] },
  { Service: 'sns.amazonaws.com', AWS: other },
  { Federated: 'cognito-identity.amazonaws.com' },
  { Odd: 'x' },
  {},
);
const actions = fc.constantFrom<unknown>(
  '*',
  'lambda:*',
  'lambda:Invoke*',
  'lambda:InvokeFunction',
  'LAMBDA:invokefunction',
  ['lambda:GetFunction', 'lambda:InvokeFunction'],
  'lambda:GetFunction',
  [],
);
const resources = fc.constantFrom<unknown>('*', functionArn, `${functionArn}:*`, queueArn, [
  functionArn,
  queueArn,
]);
const values = fc.constantFrom<unknown>('a', 'ab', 'a*', '*', ['a', 'b'], ['a*', 'c'], [], '${x}');
const conditions = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringNotEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIgnoreCase',
    'StringLikeIfExists',
    'ForAllValues:StringLike',
    'ForAnyValue:StringEquals',
    'ForAnyValue:StringNotEquals',
    'ArnLike',
    'Odd',
  ),
  fc.dictionary(fc.constantFrom('k1', 'K1', 'k2'), values, { minKeys: 1, maxKeys: 2 }),
  { maxKeys: 2 },
);

/** Statements as they may be, most of them alike so that they say something of each other. */
const statements = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny', 'Odd'),
    principal: principals,
    isExcept: fc.constantFrom(false, false, false, true),
    action: actions,
    isNotAction: fc.constantFrom(false, false, false, true),
    resource: resources,
    condition: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, conditions),
  })
  .map(({ effect, principal, isExcept, action, isNotAction, resource, condition }) => ({
    Effect: effect,
    [isExcept ? 'NotPrincipal' : 'Principal']: principal,
    [isNotAction ? 'NotAction' : 'Action']: action,
    Resource: resource,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  }));

const known = fc.constantFrom<KeyValues>(['a'], ['ab'], ['c'], ['a', 'b'], [], 'absent', 'unknown');

const requests: fc.Arbitrary<AccessRequest> = fc
  .record({
    caller: fc.constantFrom(...callers),
    action: fc.constantFrom('lambda:InvokeFunction', 'lambda:GetFunction'),
    resource: fc.constantFrom(functionArn, `${functionArn}:live`),
    k1: known,
    k2: known,
  })
  .map(({ caller, action, resource, k1, k2 }) => {
    const context = (key: string): KeyValues => (key === 'k1' ? k1 : key === 'k2' ? k2 : 'absent');
    return { caller, action, resource, context };
  });

const width: Readonly<Record<Answer, number>> = {
  denies: 0,
  saysNothing: 1,
  leavesToAccount: 2,
  allows: 3,
};

function answerOf(texts: readonly unknown[], request: AccessRequest) {
  return decide(policyWith(...texts), request, owner);
}

const policies = fc.array(statements, { maxLength: 5 });

suite('What holds for every policy', () => {
  test('one more Deny never widens', () => {
    fc.assert(
      fc.property(policies, statements, requests, (policy, statement, request) => {
        const before = answerOf(policy, request);
        const after = answerOf([...policy, { ...statement, Effect: 'Deny' }], request);
        assert.ok(width[after.answer] <= width[before.answer]);
      }),
      { numRuns: 2000 },
    );
  });

  test('one Allow less never widens', () => {
    fc.assert(
      fc.property(policies, statements, requests, fc.nat(5), (policy, statement, request, at) => {
        const allow = { ...statement, Effect: 'Allow' };
        const before = answerOf([...policy.slice(0, at), allow, ...policy.slice(at)], request);
        const after = answerOf(policy, request);
        assert.ok(width[after.answer] <= width[before.answer]);
      }),
      { numRuns: 2000 },
    );
  });

  test('to know more never turns a certain answer round', () => {
    fc.assert(
      fc.property(policies, requests, (policy, request) => {
        // What AWS makes of another number of values without a set operator is not documented.
        const known = [request.context('k1'), request.context('k2')];
        fc.pre(known.every((key) => typeof key === 'string' || key.length === 1));
        const vague = { ...request, context: () => 'unknown' as const };
        const unsure = answerOf(policy, vague);
        if (!unsure.certain) return;
        const sure = answerOf(policy, request);
        assert.deepEqual([sure.answer, sure.certain], [unsure.answer, true]);
      }),
      { numRuns: 2000 },
    );
  });

  test('what is called redundant can go without any answer changing', () => {
    let removed = 0;
    fc.assert(
      fc.property(
        fc.array(statements, { minLength: 2, maxLength: 6 }),
        fc.array(requests, { minLength: 20, maxLength: 20 }),
        (policy, asked) => {
          const whole = policyWith(...policy);
          const gone = redundancies(whole.statements, owner).map(({ statement }) => statement);
          removed += gone.length;
          const statements = whole.statements.filter((each) => !gone.includes(each));
          for (const request of asked) {
            const before = decide(whole, request, owner);
            const after = decide({ ...whole, statements }, request, owner);
            assert.deepEqual([after.answer, after.certain], [before.answer, before.certain]);
          }
        },
      ),
      { numRuns: 2000 },
    );
    assert.ok(removed > 50, `only ${removed} statements were redundant`);
  });
});
