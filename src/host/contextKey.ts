import * as vscode from 'vscode';

/** Sets a context key for `when` clauses. */
export function setContextKey(id: string, value: boolean | number | string): void {
  void vscode.commands.executeCommand('setContext', id, value);
}
