import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '../../../src/core/evaluate/decide';
import type { AccessRequest, Caller } from '../../../src/core/evaluate/request';
import type { RuleId } from '../../../src/core/findings/finding';
import { parsePolicy } from '../../../src/core/policy';
import type { Resource } from '../../../src/core/resource';
import type { Keys } from '../evaluate/requests';
import { requestOf } from '../evaluate/requests';
import {
  aFunction,
  aLayer,
  allow,
  aQueue,
  brief,
  findingsOf,
  other,
  own,
  policyText,
  third,
} from './findingsOf';

const organization = 'o-abcdefghij';

/** What conditions ask for, by key: names, patterns that take others as well, and all. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalAccount': [own, other, '2*', '*'],
  'aws:PrincipalArn': [`arn:aws:iam::${own}:role/x`, `arn:aws:iam::${other}:role/x`, 'arn:aws:iam::*:role/x', `arn:aws:iam::${own}:*`],
  'aws:PrincipalOrgID': [organization, 'o-klmnopqrst', 'o-*', '*'],
  'aws:PrincipalOrgPaths': [`${organization}/*`, `${organization}/r-x/ou-1/*`, '*'],
  'aws:PrincipalTag/t': ['a', 'b*', '${aws:username}'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:PrincipalServiceName': ['sns.amazonaws.com', 's3.amazonaws.com', '*'],
  'aws:SourceAccount': [own, other, '*', '2*'],
  'aws:SourceArn': [`arn:aws:sns:eu-west-1:${own}:t`, 'arn:aws:sns:*:*:t', 'arn:aws:s3:::b', 'arn:aws:s3:::b-*'],
  'aws:SourceOrgID': [organization, '*'],
  'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0', '0.0.0.0/1', '64.0.0.0/2'],
  'aws:SourceVpce': ['vpce-0123456789abcdef0', 'vpce-*'],
  'aws:username': ['ann', 'a*'],
  'lambda:InvokedViaFunctionUrl': ['true', 'false'],
}; // prettier-ignore
const strings = [
  'StringEquals', 'StringLike', 'StringNotEquals', 'StringNotLike', 'StringEqualsIgnoreCase',
  'StringEqualsIfExists', 'StringNotLikeIfExists', 'ForAllValues:StringLike', 'ForAnyValue:StringLike',
  'ForAnyValue:StringNotLike',
]; // prettier-ignore

function operatorsFor(key: string): readonly string[] {
  if (key === 'aws:SourceIp') return ['IpAddress', 'NotIpAddress', 'NotIpAddressIfExists'];
  if (/IsAWSService|InvokedVia/.test(key)) return ['Bool', 'BoolIfExists'];
  // Where sources may be absent the findings say less than they could: a known limit.
  if (/^aws:Source(Account|Arn)$/.test(key)) return ['StringLike', 'StringEquals', 'StringNotLike'];
  return key === 'aws:PrincipalArn' ? [...strings, 'ArnLike', 'ArnNotLike'] : strings;
}

const conditions = fc.constantFrom(...Object.keys(wanted)).chain((key) =>
  fc.record({
    key: fc.constant(key),
    operator: fc.constantFrom(...operatorsFor(key)),
    values: fc.array(fc.constantFrom(...(wanted[key] ?? [])), { minLength: 1, maxLength: 2 }),
  }),
);

const statements = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom<unknown>(
      '*', '*', '*', { AWS: own }, { AWS: [other, `arn:aws:iam::${third}:role/x`] },
      { Service: 'sns.amazonaws.com' }, { Service: ['sns.amazonaws.com', 's3.amazonaws.com'] },
    ), // prettier-ignore
    conditions: fc.uniqueArray(conditions, { maxLength: 3, selector: ({ operator }) => operator }),
  })
  .map(({ conditions: all, ...rest }) => ({
    ...rest,
    Condition: Object.fromEntries(all.map(({ operator, key, values }) => [operator, { [key]: values }])),
  })); // prettier-ignore

/** Somebody from outside, and what their request says: of a person, a service, or nobody at all. */
const outsiders = fc.record({
  kind: fc.constantFrom('person', 'person', 'service', 'nobody'),
  account: fc.constantFrom('888888888888', '211111111111', other, third),
  organization: fc.constantFrom(organization, 'o-klmnopqrst', 'o-zzzzzzzzzz', undefined),
  name: fc.constantFrom('x', 'y'),
  tag: fc.constantFrom('a', 'bb', undefined),
  user: fc.constantFrom('ann', 'abc', undefined),
  address: fc.constantFrom('77.1.2.3', '200.1.1.1', undefined),
  service: fc.constantFrom('sns', 's3', 'events'),
});
type Drawn = typeof outsiders extends fc.Arbitrary<infer T> ? T : never;

function requestBy(drawn: Drawn, resource: Resource): AccessRequest {
  const { account, organization: id, tag, user } = drawn;
  const isFunction = resource.kind === 'lambdaFunction';
  const common: Keys = isFunction ? { 'lambda:InvokedViaFunctionUrl': 'false' } : {};
  const from: Keys = drawn.address === undefined ? { 'aws:SourceVpce': 'vpce-0aaaaaaaaaaaaaaaa' } : { 'aws:SourceIp': drawn.address }; // prettier-ignore
  const [caller, keys] = ((): [Caller, Keys] => {
    if (drawn.kind === 'nobody' && resource.kind === 'sqsQueue') {
      return [{ kind: 'anonymous' }, { ...from, 'aws:PrincipalAccount': 'anonymous' }];
    }
    if (drawn.kind !== 'service') {
      const arn = `arn:aws:iam::${account}:role/${drawn.name}`;
      const keys = {
        ...{ ...from, 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account },
        'aws:PrincipalIsAWSService': 'false',
        ...(id === undefined ? {} : { 'aws:PrincipalOrgID': id, 'aws:PrincipalOrgPaths': [`${id}/r-x/ou-1/`] }),
        ...(tag === undefined ? {} : { 'aws:PrincipalTag/t': tag }),
        ...(user === undefined ? {} : { 'aws:username': user }),
      }; // prettier-ignore
      return [{ kind: 'identity', accountId: account, arn }, keys];
    }
    const service = `${drawn.service}.amazonaws.com`;
    const arn = `arn:aws:${drawn.service}:eu-west-1:${account}:t`;
    const keys = {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalAccount': 'service',
      'aws:PrincipalServiceName': service,
      'aws:SourceAccount': account,
      'aws:SourceArn': drawn.service === 's3' ? 'arn:aws:s3:::b-of-theirs' : arn,
      ...(id === undefined ? {} : { 'aws:SourceOrgID': id }),
    };
    return [{ kind: 'service', service }, keys];
  })();
  const { Action } = allow(resource) as { readonly Action: string };
  return requestOf(caller, {
    action: Action,
    resource: resource.arn,
    keys: { ...common, ...keys },
  });
}

/** Rules that say that somebody from outside gets in, or may. */
const ofAccess: ReadonlySet<RuleId> = new Set<RuleId>([
  'public-access',
  'other-account',
  'other-organization',
  'confused-deputy',
  'cannot-tell',
]);

suite('Nobody gets in unseen', () => {
  test('whose request a policy allows is found by the audit, whatever the policy', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(aFunction, aQueue, aQueue, aLayer),
        fc.array(statements, { minLength: 1, maxLength: 3 }),
        fc.array(outsiders, { minLength: 20, maxLength: 20 }),
        (resource, parts, drawn) => {
          const text = policyText(parts.map((part) => allow(resource, part)));
          const policy = parsePolicy(text);
          assert.ok(policy.wellFormed);
          const isLetIn = (one: Drawn) => {
            const { answer, certain } = decide(policy, requestBy(one, resource), own);
            return certain && (answer === 'allows' || answer === 'leavesToAccount');
          };
          const one = drawn.find(isLetIn);
          if (!one) return;
          found += 1;
          const findings = findingsOf(resource, text);
          assert.ok(
            findings.some(({ detail }) => ofAccess.has(detail.rule)),
            `${JSON.stringify(one)} gets in; found: ${findings.map(brief).join() || 'nothing'}`,
          );
        },
      ),
      { numRuns: 4000 },
    );
    assert.ok(found > 400, `only ${found} policies let somebody in`);
  });
});
