import * as vscode from 'vscode';
import type { CommandDeps } from '../deps';
import { connectionOf } from './connectionOf';

/** One place up. */
export function moveConnectionUp(deps: CommandDeps, node?: unknown): Promise<void> {
  return move(deps, node, vscode.l10n.t('Move Connection Up'), -1);
}

/** One place down. */
export function moveConnectionDown(deps: CommandDeps, node?: unknown): Promise<void> {
  return move(deps, node, vscode.l10n.t('Move Connection Down'), 2);
}

/** `before`: the place, from the connection's own, of the one that it is put before. */
async function move(
  deps: CommandDeps,
  node: unknown,
  title: string,
  before: number,
): Promise<void> {
  const connection = await connectionOf(deps, node, title);
  if (!connection) return;
  const { all } = deps.connections;
  const at = all.indexOf(connection) + before;
  // The first stays the first.
  if (at < 0) return;
  await deps.connections.move([connection.id], all[at]?.id);
}
