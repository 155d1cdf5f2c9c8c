import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { policyOf } from '../connections/policyReadings';
import type { PolicyReading, PolicyStores } from '../core/policyStore';
import type { LambdaFunction, Listed, ResourceKind } from '../core/resource';
import { nameOf, resourceKinds } from '../core/resource';
import { listingNotes } from './listingNotes';
import type { Listings } from './listings';
import type { ConnectionNode, GroupNode, ResourceNode, TreeNode } from './nodes';
import {
  aliasesId,
  connectionNode,
  groupNode,
  listedNode,
  noteNode,
  statementNode,
  versionsNode,
} from './nodes';
import type { PolicyChecks } from './policyChecks';
import { versionRows } from './versionRows';

/** What the rows are made from. */
export interface TreeChildren {
  readonly connections: Connections;
  readonly listings: Listings;
  readonly checks: PolicyChecks;
  readonly filter: string;
  /** Called when a connection has learned who the caller is. */
  readonly identified: (connection: Connection) => void;
}

export async function childrenOf(
  node: TreeNode | undefined,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  if (!node) return roots(context);
  const connection = context.connections.byId(node.connectionId);
  // The rows of a connection that was removed meanwhile are about to go.
  if (!connection) return [];
  switch (node.type) {
    case 'connection':
      return connectionChildren(node, connection, context);
    case 'group':
      return groupChildren(node, connection, context);
    case 'layer': {
      const { layerVersion } = await connection.stores();
      const listing = await context.listings.get(node.id, (signal) =>
        layerVersion.listUnder(node.layer, 'versions', signal),
      );
      return versionRows(node, listing, connection, context.checks);
    }
    case 'versions': {
      const { lambdaFunction } = await connection.stores();
      const listing = await context.listings.get(node.id, (signal) =>
        lambdaFunction.listUnder(node.owner, 'versions', signal),
      );
      return versionRows(node, listing, connection, context.checks);
    }
    case 'fold':
      return node.resources.map((resource) => listedNode(node, resource));
    case 'resource':
      return resourceChildren(node, connection, context);
    case 'statement':
    case 'note':
      return [];
  }
}

function roots({ connections, identified }: TreeChildren): readonly TreeNode[] {
  const nodes = connections.all.map((connection) => {
    if (!connection.currentIdentity) askIdentity(connection, identified);
    return connectionNode(connection.id);
  });
  const setting = connectionNode('setting');
  const wrong = connections.invalid.map((index) => ({
    ...noteNode(setting, { type: 'invalidEntry', index }),
    id: `setting|${index}`,
    parent: undefined,
  }));
  return [...nodes, ...wrong];
}

function askIdentity(connection: Connection, identified: (connection: Connection) => void): void {
  // A connection that does not open says so in its rows.
  connection.identity().then(
    () => identified(connection),
    () => identified(connection),
  );
}

async function connectionChildren(
  node: ConnectionNode,
  connection: Connection,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  const groups = resourceKinds.map((kind) => groupNode(node, kind));
  try {
    await connection.stores();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [noteNode(node, { type: 'failedToOpen', message })];
  }
  const identity = connection.currentIdentity;
  if (!identity) askIdentity(connection, context.identified);
  if (identity?.state !== 'unknown') return groups;
  return [noteNode(node, { type: 'identityUnknown', failure: identity.failure }), ...groups];
}

async function groupChildren(
  node: GroupNode,
  connection: Connection,
  { listings, filter }: TreeChildren,
): Promise<readonly TreeNode[]> {
  const stores = await connection.stores();
  const listing = await listings.get(node.id, (signal) => listKind(stores, node.kind, signal));
  const matching = filterByName(listing.items, filter);
  const rows = matching.map((listed) => listedNode(node, listed));
  const { length: count } = listing.items;
  if (rows.length === 0 && count > 0 && listing.state === 'complete') {
    return [noteNode(node, { type: 'nothingMatches', filter, count })];
  }
  return [...rows, ...listingNotes(node, listing, node.kind)];
}

function listKind(
  stores: PolicyStores,
  kind: ResourceKind,
  signal: AbortSignal,
): AsyncIterable<readonly Listed[]> {
  return stores[kind].list(signal);
}

/** The listed whose names contain the text, in alphabetical order as AWS's console shows them. */
export function filterByName<T extends Listed>(items: readonly T[], filter: string): readonly T[] {
  const wanted = filter.toLowerCase();
  alphabet ??= new Intl.Collator();
  const { compare } = alphabet;
  return items
    .filter((listed) => nameOf(listed).toLowerCase().includes(wanted))
    .sort((a, b) => compare(nameOf(a), nameOf(b)));
}

// Many times as fast as localeCompare, which looks the locale up at every call; made on first use,
// since reading ICU's tables takes tens of milliseconds that starting VS Code should not wait for.
let alphabet: Intl.Collator | undefined;

async function resourceChildren(
  node: ResourceNode,
  connection: Connection,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  const { resource } = node;
  const isFunction = resource.kind === 'lambdaFunction' && !resource.qualifier;
  const [reading] = await Promise.all([
    connection.readings.load(resource),
    isFunction ? listAliases(node, resource, connection, context) : undefined,
  ]);
  const policy = policyRows(node, reading);
  return isFunction ? [...policy, ...qualifierRows(node, resource, connection, context)] : policy;
}

function policyRows(node: ResourceNode, reading: PolicyReading): readonly TreeNode[] {
  switch (reading.state) {
    case 'none':
      return [noteNode(node, { type: 'noPolicy' })];
    case 'unreadable':
      return [noteNode(node, { type: 'unreadable', failure: reading.failure })];
    case 'policy': {
      const policy = policyOf(reading);
      if (!policy.wellFormed) {
        return [noteNode(node, { type: 'malformed', problem: policy.problem })];
      }
      if (policy.statements.length === 0) return [noteNode(node, { type: 'noStatements' })];
      return policy.statements.map((statement) => statementNode(node, reading, statement));
    }
  }
}

async function listAliases(
  node: ResourceNode,
  owner: LambdaFunction,
  connection: Connection,
  { listings }: TreeChildren,
): Promise<void> {
  const { lambdaFunction } = await connection.stores();
  await listings.get(aliasesId(node.id), (signal) =>
    lambdaFunction.listUnder(owner, 'aliases', signal),
  );
}

/** Made from what was listed by now: a page that came while the policy was read is in it. */
function qualifierRows(
  node: ResourceNode,
  owner: LambdaFunction,
  connection: Connection,
  { listings, checks }: TreeChildren,
): readonly TreeNode[] {
  const versions = versionsNode(node, owner);
  const listing = listings.current(aliasesId(node.id));
  // A refresh has dropped it; the rows that it asks for come next.
  if (!listing) return [versions];
  const aliases = listing.items.filter((item) => item.kind === 'lambdaFunction');
  checks.start(node.id, connection, { ...listing, items: aliases });
  const hasNone = listing.state === 'complete' && aliases.length === 0;
  const notes = hasNone ? [] : listingNotes(node, listing, 'aliases');
  return [...aliases.map((alias) => listedNode(node, alias)), ...notes, versions];
}
