import type * as vscode from 'vscode';
import type { PolicyTraffic } from '../changes/policyTraffic';
import type { Connections } from '../connections/connections';
import type { SampleAccountHost } from '../connections/sampleAccountHost';
import type { AwsAccess } from '../core/awsAccess';
import type { PolicyDocuments } from '../documents/policyDocuments';
import type { PolicyTexts } from '../documents/policyTexts';
import type { ChangeHistory } from '../history/changeHistory';
import type { Reporter } from '../host/report';
import type { PolicyPages } from '../policyPage/policyPages';
import type { TreeNode } from '../tree/nodes';
import type { ResourcesTree } from '../tree/resourcesTree';

/** What the commands work with. */
export interface CommandDeps {
  readonly aws: () => Promise<AwsAccess>;
  readonly connections: Connections;
  readonly documents: PolicyDocuments;
  readonly history: ChangeHistory;
  readonly pages: PolicyPages;
  readonly reporter: Reporter;
  readonly sample: SampleAccountHost;
  readonly texts: PolicyTexts;
  readonly traffic: PolicyTraffic;
  readonly tree: ResourcesTree;
  readonly treeView: vscode.TreeView<TreeNode>;
}

/** A command: the arguments of menus, keys, pages and other extensions are not to be trusted. */
export type CommandHandler = (deps: CommandDeps, ...args: readonly unknown[]) => Promise<void>;
