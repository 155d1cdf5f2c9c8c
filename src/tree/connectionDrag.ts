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

  /** Onto a connection or a row below it: before it. Beside all rows: to the end. */
  async handleDrop(target: TreeNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const dragged: unknown = data.get(connectionMimeType)?.value;
    const ids = Array.isArray(dragged) ? dragged.filter((id) => typeof id === 'string') : [];
    if (ids.length === 0 || (target && ids.includes(target.connectionId))) return;
    await this.connections.move(ids, target?.connectionId);
  }
}
