import type * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections, PolicyEvent } from '../connections/connections';
import type { Guards } from '../connections/guards';
import type { Pins } from '../connections/pins';
import type { Listed, ResourceKind } from '../core/resource';
import { kindOf, nameOf } from '../core/resource';
import { RefreshQueue } from '../host/refreshQueue';
import { Attention } from './attention';
import { childrenOf } from './children';
import { KnownRows } from './knownRows';
import { ListRows } from './listRows';
import { Listings } from './listings';
import type { TreeNode } from './nodes';
import { groupId, listedId, listOf, ownerOfAliases } from './nodes';
import { rowsUpFrom, topOf } from './paths';
import { PolicyChecks } from './policyChecks';
import type { TreeLook } from './treeItems';
import { treeItem, withTooltip } from './treeItems';
import { isLong } from './versionRows';

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
  private readonly attention = new Attention();
  private readonly listings = new Listings((id) => this.isSeen(id));
  private readonly checks = new PolicyChecks((id) => this.isSeen(id));
  private readonly nodes = new KnownRows();
  private readonly listRows = new ListRows();
  private readonly subscriptions: readonly vscode.Disposable[];
  private shown: readonly Connection[];
  private nameFilter = '';
  private readonly connections: Connections;
  readonly onDidChangeTreeData = this.refreshes.event;

  constructor(private readonly options: ResourcesTreeOptions) {
    const { connections, guards, pins } = options;
    this.connections = connections;
    this.shown = connections.all;
    this.subscriptions = [
      connections.onDidChange(() => this.reset()),
      connections.onDidIdentify(({ id }) => this.redraw(id)),
      connections.onDidIdentify((connection) => void connections.identify(connection)),
      connections.onDidChangePolicy((event) => this.redrawPolicy(event)),
      guards.onDidChange(() => this.refreshes.add()),
      pins.onDidChange((pin) => this.redraw(groupId(pin.connectionId, kindOf(pin.listed)))),
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
    return treeItem(node, this.look);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    return withTooltip(item, node, this.look);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getChildren(node?: TreeNode): Promise<TreeNode[]> {
    // VS Code asks for the rows of open rows alone.
    if (node) this.setOpen(node, true);
    return this.refreshes.during(node, async () => {
      const { checks, listRows: rows } = this;
      const children = await childrenOf(node, { ...this.look, checks, rows });
      return children.map((child) => this.nodes.remember(child));
    });
  }

  /** Reads again what a row shows; without a row everything, credentials included. */
  refresh(node?: TreeNode): void {
    if (!node) {
      for (const { id } of this.connections.all) this.connections.refresh(id);
      return;
    }
    const target = ['note', 'statement', 'fold'].includes(node.type) ? node.parent : node;
    if (!target || target.type === 'connection') {
      this.connections.refresh(node.connectionId);
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

  /** A row was closed: nothing more is read for what stands below it, and it says what it holds. */
  collapsed(node: TreeNode): void {
    this.setOpen(node, false);
    if (node.type === 'resource') this.refreshes.add(node);
  }

  /** A row was opened again: what its closing ended goes on. */
  expanded(node: TreeNode): void {
    this.setOpen(node, true);
    if (node.type === 'versions' || node.type === 'layer') this.drawAgain(node);
  }

  /** Whether the view is seen: nothing is read for rows that nobody looks at. */
  setVisible(isVisible: boolean): void {
    this.attention.isViewSeen = isVisible;
    this.review();
  }

  private setOpen(node: TreeNode, isOpen: boolean): void {
    this.attention.setOpen(node, isOpen);
    this.review();
  }

  private review(): void {
    this.listings.review();
    for (const id of this.checks.review()) this.drawAgain(this.nodes.get(id));
  }

  private drawAgain(node: TreeNode | undefined): void {
    if (!node) return;
    this.refreshes.add(node);
    // Not left to the refresh, which VS Code may drop; what fails is said by the rows.
    this.getChildren(node).catch(() => undefined);
  }

  /** Whether somebody looks at the rows of a list, or at what stands below a row. */
  private isSeen(id: string): boolean {
    const node = this.nodes.get(ownerOfAliases(id) ?? id);
    return node ? this.attention.isOn(node) : this.attention.isViewSeen;
  }

  /** Shows more rows of a long list; returns the first of them, which takes the place of `last`. */
  async showMore(list: TreeNode, last: TreeNode): Promise<TreeNode | undefined> {
    const before = await this.getChildren(list);
    this.listRows.showMore(list.id);
    this.refreshes.add(list);
    const after = await this.getChildren(list);
    return after[before.findIndex(({ id }) => id === last.id)];
  }

  /** The row of a resource, which from now on is among the rows, and those above it. */
  pathTo(connectionId: string, listed: Listed): readonly TreeNode[] {
    const path = rowsUpFrom(connectionId, listed);
    const group = path[path.length - 1];
    const isNew = group && this.listRows.want(group.id, topOf(listed), this.nameFilter);
    if (isNew) this.redraw(group.id);
    return path;
  }

  /** Whether a list has brought something of this name by now. */
  hasListed(connectionId: string, kind: ResourceKind, name: string): boolean {
    const listing = this.listings.current(groupId(connectionId, kind));
    return (listing?.items ?? []).some((listed) => nameOf(listed) === name);
  }

  private get look(): TreeLook & ResourcesTreeOptions {
    return { ...this.options, listings: this.listings, filter: this.nameFilter };
  }

  /** Drops what was listed and read for a row and all below it, drawn or folded away. */
  private forget(node: TreeNode): void {
    const readings = this.connections.byId(node.connectionId)?.readings;
    for (const { id } of [node, ...this.nodes.below(node)]) {
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
      this.nodes.forget(old.id);
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

  dispose(): void {
    const { checks, listings, refreshes, subscriptions } = this;
    for (const part of [checks, listings, refreshes, ...subscriptions]) part.dispose();
  }
}
