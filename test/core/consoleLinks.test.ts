import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accountConsoleLink, consoleLink } from '../../src/core/consoleLinks';
import { findPartition, regionsByPartition } from '../../src/core/partitions';
import type { Layer, Listed, Resource } from '../../src/core/resource';
import { identifyResource, toResource } from '../../src/core/resourceIdentifier';

const account = '123456789012';

/** One of everything, as a listing of an account in that region brings it. */
function everything(partition: string, region: string, dnsSuffix: string) {
  const arn = `arn:${partition}:lambda:${region}:${account}`;
  const lambda = { kind: 'lambdaFunction', functionName: 'orders' } as const;
  const functionArn = `${arn}:function:orders`;
  return {
    function: { ...lambda, arn: functionArn },
    alias: {
      ...lambda,
      arn: `${functionArn}:live`,
      qualifier: { type: 'alias', name: 'live', version: '' },
    },
    version: {
      ...lambda,
      arn: `${functionArn}:7`,
      qualifier: { type: 'version', name: '7' },
    },
    layer: { kind: 'layer', arn: `${arn}:layer:tools`, layerName: 'tools' },
    layerVersion: {
      kind: 'layerVersion',
      arn: `${arn}:layer:tools:3`,
      layerName: 'tools',
      version: 3,
    },
    queue: {
      kind: 'sqsQueue',
      arn: `arn:${partition}:sqs:${region}:${account}:jobs.fifo`,
      queueName: 'jobs.fifo',
      queueUrl: `https://sqs.${region}.${dnsSuffix}/${account}/jobs.fifo`,
    },
  } as const satisfies Readonly<Record<string, Listed>>;
}

const ireland = everything('aws', 'eu-west-1', 'amazonaws.com');

suite('Console link', () => {
  const lambda = 'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#';
  const policy = '?subtab=permissions&tab=configure';
  const queuePage =
    'https://eu-west-1.console.aws.amazon.com/sqs/v3/home?region=eu-west-1#/queues/' +
    `https%3A%2F%2Fsqs.eu-west-1.amazonaws.com%2F${account}%2Fjobs.fifo`;
  const rows: readonly (readonly [Listed, string, string])[] = [
    [ireland.function, `${lambda}/functions/orders`, policy],
    [ireland.alias, `${lambda}/functions/orders/aliases/live`, policy],
    [ireland.version, `${lambda}/functions/orders/versions/7`, policy],
    [ireland.layer, `${lambda}/layers/tools`, ''],
    [ireland.layerVersion, `${lambda}/layers/tools/versions/3`, ''],
    [ireland.queue, queuePage, ''],
  ];
  for (const [listed, link, tab] of rows) {
    test(listed.arn, () => {
      assert.equal(consoleLink(listed), link);
      assert.equal(consoleLink(listed, 'policy'), link + tab);
    });
  }

  const hosts: readonly (readonly [string, string, string | undefined])[] = [
    ['aws', 'us-east-1', 'us-east-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['aws-eusc', 'eusc-de-east-1', 'eusc-de-east-1.console.amazonaws-eusc.eu'],
    ['aws-iso', 'us-iso-east-1', 'us-iso-east-1.console.c2shome.ic.gov'],
    ['aws-iso-b', 'us-isob-east-1', 'us-isob-east-1.console.sc2shome.sgov.gov'],
    ['aws-iso-e', 'eu-isoe-west-1', undefined],
    ['aws-iso-f', 'us-isof-south-1', undefined],
  ];
  for (const [partition, region, host] of hosts) {
    test(`${partition}: ${host ?? 'none is known'}`, () => {
      const expected = host === undefined ? undefined : `https://${host}`;
      const origin = (link: string | undefined) =>
        link === undefined ? link : new URL(link).origin;
      assert.equal(origin(accountConsoleLink(region)), expected);
      for (const listed of Object.values<Listed>(everything(partition, region, 'x'))) {
        assert.equal(origin(consoleLink(listed)), expected, listed.arn);
      }
    });
  }

  test('the first page of a region', () => {
    assert.equal(
      accountConsoleLink('eu-west-1'),
      'https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1',
    );
  });

  test('a queue with a legacy URL has the usual page', () => {
    const queueUrl = `https://eu-west-1.queue.amazonaws.com/${account}/jobs.fifo`;
    assert.equal(consoleLink({ ...ireland.queue, queueUrl }), queuePage);
  });

  test('none for what is in an emulator', () => {
    for (const listed of Object.values<Listed>(ireland)) {
      const arn = listed.arn.replace(account, '000000000000');
      assert.equal(consoleLink({ ...listed, arn }), undefined);
    }
  });

  const strange: readonly (readonly [string, string])[] = [
    ['no ARN', 'orders'],
    ['an unknown partition', `arn:aws-x:lambda:eu-west-1:${account}:function:orders`],
    ['a region that leads elsewhere', `arn:aws:lambda:example.com/:${account}:function:orders`],
    ['no region', `arn:aws:lambda::${account}:function:orders`],
  ];
  for (const [what, arn] of strange) {
    test(`none for ${what}`, () => {
      assert.equal(consoleLink({ ...ireland.function, arn }), undefined);
    });
  }

  test('none in a region that is none', () => {
    for (const region of ['', 'x', 'example.com/', 'eu-west-1\n', '../x-y-1']) {
      assert.equal(accountConsoleLink(region), undefined, region);
    }
  });

  test('no name leads to another page or host', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const alias = { type: 'alias', name, version: '1' } as const;
        const link = consoleLink({ ...ireland.alias, functionName: name, qualifier: alias });
        assert.ok(link);
        const { origin, pathname, search, hash } = new URL(link);
        assert.equal(origin + pathname + search, lambda.slice(0, -1));
        const path = hash.slice(1).split('/');
        assert.deepEqual([path.length, path[1], path[3]], [5, 'functions', 'aliases']);
        assert.equal(path[4], path[2]);
        assert.doesNotMatch(hash.slice(1), /[?#\s"<>]/);
      }),
    );
  });
});

suite('Console link, pasted back', () => {
  /** What the link leads back to, for somebody who is in that account and region. */
  function backFrom(link: string, region: string): Resource | Layer | undefined {
    const result = identifyResource(link);
    assert.ok(result.state === 'found', link);
    assert.equal(result.candidates.length, 1);
    const [candidate] = result.candidates;
    assert.ok(candidate);
    assert.equal(candidate.region, region);
    return toResource(candidate, { region, accountId: account });
  }

  for (const { partition, regions } of regionsByPartition()) {
    const { dnsSuffix = '', consoleHost } = findPartition(partition) ?? {};
    if (consoleHost === undefined) continue;
    test(`leads back to each resource in the regions of ${partition}`, () => {
      for (const { id: region } of regions) {
        for (const listed of Object.values<Listed>(everything(partition, region, dnsSuffix))) {
          for (const link of [consoleLink(listed), consoleLink(listed, 'policy')]) {
            assert.ok(link !== undefined, listed.arn);
            assert.deepEqual(backFrom(link, region), listed);
          }
        }
      }
    });
  }

  test('leads back to any name that there can be', () => {
    const functionNames = fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/);
    const aliases = fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/).filter((it) => !/^\d+$/.test(it));
    fc.assert(
      fc.property(functionNames, aliases, (functionName, name) => {
        const listed: Resource = {
          kind: 'lambdaFunction',
          arn: `arn:aws:lambda:eu-west-1:${account}:function:${functionName}:${name}`,
          functionName,
          qualifier: { type: 'alias', name, version: '' },
        };
        assert.deepEqual(backFrom(consoleLink(listed) ?? '', 'eu-west-1'), listed);
      }),
    );
  });
});
