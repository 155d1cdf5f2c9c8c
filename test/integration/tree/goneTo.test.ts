import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LambdaFunction, Listed, SqsQueue } from '../../../src/core/resource';
import type { TreeNode } from '../../../src/tree/nodes';
import { eventually } from '../eventually';
import { findRow, keepOpen, labelOf } from './expectTree';
import { treeBench } from './treeBench';
import { functionArn, functionsSeed, treeSeed } from './treeSeed';

const sample = 'Sample Account';
const functions = 'Lambda functions';

function functionNamed(functionName: string, arn = functionArn): LambdaFunction {
  return { kind: 'lambdaFunction', arn: `${arn}:${functionName}`, functionName };
}

suite('a row that a person went to', () => {
  const at = treeBench(treeSeed);
  const labels = async (below: TreeNode) =>
    (await at.tree.getChildren(below)).map((row) => labelOf(at.tree, row));
  const group = () => findRow(at.tree, sample, functions);
  /** As VS Code finds a row to reveal: by the ids of what stands above it. */
  const isShown = async ([row, ...above]: readonly TreeNode[]) => {
    const path = [row, ...above].reverse().concat();
    let rows = await at.tree.getChildren(await findRow(at.tree, sample));
    for (const [index, node] of path.entries()) {
      const found = rows.find(({ id }) => id === node?.id);
      assert.ok(found, `no row ${node?.id}`);
      if (index < path.length - 1) rows = await at.tree.getChildren(found);
    }
  };

  test('is among the rows before its list has come, and once when it has', async () => {
    const release = at.hold('Lambda.ListFunctions');
    const shown = keepOpen(at.tree, await group());
    await isShown(at.tree.pathTo('sample', functionNamed('shop')));
    await eventually(() => assert.deepEqual(shown.labels, ['shop', 'Loading…']));
    release();
    const all = ['bare', 'broken', 'empty', 'hostile', 'Secret', 'shop'];
    await eventually(() => assert.deepEqual(shown.labels, all));
  });

  test('is among the rows though a filter leaves it out', async () => {
    at.tree.filter = 'bare';
    const shown = keepOpen(at.tree, await group());
    await eventually(() => assert.deepEqual(shown.labels, ['bare']));
    await isShown(at.tree.pathTo('sample', functionNamed('shop')));
    await eventually(() => assert.deepEqual(shown.labels, ['shop', 'bare']));
    // That one a person has typed since.
    at.tree.filter = 'no such';
    await eventually(() => assert.deepEqual(shown.labels, ['No name contains "no such"']));
    at.tree.filter = 'hop';
    await eventually(() => assert.deepEqual(shown.labels, ['shop']));
  });

  test('that is not there any more goes with the next list of its account', async () => {
    const row = await group();
    await at.tree.getChildren(row);
    await sleep(5);
    const foreign = functionNamed('theirs', 'arn:aws:lambda:eu-west-1:999988887777:function');
    at.tree.pathTo('sample', functionNamed('gone'));
    at.tree.pathTo('sample', foreign);
    const shown = keepOpen(at.tree, row);
    await eventually(() => assert.deepEqual(shown.labels.slice(0, 3), ['gone', 'theirs', 'bare']));
    await sleep(5);
    at.tree.refresh(row);
    await eventually(() => assert.deepEqual(shown.labels.slice(0, 2), ['theirs', 'bare']));
  });

  test('of another account stands in the list of its kind, and is addressed by its ARN', async () => {
    const foreign = 'arn:aws:lambda:eu-west-1:999988887777:function';
    const shop = functionNamed('shop', foreign);
    const shown = keepOpen(at.tree, await group());
    const path = at.tree.pathTo('sample', {
      ...shop,
      arn: `${shop.arn}:live`,
      qualifier: { type: 'alias', name: 'live', version: '' },
    });
    await eventually(() => assert.deepEqual(shown.labels.slice(0, 2), ['shop', 'bare']));
    const [row] = await at.tree.getChildren(await group());
    assert.ok(row?.type === 'resource');
    assert.deepEqual(row.resource, shop);
    assert.ok(path.some(({ id }) => id === row.id));
    at.requested();
    const own = await findRow(at.tree, sample, functions, 'bare');
    await at.tree.getChildren(row);
    const versions = (await at.tree.getChildren(row)).at(-1);
    await at.tree.getChildren(versions);
    // Nothing is asked about the function of the same name in this account.
    const asked = at.proxy.requests.filter(({ path: to }) => /shop/.test(to));
    assert.ok(asked.length >= 3, asked.map(({ path: to }) => to).join('\n'));
    for (const request of asked) {
      assert.ok(decodeURIComponent(request.path).includes(shop.arn), request.path);
    }
    assert.notEqual(own.id, row.id);
  });

  const qualified: readonly Listed[] = [
    {
      ...functionNamed('shop'),
      arn: `${functionArn}:shop:live`,
      qualifier: { type: 'alias', name: 'live', version: '' },
    },
    {
      ...functionNamed('shop'),
      arn: `${functionArn}:shop:2`,
      qualifier: { type: 'version', name: '2' },
    },
    {
      kind: 'layerVersion',
      arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:tools:2',
      layerName: 'tools',
      version: 2,
    },
    {
      kind: 'layer',
      arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:other',
      layerName: 'other',
    },
    {
      kind: 'sqsQueue',
      arn: 'arn:aws:sqs:eu-west-1:123456789012:single',
      queueName: 'single',
      queueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/single',
    } satisfies SqsQueue,
  ];
  for (const listed of qualified) {
    test(`${listed.arn.split(':').slice(5).join(':')} is found below what it stands in`, async () => {
      await isShown(at.tree.pathTo('sample', listed));
    });
  }

  test('goes with its connection', async () => {
    await labels(await group());
    await sleep(5);
    at.tree.pathTo('sample', functionNamed('gone'));
    assert.deepEqual((await labels(await group()))[0], 'gone');
    await at.connect([]);
    await at.connect([{ sample: true }]);
    assert.deepEqual((await labels(await group()))[0], 'bare');
  });
});

suite('a row that a person went to, far down a list', () => {
  const at = treeBench(functionsSeed(1_100));

  test('stands above those that are shown', async () => {
    const group = await findRow(at.tree, sample, functions);
    await at.tree.getChildren(group);
    await eventually(() => assert.equal(at.tree.getTreeItem(group).description, '1100'));
    at.tree.pathTo('sample', functionNamed('f1099'));
    const children = await at.tree.getChildren(group);
    const rows = children.map((row) => labelOf(at.tree, row));
    assert.deepEqual([rows[0], rows[1], rows.length], ['f1099', 'f0001', 1_002]);
    assert.equal(rows.at(-1), 'Show more (100 are left)');
    await at.tree.showMore(group, children.at(-1) ?? assert.fail('no rows'));
    const all = (await at.tree.getChildren(group)).map((row) => labelOf(at.tree, row));
    assert.deepEqual([all.length, all.indexOf('f1099'), new Set(all).size], [1_100, 1_098, 1_100]);
  });
});
