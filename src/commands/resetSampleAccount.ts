import * as vscode from 'vscode';
import type { CommandDeps } from './deps';

/** Brings the sample account back to what it held at first. */
export async function resetSampleAccount(deps: CommandDeps): Promise<void> {
  const reset = vscode.l10n.t('Reset');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reset the sample account?'),
    { modal: true, detail: vscode.l10n.t('All changes made to it are lost. AWS is not touched.') },
    reset,
  );
  if (choice !== reset) return;
  await deps.sample.reset();
  deps.connections.reopen('sample');
}
