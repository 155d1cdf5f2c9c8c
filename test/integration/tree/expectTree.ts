import assert from 'node:assert/strict';
import { TreeItemCollapsibleState } from 'vscode';
import type { TreeNode } from '../../../src/tree/nodes';
import type { ResourcesTree } from '../../../src/tree/resourcesTree';
import { eventually } from '../eventually';

export interface TreeOptions {
  /** The rows below this one; without it the whole tree. */
  readonly below?: TreeNode;
  /** Which rows to open, by their labels; without it all. */
  readonly open?: (label: string, node: TreeNode) => boolean;
}

/** The tree as a person sees it: a line `label · description` a row, indented below its parent. */
export async function treeText(
  tree: ResourcesTree,
  { below, open = () => true }: TreeOptions = {},
): Promise<string> {
  const lines: string[] = [];
  const add = async (parent: TreeNode | undefined, indent: string): Promise<void> => {
    for (const node of await tree.getChildren(parent)) {
      const { description, collapsibleState } = tree.getTreeItem(node);
      const label = labelOf(tree, node);
      const hasMore = description !== undefined && description !== '';
      lines.push(indent + label + (hasMore ? ` · ${description}` : ''));
      const opens = (collapsibleState ?? 0) !== TreeItemCollapsibleState.None;
      if (opens && open(label, node)) await add(node, `${indent}  `);
    }
  };
  await add(below, '');
  return lines.join('\n');
}

export function labelOf(tree: ResourcesTree, node: TreeNode): string {
  const { label } = tree.getTreeItem(node);
  assert.ok(typeof label === 'string', node.id);
  return label;
}

/** Compares the tree with a literal as soon as what it loads in the background has come. */
export async function expectTree(
  tree: ResourcesTree,
  expected: string,
  options?: TreeOptions,
): Promise<void> {
  await eventually(async () => {
    assert.equal(await treeText(tree, options), dedent(expected));
  });
}

/** The row that labels lead to, as a person would open one after the other. */
export async function findRow(
  tree: ResourcesTree,
  ...labels: readonly string[]
): Promise<TreeNode> {
  let found: TreeNode | undefined;
  for (const label of labels) {
    const children = await tree.getChildren(found);
    found = children.find((node) => tree.getTreeItem(node).label === label);
    assert.ok(found, `There is no row "${label}".`);
  }
  assert.ok(found);
  return found;
}

export async function allRows(tree: ResourcesTree, below?: TreeNode): Promise<readonly TreeNode[]> {
  const children = await tree.getChildren(below);
  const rows: TreeNode[] = [];
  for (const child of children) rows.push(child, ...(await allRows(tree, child)));
  return rows;
}

/** Without the indentation and the empty first and last line that a literal has in code. */
function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n\s*$/, '')
    .split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least)).join('\n');
}

/**
 * Keeps a row open as VS Code does: asks for its children at once, and again only when the row is
 * announced as changed. While it is closed it is not asked, and again when it is opened.
 */
export function keepOpen(
  tree: ResourcesTree,
  row: TreeNode,
): { readonly labels: string[]; close(): void; open(): void } {
  let isOpen = true;
  let isStale = false;
  const ask = async () => {
    if (!isOpen) {
      isStale = true;
      return;
    }
    isStale = false;
    const children = await tree.getChildren(row);
    shown.labels = children.map((child) => labelOf(tree, child));
  };
  const shown = {
    labels: [] as string[],
    close: () => {
      isOpen = false;
      tree.collapsed(row);
    },
    open: () => {
      isOpen = true;
      tree.expanded(row);
      if (isStale) void ask();
    },
  };
  tree.onDidChangeTreeData((elements) => {
    if (!elements || elements.includes(row)) void ask();
  });
  void ask();
  return shown;
}
