import type { Listing } from './listings';
import type { ListedWhat, TreeNode } from './nodes';
import { noteNode } from './nodes';

/** What is to be said of a listing beside its rows. */
export function listingNotes(
  parent: TreeNode,
  { items, state, failure }: Listing,
  what: ListedWhat,
): readonly TreeNode[] {
  if (state === 'loading') {
    return [noteNode(parent, { type: 'loading', count: items.length })];
  }
  if (failure) return [noteNode(parent, { type: 'listFailed', what, failure })];
  return items.length === 0 ? [noteNode(parent, { type: 'nothingListed', what })] : [];
}
