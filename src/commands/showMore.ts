import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';

/** Shows more rows of the long list that the row ends. */
export function showMore({ tree }: CommandDeps, node?: unknown): Promise<void> {
  if (isTreeNode(node) && node.parent) tree.showMore(node.parent);
  return Promise.resolve();
}
