import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';

/** Reads again what a row shows; from the view's title everything. */
export function refresh({ tree }: CommandDeps, node?: unknown): Promise<void> {
  tree.refresh(isTreeNode(node) ? node : undefined);
  return Promise.resolve();
}
