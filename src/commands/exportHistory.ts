import os from 'node:os';
import * as vscode from 'vscode';
import type { CommandDeps } from './deps';

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
    defaultUri: vscode.Uri.joinPath(folder(), `resource-policies-history-${today()}.json`),
    filters: { JSON: ['json'] },
  });
  if (!file) return;
  const text = `${JSON.stringify(records, undefined, 2)}\n`;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const name = vscode.workspace.asRelativePath(file);
  reporter.info(
    records.length === 1
      ? t('Exported 1 change to {0}.', name)
      : t('Exported {0} changes to {1}.', records.length, name),
  );
}

function folder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
}

/** In the person's time zone, as the rows of the history have it. */
function today(): string {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
