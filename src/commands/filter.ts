import * as vscode from 'vscode';
import { contextKeys } from '../contributions';
import { setContextKey } from '../host/contextKey';
import { plainText } from '../host/plainText';
import type { CommandDeps } from './deps';

/** Narrows the lists by name, as one types. */
export function filter(deps: CommandDeps): Promise<void> {
  return filterAsTyped({
    title: vscode.l10n.t('Filter Resources'),
    prompt: vscode.l10n.t('Show only names that contain this text. Empty: show all.'),
    before: deps.tree.filter,
    apply: (text) => apply(deps, text),
  });
}

/** Asks for a text that applies while it is typed; Escape brings back what was before. */
export function filterAsTyped(options: {
  readonly title: string;
  readonly prompt: string;
  readonly before: string;
  readonly apply: (text: string) => void;
}): Promise<void> {
  const { title, prompt, before } = options;
  const input = Object.assign(vscode.window.createInputBox(), { title, prompt, value: before });
  input.onDidChangeValue((value) => options.apply(value.trim()));
  return new Promise((resolve) => {
    let accepted = false;
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!accepted) options.apply(before);
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
