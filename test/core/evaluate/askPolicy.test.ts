import assert from 'node:assert/strict';
import { ask, readCaller, readKeys, whoCan } from '../../../src/core/evaluate/askPolicy';
import type { Caller } from '../../../src/core/evaluate/request';
import { aQueue, allow, other, own } from '../findings/findingsOf';
import { policyWith } from '../statements';

const none = new Map<string, readonly string[]>();
const about = {
  resource: aQueue,
  action: 'sqs:SendMessage',
  keys: none,
  now: Date.UTC(2026, 5, 1),
};
const role = (account: string) => `arn:aws:iam::${account}:role/Sender`;

suite('Questions to a policy', () => {
  const callers: readonly (readonly [string, Caller | undefined])[] = [
    ['*', { kind: 'anonymous' }],
    [other, { kind: 'account', accountId: other }],
    [`arn:aws:iam::${other}:root`, { kind: 'account', accountId: other }],
    [role(other), { kind: 'identity', accountId: other, arn: role(other) }],
    [
      `arn:aws:sts::${other}:assumed-role/Sender/run`,
      {
        kind: 'identity',
        accountId: other,
        arn: role(other),
        session: `arn:aws:sts::${other}:assumed-role/Sender/run`,
      },
    ],
    ['sns.amazonaws.com', { kind: 'service', service: 'sns.amazonaws.com' }],
    ['', undefined],
    ['somebody', undefined],
    ['12345', undefined],
    ['AROAEXAMPLEGONE000001', undefined],
  ];
  for (const [text, caller] of callers) {
    test(`who is meant by "${text}"`, () => {
      assert.deepEqual(JSON.parse(JSON.stringify(readCaller(text) ?? null)), caller ?? null);
    });
  }

  test('keys and values, several of one key, and what is none', () => {
    const keys = readKeys(' aws:SourceVpce = vpce-1 ;aws:CalledVia=a; AWS:CALLEDVIA=b=c;');
    assert.deepEqual([...(keys ?? [])], [
      ['aws:sourcevpce', ['vpce-1']],
      ['aws:calledvia', ['a', 'b=c']],
    ]); // prettier-ignore
    assert.deepEqual([...(readKeys(' ') ?? [[]])], []);
    for (const text of ['aws:SourceVpce', 'x=y', '= 1']) assert.equal(readKeys(text), undefined);
  });

  test('what is known of a caller counts, and what is not is open', () => {
    const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } };
    const policy = policyWith(
      allow(aQueue, { Condition: inOrganization }),
      allow(aQueue, { Condition: { StringEquals: { 'aws:PrincipalAccount': own } } }),
    );
    const answer = (text: string, keys = none) => {
      const caller = readCaller(text) ?? assert.fail();
      const { answer: said, certain } = ask(policy, { ...about, caller, keys });
      return `${said}${certain ? '' : ', perhaps'}`;
    };
    assert.equal(answer(role(own)), 'allows');
    assert.equal(answer(role(other)), 'leavesToAccount, perhaps');
    assert.equal(answer('*'), 'saysNothing');
    const key = (id: string) => new Map([['aws:principalorgid', [id]]]);
    assert.equal(answer(role(other), key('o-abcdefghij')), 'leavesToAccount');
    assert.equal(answer(role(other), key('o-klmnopqrst')), 'saysNothing');
  });

  test('nobody calls directly with the source of a service', () => {
    const policy = policyWith(
      allow(aQueue, { Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${own}:orders` } } }),
    );
    const said = (text: string) => {
      const { answer, certain } = ask(policy, { ...about, caller: readCaller(text)! });
      return [answer, certain];
    };
    assert.deepEqual(said(role(own)), ['saysNothing', true]);
    assert.deepEqual(said('sns.amazonaws.com'), ['allows', false]);
  });

  test('who can: each principal that is let in, with what that statement and the Denies say to it', () => {
    const policy = policyWith(
      allow(aQueue, { Principal: { AWS: [own, role(other)], Service: 'sns.amazonaws.com' } }),
      allow(aQueue, { Action: 'sqs:ReceiveMessage' }),
      allow(aQueue, { Resource: `${aQueue.arn}-2` }),
      allow(aQueue, { Effect: 'Deny', Principal: { AWS: role(other) } }),
      allow(aQueue, { Principal: undefined, NotPrincipal: { AWS: other } }),
    );
    const found = whoCan(policy, about).map(({ principal, isExcept, statement, decision }) => [
      isExcept ? `not ${principal.kind}` : principal.kind,
      statement.index,
      decision.answer,
    ]);
    assert.deepEqual(found, [
      ['account', 0, 'leavesToAccount'],
      ['identity', 0, 'denies'],
      ['service', 0, 'allows'],
      ['not account', 4, 'allows'],
    ]);
  });

  test('everyone is not denied for certain where a Deny spares somebody', () => {
    const spared = { AWS: [`arn:aws:iam::${other}:root`, role(other)] };
    const deny = allow(aQueue, { Effect: 'Deny', Principal: undefined, NotPrincipal: spared });
    const policy = policyWith(allow(aQueue, { Principal: '*' }), deny);
    const [found] = whoCan(policy, about);
    assert.deepEqual([found?.decision.answer, found?.decision.certain], ['allows', false]);
    const outsider = ask(policy, { ...about, caller: { kind: 'account', accountId: own } });
    assert.equal(outsider.answer, 'denies');
  });
});
