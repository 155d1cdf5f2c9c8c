import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TreeNode } from '../../../src/tree/nodes';
import type { ResourcesTree } from '../../../src/tree/resourcesTree';
import { eventually } from '../eventually';
import { findRow, keepOpen } from './expectTree';
import { treeBench } from './treeBench';
import { functionsSeed, versionPagesSeed } from './treeSeed';

const sample = 'Sample Account';
const functions = 'Lambda functions';
/** How many checks in the background a connection sends before one is answered. */
const atOnce = 8;
/** Long enough for a request that should not be sent. */
const aWhile = 700;

suite('pages of a list that nobody looks at', () => {
  const at = treeBench(functionsSeed(230));
  const pages = () =>
    at.proxy.requests.filter(({ operation }) => operation === 'Lambda.ListFunctions').length;

  for (const closed of ['the group', 'the connection', 'the view'] as const) {
    test(`${closed} is closed: no more is asked for, and opened it goes on where it was`, async () => {
      const group = await findRow(at.tree, sample, functions);
      const connection = await findRow(at.tree, sample);
      const release = at.hold('Lambda.ListFunctions', 1);
      const shown = keepOpen(at.tree, group);
      await eventually(() => assert.deepEqual([shown.labels.length, pages()], [51, 2]));
      const above = closed === 'the connection' ? connection : 'the view';
      const { close, open } = closed === 'the group' ? shown : closing(at.tree, above);
      close();
      release();
      await at.proxy.settled();
      await sleep(aWhile);
      // The second was on its way.
      assert.equal(pages(), 2);
      open();
      await eventually(() => assert.equal(at.tree.getTreeItem(group).description, '230'));
      await eventually(() => assert.equal(shown.labels.length, 230));
      assert.equal(new Set(shown.labels).size, 230);
      const asked = at.proxy.requests.filter(({ operation }) => operation.includes('ListFunc'));
      assert.deepEqual([asked.length, new Set(asked.map(({ path }) => path)).size], [5, 5]);
    });
  }

  test('one that was ended while it stood still stays ended', async () => {
    const group = await findRow(at.tree, sample, functions);
    const release = at.hold('Lambda.ListFunctions', 1);
    await at.tree.getChildren(group);
    await eventually(() => assert.equal(pages(), 2));
    at.tree.collapsed(group);
    release();
    await at.proxy.settled();
    await at.connect([]);
    at.tree.expanded(group);
    await sleep(aWhile);
    assert.equal(pages(), 2);
  });
});

suite('versions and checks that nobody looks at', () => {
  const at = treeBench(versionPagesSeed());
  const paths = {
    'the list itself': ['Versions'],
    'the function': [],
    'the group': undefined,
    'the connection': undefined,
    'the view': undefined,
  } as const;
  type Closed = keyof typeof paths;
  const rowOf = (closed: Closed, name: string): Promise<TreeNode | 'the view'> => {
    if (closed === 'the view') return Promise.resolve(closed);
    if (closed === 'the connection') return findRow(at.tree, sample);
    const below = paths[closed];
    return findRow(at.tree, sample, functions, ...(below ? [name, ...below] : []));
  };
  const asked = (operation: string) =>
    at.proxy.requests.filter((request) => request.operation === operation);

  for (const closed of Object.keys(paths) as Closed[]) {
    test(`pages, and ${closed} is closed`, async () => {
      const versions = await findRow(at.tree, sample, functions, 'paged', 'Versions');
      const row = await rowOf(closed, 'paged');
      const release = at.hold('Lambda.ListVersionsByFunction', 1);
      const shown = keepOpen(at.tree, versions);
      await eventually(() => assert.match(shown.labels.at(-1) ?? '', /^Loading more/));
      await eventually(() => assert.equal(asked('Lambda.ListVersionsByFunction').length, 2));
      const { close, open } = row === versions ? shown : closing(at.tree, row);
      close();
      release();
      await at.proxy.settled();
      await sleep(aWhile);
      assert.equal(asked('Lambda.ListVersionsByFunction').length, 2);
      open();
      await eventually(() => assert.equal(at.tree.getTreeItem(versions).description, '120'));
      const requests = asked('Lambda.ListVersionsByFunction');
      assert.deepEqual([requests.length, new Set(requests.map(({ path }) => path)).size], [3, 3]);
    });

    test(`checks in the background, and ${closed} is closed`, async () => {
      const versions = await findRow(at.tree, sample, functions, 'one', 'Versions');
      const row = await rowOf(closed, 'one');
      const ofVersions = () =>
        asked('Lambda.GetPolicy').filter(({ path }) => /one\/policy\?Qualifier=\d/.test(path));
      await at.proxy.settled();
      const release = at.hold('Lambda.GetPolicy');
      const shown = keepOpen(at.tree, versions);
      await eventually(() => assert.equal(at.tree.getTreeItem(versions).description, '30'));
      // Those that were sent may still be on their way when the first arrives.
      await eventually(() => assert.equal(ofVersions().length, atOnce));
      const { close, open } = row === versions ? shown : closing(at.tree, row);
      close();
      release();
      await at.proxy.settled();
      await sleep(aWhile);
      assert.equal(ofVersions().length, atOnce);
      open();
      await eventually(() => assert.deepEqual(shown.labels, ['30 versions without a policy']));
      // None was asked for twice.
      assert.equal(ofVersions().length, 30);
    });
  }

  test('the checks of another row go on', async () => {
    const one = await findRow(at.tree, sample, functions, 'one', 'Versions');
    const two = await findRow(at.tree, sample, functions, 'two', 'Versions');
    keepOpen(at.tree, one);
    const shown = keepOpen(at.tree, two);
    await eventually(() => assert.ok(asked('Lambda.GetPolicy').length > 0));
    at.tree.collapsed(await findRow(at.tree, sample, functions, 'one'));
    await eventually(() => assert.deepEqual(shown.labels, ['30 versions without a policy']));
  });

  test('the checks of another connection go on while those of one are not answered', async () => {
    const elsewhere = { profile: 'elsewhere', region: 'eu-west-1' };
    await at.connect([{ sample: true }, elsewhere]);
    const asksOf = (name: string) =>
      asked('Lambda.GetPolicy').filter(({ path }) => path.includes(`${name}/policy?Qualifier=`));
    const versions = await findRow(at.tree, sample, functions, 'one', 'Versions');
    const others = await findRow(at.tree, 'elsewhere · eu-west-1', functions, 'two', 'Versions');
    await at.proxy.settled();
    const release = at.hold('Lambda.GetPolicy', 0, atOnce);
    keepOpen(at.tree, versions);
    await eventually(() => assert.equal(asksOf('one').length, atOnce));
    const shown = keepOpen(at.tree, others);
    await eventually(() => assert.deepEqual(shown.labels, ['30 versions without a policy']));
    assert.equal(asksOf('one').length, atOnce);
    release();
  });
});

/** Closes what stands above, as VS Code announces it, and opens it again. */
function closing(tree: ResourcesTree, above: TreeNode | 'the view') {
  return above === 'the view'
    ? { close: () => tree.setVisible(false), open: () => tree.setVisible(true) }
    : { close: () => tree.collapsed(above), open: () => tree.expanded(above) };
}
