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
  const { color: current } = connection.config;
  // Enter takes the first, which changes nothing.
  const others = [...connectionColors, undefined].filter((color) => color !== current);
  const items = [current, ...others].map((color) => itemOf(color, color === current));
  const picked = await vscode.window.showQuickPick(items, {
    title: plainText(t('Color of {0}', connectionTitle(connection))),
    placeHolder: t('Which color?'),
    ignoreFocusOut: true,
  });
  if (picked) await deps.connections.dress(connection.id, { color: picked.color });
}

function itemOf(color: ConnectionColor | undefined, isCurrent: boolean) {
  return {
    label: color ? colorWords(color) : vscode.l10n.t('No color'),
    ...(isCurrent ? { description: vscode.l10n.t('as it is now') } : {}),
    iconPath: color ? swatch(color) : new vscode.ThemeIcon('circle-outline'),
    color,
  };
}

/** Lists draw theme icons without their colours; these are those of charts in VS Code's own themes. */
const swatches: Readonly<Record<ConnectionColor, string>> = {
  red: '#f14c4c',
  orange: '#d18616',
  yellow: '#cca700',
  green: '#5fa854',
  blue: '#3794ff',
  purple: '#b180d7',
};

function swatch(color: ConnectionColor): vscode.Uri {
  const circle = `<circle cx="8" cy="8" r="5" fill="${swatches[color]}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${circle}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
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
