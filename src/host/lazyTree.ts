import * as vscode from 'vscode';
import { lazy } from './lazy';

/** A tree whose provider is loaded when VS Code first asks for rows. */
export class LazyTree<T> implements vscode.TreeDataProvider<T>, vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<T | T[] | undefined>();
  private readonly provider: () => Promise<vscode.TreeDataProvider<T>>;
  private loaded: vscode.TreeDataProvider<T> | undefined;
  readonly onDidChangeTreeData = this.emitter.event;

  constructor(load: () => Promise<vscode.TreeDataProvider<T>>) {
    this.provider = lazy(async () => {
      const provider = await load();
      provider.onDidChangeTreeData?.((changed) => this.emitter.fire(changed ?? undefined));
      return (this.loaded = provider);
    });
  }

  async getChildren(element?: T): Promise<T[]> {
    return (await (await this.provider()).getChildren(element)) ?? [];
  }

  /** At once for rows of the provider: a list can have thousands. */
  getTreeItem(element: T): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return (
      this.loaded?.getTreeItem(element) ?? this.provider().then((it) => it.getTreeItem(element))
    );
  }

  async getParent(element: T): Promise<T | undefined> {
    return (await (await this.provider()).getParent?.(element)) ?? undefined;
  }

  async resolveTreeItem(
    item: vscode.TreeItem,
    element: T,
    token: vscode.CancellationToken,
  ): Promise<vscode.TreeItem> {
    return (await (await this.provider()).resolveTreeItem?.(item, element, token)) ?? item;
  }

  dispose(): void {
    this.emitter.dispose();
  }
}
