import * as vscode from 'vscode';
import { askMfaCode } from './connections/askMfaCode';
import { Connections } from './connections/connections';
import { connectionWays } from './connections/connectionWays';
import { KnownAccounts } from './connections/knownAccounts';
import { SampleAccountHost } from './connections/sampleAccountHost';
import { settingIds } from './contributions';
import type { AwsAccess, CallRecord } from './core/awsAccess';
import { callLogger } from './host/callLog';
import { ConfigValue } from './host/configValue';
import { lazy } from './host/lazy';
import { Recent } from './host/recent';
import { Reporter } from './host/report';
import type { App, TreeViews } from './views';
import { startViews } from './views';
import { explainError } from './words/errorWords';

/** Builds the ways to AWS once, and hands them to what shows and changes policies. */
export function startApp(context: vscode.ExtensionContext, views: TreeViews): App {
  const { globalState, globalStorageUri, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Resource Policies', { log: true });
  const reporter = new Reporter(log, explainError);

  const calls = new Recent<CallRecord>(60);
  const logCall = callLogger(log);
  const onCall = (call: CallRecord) => {
    calls.add(call);
    logCall(call);
  };

  // The SDK and the sample account are bundles of their own, loaded when first needed.
  const aws = lazy<AwsAccess>(async () =>
    (await import('./aws/openAws')).openAws(onCall, { askMfaCode }),
  );
  const sample = new SampleAccountHost(
    async (options) => (await import('./sample/sampleAccount')).startSampleAccount(options),
    vscode.Uri.joinPath(globalStorageUri, 'sampleAccount.json'),
    (error) => reporter.error(error),
  );

  const accounts = new KnownAccounts(globalState);
  const setting = new ConfigValue(settingIds.connections);
  const connections = new Connections(setting, connectionWays(aws, sample, accounts));
  subscriptions.push(log, sample, setting, connections);
  const services = { accounts, aws, calls, connections, log, reporter, sample };
  return startViews(context, views, services);
}
