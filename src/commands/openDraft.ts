import * as vscode from 'vscode';
import { connectionTitle } from '../connections/connectionWords';
import { isResourceTarget } from '../connections/targets';
import type { Draft } from '../documents/drafts';
import { plainText } from '../host/plainText';
import { timeWords } from '../words/historyWords';
import { resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';

/** Opens a policy that was edited and not applied: that of a row, or one that is asked for. */
export async function openDraft(deps: CommandDeps, arg?: unknown): Promise<void> {
  await deps.documents.loaded;
  const target = isResourceTarget(arg)
    ? arg
    : await pickDraft(deps, vscode.l10n.t('Open Policy Draft'));
  if (target) await deps.documents.open(target);
}

export async function pickDraft(
  { connections, documents, reporter }: CommandDeps,
  title: string,
): Promise<Draft | undefined> {
  const drafts = [...documents.drafts()].sort((one, other) => other.changedAt - one.changedAt);
  if (drafts.length === 0) {
    reporter.info(vscode.l10n.t('There are no drafts. Edit Policy begins one.'));
    return undefined;
  }
  const items = drafts.map((draft) => {
    const connection = connections.byId(draft.connectionId);
    return {
      label: plainText(resourceWords(draft.resource)),
      description: plainText(connection ? connectionTitle(connection) : draft.connectionId),
      detail: timeWords(draft.changedAt),
      draft,
    };
  });
  const placeHolder = vscode.l10n.t('Which draft?');
  const options = { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.draft;
}
