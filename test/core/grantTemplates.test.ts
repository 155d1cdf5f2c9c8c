import assert from 'node:assert/strict';
import { arnProblem, serviceProblem } from '../../src/core/grantRules';
import type { TemplateId } from '../../src/core/grantTemplates';
import {
  asksSourceAccount,
  exampleSourceArn,
  likelySourceAccount,
  partitionProblem,
  sourceAccountProblem,
  sourceArnProblem,
  templateOfService,
  templatesFor,
} from '../../src/core/grantTemplates';

const own = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';
const everyTemplate = [...templatesFor('lambdaFunction'), ...templatesFor('functionUrl')];

function template(id: TemplateId) {
  return everyTemplate.find((item) => item.id === id) ?? assert.fail(id);
}

suite('Service templates', () => {
  test('those of functions, URLs and queues', () => {
    const services = (what: Parameters<typeof templatesFor>[0]) =>
      templatesFor(what).map(({ service }) => service);
    assert.deepEqual(services('lambdaFunction'), [
      'apigateway.amazonaws.com',
      's3.amazonaws.com',
      'events.amazonaws.com',
      'sns.amazonaws.com',
      'logs.amazonaws.com',
      'elasticloadbalancing.amazonaws.com',
      'config.amazonaws.com',
      'cognito-idp.amazonaws.com',
      'iot.amazonaws.com',
    ]);
    assert.deepEqual(services('functionUrl'), ['cloudfront.amazonaws.com']);
    assert.deepEqual(services('sqsQueue'), [
      'sns.amazonaws.com',
      's3.amazonaws.com',
      'events.amazonaws.com',
    ]);
  });

  for (const item of everyTemplate) {
    test(`${item.id}: its principal and its example are legal, and it is found again`, () => {
      assert.equal(serviceProblem(item.service), undefined);
      assert.equal(arnProblem(exampleSourceArn(item, own)), undefined);
      assert.equal(sourceArnProblem(exampleSourceArn(item, own), item, own), undefined);
      assert.deepEqual(templateOfService(item.service), item);
    });
  }

  const examples: readonly (readonly [TemplateId | 'other', string, string])[] = [
    ['apiGateway', own, 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/*/GET/orders'],
    ['s3', own, 'arn:aws:s3:::my-bucket'],
    ['cognito', own, 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a1B2c3D4e'],
    ['cloudFront', own, 'arn:aws:cloudfront::123456789012:distribution/E1A2B3C4D5E6F7'],
    [
      'sns',
      'arn:aws-cn:sqs:cn-north-1:999988887777:jobs',
      'arn:aws-cn:sns:cn-north-1:999988887777:my-topic',
    ],
    ['s3', 'arn:aws-us-gov:sqs:us-gov-west-1:999988887777:jobs', 'arn:aws-us-gov:s3:::my-bucket'],
    ['other', own, 'arn:aws:service:eu-west-1:123456789012:my-source'],
  ];
  for (const [id, resource, expected] of examples) {
    test(`the example of ${id} is in the partition, region and account of ${resource}`, () => {
      const item = id === 'other' ? undefined : template(id);
      assert.equal(exampleSourceArn(item, resource), expected);
    });
  }
});

const place = 'eu-west-1:123456789012';

suite('The ARN of a source', () => {
  const taken: readonly (readonly [TemplateId, string])[] = [
    ['apiGateway', `arn:aws:execute-api:${place}:a1b2c3d4e5/*`],
    ['apiGateway', `arn:aws:execute-api:${place}:*`],
    ['apiGateway', `arn:aws:execute-api:${place}:a1b2c3d4e5/authorizers/x1`],
    ['s3', 'arn:aws:s3:::my.bucket-1'],
    ['s3', 'arn:aws:s3:::logs-*'],
    ['eventBridge', `arn:aws:events:${place}:rule/nightly`],
    ['eventBridge', `arn:aws:events:${place}:rule/bus/nightly`],
    ['sns', `arn:aws:sns:${place}:orders.fifo`],
    ['sns', `arn:aws:sns:us-east-1:999988887777:orders`],
    ['logs', `arn:aws:logs:${place}:log-group:/aws/lambda/x:*`],
    ['loadBalancing', `arn:aws:elasticloadbalancing:${place}:targetgroup/t/0123456789abcdef`],
    ['config', `arn:aws:config:${place}:config-rule/config-rule-x`],
    ['iot', `arn:aws:iot:${place}:authorizer/mine`],
    ['iot', `arn:aws:iot:${place}:provisioningtemplate/mine`],
  ];
  for (const [id, arn] of taken) {
    test(`${id} takes ${arn}`, () => {
      assert.equal(sourceArnProblem(arn, template(id), own), undefined);
    });
  }

  const wrongSource = (id: TemplateId) => exampleSourceArn(template(id), own);
  const refused: readonly (readonly [string, TemplateId, string, string])[] = [
    ['no ARN', 's3', 'my-bucket', 'notAnArn'],
    ['the objects of a bucket', 's3', 'arn:aws:s3:::my-bucket/*', 'wrongSource'],
    ['a bucket with an account', 's3', 'arn:aws:s3::123456789012:my-bucket', 'wrongSource'],
    ['an access point', 's3', `arn:aws:s3:${place}:accesspoint/a`, 'wrongSource'],
    ['a bucket for SNS', 'sns', 'arn:aws:s3:::my-bucket', 'wrongSourceService'],
    ['a subscription', 'sns', `arn:aws:sns:${place}:orders:1f2e`, 'wrongSource'],
    ['a topic of no account', 'sns', 'arn:aws:sns:eu-west-1::orders', 'wrongSource'],
    ['a topic of no region', 'sns', 'arn:aws:sns::123456789012:orders', 'wrongSource'],
    ['a bus instead of a rule', 'eventBridge', `arn:aws:events:${place}:event-bus/b`, 'wrongSource'],
    ['the management of an API', 'apiGateway', 'arn:aws:apigateway:eu-west-1::/restapis/a', 'wrongSourceService'],
    ['a load balancer', 'loadBalancing', `arn:aws:elasticloadbalancing:${place}:loadbalancer/app/a/b`, 'wrongSource'],
    ['an identity pool', 'cognito', `arn:aws:cognito-identity:${place}:identitypool/x`, 'wrongSourceService'],
    ['a thing', 'iot', `arn:aws:iot:${place}:thing/x`, 'wrongSource'],
    ['another partition', 'sns', 'arn:aws-cn:sns:cn-north-1:123456789012:orders', 'wrongPartition'],
  ]; // prettier-ignore
  for (const [name, id, arn, code] of refused) {
    test(`${id} refuses ${name}`, () => {
      assert.equal(sourceArnProblem(arn, template(id), own)?.code, code);
    });
  }

  suite('in the condition of a queue', () => {
    const queue = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
    const rows: readonly (readonly [TemplateId, string, string | undefined])[] = [
      ['s3', 'arn:aws:s3:*:*:my-bucket', undefined],
      ['s3', 'arn:aws:s3:::my-bucket', undefined],
      ['s3', 'arn:aws:s3:eu-*::my-bucket', 'wrongSource'],
      ['s3', 'arn:aws:s3::?:my-bucket', 'wrongSource'],
      ['sns', 'arn:aws:sns:*:111122223333:*', undefined],
      ['sns', 'arn:aws:sns:eu-*-?:1111*:orders', undefined],
      ['sns', 'arn:aws:sns::111122223333:orders', 'wrongSource'],
      ['sns', 'arn:aws:sns:*:1111222233334444:orders', 'notAnArn'],
      ['sns', 'arn:aws:sns:nowhere:111122223333:orders', 'notAnArn'],
      ['sns', 'arn:aws:*:*:111122223333:orders', 'notAnArn'],
      ['eventBridge', 'arn:aws:events:*:*:rule/*', undefined],
    ];
    for (const [id, arn, code] of rows) {
      test(`${id}: ${arn} is ${code ?? 'taken'}`, () => {
        assert.equal(sourceArnProblem(arn, template(id), queue)?.code, code);
      });
    }

    test('the call of a function takes none of them', () => {
      for (const [id, arn] of rows.filter(([, text]) => /[*?].*:.*:/.test(text))) {
        assert.equal(sourceArnProblem(arn, template(id), own)?.code, 'notAnArn', arn);
      }
    });

    test('a pattern does not say whose the source is', () => {
      const anyBucket = 'arn:aws:s3:*:*:my-bucket';
      assert.equal(asksSourceAccount(template('s3'), anyBucket), true);
      assert.equal(likelySourceAccount(anyBucket, queue), '123456789012');
      assert.equal(sourceAccountProblem('999988887777', anyBucket), undefined);
      assert.equal(asksSourceAccount(template('sns'), 'arn:aws:sns:*:111122223333:*'), false);
    });
  });

  test('the reason names what is expected', () => {
    const rule = `arn:aws:events:${place}:rule/nightly`;
    assert.deepEqual(sourceArnProblem(rule, template('sns'), own), {
      code: 'wrongSourceService',
      service: 'events',
      expected: 'sns',
    });
    const objects = 'arn:aws:s3:::my-bucket/*';
    assert.deepEqual(sourceArnProblem(objects, template('s3'), own), {
      code: 'wrongSource',
      text: objects,
      example: wrongSource('s3'),
    });
  });

  test('of a service that is not known only what holds for all is checked', () => {
    assert.equal(
      sourceArnProblem(`arn:aws:scheduler:${place}:schedule/a/b`, undefined, own),
      undefined,
    );
    assert.equal(sourceArnProblem('x', undefined, own)?.code, 'notAnArn');
    assert.equal(sourceArnProblem('arn:aws-cn:s3:::b', undefined, own)?.code, 'wrongPartition');
  });
});

suite('The account of a source', () => {
  const topic = 'arn:aws:sns:eu-west-1:999988887777:orders';
  const bucket = 'arn:aws:s3:::b';
  const asked: readonly (readonly [TemplateId | undefined, string | undefined, boolean])[] = [
    ['s3', bucket, true],
    ['sns', topic, false],
    ['sns', undefined, true],
    ['config', 'arn:aws:config:eu-west-1:123456789012:config-rule/x', true],
    ['logs', 'arn:aws:logs:eu-west-1:123456789012:log-group:x:*', true],
    [undefined, topic, false],
    [undefined, bucket, true],
    [undefined, undefined, true],
  ];
  for (const [id, arn, expected] of asked) {
    test(`${id ?? 'another service'}, ${arn ?? 'no ARN'}: ${expected ? '' : 'not '}asked`, () => {
      assert.equal(asksSourceAccount(id && template(id), arn), expected);
    });
  }

  test('the one of the ARN, else the one of the resource', () => {
    assert.equal(likelySourceAccount(topic, own), '999988887777');
    assert.equal(likelySourceAccount(bucket, own), '123456789012');
    assert.equal(likelySourceAccount(undefined, own), '123456789012');
  });

  test('another than that of the ARN would match nothing', () => {
    assert.equal(sourceAccountProblem('999988887777', topic), undefined);
    assert.equal(sourceAccountProblem('123456789012', bucket), undefined);
    assert.equal(sourceAccountProblem('12', topic)?.code, 'notAnAccountId');
    assert.deepEqual(sourceAccountProblem('123456789012', topic), {
      code: 'otherAccount',
      accountId: '123456789012',
      expected: '999988887777',
    });
  });

  test('an identity of another partition is refused', () => {
    assert.equal(partitionProblem('arn:aws:iam::123456789012:role/r', own), undefined);
    assert.equal(partitionProblem('123456789012', own), undefined);
    assert.deepEqual(partitionProblem('arn:aws-cn:iam::123456789012:role/r', own), {
      code: 'wrongPartition',
      partition: 'aws-cn',
      expected: 'aws',
    });
  });
});
