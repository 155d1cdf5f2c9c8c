import * as vscode from 'vscode';
import type { ConnectionColor } from '../../connections/connectionConfig';
import { connectionColors } from '../../connections/connectionConfig';
import { connectionTitle, placeWords } from '../../connections/connectionWords';
import { plainText } from '../../host/plainText';
import type { CommandDeps } from '../deps';
import { connectionOf } from './connectionOf';

/** Gives a connection a name of its own; an empty one takes it away. */
export async function renameConnection(deps: CommandDeps, node?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const connection = await connectionOf(deps, node, t('Rename Connection'));
  if (!connection) return;
  const name = await vscode.window.showInputBox({
    title: plainText(t('Rename {0}', connectionTitle(connection))),
    prompt: t('The name of the connection in all lists and questions. Empty: profile and region.'),
    value: connection.config.name ?? '',
    placeHolder: plainText(placeWords(connection)),
    ignoreFocusOut: true,
  });
  if (name === undefined) return;
  await deps.connections.dress(connection.id, { name: name.trim() || undefined });
}

/** Gives a connection's icon a colour, so that production looks like production. */
export async function setConnectionColor(deps: CommandDeps, node?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const connection = await connectionOf(deps, node, t('Set Connection Color'));
  if (!connection) return;
  const none = { label: t('No color'), color: undefined };
  const items = [none, ...connectionColors.map((color) => ({ ...itemOf(color), color }))];
  const picked = await vscode.window.showQuickPick(items, {
    title: plainText(t('Color of {0}', connectionTitle(connection))),
    placeHolder: t('Which color?'),
    ignoreFocusOut: true,
  });
  if (picked) await deps.connections.dress(connection.id, { color: picked.color });
}

function itemOf(color: ConnectionColor): vscode.QuickPickItem {
  const iconPath = new vscode.ThemeIcon('circle-filled', new vscode.ThemeColor(`charts.${color}`));
  return { label: colorWords(color), iconPath };
}

function colorWords(color: ConnectionColor): string {
  const { t } = vscode.l10n;
  switch (color) {
    case 'red':
      return t('Red');
    case 'orange':
      return t('Orange');
    case 'yellow':
      return t('Yellow');
    case 'green':
      return t('Green');
    case 'blue':
      return t('Blue');
    case 'purple':
      return t('Purple');
  }
}
