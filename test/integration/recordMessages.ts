import * as vscode from 'vscode';

/**
 * Takes down the messages that are shown during each test of the suite around it, and answers them
 * with nothing: VS Code refuses modal ones while it is under test.
 */
export function recordMessages(): string[] {
  const shown: string[] = [];
  const names = ['showErrorMessage', 'showInformationMessage', 'showWarningMessage'] as const;
  const window = vscode.window as unknown as Record<string, unknown>;
  const originals = names.map((name) => [name, window[name]] as const);
  setup(() => {
    shown.length = 0;
    for (const name of names) {
      window[name] = (message: string) => {
        shown.push(message);
        return Promise.resolve(undefined);
      };
    }
  });
  teardown(() => {
    for (const [name, original] of originals) window[name] = original;
  });
  return shown;
}
