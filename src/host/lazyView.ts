import * as vscode from 'vscode';
import { LazyTree } from './lazyTree';

/** Registers a view whose rows are loaded when VS Code first asks for them. */
export function lazyView<T>(
  subscriptions: vscode.ExtensionContext['subscriptions'],
  id: string,
  load: () => Promise<vscode.TreeDataProvider<T>>,
  options: Omit<vscode.TreeViewOptions<T>, 'treeDataProvider'> = {},
): vscode.TreeView<T> {
  const treeDataProvider = new LazyTree<T>(load);
  const view = vscode.window.createTreeView(id, { ...options, treeDataProvider });
  subscriptions.push(treeDataProvider, view);
  return view;
}
