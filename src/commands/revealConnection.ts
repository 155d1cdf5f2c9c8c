import { viewIds } from '../contributions';
import { connectionNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { commands } from 'vscode';

/** Brings a connection's row into view and opens it. */
export async function revealConnection({ treeView }: CommandDeps, id: string): Promise<void> {
  await commands.executeCommand(`${viewIds.resources}.focus`);
  await treeView.reveal(connectionNode(id), { expand: true, focus: true });
}
