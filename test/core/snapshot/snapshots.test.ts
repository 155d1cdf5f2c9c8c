import assert from 'node:assert/strict';
import { inventoryText, readInventory } from '../../../src/core/snapshot/inventory';
import { snapshotOf } from '../../../src/core/snapshot/snapshot';
import { laidOut } from '../../../src/core/report/laidOut';
import {
  anAudit,
  aResource,
  hostileAudit,
  madeAt,
  partialAudit,
  policyText,
} from '../report/reports';

suite('Snapshots', () => {
  test('a file for each policy, in lines; of all others why there is none', () => {
    const { files, inventory } = snapshotOf(partialAudit(), madeAt);
    assert.deepEqual(
      [...files],
      [['lambda/function/orders.json', `${laidOut(policyText('open'))}\n`]],
    );
    assert.deepEqual(
      inventory.resources.map((entry) => [entry.name, entry.policy, 'file' in entry]),
      [
        ['orders', 'saved', true],
        ['secret', 'unreadable', false],
        ['common', 'none', false],
        ['inbox.fifo', 'notAskedFor', false],
      ],
    );
    assert.equal(inventory.isWhole, false);
    assert.equal(inventory.isListed, false);
    assert.equal(inventory.notRead.length, 4);
  });

  test('a text that is no JSON is saved byte for byte', () => {
    const text = '{"Statement": [\r\n ';
    const { files } = snapshotOf(anAudit({ resources: [aResource('a', text)] }), madeAt);
    assert.deepEqual([...files.values()], [text]);
  });

  test('what is written can be read again, hostile or not', () => {
    for (const audit of [
      anAudit(),
      partialAudit(),
      hostileAudit(),
      anAudit({ region: undefined }),
    ]) {
      const { inventory } = snapshotOf(audit, madeAt);
      assert.deepEqual(readInventory(inventoryText(inventory)), inventory);
    }
  });

  const good = () =>
    JSON.parse(inventoryText(snapshotOf(partialAudit(), madeAt).inventory)) as Record<
      string,
      unknown
    > & {
      resources: Record<string, unknown>[];
    };
  const spoilt: readonly (readonly [string, (value: ReturnType<typeof good>) => unknown])[] = [
    ['an inventory of something else', (value) => ({ ...value, format: 'stock' })],
    ['one of a later version', (value) => ({ ...value, formatVersion: 2 })],
    ['one without a time', (value) => ({ ...value, savedAt: 'soon' })],
    ['one without resources', (value) => ({ ...value, resources: undefined })],
    ['a list', (value) => [value]],
    [
      'one that names a file elsewhere',
      (value) => ({
        ...value,
        resources: [{ ...value.resources[0], file: 'lambda/function/../../../etc.json' }],
      }),
    ],
    [
      'one that names a file of somebody else',
      (value) => ({ ...value, resources: [{ ...value.resources[0], file: 'package.json' }] }),
    ],
    [
      'one with a state that nobody knows',
      (value) => ({ ...value, resources: [{ ...value.resources[0], policy: 'lost' }] }),
    ],
  ];
  for (const [name, spoil] of spoilt) {
    test(`${name} is none of ours`, () => {
      assert.ok(readInventory(JSON.stringify(good())));
      assert.equal(readInventory(JSON.stringify(spoil(good()))), undefined);
    });
  }

  test('what is no JSON is none either', () => assert.equal(readInventory('{'), undefined));
});
