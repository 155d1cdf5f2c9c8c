import * as vscode from 'vscode';
import { connectionTitle } from '../connections/connectionWords';
import { plainText } from '../host/plainText';
import { connectionNode, isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { pickConnection } from './pickConnection';
import { revealRow } from './revealRow';

/** Takes a connection out of the settings. Nothing changes in AWS, so nothing is asked. */
export async function removeConnection(deps: CommandDeps, node?: unknown): Promise<void> {
  const connection = isTreeNode(node)
    ? deps.connections.byId(node.connectionId)
    : await pickConnection(deps, vscode.l10n.t('Remove Connection'), true);
  if (!connection) return;
  const title = connectionTitle(connection);
  const place = deps.connections.all.indexOf(connection);
  await deps.connections.remove(connection.id);
  vscode.window.setStatusBarMessage(
    plainText(vscode.l10n.t('Removed the connection {0}.', title)),
    5_000,
  );
  const neighbour = deps.connections.all.slice(0, place + 1).at(-1);
  if (!isTreeNode(node) || !neighbour) return;
  // VS Code leaves the keyboard nowhere when its row goes.
  const rows = [connectionNode(neighbour.id)];
  await revealRow(deps, rows, () => ({ select: false, focus: true }));
}
