import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { revealRow } from './revealRow';

/** Shows more rows of the long list that the row ends; the keyboard goes to the first of them. */
export async function showMore(deps: CommandDeps, node?: unknown): Promise<void> {
  if (!isTreeNode(node) || !node.parent) return;
  const first = await deps.tree.showMore(node.parent, node);
  if (first) await revealRow(deps, [first], () => ({ select: true, focus: true }));
}
