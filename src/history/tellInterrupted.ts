import * as vscode from 'vscode';
import { viewIds } from '../contributions';
import type { ChangeRecord } from '../core/changeRecord';
import { plainText } from '../host/plainText';
import type { Reporter } from '../host/report';
import { changeTitle, foundOutWords } from '../words/historyWords';
import { undoChain } from './undone';

/** Says that changes were interrupted, and what came of them as far as it is known. */
export async function tellInterrupted(
  records: readonly ChangeRecord[],
  byId: (id: string) => ChangeRecord | undefined,
  reporter: Reporter,
): Promise<void> {
  const { t } = vscode.l10n;
  const [only] = records;
  if (!only) return;
  const message =
    records.length === 1
      ? `${t('A change was interrupted.')} ${foundOutWords(changeTitle(only, undoChain(only, byId)), only)}`
      : t('{0} changes were interrupted. The history says what came of each.', records.length);
  reporter.note(message);
  const show = t('Show History');
  const choice = await vscode.window.showWarningMessage(plainText(message), show);
  if (choice !== show) return;
  await reporter.guard(() => vscode.commands.executeCommand(`${viewIds.history}.focus`));
}
