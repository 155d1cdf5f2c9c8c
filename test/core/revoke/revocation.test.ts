import assert from 'node:assert/strict';
import type { Policy } from '../../../src/core/policy';
import { parsePolicy, statementsOf } from '../../../src/core/policy';
import type { Resource } from '../../../src/core/resource';
import type { Revocation } from '../../../src/core/revoke/revocation';
import { revoke } from '../../../src/core/revoke/revocation';
import type { Remaining } from '../../../src/core/revoke/stillLetsIn';
import { stillLetsIn } from '../../../src/core/revoke/stillLetsIn';
import type { Whom } from '../../../src/core/revoke/whom';
import { readWhom, whomKey, whomsIn } from '../../../src/core/revoke/whom';
import { aFunction, allow, aQueue, other, own, policyText, third } from '../findings/findingsOf';

const now = Date.UTC(2026, 0, 1);
const role = `arn:aws:iam::${other}:role/app/reader`;
const session = `arn:aws:sts::${other}:assumed-role/plain/me`;
const plainRole = `arn:aws:iam::${other}:role/plain`;
const organizationId = 'o-aaaaaaaaaa';

const everyone: Whom = { type: 'everyone' };
const account: Whom = { type: 'account', accountId: other };
const identity: Whom = { type: 'identity', accountId: other, arn: role };
const organization: Whom = { type: 'organization', organizationId };
const s3: Whom = { type: 'service', service: 's3.amazonaws.com' };

function read(text: string): Extract<Policy, { wellFormed: true }> {
  const policy = parsePolicy(text);
  return policy.wellFormed ? policy : assert.fail('no policy');
}

function taken(whom: Whom, text: string, resource: Resource = aQueue): Revocation | undefined {
  return revoke(read(text), whom, { resource, now });
}

const to = (aws: unknown, parts = {}) => allow(aQueue, { Principal: { AWS: aws }, ...parts });
const toService = (service: unknown, condition?: unknown) =>
  allow(aQueue, { Principal: { Service: service }, ...(condition === undefined ? {} : { Condition: condition }) }); // prettier-ignore
const toAll = (condition: unknown) => allow(aQueue, { Principal: '*', Condition: condition });
const equals = (key: string, value: unknown) => ({ StringEquals: { [key]: value } });

/** Whom, from what: removed whole, what is left of it, or untouched. */
type Case = readonly [name: string, whom: Whom, statement: unknown, left: unknown];
const gone = 'gone';
const same = 'same';

const cases: readonly Case[] = [
  ['an account by its ID', account, to(other), gone],
  ['an account by its root', account, to(`arn:aws:iam::${other}:root`), gone],
  ['an account takes its roles with it', account, to(role), gone],
  ['and the sessions of its roles', account, to(session), gone],
  ['another account', account, to(third), same],
  ['one of several', account, to([third, other, own]), to([third, own])],
  ['two of several', account, to([other, third, role]), to([third])],
  ['all of several', account, to([other, role]), gone],
  ['the only one of its type', account, allow(aQueue, { Principal: { AWS: other, Service: 'sns.amazonaws.com' } }), allow(aQueue, { Principal: { Service: 'sns.amazonaws.com' } })],
  ['a list that is all of its type', account, allow(aQueue, { Principal: { Service: ['sns.amazonaws.com'], AWS: [other, role] } }), allow(aQueue, { Principal: { Service: ['sns.amazonaws.com'] } })],
  ['everyone, if of an account', account, toAll(equals('aws:PrincipalAccount', other)), gone],
  ['everyone, if of one of two accounts', account, toAll(equals('aws:PrincipalAccount', [other, third])), toAll(equals('aws:PrincipalAccount', [third]))],
  ['a service for an account', account, toService('s3.amazonaws.com', equals('aws:SourceAccount', other)), gone],
  ['a service for a resource of an account', account, toService('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${other}:*` } }), gone],
  ['a service for one of two resources', account, toService('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': [`arn:aws:sns:*:${other}:*`, `arn:aws:sns:*:${own}:*`] } }), toService('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': [`arn:aws:sns:*:${own}:*`] } })],
  ['every condition that asks for them', account, toService('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': [`arn:aws:sns:*:${other}:*`, `arn:aws:sns:*:${own}:*`] }, ...equals('aws:SourceAccount', [own, other]) }), toService('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': [`arn:aws:sns:*:${own}:*`] }, ...equals('aws:SourceAccount', [own]) })],
  ['a condition that is met by others, too', account, toService('s3.amazonaws.com', { StringEqualsIfExists: { 'aws:SourceAccount': other } }), same],
  ['a condition that is met by a missing key', account, toAll({ 'ForAllValues:StringEquals': { 'aws:PrincipalAccount': other } }), same],
  ['a condition that leaves them out', account, toAll({ StringNotEquals: { 'aws:PrincipalAccount': other } }), same],
  ['an operator that nobody knows', account, toAll({ StringResembles: { 'aws:PrincipalAccount': other } }), same],
  ['a service for the own account is no access of that account', { type: 'account', accountId: own }, toService('s3.amazonaws.com', equals('aws:SourceAccount', own)), same],
  ['everyone who is of the own account', { type: 'account', accountId: own }, toAll(equals('aws:PrincipalAccount', own)), gone],
  ['the own account as a principal', { type: 'account', accountId: own }, to(own), gone],
  ['a network of an account that others come by', account, to(third, { Condition: equals('aws:VpceAccount', other) }), same],
  ['everyone beside an organization', everyone, toAll({ StringLike: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb', '*'] } }), toAll({ StringLike: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb'] } })],
  ['everyone beside a network', everyone, toAll({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/0'] } }), toAll({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } })],
  ['everyone beside an organization, by a pattern', everyone, toAll({ StringLike: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb', 'o-*'] } }), toAll({ StringLike: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb'] } })],
  ['everyone beside a network, by halves', everyone, toAll({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/1', '128.0.0.0/1'] } }), toAll({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } })],
  ['everyone beside a role, by a pattern', everyone, toAll({ ArnLike: { 'aws:PrincipalArn': [role, 'arn:aws:iam::*:role/y'] } }), toAll({ ArnLike: { 'aws:PrincipalArn': [role] } })],
  ['everyone, by one of two conditions', everyone, toAll({ StringLike: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb', '*'] }, IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/0'] } }), toAll({ StringLike: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb'] }, IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/0'] } })],
  ['everyone, whatever else is asked for', everyone, toAll({ StringLike: { 'aws:UserAgent': ['x', '*'] } }), gone],
  ['a role', identity, to(role), gone],
  ['a role among others of its account', identity, to([role, plainRole]), to([plainRole])],
  ['a role, not its account', identity, to(other), same],
  ['a role that everyone must be', identity, toAll({ ArnEquals: { 'aws:PrincipalArn': role } }), gone],
  ['a role that a pattern covers', identity, toAll({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/*` } }), same],
  ['the session of a role', { type: 'identity', accountId: other, arn: plainRole }, to(session), gone],
  ['an organization', organization, toAll(equals('aws:PrincipalOrgID', organizationId)), gone],
  ['one of two organizations', organization, toAll(equals('aws:PrincipalOrgID', [organizationId, 'o-bbbbbbbbbb'])), toAll(equals('aws:PrincipalOrgID', ['o-bbbbbbbbbb']))],
  ['a part of an organization', organization, toAll({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organizationId}/*` } }), gone],
  ['a service for an organization', organization, toService('s3.amazonaws.com', equals('aws:SourceOrgID', organizationId)), gone],
  ['a service', s3, toService('s3.amazonaws.com', equals('aws:SourceAccount', own)), gone],
  ['one of two services', s3, toService(['sns.amazonaws.com', 's3.amazonaws.com']), toService(['sns.amazonaws.com'])],
  ['a service of another name', s3, toService('s3-object-lambda.amazonaws.com'), same],
  ['everyone', everyone, allow(aQueue, { Principal: '*' }), gone],
  ['everyone among others', everyone, to(['*', other]), to([other])],
  ['everyone as AWS', everyone, allow(aQueue, { Principal: { AWS: '*', Service: 'sns.amazonaws.com' } }), allow(aQueue, { Principal: { Service: 'sns.amazonaws.com' } })],
  ['everyone who is of an account is not everyone', everyone, toAll(equals('aws:PrincipalAccount', other)), same],
  ['a condition that narrows nothing', everyone, toAll({ StringLike: { 'aws:PrincipalArn': '*' } }), gone],
  ['everyone but some', everyone, JSON.parse(JSON.stringify(allow(aQueue, { Principal: { AWS: other } })).replace('Principal', 'NotPrincipal')), gone],
  ['whom NotPrincipal names is not let in by it', account, JSON.parse(JSON.stringify(allow(aQueue, { Principal: { AWS: other } })).replace('Principal', 'NotPrincipal')), same],
  ['a Deny', account, { ...(to(other) as object), Effect: 'Deny' }, same],
  ['what cannot be read', account, to([other, { a: 1 }]), same],
  ['an ID that is of nobody any more', { type: 'unresolved', id: 'AROAEXAMPLEEXAMPLE123' }, to(['AROAEXAMPLEEXAMPLE123', third]), to([third])],
]; // prettier-ignore

const neighbour = allow(aQueue, {
  Sid: 'neighbour',
  Principal: { AWS: `arn:aws:iam::456789012345:role/ours` },
});

suite('Revoking', () => {
  for (const layout of [undefined, 2, '\t'] as const) {
    for (const [name, whom, statement, left] of cases) {
      test(`${name}${layout === undefined ? '' : `, laid out by ${JSON.stringify(layout)}`}`, () => {
        const text = (statements: readonly unknown[]) =>
          JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, layout);
        const before = text([neighbour, statement, neighbour]);
        const found = taken(whom, before);
        if (left === same) {
          assert.equal(found, undefined);
          return;
        }
        const expected = left === gone ? [neighbour, neighbour] : [neighbour, left, neighbour];
        const { Statement } = JSON.parse(found?.after ?? '{}') as { readonly Statement: unknown };
        assert.deepEqual(Statement, expected);
        assert.equal(found?.removed.length, left === gone ? 1 : 0);
        assert.equal(found.narrowed.length, left === gone ? 0 : 1);
        // The neighbours keep every byte.
        const [first] = read(before).statements;
        assert.equal(read(found.after ?? '').statements[0]?.text, first?.text);
      });
    }
  }

  test('a policy of which nothing is left', () => {
    assert.equal(taken(account, policyText([to(other)]))?.after, undefined);
    const alone = JSON.stringify({ Version: '2012-10-17', Statement: to([other, third]) });
    const { Statement } = JSON.parse(taken(account, alone)?.after ?? '{}') as {
      Statement: unknown;
    };
    assert.deepEqual(Statement, to([third]));
  });

  test('twice is once', () => {
    for (const [name, whom, statement, left] of cases) {
      if (left === same || left === gone) continue;
      const once = taken(whom, policyText([statement]))?.after ?? '';
      assert.equal(taken(whom, once), undefined, name);
      // A `*` that is narrowed down stays.
      if (whom.type === 'everyone') continue;
      assert.ok(
        !statementsOf(read(once)).some((one) =>
          whomsIn(one, own).some((each) => whomKey(each) === whomKey(whom)),
        ),
        name,
      );
    }
  });
});

const through = (whom: Whom, statements: readonly unknown[], resource: Resource = aQueue) =>
  stillLetsIn(read(policyText(statements)), whom, { resource, now }).map(brief);

function brief({ through: by, certain, statement }: Remaining): string {
  const [name] = Object.entries(by).flatMap(([key, value]) => (key === 'type' ? [] : [value]));
  return `${statement.index} ${by.type}${name === undefined ? '' : ` ${name}`}${certain ? '' : '?'}`;
}

suite('What still lets somebody in', () => {
  const everyoneMay = allow(aQueue, { Principal: '*' });

  const table: readonly (readonly [string, Whom, readonly unknown[], readonly string[]])[] = [
    ['nothing', account, [to(third), toService('sns.amazonaws.com', equals('aws:SourceAccount', own))], []],
    ['everyone', account, [everyoneMay], ['0 everyone']],
    ['its account', identity, [to(other)], ['0 account 210987654321']],
    ['its organization, as far as one can know', identity, [toAll(equals('aws:PrincipalOrgID', organizationId))], [`0 organization ${organizationId}?`]],
    ['a pattern of names', identity, [toAll({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/*` } })], ['0 other']],
    ['a pattern of others', identity, [toAll({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${third}:role/*` } })], []],
    ['NotPrincipal', account, [JSON.parse(JSON.stringify(allow(aQueue, { Principal: { AWS: third } })).replace('Principal', 'NotPrincipal'))], ['0 except']],
    ['a service for anybody', account, [toService('sns.amazonaws.com')], ['0 service sns.amazonaws.com']],
    ['a service for its resources', account, [toService('sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${other.slice(0, 6)}*:*` } })], ['0 service sns.amazonaws.com']],
    ['a condition on something else', account, [toAll({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })], ['0 other?']],
    ['a Deny for everyone', account, [everyoneMay, { ...(allow(aQueue, { Principal: '*' }) as object), Effect: 'Deny' }], []],
    ['a Deny of something else', account, [everyoneMay, { ...(allow(aQueue, { Principal: '*', Action: 'sqs:DeleteMessage' }) as object), Effect: 'Deny' }], ['0 everyone']],
    ['members of an organization', organization, [everyoneMay, toAll(equals('aws:PrincipalOrgID', 'o-bbbbbbbbbb'))], ['0 everyone']],
    ['a service, as everyone', s3, [everyoneMay, toService('sns.amazonaws.com')], ['0 everyone']],
    ['everyone', everyone, [everyoneMay, to(other), toAll(equals('aws:PrincipalOrgID', organizationId)), toService('sns.amazonaws.com')], ['0 everyone', '3 service sns.amazonaws.com']],
    ['perhaps everyone', everyone, [toAll({ StringEquals: { 'custom:key': 'x' } })], ['0 everyone?']],
    ['what cannot be read', account, [to([third, { a: 1 }])], ['0 everyone?']],
    ['a service by an operator that nobody knows', account, [toService('sns.amazonaws.com', { StringFoo: { 'aws:SourceAccount': other } })], ['0 service sns.amazonaws.com?']],
    ['a service by an account that a variable names', account, [toService('sns.amazonaws.com', equals('aws:SourceAccount', '${aws:PrincipalTag/x}'))], ['0 service sns.amazonaws.com?']],
    ['a statement with an element that nobody knows', account, [{ ...(toService('sns.amazonaws.com', equals('aws:SourceAccount', other)) as object), Else: 1 }], ['0 other?']],
    ['a service by an organization, as nobody can judge', organization, [toService('sns.amazonaws.com', { StringFoo: { 'aws:SourceOrgID': organizationId } })], ['0 service sns.amazonaws.com?']],
    ['a part of another organization', organization, [toAll({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-zzzzzzzzzz/*' } })], []],
    ['the role of a session, wherever it stands', { type: 'identity', accountId: other, arn: session }, [to(`arn:aws:iam::${other}:role/team/plain`), toAll({ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${other}:role/team/plain` } }), to(`arn:aws:iam::${other}:role/team/else`)], ['0 other?', '1 other?']],
    ['every service, and other spellings', { type: 'service', service: 'sns.amazonaws.com' }, [toService('*'), toService('sns.eu-west-1.amazonaws.com', equals('aws:SourceAccount', own)), toService('SNS.amazonaws.com'), toService('sqs.amazonaws.com')], ['0 other?', '1 other?', '2 other?']],
    ['the network of an account is not the account', account, [to(third, { Condition: { ArnEquals: { 'aws:SourceVpcArn': `arn:aws:ec2:eu-west-1:${other}:vpc/vpc-1` } } })], []],
    ['a service for an organization', account, [toService('sns.amazonaws.com', equals('aws:SourceOrgID', organizationId))], [`0 organization ${organizationId}?`]],
    ['a service for another organization', organization, [toService('sns.amazonaws.com', equals('aws:SourceOrgID', 'o-zzzzzzzzzz'))], []],
    ['a topic of an account that a variable names', account, [toService('sns.amazonaws.com', equals('aws:SourceArn', 'arn:aws:sns:eu-west-1:${aws:SourceAccount}:orders'))], ['0 service sns.amazonaws.com?']],
    ['nobody, under an ID of nobody', { type: 'unresolved', id: 'AROAEXAMPLEEXAMPLE123' }, [everyoneMay], []],
  ]; // prettier-ignore
  for (const [name, whom, statements, expected] of table) {
    test(`${whom.type}: ${name}`, () => assert.deepEqual(through(whom, statements), expected));
  }

  test('of a function by its URL alone', () => {
    const url = allow(aFunction, {
      Principal: '*',
      Action: 'lambda:InvokeFunctionUrl',
      Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
    });
    assert.deepEqual(through(everyone, [url], aFunction), ['0 everyone']);
  });
});

suite('Whom a person means', () => {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['*', 'everyone'],
    [other, `account ${other}`],
    [`arn:aws:iam::${other}:root`, `account ${other}`],
    [role, `identity ${role}`],
    ['sns.amazonaws.com', 'service sns.amazonaws.com'],
    [organizationId, `organization ${organizationId}`],
    ['AROAEXAMPLEEXAMPLE123', 'unresolved AROAEXAMPLEEXAMPLE123'],
    ['', undefined],
    ['12345', undefined],
    [`arn:aws:iam::${other}:role/*`, undefined],
    [`arn:aws:sns:eu-west-1:${other}:topic`, `account ${other}`],
    ['arn:aws:s3:::bucket', undefined],
    ['somebody', undefined],
    ['o-short', undefined],
  ];
  for (const [text, key] of texts) {
    test(text === '' ? 'nothing' : text, () => {
      const whom = readWhom(text);
      assert.equal(whom && whomKey(whom), key);
    });
  }
});
