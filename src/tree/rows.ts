import type { Resource } from '../core/resource';
import type { TreeNode } from './nodes';

/** Whether VS Code can go on with the row it has. */
export function isSameRow(a: TreeNode, b: TreeNode): boolean {
  if (a.type !== b.type || a.parent !== b.parent) return false;
  switch (a.type) {
    case 'connection':
    case 'group':
    case 'versions':
      return true;
    case 'layer':
      return b.type === 'layer' && a.isPinned === b.isPinned;
    case 'resource':
      return b.type === 'resource' && a.isPinned === b.isPinned && isSame(a.resource, b.resource);
    case 'fold':
    case 'statement':
    case 'note':
      return false;
  }
}

function isSame(a: Resource, b: Resource): boolean {
  // Without taking them apart: there can be thousands.
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a row stands anywhere below another. */
export function isUnder(node: TreeNode, ancestor: TreeNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.id === ancestor.id) return true;
  }
  return false;
}
