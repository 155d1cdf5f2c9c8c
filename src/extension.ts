import * as vscode from 'vscode';
import type { App } from './app';
import { commandIds, policyPageType, viewIds } from './contributions';
import { lazy } from './host/lazy';
import { LazyTree } from './host/lazyTree';
import type { TreeNode } from './tree/nodes';

/**
 * Registers what VS Code knows us by; it waits for this file when it starts us. The rest is a bundle
 * of its own that loads when the view, a page or a command is first used.
 */
export function activate(context: vscode.ExtensionContext): void {
  const app: () => Promise<App> = lazy(async () =>
    (await import('./app')).startApp(context, treeView),
  );

  const tree = new LazyTree<TreeNode>(async () => (await app()).tree);
  const treeView: vscode.TreeView<TreeNode> = vscode.window.createTreeView(viewIds.resources, {
    treeDataProvider: tree,
  });
  context.subscriptions.push(
    tree,
    treeView,
    vscode.window.registerWebviewPanelSerializer(policyPageType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await app()).pages.deserializeWebviewPanel(panel, state),
    }),
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) =>
        (await app()).run(id, args),
      ),
    ),
  );
}
