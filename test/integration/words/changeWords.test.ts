import assert from 'node:assert/strict';
import { planChange } from '../../../src/core/planChange';
import { parsePolicy } from '../../../src/core/policy';
import type { PolicyCapabilities } from '../../../src/core/policyStore';
import type { Resource } from '../../../src/core/resource';
import type { Question } from '../../../src/words/changeWords';
import { changeQuestion } from '../../../src/words/changeWords';
import { refusalWords } from '../../../src/words/refusalWords';
import { functionArn } from './statements';

const capabilities: PolicyCapabilities = {
  removableStatementId: /^[a-z]+$/,
  hasRevision: true,
  settlesWithinMs: 0,
  wholeDocument: 'no',
};
const place = { account: '123456789012', connection: 'prod-admin · eu-west-1' };
const alias: Resource = {
  kind: 'lambdaFunction',
  arn: `${functionArn}:live`,
  functionName: 'shop',
  qualifier: { type: 'alias', name: 'live', version: '2' },
};
const statement = {
  Sid: 'one',
  Effect: 'Allow',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: functionArn,
};
const other = { ...statement, Sid: 'other' };
const fromBucket = { Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::reports' } } };

function planned(resource: Resource, ...sources: readonly object[]) {
  const text = JSON.stringify({ Statement: sources });
  const policy = parsePolicy(text);
  const first = policy.wellFormed && policy.statements[0];
  if (!first) throw new Error('no statement');
  return planChange(resource, text, { type: 'remove', statements: [first] }, capabilities);
}

function question(resource: Resource, ...sources: readonly object[]): Question {
  const planning = planned(resource, ...sources);
  if (!planning.possible) throw new Error(planning.refusal.code);
  return changeQuestion(planning.plan, 'remove', place);
}

suite('the question before a removal', () => {
  test('names statement, resource, qualifier, ARN, account and connection', () => {
    const { message, lines } = question(alias, { ...statement, ...fromBucket }, other);
    assert.equal(message, 'Remove the permission "one" from function shop, alias live?');
    assert.deepEqual(lines.slice(1), [
      'If arn:aws:s3:::reports is an active event source, its trigger stops working.',
      '',
      `Allows Amazon S3: lambda:InvokeFunction on ${functionArn}, but only if:`,
      '  • AWS:SourceArn matches "arn:aws:s3:::reports"',
      '',
      'Request: lambda:RemovePermission',
      'Size: 426 → 189 of 20,480 bytes',
      `Resource: ${functionArn}:live`,
      'Account: 123456789012',
      'Connection: prod-admin · eu-west-1',
    ]);
    assert.match(lines[0] ?? '', /^Amazon S3 .*lambda:InvokeFunction/);
  });

  test('a service without a source: any trigger of it may stop', () => {
    const { lines } = question(alias, statement, other);
    assert.equal(lines[1], 'An active event source of that service loses its trigger.');
  });

  test('several lose it together', () => {
    const accounts = { AWS: ['210987654321', '345678901234'] };
    const { lines } = question(alias, { ...statement, Principal: accounts }, other);
    assert.match(lines[0] ?? '', /^Account 210987654321, Account 345678901234 lose lambda:/);
    const others = { Principal: undefined, NotPrincipal: accounts };
    const [all] = question(alias, { ...statement, ...others }, other).lines;
    assert.match(all ?? '', /^everyone except .* loses lambda:/);
  });

  test('who could not be let in again: undo may be refused', () => {
    const gone = { AWS: 'AROAEXAMPLEEXAMPLE12' };
    const { lines } = question(alias, { ...statement, Principal: gone }, other);
    assert.match(
      lines.join('\n'),
      /^Undo may be refused: "one" names AROAEXAMPLEEXAMPLE12, an ID that no longer resolves/m,
    );
  });

  test('an account has no triggers', () => {
    const { lines } = question(alias, { ...statement, Principal: { AWS: '210987654321' } }, other);
    assert.match(lines[0] ?? '', /^Account 210987654321 /);
    assert.doesNotMatch(lines.join('\n'), /trigger|event source/);
  });

  test('removing a Deny WIDENS access, and no trigger stops by it', () => {
    const deny = { ...statement, Effect: 'Deny', Action: ['lambda:A', 'lambda:B'], ...fromBucket };
    const { head, lines } = question(alias, deny, other);
    assert.deepEqual(head, [
      'This WIDENS access: it is a Deny, and Amazon S3 will no longer be kept from ' +
        'lambda:A, lambda:B.',
    ]);
    assert.doesNotMatch(lines.join('\n'), /trigger/);
  });

  test('the last statement takes the policy with it', () => {
    const last = 'It is the last statement: no policy remains.';
    assert.deepEqual(question(alias, statement).head, [last]);
    assert.deepEqual(question(alias, statement, other).head, []);
  });

  const resources: readonly (readonly [Resource, string])[] = [
    [{ kind: 'lambdaFunction', arn: 'a', functionName: 'shop' }, 'function shop'],
    [
      {
        kind: 'lambdaFunction',
        arn: 'a',
        functionName: 'shop',
        qualifier: { type: 'version', name: '7' },
      },
      'function shop, version 7',
    ],
    [{ kind: 'layerVersion', arn: 'a', layerName: 'tools', version: 3 }, 'layer tools, version 3'],
    [{ kind: 'sqsQueue', arn: 'a', queueName: 'orders', queueUrl: 'u' }, 'queue orders'],
  ];
  for (const [resource, words] of resources) {
    test(`speaks of: ${words}`, () => {
      const { message } = question(resource, statement);
      assert.equal(message, `Remove the permission "one" from ${words}?`);
    });
  }
});

suite('why a statement cannot be removed alone', () => {
  const refusal = (...sources: readonly object[]): string => {
    const planning = planned(alias, ...sources);
    return planning.possible ? 'possible' : refusalWords(planning.refusal);
  };

  test('no Sid, a shared one, one that the call refuses: each has its reason', () => {
    const sentences = [
      refusal({ ...statement, Sid: undefined }),
      refusal(statement, statement),
      refusal({ ...statement, Sid: 'not legal {0}' }),
    ];
    assert.match(sentences[0] ?? '', /no statement ID/);
    assert.match(sentences[1] ?? '', /^2 statements share the statement ID "one"/);
    assert.match(sentences[2] ?? '', /"not legal \{0\}"/);
    assert.equal(new Set(sentences).size, 3);
  });

  test('an empty Sid counts as none', () => {
    assert.equal(refusal({ ...statement, Sid: '' }), refusal({ ...statement, Sid: undefined }));
  });
});
