import * as vscode from 'vscode';
import { runCommand } from './commands/runCommand';
import { Connections } from './connections/connections';
import { SampleAccountHost } from './connections/sampleAccountHost';
import type { CommandId } from './contributions';
import { policyPageType, settingIds } from './contributions';
import type { AwsAccess } from './core/awsAccess';
import { ConfigValue } from './host/configValue';
import { callLogger } from './host/callLog';
import { lazy } from './host/lazy';
import { Reporter } from './host/report';
import { PolicyPages } from './policyPage/policyPages';
import type { TreeNode } from './tree/nodes';
import { ResourcesTree } from './tree/resourcesTree';
import { explainError } from './words/errorWords';

/** What VS Code reaches through the things that the extension registers. */
export interface App {
  readonly tree: vscode.TreeDataProvider<TreeNode>;
  readonly pages: vscode.WebviewPanelSerializer;
  /** The arguments of menus, keys, pages and other extensions are not to be trusted. */
  readonly run: (command: CommandId, args: readonly unknown[]) => Promise<void>;
}

/** Builds everything once and hands it to whom it belongs. */
export function startApp(
  { extensionUri, globalStorageUri, subscriptions }: vscode.ExtensionContext,
  treeView: vscode.TreeView<TreeNode>,
): App {
  const log = vscode.window.createOutputChannel('Resource Policies', { log: true });
  const reporter = new Reporter(log, explainError);

  // The SDK and the sample account are bundles of their own, loaded when first needed.
  const aws = lazy<AwsAccess>(async () => (await import('./aws/openAws')).openAws(callLogger(log)));
  const sample = new SampleAccountHost(
    async (options) => (await import('./sample/sampleAccount')).startSampleAccount(options),
    vscode.Uri.joinPath(globalStorageUri, 'sampleAccount.json'),
    (error) => reporter.error(error),
  );

  const setting = new ConfigValue(settingIds.connections);
  const connections = new Connections(setting, async (config) =>
    (await aws()).open(config.type === 'sample' ? await sample.access() : config),
  );
  const tree = new ResourcesTree(connections);
  treeView.onDidCollapseElement(({ element }) => tree.collapsed(element));
  treeView.onDidExpandElement(({ element }) => tree.expanded(element));
  const pages = new PolicyPages({
    panelType: policyPageType,
    extensionUri,
    connections,
    reporter,
    remove: (target) => vscode.commands.executeCommand('resourcePolicies.removePermission', target),
  });
  const deps = { aws, connections, pages, reporter, sample, tree, treeView };
  subscriptions.push(log, sample, setting, connections, tree, pages);
  return { tree, pages, run: (command, args) => runCommand(deps, command, args) };
}
