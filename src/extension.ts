import * as vscode from 'vscode';
import type { FindingsNode } from './audit/findingNodes';
import { commandIds, connectionMimeType, policyPageType, schemes, viewIds } from './contributions';
import { hasHistory } from './history/historyFolder';
import type { HistoryNode } from './history/historyNodes';
import { lazy } from './host/lazy';
import { LazyDrag } from './host/lazyDrag';
import { LazyFileSystem } from './host/lazyFileSystem';
import { lazyView } from './host/lazyView';
import type { TreeNode } from './tree/nodes';
import type { App } from './views';
import { readonlyReason } from './words/readonlyReason';

/**
 * Registers what VS Code knows us by; it waits for this file when it starts us. The rest is a bundle
 * of its own that loads when a view, a page, a document or a command is first used.
 */
export function activate(context: vscode.ExtensionContext): void {
  const app: () => Promise<App> = lazy(async () =>
    (await import('./app')).startApp(context, { treeView, findingsView }),
  );

  const { subscriptions } = context;
  const treeView: vscode.TreeView<TreeNode> = lazyView(
    subscriptions,
    viewIds.resources,
    async () => (await app()).tree,
    {
      canSelectMany: true,
      dragAndDropController: new LazyDrag([connectionMimeType], async () => (await app()).drag),
    },
  );
  const findingsView: vscode.TreeView<FindingsNode> = lazyView(
    subscriptions,
    viewIds.findings,
    async () => (await app()).findings,
  );
  lazyView<HistoryNode>(subscriptions, viewIds.history, async () => (await app()).history, {
    canSelectMany: true,
  });
  const files = new LazyFileSystem(async () => (await app()).files);
  // What was interrupted is told of though nobody opens a view. A start that fails is told when one is.
  void hasHistory(context.globalStorageUri)
    .then((isThere) => (isThere ? app() : undefined))
    .catch(() => undefined);
  subscriptions.push(
    files,
    vscode.workspace.registerFileSystemProvider(schemes.policy, files, { isCaseSensitive: true }),
    vscode.workspace.registerFileSystemProvider(schemes.readonlyPolicy, files, {
      isCaseSensitive: true,
      isReadonly: readonlyReason(),
    }),
    vscode.window.registerWebviewPanelSerializer(policyPageType, {
      deserializeWebviewPanel: async (panel, state) =>
        (await app()).pages.deserializeWebviewPanel(panel, state),
    }),
    vscode.window.registerUriHandler({ handleUri: async (uri) => (await app()).open(uri) }),
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) =>
        (await app()).run(id, args),
      ),
    ),
  );
}
