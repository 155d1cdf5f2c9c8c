import * as vscode from 'vscode';
import { connectionTitle } from '../connections/connectionWords';
import { plainText } from '../host/plainText';
import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { pickConnection } from './pickConnection';

/** Takes a connection out of the settings. Nothing changes in AWS, so nothing is asked. */
export async function removeConnection(deps: CommandDeps, node?: unknown): Promise<void> {
  const connection = isTreeNode(node)
    ? deps.connections.byId(node.connectionId)
    : await pickConnection(deps, vscode.l10n.t('Remove Connection'), true);
  if (!connection) return;
  const title = connectionTitle(connection);
  await deps.connections.remove(connection.id);
  vscode.window.setStatusBarMessage(
    plainText(vscode.l10n.t('Removed the connection {0}.', title)),
    5_000,
  );
}
