import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import type { ChangeRecord } from '../core/changeRecord';
import { isUncertain } from '../core/recordOutcome';
import { appendWords } from '../host/markdown';
import { plainText, shortText } from '../host/plainText';
import { themeIcon, treeRow } from '../host/treeRow';
import { failureSentence } from '../words/failureWords';
import type { ChangeFacts } from '../words/historyWords';
import { callsWords, changeTitle, daysWords, stateWords, timeWords } from '../words/historyWords';
import { resourceWords } from '../words/resourceWords';
import type { Attempt } from './changeHistory';
import type { ChangeNode, DraftNode, HistoryNode, HistoryNoteNode } from './historyNodes';
import type { UnreadableFile } from './recordFiles';
import { isUndoable } from './undone';

const { Collapsed } = vscode.TreeItemCollapsibleState;

/** What rows say that the nodes do not know. */
export interface HistoryScene {
  /** How a connection is called, by its id. */
  readonly connectionTitle: (id: string) => string;
  readonly folder: string;
}

/** The one way from a node to what VS Code draws. */
export function historyItem(node: HistoryNode, scene: HistoryScene): vscode.TreeItem {
  const item = build(node, scene);
  item.id = node.id;
  return item;
}

function build(node: HistoryNode, scene: HistoryScene): vscode.TreeItem {
  switch (node.type) {
    case 'change':
      return changeItem(node);
    case 'draft':
      return draftItem(node, scene);
    case 'older': {
      const { records } = node;
      const times = records.map(({ startedAt }) => startedAt);
      const item = treeRow(
        daysWords(times.at(-1) ?? 0, times[0] ?? 0),
        themeIcon('history'),
        'older',
      );
      item.collapsibleState = Collapsed;
      item.description = vscode.l10n.t('{0} changes', records.length);
      return item;
    }
    case 'note':
      return noteItem(node, scene);
  }
}

/** What is read only when a row is pointed at. `attempt`: why the outcome is still not known. */
export function changeTooltip(
  { record, facts }: ChangeNode,
  attempt: Attempt | undefined,
): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { connection, endedAt, failure, resource, startedAt } = record;
  const lines = [
    ...stateLines(record, facts, attempt),
    endedAt === undefined
      ? t('Begun: {0}', timeWords(startedAt))
      : t('Begun: {0}, ended: {1}', timeWords(startedAt), timeWords(endedAt)),
    t('Connection: {0}', connection.title),
    t('Account: {0}', connection.accountId ?? t('unknown')),
    t('Caller: {0}', connection.callerArn ?? t('unknown')),
    t('Resource: {0}', resource.arn),
    t('Calls: {0}', callsWords(record) || t('none')),
  ];
  if (failure) lines.splice(1, 0, failureSentence(t('What went wrong'), failure));
  const markdown = new vscode.MarkdownString();
  const title = changeTitle(record, facts.undoes);
  appendWords(markdown.appendMarkdown('**'), title).appendMarkdown('**');
  for (const line of lines) appendWords(markdown.appendMarkdown('\n\n'), line);
  return markdown;
}

function stateLines(
  record: ChangeRecord,
  facts: ChangeFacts,
  attempt: Attempt | undefined,
): readonly string[] {
  const { t } = vscode.l10n;
  if (record.state === 'running' && facts.interrupted) {
    return [
      t('The window ended while the change was being made. Whether it was made is not known.'),
      attemptWords(attempt),
    ];
  }
  const state = stateWords(record, facts) ?? t('applied, and seen by reading the policy again');
  return isUncertain(record) ? [state, attemptWords(attempt)] : [state];
}

/** Why it is still not known. */
function attemptWords(attempt: Attempt | undefined): string {
  const { t } = vscode.l10n;
  switch (attempt?.type) {
    case undefined:
      return t('The policy was not read again since.');
    case 'later':
      return t('Reading may not show it yet. It is tried again by itself.');
    case 'undecided':
      return t('The policy was read again, and shows it neither made nor not made.');
    case 'notFound':
      return attempt.failure
        ? failureSentence(t('The policy could not be read'), attempt.failure)
        : t('Its account could not be asked. Connect to it to find out.');
  }
}

function changeItem({ record, facts }: ChangeNode): vscode.TreeItem {
  const title = shortText(changeTitle(record, facts.undoes), 160);
  const undoable = isUndoable(record) && !facts.undone;
  const item = treeRow(title, changeIcon(record, facts), undoable ? 'change.undoable' : 'change');
  const { accountId, title: connection } = record.connection;
  const parts = [stateWords(record, facts), timeWords(record.startedAt), connection, accountId];
  item.description = parts
    .filter((part) => part !== undefined)
    .map((part) => shortText(part))
    .join(' · ');
  item.accessibilityInformation = { label: `${title}, ${item.description}` };
  item.command = command('resourcePolicies.showChange', vscode.l10n.t('Show Change'), record.id);
  return item;
}

function draftItem(node: DraftNode, scene: HistoryScene): vscode.TreeItem {
  const { changedAt, connectionId, resource } = node;
  const title = vscode.l10n.t('Draft: policy of {0}', resourceWords(resource));
  const item = treeRow(shortText(title, 160), themeIcon('edit', 'charts.yellow'), 'draft');
  const parts = [timeWords(changedAt), scene.connectionTitle(connectionId)];
  item.description = plainText(parts.join(' · '));
  const tooltip = vscode.l10n.t('An edited policy that was not applied yet.');
  item.tooltip = appendWords(new vscode.MarkdownString(), `${tooltip} ${resource.arn}`);
  item.command = command('resourcePolicies.openDraft', vscode.l10n.t('Open Policy Draft'), node);
  return item;
}

function noteItem({ note }: HistoryNoteNode, { folder }: HistoryScene): vscode.TreeItem {
  const { t } = vscode.l10n;
  const markdown = new vscode.MarkdownString();
  if (note.type === 'failed') {
    const item = treeRow(
      t('The history could not be read'),
      themeIcon('error', 'list.errorForeground'),
    );
    item.description = shortText(note.message, 300);
    item.tooltip = appendWords(markdown, `${note.message}\n\n${folder}`);
    return item;
  }
  const { files } = note;
  const label =
    files.length === 1
      ? t('1 record cannot be read')
      : t('{0} records cannot be read', files.length);
  const item = treeRow(label, themeIcon('warning', 'list.warningForeground'));
  appendWords(markdown, t('They are left as they are, in the folder {0}', folder));
  for (const file of files.slice(0, 20)) {
    appendWords(markdown.appendMarkdown('\n\n• '), `${file.name}: ${fileProblem(file)}`);
  }
  item.tooltip = markdown;
  return item;
}

function fileProblem({ problem }: UnreadableFile): string {
  switch (problem) {
    case 'corrupt':
      return vscode.l10n.t('damaged');
    case 'newer':
      return vscode.l10n.t('written by a newer version of this extension');
    case 'foreign':
      return vscode.l10n.t('not a record of a change');
    case 'unreadable':
      return vscode.l10n.t('the system does not let it be read');
  }
}

function changeIcon(record: ChangeRecord, facts: ChangeFacts): vscode.ThemeIcon {
  switch (record.state) {
    case 'running':
      return facts.interrupted
        ? themeIcon('warning', 'list.warningForeground')
        : themeIcon('sync~spin');
    case 'partly':
      return themeIcon('warning', 'list.warningForeground');
    case 'failed':
      return themeIcon('error', 'list.errorForeground');
    case 'cancelled':
      return themeIcon('circle-slash', 'disabledForeground');
    case 'unknown':
      return themeIcon('question', 'list.warningForeground');
    case 'applied':
    case 'accepted':
      return themeIcon(kindIcons[record.what], facts.undone ? 'disabledForeground' : undefined);
  }
}

const kindIcons: Readonly<Record<ChangeRecord['what'], string>> = {
  remove: 'trash',
  add: 'add',
  edit: 'edit',
  undo: 'discard',
};

function command(id: CommandId, title: string, argument: unknown): vscode.Command {
  return { command: id, title, arguments: [argument] };
}
