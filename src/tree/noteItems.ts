import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import type { Failure } from '../core/errors';
import { plainText } from '../host/plainText';
import { failureWords } from '../words/failureWords';
import { kindTitle, problemWords } from '../words/resourceWords';
import type { ListedWhat, Note, NoteNode } from './nodes';

interface NoteLook {
  readonly label: string;
  readonly description?: string;
  readonly icon: vscode.ThemeIcon;
  readonly retry?: boolean;
}

const quiet = (icon: string) =>
  new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));
const warning = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
const failed = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));

/** A row of words. Rows that tell of a failure carry the remedy and can be retried in place. */
export function noteItem(node: NoteNode, connection: Connection | undefined): vscode.TreeItem {
  const { label, description, icon, retry } = look(node.note, connection);
  const item = new vscode.TreeItem(plainText(label));
  item.description = description && plainText(description);
  item.iconPath = icon;
  item.contextValue = retry ? 'note.retry' : 'note';
  const text = [label, description].filter(Boolean).join('. ');
  item.tooltip = new vscode.MarkdownString().appendText(text);
  item.accessibilityInformation = { label: plainText(text) };
  return item;
}

function look(note: Note, connection: Connection | undefined): NoteLook {
  const { t } = vscode.l10n;
  switch (note.type) {
    case 'noPolicy':
      return {
        label: t('No policy'),
        description: t('nobody is let in by the resource itself'),
        icon: quiet('circle-outline'),
      };
    case 'noStatements':
      return {
        label: t('Empty policy'),
        description: t('a policy without statements'),
        icon: quiet('circle-outline'),
      };
    case 'malformed':
      return {
        label: t('The policy is {0}', problemWords(note.problem)),
        description: t('Open the policy to see its text.'),
        icon: warning,
        retry: true,
      };
    case 'unreadable':
      return failure(t('Could not be read'), note.failure, connection);
    case 'listFailed':
      return failure(t('{0} could not be listed', whatTitle(note.what)), note.failure, connection);
    case 'identityUnknown':
      return failure(t('The account could not be identified'), note.failure, connection);
    case 'failedToOpen':
      return {
        label: t('Could not connect'),
        description: note.message,
        icon: failed,
        retry: true,
      };
    case 'nothingListed':
      return { label: nothing(note.what), icon: quiet('circle-outline') };
    case 'nothingMatches':
      return {
        label: t('No name contains "{0}"', note.filter),
        description: t('{0} are filtered out', note.count),
        icon: quiet('filter'),
      };
    case 'loading':
      return {
        label: note.count === 0 ? t('Loading…') : t('Loading more… ({0} so far)', note.count),
        icon: new vscode.ThemeIcon('loading~spin'),
      };
    case 'invalidEntry':
      return {
        label: t('Entry {0} of the setting is no connection', note.index + 1),
        description: t('It needs a "region", and may have a "profile"; or "sample": true.'),
        icon: warning,
      };
  }
}

function failure(what: string, cause: Failure, connection: Connection | undefined): NoteLook {
  const { reason, remedy } = failureWords(cause, connection && sceneOf(connection));
  return { label: `${what}: ${reason}`, description: remedy, icon: failed, retry: true };
}

function whatTitle(what: ListedWhat): string {
  if (what === 'aliases') return vscode.l10n.t('Aliases');
  if (what === 'versions') return vscode.l10n.t('Versions');
  return kindTitle(what);
}

function nothing(what: ListedWhat): string {
  const { t } = vscode.l10n;
  switch (what) {
    case 'aliases':
      return t('No aliases');
    case 'versions':
      return t('No published versions');
    case 'lambdaFunction':
      return t('No functions in this region');
    case 'layerVersion':
      return t('No layers in this region');
    case 'sqsQueue':
      return t('No queues in this region');
  }
}
