import type { TreeNode } from './nodes';
import { isSameRow, isUnder } from './rows';

/** The rows that VS Code was given, by their ids. */
export class KnownRows {
  private readonly nodes = new Map<string, TreeNode>();

  get(id: string): TreeNode | undefined {
    return this.nodes.get(id);
  }

  /** VS Code finds the row to refresh by the node it was given, so the same row stays the same node. */
  remember(node: TreeNode): TreeNode {
    const known = this.nodes.get(node.id);
    if (known && isSameRow(known, node)) return known;
    this.nodes.set(node.id, node);
    return node;
  }

  /** All that stand anywhere below a row. */
  below(node: TreeNode): readonly TreeNode[] {
    return [...this.nodes.values()].filter((known) => isUnder(known, node));
  }

  forget(connectionId: string): void {
    for (const [id, node] of this.nodes) {
      if (node.connectionId === connectionId) this.nodes.delete(id);
    }
  }
}
