import assert from 'node:assert/strict';
import type { Audience, Principal } from '../../src/core/principals';
import { audienceOf, organizationsOf } from '../../src/core/principals';
import { statementFrom } from './statements';

const iam = 'arn:aws:iam::210987654321';

function identity(type: 'role' | 'user' | 'session' | 'other', name: string, arn: string) {
  return { kind: 'identity', type, name, accountId: '210987654321', arn } as const;
}

suite('Principals', () => {
  const rows: readonly (readonly [string, unknown, readonly Principal[]])[] = [
    [
      'a service',
      { Service: 'sns.amazonaws.com' },
      [{ kind: 'service', service: 'sns.amazonaws.com' }],
    ],
    ['an account ID', { AWS: '210987654321' }, [{ kind: 'account', accountId: '210987654321' }]],
    [
      'an account by its root',
      { AWS: `${iam}:root` },
      [{ kind: 'account', accountId: '210987654321' }],
    ],
    [
      'an account of another partition',
      { AWS: 'arn:aws-cn:iam::210987654321:root' },
      [{ kind: 'account', accountId: '210987654321' }],
    ],
    [
      'an account ID as a number',
      '{"AWS":210987654321}',
      [{ kind: 'account', accountId: '210987654321' }],
    ],
    ['a role', { AWS: `${iam}:role/Deploy` }, [identity('role', 'Deploy', `${iam}:role/Deploy`)]],
    [
      'a role under a path, by its name',
      { AWS: `${iam}:role/team/ci/Deploy` },
      [identity('role', 'Deploy', `${iam}:role/team/ci/Deploy`)],
    ],
    ['a user', { AWS: `${iam}:user/ann` }, [identity('user', 'ann', `${iam}:user/ann`)]],
    [
      'a role session, with its role',
      { AWS: 'arn:aws:sts::210987654321:assumed-role/Deploy/run-7' },
      [identity('session', 'Deploy/run-7', 'arn:aws:sts::210987654321:assumed-role/Deploy/run-7')],
    ],
    [
      'a federated user',
      { AWS: 'arn:aws:sts::210987654321:federated-user/bob' },
      [identity('session', 'bob', 'arn:aws:sts::210987654321:federated-user/bob')],
    ],
    ['another kind of ARN', { AWS: `${iam}:group/x` }, [identity('other', 'x', `${iam}:group/x`)]],
    ['everyone, as a text', '*', [{ kind: 'everyone' }]],
    ['everyone, as AWS: *', { AWS: '*' }, [{ kind: 'everyone' }]],
    ['everyone in a list of one', { AWS: ['*'] }, [{ kind: 'everyone' }]],
    [
      'a deleted role',
      { AWS: 'AROAEXAMPLEGONE000001' },
      [{ kind: 'unresolved', id: 'AROAEXAMPLEGONE000001' }],
    ],
    [
      'a deleted user',
      { AWS: 'AIDAEXAMPLEGONE000001' },
      [{ kind: 'unresolved', id: 'AIDAEXAMPLEGONE000001' }],
    ],
    [
      'a federation',
      { Federated: 'cognito-identity.amazonaws.com' },
      [{ kind: 'federated', provider: 'cognito-identity.amazonaws.com' }],
    ],
    [
      'a canonical user',
      { CanonicalUser: 'abc' },
      [{ kind: 'other', type: 'CanonicalUser', value: 'abc' }],
    ],
    ['11 digits', { AWS: '21098765432' }, [{ kind: 'other', type: 'AWS', value: '21098765432' }]],
    ['garbage', { AWS: '<img src=x>' }, [{ kind: 'other', type: 'AWS', value: '<img src=x>' }]],
    ['an empty text', { AWS: '' }, [{ kind: 'other', type: 'AWS', value: '' }]],
    [
      'a text that is no star',
      's3.amazonaws.com',
      [{ kind: 'other', type: 'AWS', value: 's3.amazonaws.com' }],
    ],
    [
      'several types and lists, in order',
      { AWS: ['*', '210987654321'], Service: ['a', 'b'] },
      [
        { kind: 'everyone' },
        { kind: 'account', accountId: '210987654321' },
        { kind: 'service', service: 'a' },
        { kind: 'service', service: 'b' },
      ],
    ],
    ['nobody: an empty list', { AWS: [] }, []],
    ['nobody: an empty object', {}, []],
    ['nobody: null', null, []],
    ['nobody: a list without a type', ['*'], []],
    ['nobody: nested objects', { AWS: { AWS: '*' } }, []],
  ];
  for (const [name, principal, expected] of rows) {
    test(name, () => {
      const raw = typeof principal === 'string' && principal.startsWith('{');
      const text = raw ? principal : JSON.stringify(principal);
      assert.deepEqual(statementFrom(`{"Principal":${text}}`).principals, expected);
    });
  }

  test('NotPrincipal names those left out', () => {
    const statement = statementFrom({ NotPrincipal: { AWS: '210987654321' } });
    assert.equal(statement.exceptPrincipals, true);
    assert.deepEqual(statement.principals, [{ kind: 'account', accountId: '210987654321' }]);
  });

  test('Principal wins where both stand', () => {
    const statement = statementFrom({ NotPrincipal: '*', Principal: { Service: 'a' } });
    assert.equal(statement.exceptPrincipals, false);
    assert.deepEqual(statement.principals, [{ kind: 'service', service: 'a' }]);
  });

  test('no principal at all leaves nobody out', () => {
    assert.equal(statementFrom({}).exceptPrincipals, false);
  });
});

suite('Audience', () => {
  const rows: readonly (readonly [string, object, Audience])[] = [
    ['a service', { Principal: { Service: 's3.amazonaws.com' } }, 'service'],
    ['two services', { Principal: { Service: ['a', 'b'] } }, 'service'],
    ['an account', { Principal: { AWS: '210987654321' } }, 'account'],
    ['a role', { Principal: { AWS: `${iam}:role/r` } }, 'account'],
    ['an unresolved ID', { Principal: { AWS: 'AROAEXAMPLEGONE000001' } }, 'account'],
    ['a service and an account', { Principal: { Service: 'a', AWS: '210987654321' } }, 'account'],
    ['everyone', { Principal: '*' }, 'everyone'],
    ['everyone as AWS: *', { Principal: { AWS: '*' } }, 'everyone'],
    ['everyone beside a service', { Principal: { Service: 'a', AWS: '*' } }, 'everyone'],
    ['all but one account', { NotPrincipal: { AWS: '210987654321' } }, 'everyone'],
    ['nobody', {}, 'nobody'],
    ['nobody: an empty list', { Principal: { AWS: [] } }, 'nobody'],
  ];
  for (const [name, statement, expected] of rows) {
    test(name, () => {
      assert.equal(audienceOf(statementFrom(statement)), expected);
    });
  }
});

suite('Audience: everyone, limited to an organization', () => {
  const org = 'o-abcdefghij';
  const key = 'aws:PrincipalOrgID';
  const limits: readonly (readonly [string, object])[] = [
    ['StringEquals', { StringEquals: { [key]: org } }],
    ['StringLike', { StringLike: { [key]: org } }],
    ['StringEqualsIgnoreCase', { StringEqualsIgnoreCase: { [key]: org } }],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { [key]: [org] } }],
    ['the key in another case', { StringEquals: { 'AWS:principalorgid': org } }],
    ['beside another condition', { Bool: { x: 'true' }, StringEquals: { y: '*', [key]: org } }],
    ['two organizations', { StringEquals: { [key]: [org, 'o-zyxwvutsrq'] } }],
    ['limited once, though widened by a weaker condition', {
      StringEquals: { [key]: org },
      StringLikeIfExists: { [key]: '*' },
    }],
  ]; // prettier-ignore
  for (const [name, Condition] of limits) {
    test(name, () => {
      const statement = statementFrom({ Principal: '*', Condition });
      assert.equal(audienceOf(statement), 'organization');
      assert.ok(organizationsOf(statement.conditions).includes(org));
    });
  }

  const open: readonly (readonly [string, object])[] = [
    ['StringNotEquals', { StringNotEquals: { [key]: org } }],
    ['StringNotLike', { StringNotLike: { [key]: org } }],
    [
      'StringEqualsIfExists lets those of no organization in',
      { StringEqualsIfExists: { [key]: org } },
    ],
    ['ForAllValues holds without the key too', { 'ForAllValues:StringEquals': { [key]: org } }],
    ['Null', { Null: { [key]: 'false' } }],
    ['a value that is a star', { StringLike: { [key]: '*' } }],
    ['a value that is o-*', { StringLike: { [key]: 'o-*' } }],
    ['a wildcard beside an organization', { StringLike: { [key]: [org, 'o-*'] } }],
    ['an empty list', { StringEquals: { [key]: [] } }],
    ['another key', { StringEquals: { 'aws:PrincipalOrgPaths': org } }],
  ];
  for (const [name, Condition] of open) {
    test(`not by ${name}`, () => {
      assert.equal(audienceOf(statementFrom({ Principal: '*', Condition })), 'everyone');
    });
  }

  test('all but some, within an organization', () => {
    const statement = statementFrom({
      NotPrincipal: { AWS: '210987654321' },
      Condition: { StringEquals: { [key]: org } },
    });
    assert.equal(audienceOf(statement), 'organization');
  });
});
