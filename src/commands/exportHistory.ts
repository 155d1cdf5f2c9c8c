import * as vscode from 'vscode';
import type { CommandDeps } from './deps';
import { placeName, savingFolder, today } from './saveFile';

/** Writes all changes, the newest first, as one JSON array to a file of the person's choice. */
export async function exportHistory({ history, reporter }: CommandDeps): Promise<void> {
  const { t } = vscode.l10n;
  const records = await history.records();
  if (records.length === 0) {
    reporter.info(t('The history is empty.'));
    return;
  }
  const file = await vscode.window.showSaveDialog({
    title: t('Export History'),
    defaultUri: vscode.Uri.joinPath(savingFolder(), `resource-policies-history-${today()}.json`),
    filters: { JSON: ['json'] },
  });
  if (!file) return;
  const text = `${JSON.stringify(records, undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const name = placeName(file);
  reporter.info(
    records.length === 1
      ? t('Exported 1 change to {0}.', name)
      : t('Exported {0} changes to {1}.', records.length, name),
  );
}
