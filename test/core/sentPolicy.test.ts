import assert from 'node:assert/strict';
import { saysTheSame } from '../../src/core/samePolicy';
import { sentPolicy } from '../../src/core/sentPolicy';

const statement = (Sid: string) => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'sqs:SendMessage',
  Resource: 'arn:aws:sqs:eu-west-1:123456789012:jobs',
});
const [one, two] = [statement('one'), statement('two')];
const policy = (statements: readonly object[], more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', ...more, Statement: statements });

test('an empty list is sent only where it does not stand for "no policy"', () => {
  const empty = policy([]);
  assert.equal(sentPolicy(empty, undefined, 'lambdaFunction'), undefined);
  assert.equal(sentPolicy(empty, undefined, 'sqsQueue'), empty);
  // What is no policy must not pass for one without statements.
  assert.equal(sentPolicy('{ oops', undefined, 'lambdaFunction'), '{ oops');
  const inLines = JSON.stringify(JSON.parse(policy([one])), undefined, 2);
  assert.equal(sentPolicy(inLines, policy([two]), 'lambdaFunction'), policy([one]));
});

test('two texts are the same policy when they say the same, as often', () => {
  const root = { ...one, Principal: { AWS: ['arn:aws:iam::111122223333:root'] } };
  const inLines = JSON.stringify({ Statement: [two, root], Version: '2012-10-17' }, undefined, 2);
  assert.equal(saysTheSame(policy([one, two]), inLines), true);
  assert.equal(saysTheSame(undefined, undefined), true);
  assert.equal(saysTheSame('{ oops', '{ oops'), true);
  assert.equal(saysTheSame('{ oops', '{ oops '), false);
  assert.equal(saysTheSame(undefined, policy([])), false);
  assert.equal(saysTheSame(policy([one]), policy([one, one])), false);
  assert.equal(saysTheSame(policy([one]), policy([two])), false);
  assert.equal(saysTheSame(policy([one]), policy([one], { Id: 'x' })), false);
});
