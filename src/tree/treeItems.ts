import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { accountWords, connectionTitle } from '../connections/connectionWords';
import { policyOf } from '../connections/policyReadings';
import type { PolicyReading } from '../core/policyStore';
import { statementsOf } from '../core/policy';
import type { Listed, Resource } from '../core/resource';
import { nameOf } from '../core/resource';
import { plainText, shortText } from '../host/plainText';
import { kindTitle, resourceWords } from '../words/resourceWords';
import { statementSummary, statementTitle } from '../words/statementWords';
import type { Listings } from './listings';
import type { GroupNode, StatementNode, TreeNode } from './nodes';
import { noteItem } from './noteItems';
import { groupIcon, resourceIcon, statementIcon } from './icons';
import { connectionTooltip, resourceTooltip, statementTooltip } from './tooltips';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** The one way from a node to what VS Code draws. */
export function treeItem(
  node: TreeNode,
  connections: Connections,
  listings: Listings,
): vscode.TreeItem {
  const connection = connections.byId(node.connectionId);
  const item = build(node, connection, connections, listings);
  item.id = node.id;
  return item;
}

function build(
  node: TreeNode,
  connection: Connection | undefined,
  connections: Connections,
  listings: Listings,
): vscode.TreeItem {
  switch (node.type) {
    case 'connection':
      return connectionItem(connection, connections.all.length === 1);
    case 'group':
      return groupItem(node, listings);
    case 'layer':
      return row(node.layer.layerName, resourceIcon(node.layer), Collapsed, 'layer');
    case 'resource':
      return resourceItem(node.resource, connection?.readings.current(node.resource));
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

/** Fills in what is only read when a row is pointed at. */
export function withTooltip(
  item: vscode.TreeItem,
  node: TreeNode,
  connections: Connections,
): vscode.TreeItem {
  const connection = connections.byId(node.connectionId);
  if (node.type === 'statement') item.tooltip = statementTooltip(node.statement);
  if (node.type === 'resource') item.tooltip = resourceTooltip(node.resource);
  if (node.type === 'layer') item.tooltip = resourceTooltip(node.layer);
  if (node.type === 'connection' && connection) item.tooltip = connectionTooltip(connection);
  return item;
}

function row(
  label: string,
  icon: string | vscode.ThemeIcon,
  state: vscode.TreeItemCollapsibleState,
  contextValue: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(plainText(label), state);
  item.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
  item.contextValue = contextValue;
  return item;
}

function connectionItem(connection: Connection | undefined, alone: boolean): vscode.TreeItem {
  if (!connection) return row('', 'plug', None, 'connection');
  const sample = connection.config.type === 'sample';
  const item = row(
    connectionTitle(connection),
    sample ? 'beaker' : 'account',
    alone ? Expanded : Collapsed,
    sample ? 'connection.sample' : 'connection.aws',
  );
  const identity = connection.currentIdentity;
  const account =
    identity?.state === 'known' ? identity.accountId : identity && accountWords(connection);
  const madeUp = sample ? vscode.l10n.t('made up, nothing leaves this machine') : undefined;
  item.description = [account && plainText(account), madeUp]
    .filter((part) => part !== undefined)
    .join(' · ');
  return item;
}

function groupItem(node: GroupNode, listings: Listings): vscode.TreeItem {
  const item = row(kindTitle(node.kind), groupIcon(node.kind), Collapsed, 'group');
  const listing = listings.current(node.id);
  if (listing?.state === 'complete') item.description = String(listing.items.length);
  if (listing?.state === 'loading') item.description = `${listing.items.length}…`;
  return item;
}

function resourceItem(resource: Resource, reading: PolicyReading | undefined): vscode.TreeItem {
  const item = row(
    resourceLabel(resource),
    resourceIcon(resource),
    Collapsed,
    `resource.${resource.kind}`,
  );
  const target =
    resource.kind === 'lambdaFunction' && resource.qualifier?.type === 'alias'
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
