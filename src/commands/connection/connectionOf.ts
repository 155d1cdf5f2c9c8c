import type { Connection } from '../../connections/connection';
import { isTreeNode } from '../../tree/nodes';
import type { CommandDeps } from '../deps';
import { pickConnection } from '../pickConnection';

/** The connection of the row that a command was called from; from the palette it is asked for. */
export async function connectionOf(
  deps: CommandDeps,
  node: unknown,
  title: string,
): Promise<Connection | undefined> {
  return isTreeNode(node)
    ? deps.connections.byId(node.connectionId)
    : pickConnection(deps, title, true);
}
