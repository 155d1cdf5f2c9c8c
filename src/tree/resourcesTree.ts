import type * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections, PolicyEvent } from '../connections/connections';
import { RefreshQueue } from '../host/refreshQueue';
import { PacedQueue } from '../host/pacedQueue';
import type { TreeChildren } from './children';
import { childrenOf } from './children';
import { Listings } from './listings';
import type { TreeNode } from './nodes';
import { listedId, listOf, ownerOfAliases } from './nodes';
import { PolicyChecks } from './policyChecks';
import { treeItem, withTooltip } from './treeItems';
import { isLong } from './versionRows';

/** Background checks leave a third of the 15 requests per second to what a person opens. */
const checkIntervalMs = 100;

/**
 * A long list is drawn anew at most this often while its policies are checked: a row that is being
 * drawn anew does not take clicks.
 */
const foldPatienceMs = 2_000;

/** The resources view: nodes from the connections, their listings and readings. */
export class ResourcesTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly refreshes = new RefreshQueue<TreeNode>(({ parent }) => parent);
  private readonly listings = new Listings();
  private readonly checks = new PolicyChecks(new PacedQueue(checkIntervalMs));
  private readonly nodes = new Map<string, TreeNode>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private shown: readonly Connection[];
  private nameFilter = '';
  readonly onDidChangeTreeData = this.refreshes.event;

  constructor(private readonly connections: Connections) {
    this.shown = connections.all;
    this.subscriptions = [
      connections.onDidChange(() => this.reset()),
      connections.onDidChangePolicy((event) => this.redrawPolicy(event)),
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
    return treeItem(node, this.connections, this.listings);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    return withTooltip(item, node, this.connections);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  getChildren(node?: TreeNode): Promise<TreeNode[]> {
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
    if (node.type === 'resource') this.refreshes.add(node);
  }

  /** A row was opened again: the checks that its closing ended go on. */
  expanded(node: TreeNode): void {
    if (node.type !== 'versions' && node.type !== 'layer') return;
    this.refreshes.add(node);
    // Not left to the refresh, which VS Code may drop; what fails is said by the rows.
    this.getChildren(node).catch(() => undefined);
  }

  private context(): TreeChildren {
    return {
      connections: this.connections,
      listings: this.listings,
      checks: this.checks,
      filter: this.nameFilter,
      identified: (connection) => this.redraw(connection.id),
    };
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
    const owner = ownerOfAliases(id);
    if (owner === undefined) {
      this.redraw(id);
      return;
    }
    const node = this.nodes.get(owner);
    // The rows that are about to come have what was listed by then.
    if (node && !this.refreshes.isAsked(node)) this.refreshes.add(node);
  }

  private redrawPolicy({ connection, resource }: PolicyEvent): void {
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

function isSameRow(a: TreeNode, b: TreeNode): boolean {
  if (a.type !== b.type || a.parent !== b.parent) return false;
  switch (a.type) {
    case 'connection':
    case 'group':
    case 'layer':
    case 'versions':
      return true;
    case 'resource':
      return b.type === 'resource' && JSON.stringify(a.resource) === JSON.stringify(b.resource);
    case 'fold':
    case 'statement':
    case 'note':
      return false;
  }
}

function isUnder(node: TreeNode, ancestor: TreeNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.id === ancestor.id) return true;
  }
  return false;
}
