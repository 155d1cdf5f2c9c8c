import type * as vscode from 'vscode';

/** Drag and drop whose controller is loaded when a row is first dragged. */
export class LazyDrag<T> implements vscode.TreeDragAndDropController<T> {
  constructor(
    readonly dragMimeTypes: readonly string[],
    private readonly load: () => Promise<vscode.TreeDragAndDropController<T>>,
  ) {}

  get dropMimeTypes(): readonly string[] {
    return this.dragMimeTypes;
  }

  async handleDrag(
    rows: readonly T[],
    data: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<void> {
    await (await this.load()).handleDrag?.(rows, data, token);
  }

  async handleDrop(
    target: T | undefined,
    data: vscode.DataTransfer,
    token: vscode.CancellationToken,
  ): Promise<void> {
    await (await this.load()).handleDrop?.(target, data, token);
  }
}
