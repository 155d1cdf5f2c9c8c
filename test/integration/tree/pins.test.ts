import assert from 'node:assert/strict';
import type { CommandDeps } from '../../../src/commands/deps';
import { pinResource, unpinResource } from '../../../src/commands/pinResource';
import { Pins } from '../../../src/connections/pins';
import type { TreeNode } from '../../../src/tree/nodes';
import { eventually } from '../eventually';
import { windowStub } from '../windowStub';
import { findRow, keepOpen, labelOf } from './expectTree';
import { treeBench } from './treeBench';
import { memento } from './treeParts';
import { treeSeed } from './treeSeed';

const sample = 'Sample Account';
const functions = 'Lambda functions';

suite('pinned resources', () => {
  const at = treeBench(treeSeed);
  const stub = windowStub();
  const told: string[] = [];
  setup(() => (told.length = 0));
  const deps = (selection: readonly TreeNode[] = []) =>
    ({
      connections: at.connections,
      pins: at.pins,
      treeView: { selection },
      reporter: { info: (words: string) => told.push(words) },
    }) as unknown as CommandDeps;
  const labels = async (below: TreeNode) =>
    (await at.tree.getChildren(below)).map((row) => labelOf(at.tree, row));
  const pin = async (...names: readonly string[]) => {
    for (const name of names) {
      await pinResource(deps(), await findRow(at.tree, sample, functions, name));
    }
  };

  test('stand on top in their own order, are marked, and take their place again', async () => {
    const group = await findRow(at.tree, sample, functions);
    const shown = keepOpen(at.tree, group);
    await pin('shop', 'empty');
    const rest = ['bare', 'broken', 'hostile', 'Secret'];
    await eventually(() => assert.deepEqual(shown.labels, ['empty', 'shop', ...rest]));
    const shop = await findRow(at.tree, sample, functions, 'shop');
    const item = at.tree.getTreeItem(shop);
    assert.equal(item.contextValue, 'resource.lambdaFunction.pinned');
    assert.match(item.accessibilityInformation?.label ?? '', /pinned$/);
    await unpinResource(deps(), shop);
    await eventually(() => assert.deepEqual(shown.labels, ['empty', ...rest, 'shop']));
    assert.equal(
      at.tree.getTreeItem(await findRow(at.tree, sample, functions, 'shop')).contextValue,
      'resource.lambdaFunction',
    );
  });

  test('layers and queues as well, each in its own list', async () => {
    await pinResource(deps(), await findRow(at.tree, sample, 'Lambda layers', 'tools'));
    await pinResource(deps(), await findRow(at.tree, sample, 'SQS queues', 'single'));
    const lists = ['Lambda layers', 'SQS queues', functions] as const;
    const all = await Promise.all(
      lists.map(async (list) => labels(await findRow(at.tree, sample, list))),
    );
    assert.deepEqual(
      all.map(([first]) => first),
      ['tools', 'single', 'bare'],
    );
    const tools = await findRow(at.tree, sample, 'Lambda layers', 'tools');
    const item = at.tree.getTreeItem(tools);
    assert.equal(item.contextValue, 'layer.pinned');
    // What is seen by the icon is also said.
    assert.match(item.accessibilityInformation?.label ?? '', /^layer tools, pinned$/);
    assert.deepEqual(await labels(tools), ['Version 2', 'Version 1']);
  });

  test('are there before the list has come, and each once when it has', async () => {
    await pin('shop');
    at.tree.refresh();
    const release = at.hold('Lambda.ListFunctions');
    const group = await findRow(at.tree, sample, functions);
    assert.deepEqual(await labels(group), ['shop', 'Loading…']);
    const shown = keepOpen(at.tree, group);
    // Its policy can be read meanwhile.
    const shop = await findRow(at.tree, sample, functions, 'shop');
    assert.deepEqual((await labels(shop)).slice(0, 2), ['one', 'two']);
    release();
    await eventually(() =>
      assert.deepEqual(shown.labels, ['shop', 'bare', 'broken', 'empty', 'hostile', 'Secret']),
    );
  });

  test('are there though the list cannot be read', async () => {
    await pin('shop');
    at.tree.refresh();
    at.proxy.addFault({ operation: 'Lambda.ListFunctions', answer: { type: 'reset' } });
    const group = await findRow(at.tree, sample, functions);
    await eventually(async () => {
      const [first, note] = await labels(group);
      assert.equal(first, 'shop');
      assert.match(note ?? '', /^Lambda functions could not be listed/);
    });
  });

  test('obey the filter', async () => {
    await pin('shop', 'empty');
    at.tree.filter = 'E';
    const group = await findRow(at.tree, sample, functions);
    assert.deepEqual(await labels(group), ['empty', 'bare', 'broken', 'hostile', 'Secret']);
    at.tree.filter = 'no such';
    assert.deepEqual(await labels(group), ['No name contains "no such"']);
  });

  test('what is not there any more can be unpinned', async () => {
    await pin('shop');
    const gone = await findRow(at.tree, sample, functions, 'shop');
    assert.ok(gone.type === 'resource');
    const missing = { ...gone.resource, arn: `${gone.resource.arn}-gone`, functionName: 'a-gone' };
    await at.pins.set('sample', missing, true);
    const group = await findRow(at.tree, sample, functions);
    assert.deepEqual((await labels(group)).slice(0, 2), ['a-gone', 'shop']);
    const row = await findRow(at.tree, sample, functions, 'a-gone');
    assert.match((await labels(row)).join(), /it no longer exists/);
    await unpinResource(deps(), row);
    assert.deepEqual((await labels(group)).slice(0, 2), ['shop', 'bare']);
  });

  test('several that are selected, and nothing but what can be pinned', async () => {
    const rows = await Promise.all(
      [
        [functions, 'shop'],
        ['SQS queues', 'single'],
        [functions, 'shop', 'live'],
        ['Lambda layers', 'tools', 'Version 1'],
        [functions],
      ].map((path) => findRow(at.tree, sample, ...path)),
    );
    await pinResource(deps(), rows[0], rows);
    assert.deepEqual(
      at.pins.of('sample').map(({ arn }) => arn.split(':').at(-1)),
      ['shop', 'single'],
    );
    // From the palette: what is selected.
    await unpinResource(deps(rows));
    assert.deepEqual(at.pins.of('sample'), []);
  });

  test('from the palette, with nothing selected: what is picked', async () => {
    await unpinResource(deps());
    assert.deepEqual([told, stub.shown], [['Nothing is pinned.'], []]);
    stub.picks.push('tools', undefined);
    await pinResource(deps());
    await pinResource(deps());
    assert.deepEqual(
      at.pins.of('sample').map(({ arn }) => arn.split(':').at(-1)),
      ['tools'],
    );
    stub.picks.push(undefined, 'tools');
    await unpinResource(deps());
    assert.equal(at.pins.of('sample').length, 1);
    await unpinResource(deps());
    assert.deepEqual(at.pins.of('sample'), []);
  });

  test('are of their connection alone, and survive', async () => {
    const held = memento();
    const before = new Pins(held);
    const shop = await findRow(at.tree, sample, functions, 'shop');
    assert.ok(shop.type === 'resource');
    await before.set('sample', shop.resource, true);
    await before.set('sample', shop.resource, true);
    const after = new Pins(held);
    assert.deepEqual(after.of('sample'), [shop.resource]);
    assert.ok(after.has('sample', shop.resource));
    assert.deepEqual(after.of('aws:@eu-west-1'), []);
    for (const pins of [before, after]) pins.dispose();
  });

  for (const value of [undefined, 'x', [1], { sample: 'x' }, { sample: [{ arn: 1 }, null] }]) {
    test(`nothing is made of what is no list of pins: ${JSON.stringify(value)}`, async () => {
      const held = memento();
      await held.update('pins', value);
      const pins = new Pins(held);
      assert.deepEqual(pins.of('sample'), []);
      pins.dispose();
    });
  }
});
