import * as vscode from 'vscode';
import { PolicyTraffic } from './changes/policyTraffic';
import { Acceptances } from './audit/acceptances';
import { AuditFiles } from './audit/auditFiles';
import { AuditFindings } from './audit/auditFindings';
import { Audits } from './audit/audits';
import { AuditSettings } from './audit/auditSettings';
import type { FindingsNode } from './audit/findingNodes';
import { Revocations } from './audit/revocations';
import { FindingMarks } from './audit/findingMarks';
import { FindingsTree } from './audit/findingsTree';
import type { CommandDeps } from './commands/deps';
import { openLink } from './commands/goTo/openLink';
import { runCommand } from './commands/runCommand';
import type { CommandId } from './contributions';
import { policyPageType, settingIds } from './contributions';
import { Guards } from './connections/guards';
import { Pins } from './connections/pins';
import { isRecord } from './core/resource';
import { TeamAcceptances } from './audit/teamAcceptances';
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
import { acceptedProblemsWords } from './words/acceptedWords';
import { findingsWords } from './words/auditWords';

/** What VS Code reaches through the things that the extension registers. */
export interface App {
  readonly tree: vscode.TreeDataProvider<TreeNode>;
  readonly findings: vscode.TreeDataProvider<FindingsNode>;
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

/** The views, which are registered before any of this is loaded. */
export interface TreeViews {
  readonly treeView: vscode.TreeView<TreeNode>;
  readonly findingsView: vscode.TreeView<FindingsNode>;
}

/** Builds what shows policies, keeps their history and changes them. */
export function startViews(
  context: vscode.ExtensionContext,
  { treeView, findingsView }: TreeViews,
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
  const auditing = startAudits(context, findingsView, services);
  const pages = new PolicyPages({
    audits: auditing.audits,
    onDidChangeFindings: auditing.findings.onDidChange,
    panelType: policyPageType,
    extensionUri,
    connections,
    reporter,
    remove: (targets) => execute('resourcePolicies.removePermission', targets),
    add: (target) => execute('resourcePolicies.addPermission', target),
    edit: (target) => execute('resourcePolicies.editPolicy', target),
    fixFinding: (finding) => execute('resourcePolicies.fixFinding', finding),
    acceptFinding: (finding) => execute('resourcePolicies.acceptFinding', finding),
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
    ...auditing,
    ...{ findingsView },
    ...{ documents, guards, history, pages, pins, texts, traffic, tree, treeView },
    version: versionOf(context.extension.packageJSON),
  };
  subscriptions.push(readOnly, protectedProfiles, guards, pins, tree, pages, texts);
  subscriptions.push(documents, setting, history, historyTree);
  return {
    tree,
    findings: auditing.findings,
    history: historyTree,
    files: documents.fileSystem,
    pages,
    run: (command, args) => runCommand(deps, command, args),
    open: (uri) => reporter.guard(() => openLink(deps, uri)),
    drag: new ConnectionDrag(connections),
  };
}

function startAudits(
  { globalState, globalStorageUri, subscriptions }: vscode.ExtensionContext,
  findingsView: vscode.TreeView<FindingsNode>,
  { connections, log, reporter }: Services,
) {
  const settings = {
    trustedAccounts: new ConfigValue(settingIds.trustedAccounts),
    trustedOrganizations: new ConfigValue(settingIds.trustedOrganizations),
    rules: new ConfigValue(settingIds.rules),
  };
  const auditSettings = new AuditSettings(settings);
  const team = new TeamAcceptances(({ file, problems }) =>
    reporter.warn(acceptedProblemsWords(vscode.workspace.asRelativePath(file), problems)),
  );
  const acceptances = new Acceptances(globalState, team);
  const folder = vscode.Uri.joinPath(globalStorageUri, 'audits').fsPath;
  const files = new AuditFiles(folder, (error) =>
    log.error(error instanceof Error ? error : String(error)),
  );
  const audits = new Audits(connections, files, new AuditFindings(auditSettings, acceptances));
  const findings = new FindingsTree({
    ...{ acceptances, audits, connections, memento: globalState, settings: auditSettings },
  });
  findings.onDidChange(() => {
    const { length } = findings.open;
    findingsView.badge = length > 0 ? { value: length, tooltip: findingsWords(length) } : undefined;
  });
  const marks = new FindingMarks(findings);
  subscriptions.push(...Object.values(settings), auditSettings, acceptances, audits, findings);
  subscriptions.push(marks, team);
  return {
    acceptances,
    audits,
    auditSettings,
    findings,
    revocations: new Revocations(globalState),
  };
}

function execute(command: CommandId, argument: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand(command, argument);
}

function versionOf(packageJson: unknown): string {
  return isRecord(packageJson) ? String(packageJson.version) : '';
}
