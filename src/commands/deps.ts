import type * as vscode from 'vscode';
import type { Acceptances } from '../audit/acceptances';
import type { Audits } from '../audit/audits';
import type { AuditSettings } from '../audit/auditSettings';
import type { FindingsNode } from '../audit/findingNodes';
import type { Revocations } from '../audit/revocations';
import type { FindingsTree } from '../audit/findingsTree';
import type { PolicyTraffic } from '../changes/policyTraffic';
import type { Connections } from '../connections/connections';
import type { Guards } from '../connections/guards';
import type { KnownAccounts } from '../connections/knownAccounts';
import type { Pins } from '../connections/pins';
import type { SampleAccountHost } from '../connections/sampleAccountHost';
import type { AwsAccess, CallRecord } from '../core/awsAccess';
import type { PolicyDocuments } from '../documents/policyDocuments';
import type { PolicyTexts } from '../documents/policyTexts';
import type { ChangeHistory } from '../history/changeHistory';
import type { Recent } from '../host/recent';
import type { Reporter } from '../host/report';
import type { PolicyPages } from '../policyPage/policyPages';
import type { TreeNode } from '../tree/nodes';
import type { ResourcesTree } from '../tree/resourcesTree';

/** What the commands work with. */
export interface CommandDeps {
  readonly acceptances: Acceptances;
  readonly accounts: KnownAccounts;
  readonly audits: Audits;
  readonly auditSettings: AuditSettings;
  readonly aws: () => Promise<AwsAccess>;
  /** The last calls that were made. */
  readonly calls: Recent<CallRecord>;
  readonly connections: Connections;
  readonly documents: PolicyDocuments;
  readonly findings: FindingsTree;
  readonly findingsView: vscode.TreeView<FindingsNode>;
  readonly guards: Guards;
  readonly history: ChangeHistory;
  readonly log: vscode.LogOutputChannel;
  readonly pages: PolicyPages;
  readonly pins: Pins;
  readonly reporter: Reporter;
  readonly revocations: Revocations;
  readonly sample: SampleAccountHost;
  readonly texts: PolicyTexts;
  readonly traffic: PolicyTraffic;
  readonly tree: ResourcesTree;
  readonly treeView: vscode.TreeView<TreeNode>;
  /** Of this extension. */
  readonly version: string;
}

/** A command: the arguments of menus, keys, pages and other extensions are not to be trusted. */
export type CommandHandler = (deps: CommandDeps, ...args: readonly unknown[]) => Promise<unknown>;
