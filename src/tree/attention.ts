import type { TreeNode } from './nodes';

/** Which rows somebody looks at: the view is seen, and neither they nor a row above them is closed. */
export class Attention {
  private readonly closed = new Set<string>();
  isViewSeen = true;

  setOpen({ id }: TreeNode, isOpen: boolean): void {
    if (isOpen) this.closed.delete(id);
    else this.closed.add(id);
  }

  isOn(node: TreeNode): boolean {
    let at: TreeNode | undefined = node;
    while (at && !this.closed.has(at.id)) at = at.parent;
    return this.isViewSeen && at === undefined;
  }
}
