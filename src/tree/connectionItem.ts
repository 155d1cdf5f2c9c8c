import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { accountWords, connectionTitle, placeWords } from '../connections/connectionWords';
import type { Guards } from '../connections/guards';
import { plainText } from '../host/plainText';
import { row } from './row';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

/** The row of a connection: whose account it leads to, and how careful one has to be there. */
export function connectionItem(
  connection: Connection | undefined,
  isAlone: boolean,
  guards: Guards,
): vscode.TreeItem {
  if (!connection) return row('', 'plug', None, 'connection');
  const isSample = connection.config.type === 'sample';
  const title = connectionTitle(connection);
  const item = row(
    title,
    icon(connection, guards),
    isAlone ? Expanded : Collapsed,
    isSample ? 'connection.sample' : 'connection.aws',
  );
  const parts = descriptionParts(connection, guards).map(plainText);
  item.description = parts.join(' · ');
  item.accessibilityInformation = { label: [plainText(title), ...parts].join(', ') };
  return item;
}

function descriptionParts(connection: Connection, guards: Guards): readonly string[] {
  const { t } = vscode.l10n;
  const { config, currentIdentity: identity, endpoint } = connection;
  const account =
    identity?.state === 'known' ? identity.accountId : identity && accountWords(connection);
  return [
    // First, since little may have room: nobody should take it for AWS.
    endpoint === undefined ? undefined : t('not AWS'),
    account,
    config.name === undefined ? undefined : placeWords(connection),
    config.type === 'sample' ? t('made up, nothing leaves this machine') : undefined,
    endpoint === undefined ? undefined : endpointName(endpoint),
    guards.isReadOnly ? t('read-only') : undefined,
    guards.isProtected(connection) ? t('protected') : undefined,
  ].filter((part) => part !== undefined && part !== '') as readonly string[];
}

function icon(connection: Connection, guards: Guards): vscode.ThemeIcon {
  const { config, endpoint } = connection;
  const color = config.color && new vscode.ThemeColor(`charts.${config.color}`);
  if (config.type === 'sample') return new vscode.ThemeIcon('beaker', color);
  if (guards.isReadOnly || guards.isProtected(connection)) {
    return new vscode.ThemeIcon('lock', color);
  }
  return new vscode.ThemeIcon(endpoint === undefined ? 'account' : 'server-environment', color);
}

/** Host and port are enough to tell it apart. */
function endpointName(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}
