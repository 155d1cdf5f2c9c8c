import * as vscode from 'vscode';

/** A context key for `when` clauses. */
export function contextKey<T>(id: string): (value: T) => void {
  return (value) => void vscode.commands.executeCommand('setContext', id, value);
}
