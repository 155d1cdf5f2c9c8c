import assert from 'node:assert/strict';
import {
  findPartition,
  partitionOf,
  partitions,
  partitionWith,
  regionsByPartition,
} from '../../src/core/partitions';
import { regionIdPattern, regions } from '../../src/core/regions';

suite('Partitions', () => {
  const rows: readonly (readonly [string, string, string, string | undefined])[] = [
    ['aws', 'us-west-2', 'amazonaws.com', 'console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'amazonaws.com.cn', 'console.amazonaws.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com', 'console.amazonaws-us-gov.com'],
    ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu', 'console.amazonaws-eusc.eu'],
    ['aws-iso', 'us-iso-west-1', 'c2s.ic.gov', 'console.c2shome.ic.gov'],
    ['aws-iso-b', 'us-isob-west-1', 'sc2s.sgov.gov', 'console.sc2shome.sgov.gov'],
    ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk', undefined],
    ['aws-iso-f', 'us-isof-east-1', 'csp.hci.ic.gov', undefined],
  ];
  for (const [id, region, dnsSuffix, consoleHost] of rows) {
    test(`${id}: its hosts, and ${region} is in it`, () => {
      const partition = findPartition(id);
      assert.equal(partition?.dnsSuffix, dnsSuffix);
      assert.equal(partition.consoleHost, consoleHost);
      assert.equal(partitionOf(region), id);
      assert.equal(partitionWith(region), partition);
    });
  }

  test('there are no others, and none twice', () => {
    assert.deepEqual(
      partitions.map(({ id }) => id),
      rows.map(([id]) => id),
    );
    for (const id of ['', 'aws-', 'AWS', 'constructor', '__proto__']) {
      assert.equal(findPartition(id), undefined);
    }
  });

  test('no region begins as those of two partitions', () => {
    for (const { id } of regions) {
      const owners = partitions.filter(
        ({ regionPrefix }) => regionPrefix !== undefined && id.startsWith(regionPrefix),
      );
      assert.ok(owners.length <= 1, id);
    }
  });

  test('an unknown region counts as one of the commercial partition', () => {
    assert.equal(partitionOf('ap-northwest-9'), 'aws');
    assert.equal(partitionOf(''), 'aws');
  });
});

suite('Regions by partition', () => {
  const groups = regionsByPartition();

  test('each partition has its regions, in the order of the lists', () => {
    assert.deepEqual(
      groups.map(({ partition }) => partition),
      partitions.map(({ id }) => id),
    );
    assert.deepEqual(
      groups.find(({ partition }) => partition === 'aws-iso-f'),
      {
        partition: 'aws-iso-f',
        regions: [
          { id: 'us-isof-east-1', name: 'US ISOF East' },
          { id: 'us-isof-south-1', name: 'US ISOF South' },
        ],
      },
    );
    for (const { partition, regions: own } of groups) {
      assert.deepEqual(
        own,
        regions.filter(({ id }) => partitionOf(id) === partition),
      );
    }
  });

  test('no region is lost or repeated', () => {
    const ids = groups.flatMap((group) => group.regions.map(({ id }) => id));
    assert.deepEqual([...ids].sort(), regions.map(({ id }) => id).sort());
  });

  test('those of the isolated partitions may be typed as well', () => {
    const isolated = groups.filter(({ partition }) => partition.startsWith('aws-iso'));
    const ids = isolated.flatMap((group) => group.regions.map(({ id }) => id));
    assert.deepEqual(ids, [
      'us-iso-east-1',
      'us-iso-west-1',
      'us-isob-east-1',
      'us-isob-west-1',
      'eu-isoe-west-1',
      'us-isof-east-1',
      'us-isof-south-1',
    ]);
    for (const id of ids) assert.match(id, regionIdPattern);
  });
});
