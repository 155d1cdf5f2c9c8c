import type { Connection } from '../connections/connection';
import type { Resource } from '../core/resource';
import { listingNotes } from './listingNotes';
import type { Listing } from './listings';
import type { LayerNode, TreeNode, VersionsNode } from './nodes';
import { foldNode, listedNode } from './nodes';
import type { PolicyChecks } from './policyChecks';

/** Up to so many versions stand in one list; in a longer one those without a policy are folded. */
const shortList = 10;

export function isLong(count: number): boolean {
  return count > shortList;
}

/**
 * The versions of a function or layer, newest first. In a long list only those that have a policy
 * (or could not be read) are rows of their own; the others are folded, none is left out.
 */
export function versionRows(
  node: VersionsNode | LayerNode,
  listing: Listing<Resource>,
  connection: Connection,
  checks: PolicyChecks,
): readonly TreeNode[] {
  const versions = [...listing.items].sort((a, b) => versionOf(b) - versionOf(a));
  checks.start(node.id, connection, { ...listing, items: versions });
  const notes = listingNotes(node, listing, 'versions');
  if (!isLong(versions.length)) {
    return [...versions.map((version) => listedNode(node, version)), ...notes];
  }
  const stateOf = (version: Resource) => connection.readings.current(version)?.state;
  const without = versions.filter((version) => stateOf(version) === 'none');
  const unchecked = versions.filter((version) => stateOf(version) === undefined);
  const shown = versions.filter((version) => !['none', undefined].includes(stateOf(version)));
  return [
    ...shown.map((version) => listedNode(node, version)),
    ...(unchecked.length > 0 ? [foldNode(node, 'unchecked', unchecked)] : []),
    ...(without.length > 0 ? [foldNode(node, 'none', without)] : []),
    ...notes,
  ];
}

function versionOf(resource: Resource): number {
  switch (resource.kind) {
    case 'lambdaFunction':
      return Number(resource.qualifier?.name ?? 0);
    case 'layerVersion':
      return resource.version;
    case 'sqsQueue':
      return 0;
  }
}
