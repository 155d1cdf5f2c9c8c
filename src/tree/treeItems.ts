import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { Guards } from '../connections/guards';
import { policyOf } from '../connections/policyReadings';
import { rowUri } from '../connections/rowUri';
import type { PolicyReading } from '../core/policyStore';
import { statementsOf } from '../core/policy';
import type { Listed, Resource } from '../core/resource';
import { nameOf } from '../core/resource';
import { plainText, shortText } from '../host/plainText';
import { kindTitle, resourceWords } from '../words/resourceWords';
import { statementSummary, statementTitle } from '../words/statementWords';
import type { Listings } from './listings';
import type { GroupNode, StatementNode, TreeNode } from './nodes';
import { connectionItem } from './connectionItem';
import { filterByName } from './nameOrder';
import { noteItem } from './noteItems';
import { row } from './row';
import { groupIcon, resourceIcon, statementIcon } from './icons';
import { connectionTooltip, groupTooltip, resourceTooltip, statementTooltip } from './tooltips';

const { None, Collapsed } = vscode.TreeItemCollapsibleState;

/** What rows are drawn from. */
export interface TreeLook {
  readonly connections: Connections;
  readonly guards: Guards;
  readonly listings: Listings;
  readonly filter: string;
}

/** The one way from a node to what VS Code draws. */
export function treeItem(node: TreeNode, look: TreeLook): vscode.TreeItem {
  const item = build(node, look);
  item.id = node.id;
  item.resourceUri = uriOf(node);
  return item;
}

/** By it the rows are found that something is to be shown of beside them. */
function uriOf(node: TreeNode): vscode.Uri | undefined {
  const { connectionId } = node;
  if (node.type === 'resource') return rowUri({ connectionId, arn: node.resource.arn });
  if (node.type !== 'statement') return undefined;
  return rowUri({ connectionId, arn: node.resource.arn, statement: node.statement.identity });
}

function build(node: TreeNode, look: TreeLook): vscode.TreeItem {
  const { connections, listings } = look;
  const connection = connections.byId(node.connectionId);
  switch (node.type) {
    case 'connection':
      return connectionItem(connection, connections.all.length === 1, look.guards);
    case 'group':
      return groupItem(node, look);
    case 'layer': {
      const { layer } = node;
      const item = row(layer.layerName, resourceIcon(layer), Collapsed, 'layer');
      item.accessibilityInformation = { label: plainText(resourceWords(layer)) };
      return node.isPinned ? pinned(item) : item;
    }
    case 'resource': {
      const item = resourceItem(node.resource, connection?.readings.current(node.resource));
      return node.isPinned ? pinned(item) : item;
    }
    case 'versions': {
      const count = listings.current(node.id)?.items.length;
      const item = row(vscode.l10n.t('Versions'), 'versions', Collapsed, 'versions');
      item.description = count === undefined ? undefined : String(count);
      return item;
    }
    case 'fold': {
      const { length } = node.resources;
      return node.fold === 'none'
        ? row(vscode.l10n.t('{0} versions without a policy', length), 'fold', Collapsed, 'fold')
        : row(vscode.l10n.t('{0} versions not read yet', length), 'sync', Collapsed, 'fold');
    }
    case 'statement':
      return statementItem(node);
    case 'note':
      return noteItem(node, connection);
  }
}

function pinned(item: vscode.TreeItem): vscode.TreeItem {
  item.iconPath = new vscode.ThemeIcon('pinned');
  item.contextValue = `${item.contextValue ?? ''}.pinned`;
  // The icon alone says nothing to who does not see it.
  const words = item.accessibilityInformation?.label ?? '';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, pinned', words) };
  return item;
}

/** Fills in what is only read when a row is pointed at. */
export function withTooltip(
  item: vscode.TreeItem,
  node: TreeNode,
  { connections, guards, listings }: Omit<TreeLook, 'filter'>,
): vscode.TreeItem {
  const connection = connections.byId(node.connectionId);
  switch (node.type) {
    case 'statement':
      item.tooltip = statementTooltip(node.statement);
      break;
    case 'resource':
      item.tooltip = resourceTooltip(node.resource, connection?.readings.current(node.resource));
      break;
    case 'layer':
      item.tooltip = resourceTooltip(node.layer);
      break;
    case 'group':
      item.tooltip = groupTooltip(node, listings.current(node.id));
      break;
    case 'connection':
      if (connection) item.tooltip = connectionTooltip(connection, guards);
      break;
    default:
  }
  return item;
}

function groupItem(node: GroupNode, look: TreeLook): vscode.TreeItem {
  const title = kindTitle(node.kind);
  const item = row(title, groupIcon(node.kind), Collapsed, 'group');
  item.description = groupCount(node, look);
  item.accessibilityInformation = { label: [title, item.description].filter(Boolean).join(', ') };
  return item;
}

function groupCount(node: GroupNode, { listings, filter }: TreeLook): string | undefined {
  const listing = listings.current(node.id);
  if (!listing || listing.state === 'failed') return undefined;
  const { length } = listing.items;
  const count = listing.state === 'complete' ? String(length) : `${length}…`;
  if (filter === '') return count;
  return vscode.l10n.t('{0} of {1}', filterByName(listing.items, filter).length, count);
}

function resourceItem(resource: Resource, reading: PolicyReading | undefined): vscode.TreeItem {
  const item = row(
    resourceLabel(resource),
    resourceIcon(resource),
    Collapsed,
    `resource.${resource.kind}`,
  );
  const target =
    resource.kind === 'lambdaFunction' &&
    resource.qualifier?.type === 'alias' &&
    resource.qualifier.version
      ? vscode.l10n.t('→ version {0}', resource.qualifier.version)
      : undefined;
  const parts = [target, reading && readingWords(reading)].filter((part) => part !== undefined);
  item.description = parts.join(' · ');
  item.accessibilityInformation = {
    label: [plainText(resourceWords(resource)), ...parts].join(', '),
  };
  return item;
}

/** Under its function or layer a qualifier needs no more than its own name. */
function resourceLabel(resource: Listed): string {
  if (resource.kind === 'lambdaFunction' && resource.qualifier) {
    const { type, name } = resource.qualifier;
    return type === 'alias' ? name : vscode.l10n.t('Version {0}', name);
  }
  if (resource.kind === 'layerVersion') return vscode.l10n.t('Version {0}', resource.version);
  return nameOf(resource);
}

function readingWords(reading: PolicyReading): string {
  switch (reading.state) {
    case 'none':
      return vscode.l10n.t('no policy');
    case 'unreadable':
      return vscode.l10n.t('could not be read');
    case 'policy': {
      const policy = policyOf(reading);
      const count = statementsOf(policy).length;
      if (!policy.wellFormed) return vscode.l10n.t('not well-formed');
      return count === 1 ? vscode.l10n.t('1 statement') : vscode.l10n.t('{0} statements', count);
    }
  }
}

function statementItem({ statement }: StatementNode): vscode.TreeItem {
  const title = statementTitle(statement);
  const summary = statementSummary(statement);
  const item = row(shortText(title), statementIcon(statement), None, 'statement');
  item.description = shortText(summary, 160);
  item.accessibilityInformation = { label: `${shortText(title)}, ${shortText(summary, 300)}` };
  return item;
}
