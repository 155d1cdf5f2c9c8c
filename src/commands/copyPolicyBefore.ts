import * as vscode from 'vscode';
import { plainText } from '../host/plainText';
import { resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { changeOf } from './pickChange';

/** Puts the policy as it was before a change on the clipboard, byte for byte. */
export async function copyPolicyBefore(deps: CommandDeps, arg?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const options = { title: t('Copy Policy as It Was Before'), none: t('The history is empty.') };
  const record = await changeOf(deps, arg, options);
  if (!record) return;
  const name = resourceWords(record.resource);
  if (record.before === null) {
    deps.reporter.info(t('There is nothing to copy: {0} had no policy before this change.', name));
    return;
  }
  await vscode.env.clipboard.writeText(record.before);
  const message = t('Copied the policy of {0} as it was before', name);
  vscode.window.setStatusBarMessage(plainText(message), 5_000);
}
