import * as vscode from 'vscode';
import { PolicyTraffic } from './changes/policyTraffic';
import type { CommandDeps } from './commands/deps';
import { openLink } from './commands/goTo/openLink';
import { runCommand } from './commands/runCommand';
import type { CommandId } from './contributions';
import { policyPageType, settingIds } from './contributions';
import { Guards } from './connections/guards';
import { Pins } from './connections/pins';
import { isRecord } from './core/resource';
import { PolicyDocuments } from './documents/policyDocuments';
import { PolicyTexts } from './documents/policyTexts';
import { ChangeHistory } from './history/changeHistory';
import { historyFolder } from './history/historyFolder';
import type { HistoryNode } from './history/historyNodes';
import { HistoryTree } from './history/historyTree';
import { tellInterrupted } from './history/tellInterrupted';
import { ConfigValue } from './host/configValue';
import { PolicyPages } from './policyPage/policyPages';
import { ConnectionDrag } from './tree/connectionDrag';
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
  /** Follows a link to the extension. */
  readonly open: (uri: vscode.Uri) => Promise<void>;
  readonly drag: vscode.TreeDragAndDropController<TreeNode>;
}

type Services = Pick<
  CommandDeps,
  'accounts' | 'aws' | 'calls' | 'connections' | 'log' | 'reporter' | 'sample'
>;

/** Builds what shows policies, keeps their history and changes them. */
export function startViews(
  context: vscode.ExtensionContext,
  treeView: vscode.TreeView<TreeNode>,
  services: Services,
): App {
  const { extensionUri, globalState, globalStorageUri, subscriptions } = context;
  const { connections, log, reporter } = services;
  const readOnly = new ConfigValue(settingIds.readOnly);
  const protectedProfiles = new ConfigValue(settingIds.protectedProfiles);
  const guards = new Guards(readOnly, protectedProfiles);
  const pins = new Pins(globalState);
  const tree = new ResourcesTree({ connections, guards, pins });
  treeView.onDidChangeVisibility(({ visible }) => tree.setVisible(visible));
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
  const deps = {
    ...services,
    ...{ documents, guards, history, pages, pins, texts, traffic, tree, treeView },
    version: versionOf(context.extension.packageJSON),
  };
  subscriptions.push(readOnly, protectedProfiles, guards, pins, tree, pages, texts);
  subscriptions.push(documents, setting, history, historyTree);
  return {
    tree,
    history: historyTree,
    files: documents.fileSystem,
    pages,
    run: (command, args) => runCommand(deps, command, args),
    open: (uri) => reporter.guard(() => openLink(deps, uri)),
    drag: new ConnectionDrag(connections),
  };
}

function execute(command: CommandId, argument: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand(command, argument);
}

function versionOf(packageJson: unknown): string {
  return isRecord(packageJson) ? String(packageJson.version) : '';
}
