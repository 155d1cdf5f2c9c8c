import type * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections, PolicyEvent } from '../connections/connections';
import type { Guards } from '../connections/guards';
import type { Pins } from '../connections/pins';
import type { Listed, ResourceKind } from '../core/resource';
import { nameOf } from '../core/resource';
import { RefreshQueue } from '../host/refreshQueue';
import { WorkQueue } from '../host/workQueue';
import type { TreeChildren } from './children';
import { childrenOf } from './children';
import { ListRows } from './listRows';
import { Listings } from './listings';
import type { TreeNode } from './nodes';
import { connectionNode, groupNode, listedId, listOf, ownerOfAliases } from './nodes';
import { rowsUpFrom, topOf } from './paths';
import { PolicyChecks } from './policyChecks';
import { isSameRow, isUnder } from './rows';
import { treeItem, withTooltip } from './treeItems';
import { isLong } from './versionRows';

/** So many policies are looked at in the background at once. */
const checksAtOnce = 8;

/**
 * A long list is drawn anew at most this often while its policies are checked: a row that is being
 * drawn anew does not take clicks.
 */
const foldPatienceMs = 2_000;

export interface ResourcesTreeOptions {
  readonly connections: Connections;
  readonly guards: Guards;
  readonly pins: Pins;
}

/** The resources view: nodes from the connections, their listings and readings. */
export class ResourcesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly refreshes = new RefreshQueue<TreeNode>(({ parent }) => parent);
  private readonly listings = new Listings();
  private readonly checks = new PolicyChecks(new WorkQueue(checksAtOnce));
  private readonly nodes = new Map<string, TreeNode>();
  private readonly listRows = new ListRows();
  /** Rows whose policies are looked at again when the view is seen again. */
  private unfinished: string[] = [];
  private readonly subscriptions: readonly vscode.Disposable[];
  private shown: readonly Connection[];
  private nameFilter = '';
  readonly onDidChangeTreeData = this.refreshes.event;

  private readonly connections: Connections;

  constructor(private readonly options: ResourcesTreeOptions) {
    const { connections, guards, pins } = options;
    this.connections = connections;
    this.shown = connections.all;
    this.subscriptions = [
      connections.onDidChange(() => this.reset()),
      connections.onDidIdentify(({ id }) => this.redraw(id)),
      connections.onDidChangePolicy((event) => this.redrawPolicy(event)),
      guards.onDidChange(() => this.refreshes.add()),
      pins.onDidChange((id) => this.redraw(id)),
      this.listings.onDidChange((id) => this.redrawList(id)),
    ];
  }

  /** Narrows the lists to names that contain the text; empty: shows all. */
  set filter(text: string) {
    this.nameFilter = text;
    this.refreshes.add();
  }

  get filter(): string {
    return this.nameFilter;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node, {
      ...this.options,
      listings: this.listings,
      filter: this.nameFilter,
    });
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    return withTooltip(item, node, { ...this.options, listings: this.listings });
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getChildren(node?: TreeNode): Promise<TreeNode[]> {
    // VS Code asks for the rows of open rows alone.
    if (node) this.listings.setOpen(node.id, true);
    return this.refreshes.during(node, async () => {
      const children = await childrenOf(node, this.context());
      return children.map((child) => this.remember(child));
    });
  }

  /** Reads again what a row shows; without a row everything, credentials included. */
  refresh(node?: TreeNode): void {
    if (!node) {
      for (const { id } of this.connections.all) this.connections.reopen(id);
      return;
    }
    const target = ['note', 'statement', 'fold'].includes(node.type) ? node.parent : node;
    if (!target || target.type === 'connection') {
      this.connections.reopen(node.connectionId);
      return;
    }
    this.forget(target);
    this.refreshes.add(target);
    // A closed row is not asked for its rows, yet it says how many there are.
    if (target.type === 'resource') {
      const readings = this.connections.byId(target.connectionId)?.readings;
      readings?.load(target.resource).catch(() => undefined);
    }
  }

  /** A row was closed: what was read for it in the background ends, and it says what it holds. */
  collapsed(node: TreeNode): void {
    this.checks.stop(node.id);
    this.listings.setOpen(node.id, false);
    if (node.type === 'resource') this.refreshes.add(node);
  }

  /** A row was opened again: the checks that its closing ended go on. */
  expanded(node: TreeNode): void {
    this.listings.setOpen(node.id, true);
    if (node.type !== 'versions' && node.type !== 'layer') return;
    this.refreshes.add(node);
    // Not left to the refresh, which VS Code may drop; what fails is said by the rows.
    this.getChildren(node).catch(() => undefined);
  }

  /** Whether the view is seen: nothing is read for rows that nobody looks at. */
  setVisible(isVisible: boolean): void {
    this.listings.lookedAt = isVisible;
    if (!isVisible) this.unfinished = [...this.unfinished, ...this.checks.stopAll()];
    else for (const id of this.unfinished.splice(0)) this.redraw(id);
  }

  /** Shows more rows of a long list. */
  showMore(node: TreeNode): void {
    this.listRows.showMore(node.id);
    this.refreshes.add(node);
  }

  /** The row of a resource, which from now on is among the rows, and those above it. */
  pathTo(connectionId: string, listed: Listed): readonly TreeNode[] {
    const path = rowsUpFrom(connectionId, listed);
    const group = path[path.length - 1];
    if (group && this.listRows.want(group.id, topOf(listed))) this.redraw(group.id);
    return path;
  }

  /** Whether a list has brought something of this name by now. */
  hasListed(connectionId: string, kind: ResourceKind, name: string): boolean {
    const { id } = groupNode(connectionNode(connectionId), kind);
    return (this.listings.current(id)?.items ?? []).some((listed) => nameOf(listed) === name);
  }

  private context(): TreeChildren {
    const { checks, listings, listRows: rows, nameFilter: filter } = this;
    return { ...this.options, checks, filter, listings, rows };
  }

  /** Drops what was listed and read for a row and all below it, drawn or folded away. */
  private forget(node: TreeNode): void {
    const readings = this.connections.byId(node.connectionId)?.readings;
    const below = [...this.nodes.values()].filter((known) => isUnder(known, node));
    for (const { id } of [node, ...below]) {
      for (const listed of this.listings.forget(id)) {
        if (listed.kind !== 'layer') readings?.forget(listed);
      }
    }
    if (node.type === 'resource') readings?.forget(node.resource);
  }

  /** Drops what belongs to connections that are gone or were opened anew. */
  private reset(): void {
    const { all } = this.connections;
    for (const old of this.shown) {
      if (all.includes(old)) continue;
      this.listings.forget(old.id);
      if (!this.connections.byId(old.id)) this.listRows.forget(old.id);
      for (const [id, node] of this.nodes) if (node.connectionId === old.id) this.nodes.delete(id);
    }
    this.shown = all;
    this.refreshes.add();
  }

  private redraw(id: string): void {
    const node = this.nodes.get(id);
    if (node) this.refreshes.add(node);
  }

  private redrawList(id: string): void {
    const listing = this.listings.current(id);
    const owner = ownerOfAliases(id);
    const node = this.nodes.get(owner ?? id);
    if (listing?.failure && node) {
      this.connections.byId(node.connectionId)?.noteFailure(listing.failure);
    }
    // The rows that are about to come have what was listed of aliases by then.
    if (!node || (owner !== undefined && this.refreshes.isAsked(node))) return;
    // Each drawing of a long list takes VS Code a while; the last one is not kept waiting.
    const { items = [], state } = listing ?? {};
    const isMore = state === 'loading';
    this.refreshes.add(node, isMore ? Math.min(foldPatienceMs, 100 + items.length) : undefined);
  }

  private redrawPolicy({ connection, resource }: PolicyEvent): void {
    const reading = connection.readings.current(resource);
    if (reading?.state === 'unreadable') connection.noteFailure(reading.failure);
    // In a list that folds rows away, a policy that was read can move the row.
    const list = listOf(connection.id, resource);
    const count = list === undefined ? 0 : (this.listings.current(list)?.items.length ?? 0);
    if (list !== undefined && isLong(count)) {
      const node = this.nodes.get(list);
      if (node) this.refreshes.add(node, foldPatienceMs);
      return;
    }
    const node = this.nodes.get(listedId(connection.id, resource.arn));
    // The rows that are about to come say it themselves.
    if (node && !this.refreshes.isAsked(node)) this.refreshes.add(node);
  }

  /** VS Code finds the row to refresh by the node it was given, so the same row stays the same node. */
  private remember(node: TreeNode): TreeNode {
    const known = this.nodes.get(node.id);
    if (known && isSameRow(known, node)) return known;
    this.nodes.set(node.id, node);
    return node;
  }

  dispose(): void {
    this.checks.dispose();
    this.listings.dispose();
    this.refreshes.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
