import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LazyTree } from '../../../src/host/lazyTree';

suite('a tree that is loaded on first use', () => {
  const changes = new vscode.EventEmitter<string | string[] | undefined>();
  let loads = 0;
  const tree = new LazyTree<string>(() => {
    loads += 1;
    return Promise.resolve({
      onDidChangeTreeData: changes.event,
      getChildren: (row) => (row === undefined ? ['a', 'b'] : undefined),
      getTreeItem: (row) => new vscode.TreeItem(row),
      getParent: (row) => (row === 'a' ? undefined : 'a'),
      resolveTreeItem: (item, row) => Object.assign(item, { tooltip: `about ${row}` }),
    });
  });
  const cancelled = new vscode.CancellationTokenSource();
  suiteTeardown(() => {
    for (const it of [changes, tree, cancelled]) it.dispose();
  });

  test('is not loaded before rows are asked for, and once for all that ask', async () => {
    assert.equal(loads, 0);
    const [first, second] = await Promise.all([tree.getChildren(), tree.getChildren()]);
    assert.deepEqual([first, second, loads], [['a', 'b'], ['a', 'b'], 1]);
  });

  test('answers what the provider answers', async () => {
    assert.deepEqual(await tree.getChildren('a'), []);
    // Not a promise: a long list waits for each of its rows otherwise.
    assert.ok(tree.getTreeItem('a') instanceof vscode.TreeItem);
    assert.deepEqual([await tree.getParent('a'), await tree.getParent('b')], [undefined, 'a']);
    const item = await tree.resolveTreeItem(new vscode.TreeItem('a'), 'a', cancelled.token);
    assert.equal(item.tooltip, 'about a');
  });

  test('hands on what the provider says has changed', async () => {
    await tree.getChildren();
    const heard: unknown[] = [];
    tree.onDidChangeTreeData((changed) => heard.push(changed));
    changes.fire(['a']);
    changes.fire(undefined);
    assert.deepEqual(heard, [['a'], undefined]);
  });
});
