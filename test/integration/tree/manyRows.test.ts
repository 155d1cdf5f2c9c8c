import assert from 'node:assert/strict';
import { showMore } from '../../../src/commands/showMore';
import type { CommandDeps } from '../../../src/commands/deps';
import type { TreeNode } from '../../../src/tree/nodes';
import { eventually } from '../eventually';
import { findRow, keepOpen, labelOf } from './expectTree';
import { treeBench } from './treeBench';
import { functionsSeed } from './treeSeed';

const name = (n: number) => `f${String(n).padStart(4, '0')}`;

suite('a list of thousands', () => {
  const at = treeBench(functionsSeed(2_100));
  const group = () => findRow(at.tree, 'Sample Account', 'Lambda functions');
  const describe = (row: TreeNode) => at.tree.getTreeItem(row).description;
  const complete = async (row: TreeNode) => {
    await at.tree.getChildren(row);
    await eventually(() => assert.equal(describe(row), '2100'));
  };

  test('shows 1,000 rows at first, and more when asked, to the last', async () => {
    const below = await group();
    await complete(below);
    const shown = keepOpen(at.tree, below);
    for (const [count, more] of [
      [1_000, 'Show more (1100 are left)'],
      [2_000, 'Show more (100 are left)'],
    ] as const) {
      await eventually(() => {
        assert.equal(shown.labels.length, count + 1);
        assert.equal(shown.labels[count - 1], name(count));
        assert.equal(shown.labels.at(-1), more);
      });
      const row = (await at.tree.getChildren(below)).at(-1);
      assert.ok(row);
      // A click does what the row says.
      const { command } = at.tree.getTreeItem(row);
      assert.deepEqual(command?.arguments, [row]);
      assert.equal(command.command, 'resourcePolicies.showMore');
      const revealed: string[] = [];
      const reveal = (to: TreeNode) => Promise.resolve(revealed.push(labelOf(at.tree, to)));
      const deps = { tree: at.tree, treeView: { reveal } } as unknown as CommandDeps;
      await showMore(deps, row);
      // The row that was clicked is gone or further down: the keyboard goes on where it was.
      assert.deepEqual(revealed, [name(count + 1)]);
    }
    await eventually(() => assert.equal(shown.labels.length, 2_100));
    assert.equal(shown.labels.at(-1), name(2_100));
    assert.equal(new Set(shown.labels).size, 2_100);
  });

  test('what the filter leaves is shown from its beginning; the rest of it is counted', async () => {
    const below = await group();
    await complete(below);
    // Every number from 1000 to 1999, and those that have the text elsewhere.
    at.tree.filter = '1';
    const matching = Array.from({ length: 2_100 }, (_, at) => name(at + 1)).filter((one) =>
      one.includes('1'),
    );
    const rows = await at.tree.getChildren(below);
    assert.equal(rows.length, 1_001);
    assert.deepEqual(
      rows.slice(0, 1_000).map((row) => labelOf(at.tree, row)),
      matching.slice(0, 1_000),
    );
    const last = rows.at(-1);
    assert.ok(last);
    assert.equal(labelOf(at.tree, last), `Show more (${matching.length - 1_000} are left)`);
    assert.equal(describe(below), `${matching.length} of 2100`);
  });

  test('rows that arrive later are narrowed as well', async () => {
    const release = at.hold('Lambda.ListFunctions', 2);
    const below = await group();
    await at.tree.getChildren(below);
    await eventually(() => assert.equal(describe(below), '100…'));
    at.tree.filter = '99';
    const shown = keepOpen(at.tree, below);
    await eventually(() => assert.deepEqual(shown.labels, ['f0099', 'Loading more… (100 so far)']));
    assert.equal(describe(below), '1 of 100…');
    release();
    const all = Array.from({ length: 2_100 }, (_, at) => name(at + 1)).filter((one) =>
      one.includes('99'),
    );
    await eventually(() => assert.deepEqual(shown.labels, all));
    assert.equal(describe(below), `${all.length} of 2100`);
  });
});
