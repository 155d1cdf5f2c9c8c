import { commands } from 'vscode';
import { viewIds } from '../contributions';
import { connectionNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { revealRow } from './revealRow';

/** Brings a connection's row into view and opens it. */
export async function revealConnection(deps: CommandDeps, id: string): Promise<void> {
  await commands.executeCommand(`${viewIds.resources}.focus`);
  await revealRow(deps, [connectionNode(id)], () => ({ select: true, focus: true, expand: true }));
}
