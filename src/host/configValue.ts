import * as vscode from 'vscode';

/** One setting: its value as it is now, not yet checked, and an event when it changes. */
export class ConfigValue implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.emitter.event;

  constructor(private readonly id: string) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(id)) this.emitter.fire();
    });
  }

  get(): unknown {
    return vscode.workspace.getConfiguration().get<unknown>(this.id);
  }

  /** Writes to the user's settings (for a machine setting: to the machine's). */
  async set(value: unknown): Promise<void> {
    await vscode.workspace
      .getConfiguration()
      .update(this.id, value, vscode.ConfigurationTarget.Global);
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }
}
