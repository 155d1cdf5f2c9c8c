import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import type { CommandId } from '../contributions';
import type { Severity } from '../core/findings/finding';
import { qualifiedNameOf } from '../core/resource';
import { appendWords } from '../host/markdown';
import { plainText, shortText } from '../host/plainText';
import { themeIcon, treeRow } from '../host/treeRow';
import { findingsWords } from '../words/auditWords';
import {
  findingReason,
  findingRemedy,
  findingTitle,
  ruleTitle,
  severityTitle,
} from '../words/findingWords';
import { timeWords } from '../words/historyWords';
import { statementTitle } from '../words/statementWords';
import type { AuditFinding } from './auditFindings';
import { auditItem, gapItem } from './auditItems';
import type { Audits } from './audits';
import type { FindingNode, FindingsNode, Grouping, GroupNode } from './findingNodes';

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const { t } = vscode.l10n;

/** What rows say that the nodes do not know. */
export interface FindingsScene {
  readonly audits: Audits;
  readonly grouping: Grouping;
  /** Whether there are several audits, so that a finding has to say of which it is. */
  readonly hasSeveral: boolean;
  readonly connection: (id: string) => Connection | undefined;
}

/** The one way from a node to what VS Code draws. */
export function findingItem(node: FindingsNode, scene: FindingsScene): vscode.TreeItem {
  const item = build(node, scene);
  item.id = node.id;
  return item;
}

function build(node: FindingsNode, scene: FindingsScene): vscode.TreeItem {
  switch (node.type) {
    case 'audit':
      return auditItem(scene.audits.of(node.connectionId), scene.audits);
    case 'gap':
      return gapItem(node, scene.connection(node.connectionId));
    case 'group':
      return groupItem(node);
    case 'finding':
      return foundItem(node, scene);
    case 'more':
      return treeRow(t('{0} more: use the filter', node.count), themeIcon('ellipsis'), 'more');
  }
}

function groupItem({ subject, findings }: GroupNode): vscode.TreeItem {
  const [title, iconPath] = groupTitle(subject);
  const item = treeRow(title, iconPath, contextOf(subject));
  item.collapsibleState = subject.by === 'accepted' ? Collapsed : Expanded;
  item.description = findingsWords(findings.length);
  item.accessibilityInformation = { label: `${plainText(title)}, ${item.description}` };
  return item;
}

/** Whose access can be taken back by the row. */
function contextOf(subject: GroupNode['subject']): string {
  return subject.by === 'principal' && subject.title !== undefined ? 'group.who' : 'group';
}

function groupTitle(subject: GroupNode['subject']): [string, vscode.ThemeIcon | undefined] {
  switch (subject.by) {
    case 'severity':
      return [severityTitle(subject.severity), severityIcon(subject.severity)];
    case 'rule':
      return [ruleTitle(subject.rule), themeIcon('law')];
    case 'resource':
      return [qualifiedNameOf(subject.resource), themeIcon('symbol-object')];
    case 'principal':
      return [subject.title ?? t('Not about who gets in'), themeIcon('account')];
    case 'accepted':
      return [t('Accepted'), themeIcon('check')];
  }
}

function foundItem({ found }: FindingNode, scene: FindingsScene): vscode.TreeItem {
  const { finding, severity, isAccepted, isNew, connectionId } = found;
  const { resource, statement } = finding;
  const title = shortText(findingTitle(finding), 160);
  const iconPath = isAccepted ? themeIcon('check', 'disabledForeground') : severityIcon(severity);
  const item = treeRow(title, iconPath, isAccepted ? 'finding.accepted' : 'finding');
  const parts = [
    isNew ? t('new') : undefined,
    scene.grouping === 'resource' ? undefined : qualifiedNameOf(resource),
    statement ? statementTitle(statement) : undefined,
    scene.hasSeveral ? scene.audits.of(connectionId)?.scene.title : undefined,
  ];
  item.description = parts
    .filter((part) => part !== undefined)
    .map((part) => shortText(part))
    .join(' · ');
  item.accessibilityInformation = {
    label: `${severityTitle(severity)}: ${title}, ${item.description}`,
  };
  const command: CommandId = 'resourcePolicies.openFinding';
  item.command = {
    command,
    title: t('Open Finding'),
    arguments: [{ type: 'finding', connectionId, resource, found }],
  };
  return item;
}

/** What is read only when a row is pointed at. */
export function findingTooltip(found: AuditFinding): vscode.MarkdownString {
  const { finding, severity, acceptance, isAccepted } = found;
  const lines = [
    `${severityTitle(severity)} · ${ruleTitle(finding.detail.rule)} (${finding.detail.rule})`,
    findingReason(finding),
    findingRemedy(finding),
    finding.resource.arn,
  ];
  if (acceptance) {
    const until = timeWords(acceptance.until);
    const { file } = acceptance;
    lines.push(
      isAccepted
        ? t('Accepted until {0}: {1}', until, acceptance.reason)
        : t('It was accepted until {0}: {1}', until, acceptance.reason),
      ...(file ? [t('For the team, in {0}', vscode.workspace.asRelativePath(file))] : []),
    );
  }
  const markdown = new vscode.MarkdownString();
  appendWords(markdown.appendMarkdown('**'), findingTitle(finding)).appendMarkdown('**');
  for (const line of lines) appendWords(markdown.appendMarkdown('\n\n'), line);
  return markdown;
}

export function severityIcon(severity: Severity): vscode.ThemeIcon {
  switch (severity) {
    case 'high':
      return themeIcon('error', 'list.errorForeground');
    case 'medium':
      return themeIcon('warning', 'list.warningForeground');
    case 'low':
      return themeIcon('info', 'charts.blue');
  }
}
