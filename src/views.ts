import * as vscode from 'vscode';
import { PolicyTraffic } from './changes/policyTraffic';
import type { CommandDeps } from './commands/deps';
import { runCommand } from './commands/runCommand';
import type { CommandId } from './contributions';
import { policyPageType, settingIds } from './contributions';
import { PolicyDocuments } from './documents/policyDocuments';
import { PolicyTexts } from './documents/policyTexts';
import { ChangeHistory } from './history/changeHistory';
import { historyFolder } from './history/historyFolder';
import type { HistoryNode } from './history/historyNodes';
import { HistoryTree } from './history/historyTree';
import { tellInterrupted } from './history/tellInterrupted';
import { ConfigValue } from './host/configValue';
import { PolicyPages } from './policyPage/policyPages';
import type { TreeNode } from './tree/nodes';
import { ResourcesTree } from './tree/resourcesTree';

/** What VS Code reaches through the things that the extension registers. */
export interface App {
  readonly tree: vscode.TreeDataProvider<TreeNode>;
  readonly history: vscode.TreeDataProvider<HistoryNode>;
  readonly files: vscode.FileSystemProvider;
  readonly pages: vscode.WebviewPanelSerializer;
  /** The arguments of menus, keys, pages and other extensions are not to be trusted. */
  readonly run: (command: CommandId, args: readonly unknown[]) => Promise<void>;
}

type Services = Pick<CommandDeps, 'aws' | 'connections' | 'reporter' | 'sample'> & {
  readonly log: vscode.LogOutputChannel;
};

/** Builds what shows policies, keeps their history and changes them. */
export function startViews(
  { extensionUri, globalStorageUri, subscriptions }: vscode.ExtensionContext,
  treeView: vscode.TreeView<TreeNode>,
  services: Services,
): App {
  const { connections, log, reporter } = services;
  const tree = new ResourcesTree(connections);
  treeView.onDidCollapseElement(({ element }) => tree.collapsed(element));
  treeView.onDidExpandElement(({ element }) => tree.expanded(element));
  const pages = new PolicyPages({
    panelType: policyPageType,
    extensionUri,
    connections,
    reporter,
    remove: (targets) => execute('resourcePolicies.removePermission', targets),
    add: (target) => execute('resourcePolicies.addPermission', target),
    edit: (target) => execute('resourcePolicies.editPolicy', target),
  });

  const texts = new PolicyTexts();
  const storageFolder = globalStorageUri.fsPath;
  const documents = new PolicyDocuments({ connections, reporter, storageFolder, extensionUri });
  const setting = new ConfigValue(settingIds.historyDays);
  const history: ChangeHistory = new ChangeHistory({
    folder: historyFolder(globalStorageUri).fsPath,
    connections,
    setting,
    reporter,
    log: (error) => log.error(error instanceof Error ? error : String(error)),
    onInterrupted: (records) => void tellInterrupted(records, (id) => history.peek(id), reporter),
  });
  const drafts = {
    list: () => documents.loaded.then(() => documents.drafts()),
    onDidChange: documents.onDidChangeDrafts,
  };
  const historyTree = new HistoryTree({ history, connections, drafts });

  const traffic = new PolicyTraffic();
  const deps = { ...services, tree, treeView, pages, texts, traffic, documents, history };
  subscriptions.push(tree, pages, texts, documents, setting, history, historyTree);
  return {
    tree,
    history: historyTree,
    files: documents.fileSystem,
    pages,
    run: (command, args) => runCommand(deps, command, args),
  };
}

function execute(command: CommandId, argument: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand(command, argument);
}
