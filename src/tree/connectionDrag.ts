import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { connectionMimeType } from '../contributions';
import type { TreeNode } from './nodes';

/** Connections are put in another order by dragging their rows. */
export class ConnectionDrag implements vscode.TreeDragAndDropController<TreeNode> {
  readonly dragMimeTypes = [connectionMimeType];
  readonly dropMimeTypes = [connectionMimeType];

  constructor(private readonly connections: Connections) {}

  handleDrag(rows: readonly TreeNode[], data: vscode.DataTransfer): void {
    const ids = rows.flatMap((row) => (row.type === 'connection' ? row.connectionId : []));
    if (ids.length > 0) data.set(connectionMimeType, new vscode.DataTransferItem(ids));
  }

  /** Onto a connection or a row below it: to its place. Beside all rows: to the end. */
  async handleDrop(target: TreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const dragged: unknown = data.get(connectionMimeType)?.value;
    const ids = Array.isArray(dragged) ? dragged.filter((id) => typeof id === 'string') : [];
    if (ids.length === 0 || (target && ids.includes(target.connectionId))) return;
    await this.connections.move(ids, this.nextAt(target?.connectionId, ids));
  }

  /** The connection that those stand before which take another's place: itself, or the next below. */
  private nextAt(place: string | undefined, ids: readonly string[]): string | undefined {
    const all = this.connections.all.map(({ id }) => id);
    const at = all.findIndex((id) => id === place);
    const isDown = all.findIndex((id) => ids.includes(id)) < at;
    return isDown ? all.slice(at + 1).find((id) => !ids.includes(id)) : place;
  }
}
