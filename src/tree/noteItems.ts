import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import type { CommandId } from '../contributions';
import type { Failure } from '../core/errors';
import { appendWords } from '../host/markdown';
import { plainText } from '../host/plainText';
import { failureWords } from '../words/failureWords';
import { kindTitle, problemWords } from '../words/resourceWords';
import type { ListedWhat, Note, NoteNode } from './nodes';

const contextValues = {
  retry: 'note.retry',
  signIn: 'note.signIn',
  account: 'note.account',
  /** Of no connection: there is no page of the console about it, say. */
  setting: 'invalidEntry',
} as const;

interface NoteLook {
  readonly label: string;
  readonly description?: string;
  /** What there is no room for in the row; its tooltip has it. */
  readonly reason?: string;
  readonly icon: vscode.ThemeIcon;
  /** What can be done about it in its place: makes the row's context value. */
  readonly remedy?: keyof typeof contextValues;
  /** What a click on it does. */
  readonly command?: CommandId;
}

const quiet = (icon: string) =>
  new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));
const warning = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
const failed = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));

/** A row of words. Rows that tell of a failure carry the remedy and can be retried in place. */
export function noteItem(node: NoteNode, connection: Connection | undefined): vscode.TreeItem {
  const { label, description, reason, icon, remedy, command } = look(node.note, connection);
  const item = new vscode.TreeItem(plainText(label));
  item.description = description && plainText(description);
  item.iconPath = icon;
  item.contextValue = remedy ? contextValues[remedy] : 'note';
  if (command) item.command = { command, title: label, arguments: [node] };
  const title = [label, reason].filter(Boolean).join(': ');
  const text = [title, description].filter(Boolean).join('. ');
  item.tooltip = appendWords(new vscode.MarkdownString(), text);
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
        remedy: 'retry',
      };
    case 'unreadable':
      return failure(t('Could not be read'), note.failure, connection);
    case 'listFailed':
      return failure(t('{0} could not be listed', whatTitle(note.what)), note.failure, connection);
    case 'identityUnknown':
      return connection?.obstacle
        ? obstacle(note.failure, connection)
        : failure(t('The account could not be identified'), note.failure, connection);
    case 'failedToOpen':
      return {
        label: t('Could not connect'),
        description: note.message,
        icon: failed,
        remedy: 'retry',
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
    case 'more':
      return {
        label: t('Show more ({0} are left)', note.count),
        description: t('or filter by name'),
        icon: new vscode.ThemeIcon('ellipsis'),
        command: 'resourcePolicies.showMore',
      };
    case 'invalidEntry':
      return {
        label: t('Entry {0} of the setting is no connection', note.index + 1),
        description: t('It needs a "region", and may have a "profile"; or "sample": true.'),
        icon: warning,
        remedy: 'setting',
      };
  }
}

function failure(what: string, cause: Failure, connection: Connection | undefined): NoteLook {
  const { reason, remedy } = failureWords(cause, connection && sceneOf(connection));
  const words = { label: `${what}: ${reason}`, description: remedy, icon: failed };
  return { ...words, remedy: remedyFor(cause) };
}

/** Nothing works over this connection: the row says so shortly, and how it goes on. */
function obstacle(cause: Failure, connection: Connection): NoteLook {
  const { t } = vscode.l10n;
  const { reason, remedy } = failureWords(cause, sceneOf(connection));
  const description = `${reason}. ${remedy}`;
  switch (cause.code) {
    case 'credentialsExpired':
      return {
        label: t('Session expired'),
        description: remedy,
        reason,
        icon: new vscode.ThemeIcon('key', new vscode.ThemeColor('list.warningForeground')),
        remedy: 'signIn',
      };
    case 'accountChanged':
      return { label: t('Stopped: another account'), description, icon: failed, remedy: 'account' };
    case 'mfaCancelled':
      return { label: t('MFA code needed'), description, icon: warning, remedy: 'retry' };
    default:
      return {
        label: t('No credentials: {0}', reason),
        description: remedy,
        icon: failed,
        remedy: 'retry',
      };
  }
}

function remedyFor({ code }: Failure): NoteLook['remedy'] {
  if (code === 'credentialsExpired') return 'signIn';
  return code === 'accountChanged' ? 'account' : 'retry';
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
