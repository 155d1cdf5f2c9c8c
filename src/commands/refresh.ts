import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';

/** Reads again what a row shows; from the palette everything. */
export function refresh({ tree }: CommandDeps, node?: unknown): Promise<void> {
  tree.refresh(isTreeNode(node) ? node : undefined);
  return Promise.resolve();
}

/** For the view's title, whose buttons are handed the row that has the focus. */
export function refreshAll({ tree }: CommandDeps): Promise<void> {
  tree.refresh();
  return Promise.resolve();
}
