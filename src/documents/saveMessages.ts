import * as vscode from 'vscode';
import { schemes } from '../contributions';

/**
 * Says after a person has saved a policy that nothing was sent, and offers to. Nothing is said of
 * what VS Code saves by itself.
 */
export class SaveMessages implements vscode.Disposable {
  private readonly byHand = new WeakSet<vscode.TextDocument>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private quiet = 0;
  private showing = false;

  constructor(private readonly hasDraft: (uri: vscode.Uri) => boolean) {
    this.subscriptions = [
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        const isMine = document.uri.scheme === schemes.policy && this.quiet === 0;
        if (isMine && reason === vscode.TextDocumentSaveReason.Manual) this.byHand.add(document);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (this.byHand.delete(document)) void this.say(document.uri);
      }),
    ];
  }

  /** Saves without a word. */
  async save(document: vscode.TextDocument): Promise<boolean> {
    this.quiet += 1;
    try {
      return !document.isDirty || (await document.save());
    } finally {
      this.quiet -= 1;
    }
  }

  private async say(uri: vscode.Uri): Promise<void> {
    if (this.showing || !this.hasDraft(uri)) return;
    this.showing = true;
    const apply = vscode.l10n.t('Apply…');
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t('Draft saved; nothing was sent to AWS.'),
      apply,
    );
    this.showing = false;
    if (choice === apply) await vscode.commands.executeCommand('resourcePolicies.applyPolicy', uri);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
