import * as vscode from 'vscode';

/** One setting: its value as it is now, and an event when it changes. Values are not yet checked. */
export interface ConfigValue {
  get(): unknown;
  /** Writes to the user's (for a machine setting: the machine's) settings. */
  set(value: unknown): Thenable<void>;
  readonly onDidChange: vscode.Event<void>;
}

export function configValue(id: string): ConfigValue & vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(id)) changed.fire();
  });
  return {
    get: () => vscode.workspace.getConfiguration().get<unknown>(id),
    set: (value) =>
      vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global),
    onDidChange: changed.event,
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}
