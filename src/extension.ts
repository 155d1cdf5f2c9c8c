import * as vscode from 'vscode';
import { registerCommands } from './commands/registerCommands';
import { Connections } from './connections/connections';
import { SampleAccountHost } from './connections/sampleAccountHost';
import { policyPageType, settingIds, viewIds } from './contributions';
import type { AwsAccess } from './core/awsAccess';
import { ConfigValue } from './host/configValue';
import { callLogger } from './host/callLog';
import { Reporter } from './host/report';
import { PolicyPages } from './policyPage/policyPages';
import { ResourcesTree } from './tree/resourcesTree';
import { explainError } from './words/errorWords';

/** Builds everything once and hands it to whom it belongs. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Resource Policies', { log: true });
  const reporter = new Reporter(log, explainError);

  // The SDK and the sample account are bundles of their own, loaded when first needed.
  let loading: Promise<AwsAccess> | undefined;
  const aws = () => (loading ??= import('./aws/openAws').then((it) => it.openAws(callLogger(log))));
  const sample = new SampleAccountHost(
    async (options) => (await import('./sample/sampleAccount')).startSampleAccount(options),
    vscode.Uri.joinPath(context.globalStorageUri, 'sampleAccount.json'),
    (error) => reporter.error(error),
  );

  const setting = new ConfigValue(settingIds.connections);
  const connections = new Connections(setting, async (config) =>
    (await aws()).open(config.type === 'sample' ? await sample.access() : config),
  );
  const tree = new ResourcesTree(connections);
  const treeView = vscode.window.createTreeView(viewIds.resources, { treeDataProvider: tree });
  treeView.onDidCollapseElement(({ element }) => tree.collapsed(element));
  treeView.onDidExpandElement(({ element }) => tree.expanded(element));
  const pages = new PolicyPages({
    panelType: policyPageType,
    extensionUri: context.extensionUri,
    connections,
    reporter,
    remove: (target) => vscode.commands.executeCommand('resourcePolicies.removePermission', target),
  });
  const deps = { aws, connections, pages, reporter, sample, tree, treeView };
  context.subscriptions.push(log, sample, setting, connections, tree, treeView, pages);
  context.subscriptions.push(registerCommands(deps));
}
