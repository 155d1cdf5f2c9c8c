import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import type { Pins } from '../connections/pins';
import type { PolicyStores } from '../core/policyStore';
import type { LambdaFunction, Listed, ResourceKind } from '../core/resource';
import { kindOf, resourceKinds } from '../core/resource';
import { within } from '../host/atOnce';
import { listingNotes } from './listingNotes';
import { filterByName } from './nameOrder';
import type { ListRows } from './listRows';
import type { Listing, Listings } from './listings';
import type { ConnectionNode, GroupNode, ResourceNode, TreeNode } from './nodes';
import { aliasesId, connectionNode, groupNode, listedNode, noteNode, versionsNode } from './nodes';
import type { PolicyChecks } from './policyChecks';
import { policyRows } from './policyRows';
import { versionRows } from './versionRows';

/** What the rows are made from. */
export interface TreeChildren {
  readonly connections: Connections;
  readonly listings: Listings;
  readonly checks: PolicyChecks;
  readonly pins: Pins;
  readonly filter: string;
  readonly rows: ListRows;
}

/**
 * So long rows are waited for. VS Code refreshes nothing above a row whose answer is due: what takes
 * longer is said to be under way, and drawn when it is there.
 */
const patienceMs = 1_000;

export async function childrenOf(
  node: TreeNode | undefined,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  if (!node) return roots(context);
  const current = () => context.connections.byId(node.connectionId);
  const connection = current();
  const children = connection ? await childrenOver(connection, node, context) : [];
  // Rows of a connection that was removed or opened anew meanwhile are not those of this one.
  return current() === connection ? children : [];
}

async function childrenOver(
  connection: Connection,
  node: TreeNode,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  switch (node.type) {
    case 'connection':
      return connectionChildren(node, connection);
    case 'group':
      return groupChildren(node, connection, context);
    case 'layer': {
      const { layerVersion } = await connection.stores();
      const listing = await listed(context, connection, node.id, (signal) =>
        layerVersion.listUnder(node.layer, 'versions', signal),
      );
      return versionRows(node, listing, connection, context.checks);
    }
    case 'versions': {
      const { lambdaFunction } = await connection.stores();
      const listing = await listed(context, connection, node.id, (signal) =>
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

function roots({ connections }: TreeChildren): readonly TreeNode[] {
  void connections.identify();
  const nodes = connections.all.map(({ id }) => connectionNode(id));
  const setting = connectionNode('setting');
  const wrong = connections.invalid.map((index) => ({
    ...noteNode(setting, { type: 'invalidEntry', index }),
    id: `setting|${index}`,
    parent: undefined,
  }));
  return [...nodes, ...wrong];
}

async function connectionChildren(
  node: ConnectionNode,
  connection: Connection,
): Promise<readonly TreeNode[]> {
  try {
    await connection.stores();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [noteNode(node, { type: 'failedToOpen', message })];
  }
  const identity = connection.currentIdentity;
  // What keeps it from opening was said above.
  if (!identity) connection.identity().catch(() => undefined);
  const groups = resourceKinds.map((kind) => groupNode(node, kind));
  if (identity?.state !== 'unknown') return groups;
  const note = noteNode(node, { type: 'identityUnknown', failure: identity.failure });
  // Rows that would all fail for the same reason say nothing more.
  return connection.obstacle ? [note] : [note, ...groups];
}

async function groupChildren(
  node: GroupNode,
  connection: Connection,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  const { filter } = context;
  const stores = await connection.stores();
  const listing = await listed(context, connection, node.id, (signal) =>
    listKind(stores, node.kind, signal),
  );
  const identity = connection.currentIdentity;
  const accountId = identity?.state === 'known' ? identity.accountId : undefined;
  const wanted = context.rows.wanted(node.id, { filter, listing, accountId });
  const { rows, hidden } = groupRows(node, listing.items, wanted, context);
  const { length: count } = listing.items;
  if (rows.length === 0 && count > 0 && listing.state === 'complete') {
    return [noteNode(node, { type: 'nothingMatches', filter, count })];
  }
  const more = hidden > 0 ? [noteNode(node, { type: 'more', count: hidden })] : [];
  return [...rows, ...more, ...listingNotes(node, listing, node.kind)];
}

/** Pinned ones first, then what a person went to, then the others as far as they are shown. */
function groupRows(
  node: GroupNode,
  items: readonly Listed[],
  wanted: readonly Listed[],
  { filter, pins, rows }: TreeChildren,
): { readonly rows: readonly TreeNode[]; readonly hidden: number } {
  const pinned = pins.of(node.connectionId).filter((pin) => kindOf(pin) === node.kind);
  const isPinned = new Set(pinned.map(({ arn }) => arn));
  const all = filterByName(items, filter).filter(({ arn }) => !isPinned.has(arn));
  const shown = all.slice(0, rows.mostOf(node.id));
  const isShown = new Set(shown.map(({ arn }) => arn));
  const others = wanted.filter(({ arn }) => !isPinned.has(arn) && !isShown.has(arn));
  return {
    rows: [
      ...filterByName(pinned, filter).map((pin) => listedNode(node, pin, true)),
      ...[...others, ...shown].map((one) => listedNode(node, one)),
    ],
    hidden: all.length - shown.length,
  };
}

/** What a list has brought by now, if only that it is under way. */
async function listed<T extends Listed>(
  { connections, listings }: TreeChildren,
  connection: Connection,
  id: string,
  pages: (signal: AbortSignal) => AsyncIterable<readonly T[]>,
): Promise<Listing<T>> {
  // One that was opened anew meanwhile has the same ids: its lists must not begin with this one's.
  const isCurrent = connections.byId(connection.id) === connection;
  const listing = isCurrent ? await within(patienceMs, listings.get(id, pages)) : undefined;
  return listing ?? { items: [], listedAt: Date.now(), state: 'loading' };
}

function listKind(
  stores: PolicyStores,
  kind: ResourceKind,
  signal: AbortSignal,
): AsyncIterable<readonly Listed[]> {
  return stores[kind].list(signal);
}

async function resourceChildren(
  node: ResourceNode,
  connection: Connection,
  context: TreeChildren,
): Promise<readonly TreeNode[]> {
  const { resource } = node;
  const isFunction = resource.kind === 'lambdaFunction' && !resource.qualifier;
  const [loaded] = await Promise.all([
    within(patienceMs, connection.readings.load(resource)),
    isFunction ? listAliases(node, resource, connection, context) : undefined,
  ]);
  // It may have come while the aliases were waited for.
  const reading = loaded ?? connection.readings.current(resource);
  const policy = reading
    ? policyRows(node, reading)
    : [noteNode(node, { type: 'loading', count: 0 })];
  return isFunction ? [...policy, ...qualifierRows(node, resource, connection, context)] : policy;
}

async function listAliases(
  node: ResourceNode,
  owner: LambdaFunction,
  connection: Connection,
  context: TreeChildren,
): Promise<void> {
  const { lambdaFunction } = await connection.stores();
  await listed(context, connection, aliasesId(node.id), (signal) =>
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
