import assert from 'node:assert/strict';
import { formatArn, parseArn } from '../../src/core/arn';
import { limits } from '../../src/core/limits';
import { partitionOf } from '../../src/core/partitions';
import { regionIdPattern, regions } from '../../src/core/regions';
import type { Listed } from '../../src/core/resource';
import { isResource, nameOf, qualifiedNameOf, resourceKinds } from '../../src/core/resource';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';
const lambda = { kind: 'lambdaFunction', arn, functionName: 'shop' } as const;
const alias = { ...lambda, qualifier: { type: 'alias', name: 'live', version: '2' } } as const;
const version = { ...lambda, qualifier: { type: 'version', name: '7' } } as const;
const layer = { kind: 'layer', arn, layerName: 'tools' } as const;
const layerVersion = { kind: 'layerVersion', arn, layerName: 'tools', version: 3 } as const;
const queue = { kind: 'sqsQueue', arn, queueName: 'jobs', queueUrl: 'https://q/1/jobs' } as const;

suite('ARN', () => {
  const arns: readonly string[] = [
    arn,
    'arn:aws:s3:::bucket/key:with:colons',
    'arn:aws-us-gov:iam::123456789012:role/x',
    'arn:::::',
    'arn:aws:sqs:eu-west-1:123456789012:a\nb',
  ];
  for (const text of arns) {
    test(`goes apart and together: ${JSON.stringify(text)}`, () => {
      const parsed = parseArn(text);
      assert.ok(parsed);
      assert.equal(formatArn(parsed), text);
    });
  }

  test('its resource keeps its colons', () => {
    assert.deepEqual(parseArn(`${arn}:live`), {
      partition: 'aws',
      service: 'lambda',
      region: 'eu-west-1',
      accountId: '123456789012',
      resource: 'function:shop:live',
    });
  });

  for (const text of ['', '*', 'arn', 'arn:aws:s3::bucket', 'ARN:a:b:c:d:e', ` ${arn}`]) {
    test(`is none: ${JSON.stringify(text)}`, () => {
      assert.equal(parseArn(text), undefined);
    });
  }
});

suite('Resource', () => {
  const names: readonly (readonly [string, Listed, string, string])[] = [
    ['a function', lambda, 'shop', 'shop'],
    ['an alias', alias, 'shop', 'shop:live'],
    ['a version', version, 'shop', 'shop:7'],
    ['a layer', layer, 'tools', 'tools'],
    ['a layer version', layerVersion, 'tools', 'tools:3'],
    ['a queue', queue, 'jobs', 'jobs'],
  ];
  for (const [what, listed, name, qualified] of names) {
    test(`name of ${what}`, () => {
      assert.deepEqual([nameOf(listed), qualifiedNameOf(listed)], [name, qualified]);
    });
  }

  for (const [what, good] of Object.entries({ lambda, alias, version, layerVersion, queue })) {
    test(`isResource: ${what}, also after JSON`, () => {
      assert.equal(isResource(good), true);
      assert.equal(isResource(JSON.parse(JSON.stringify(good))), true);
    });

    for (const key of Object.keys(good)) {
      test(`isResource: not ${what} without or with a wrong ${key}`, () => {
        const rest = Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));
        // A function without a qualifier is the unqualified function.
        assert.equal(isResource(rest), key === 'qualifier');
        for (const wrong of [null, {}, [], true]) {
          assert.equal(isResource({ ...good, [key]: wrong }), false, JSON.stringify(wrong));
        }
      });
    }
  }

  const wrong: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['a text', arn],
    ['a list', [lambda]],
    ['a layer, which has no policy', layer],
    ['a kind there is not', { ...lambda, kind: 'topic' }],
    ['a kind from the prototype', { ...lambda, kind: 'constructor' }],
    ['an alias without its version', { ...lambda, qualifier: { type: 'alias', name: 'live' } }],
    ['a qualifier of another type', { ...lambda, qualifier: { type: 'x', name: '1' } }],
    ['a qualifier whose name is no text', { ...lambda, qualifier: { type: 'version', name: 1 } }],
    ['a layer version whose number is a text', { ...layerVersion, version: '3' }],
  ];
  for (const [name, value] of wrong) {
    test(`isResource: not ${name}`, () => {
      assert.equal(isResource(value), false);
    });
  }
});

suite('Regions', () => {
  test('each is listed once, has a name, and looks like a region', () => {
    assert.equal(new Set(regions.map(({ id }) => id)).size, regions.length);
    assert.equal(new Set(regions.map(({ name }) => name)).size, regions.length);
    for (const { id, name } of regions) {
      assert.match(id, regionIdPattern);
      assert.notEqual(name.trim(), '');
    }
  });

  for (const id of ['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'ap-southeast-12']) {
    test(`may be typed: ${id}`, () => assert.match(id, regionIdPattern));
  }
  for (const id of [
    '',
    'eu-west',
    'EU-WEST-1',
    'eu-west-1 ',
    'eu-west-1\n',
    'x.y-west-1',
    'a/b-c-1',
  ]) {
    test(`is no region: ${JSON.stringify(id)}`, () => assert.doesNotMatch(id, regionIdPattern));
  }

  const partitions: readonly (readonly [string, string])[] = [
    ['eu-west-1', 'aws'],
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['somewhere', 'aws'],
  ];
  for (const [region, partition] of partitions) {
    test(`${region} is in ${partition}`, () => assert.equal(partitionOf(region), partition));
  }
});

suite('Limits', () => {
  test('every kind has its own, as documented', () => {
    assert.deepEqual(limits, {
      lambdaFunction: { bytes: 20_480 },
      layerVersion: { bytes: 20_480 },
      sqsQueue: { bytes: 8_192, statements: 20, principals: 50, actions: 7, conditions: 10 },
    });
    assert.deepEqual(Object.keys(limits).sort(), [...resourceKinds].sort());
  });
});
