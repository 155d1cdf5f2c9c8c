import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Grantee } from '../../src/core/grantNames';
import { freeStatementId, proposedStatementId } from '../../src/core/grantNames';
import { statementIdProblem } from '../../src/core/grantRules';
import { resourceKinds } from '../../src/core/resource';

const place = 'eu-west-1:123456789012';
const of = (service: string, sourceArn?: string): Grantee => ({
  type: 'service',
  service: `${service}.amazonaws.com`,
  sourceArn,
});

suite('The statement ID that is proposed', () => {
  const rows: readonly (readonly [Grantee, string])[] = [
    [of('s3', 'arn:aws:s3:::my-bucket'), 's3-my-bucket'],
    [of('s3', 'arn:aws:s3:::my.bucket'), 's3-my-bucket'],
    [of('s3'), 's3'],
    [of('events', `arn:aws:events:${place}:rule/nightly`), 'events-nightly'],
    [of('events', `arn:aws:events:${place}:rule/bus/nightly`), 'events-bus-nightly'],
    [of('sns', `arn:aws:sns:${place}:orders.fifo`), 'sns-orders-fifo'],
    [of('apigateway', `arn:aws:execute-api:${place}:a1b2/*/GET/x`), 'apigateway-a1b2'],
    [of('apigateway', `arn:aws:execute-api:${place}:*`), 'apigateway'],
    [of('logs', `arn:aws:logs:${place}:log-group:/aws/app:*`), 'logs-aws-app'],
    [
      of('elasticloadbalancing', `arn:aws:elasticloadbalancing:${place}:targetgroup/web/0123`),
      'elasticloadbalancing-web',
    ],
    [of('config', `arn:aws:config:${place}:config-rule/config-rule-x`), 'config-config-rule-x'],
    [of('iot', `arn:aws:iot:${place}:rule/my_rule`), 'iot-my_rule'],
    [{ type: 'accounts', accountIds: ['210987654321'] }, 'account-210987654321'],
    [
      { type: 'accounts', accountIds: ['210987654321', '999988887777'] },
      'accounts-210987654321-999988887777',
    ],
    [{ type: 'identity', arn: 'arn:aws:iam::210987654321:role/path/call+er' }, 'role-call-er'],
    [{ type: 'identity', arn: 'arn:aws:iam::210987654321:user/ann' }, 'user-ann'],
    [{ type: 'identity', arn: 'arn:aws:iam::210987654321:root' }, 'root'],
    [{ type: 'organization', organizationId: 'o-a1b2c3d4e5' }, 'organization-o-a1b2c3d4e5'],
    [{ type: 'everyone' }, 'everyone'],
  ];
  for (const [grantee, expected] of rows) {
    test(expected, () => {
      assert.equal(proposedStatementId(grantee, 'lambdaFunction', []), expected);
    });
  }

  test('has a number when it is taken', () => {
    const propose = (...taken: readonly string[]) => freeStatementId('s3', 'sqsQueue', taken);
    assert.equal(propose('S3'), 's3');
    assert.equal(propose('s3'), 's3-2');
    assert.equal(propose('s3', 's3-2', 's3-4'), 's3-3');
  });

  test('fits the kind, number included', () => {
    const long = 'x'.repeat(200);
    assert.equal(freeStatementId(long, 'sqsQueue', []), 'x'.repeat(80));
    assert.equal(freeStatementId(long, 'lambdaFunction', ['x'.repeat(100)]), `${'x'.repeat(98)}-2`);
  });

  test('is legal and free whatever it is made from', () => {
    const texts = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(...resourceKinds),
        fc.integer({ min: 0, max: 12 }),
        (text, kind, count) => {
          const taken: string[] = [];
          while (taken.length < count) taken.push(freeStatementId(text, kind, taken));
          assert.equal(new Set(taken).size, count);
          const id = freeStatementId(text, kind, taken);
          assert.equal(statementIdProblem(id, kind, taken), undefined);
        },
      ),
    );
  });
});
