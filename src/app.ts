import * as vscode from 'vscode';
import { Connections } from './connections/connections';
import { SampleAccountHost } from './connections/sampleAccountHost';
import { settingIds } from './contributions';
import type { AwsAccess } from './core/awsAccess';
import { callLogger } from './host/callLog';
import { ConfigValue } from './host/configValue';
import { lazy } from './host/lazy';
import { Reporter } from './host/report';
import type { TreeNode } from './tree/nodes';
import type { App } from './views';
import { startViews } from './views';
import { explainError } from './words/errorWords';

/** Builds the ways to AWS once, and hands them to what shows and changes policies. */
export function startApp(
  context: vscode.ExtensionContext,
  treeView: vscode.TreeView<TreeNode>,
): App {
  const { globalStorageUri, subscriptions } = context;
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
  subscriptions.push(log, sample, setting, connections);
  return startViews(context, treeView, { aws, connections, log, reporter, sample });
}
