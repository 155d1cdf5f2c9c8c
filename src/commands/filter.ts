import * as vscode from 'vscode';
import { contextKeys } from '../contributions';
import { setContextKey } from '../host/contextKey';
import { plainText } from '../host/plainText';
import type { CommandDeps } from './deps';

/** Narrows the lists by name, as one types; Escape brings back what was before. */
export function filter(deps: CommandDeps): Promise<void> {
  const before = deps.tree.filter;
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Resources');
  input.prompt = vscode.l10n.t('Show only names that contain this text. Empty: show all.');
  input.value = before;
  input.onDidChangeValue((value) => apply(deps, value.trim()));
  return new Promise((resolve) => {
    let accepted = false;
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!accepted) apply(deps, before);
      input.dispose();
      resolve();
    });
    input.show();
  });
}

export function clearFilter(deps: CommandDeps): Promise<void> {
  apply(deps, '');
  return Promise.resolve();
}

function apply({ tree, treeView }: CommandDeps, text: string): void {
  if (tree.filter === text) return;
  tree.filter = text;
  treeView.message = text === '' ? undefined : plainText(vscode.l10n.t('Filter: {0}', text));
  setContextKey(contextKeys.filtered, text !== '');
}
