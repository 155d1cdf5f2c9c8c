import * as vscode from 'vscode';
import { schemes } from '../contributions';
import { plainText } from '../host/plainText';
import { resourceWords } from '../words/resourceWords';
import { targetOf } from './policyUri';

/**
 * Says after a person has saved a policy that nothing was sent, and offers to. Nothing is said of
 * what VS Code saves by itself.
 */
export class SaveMessages implements vscode.Disposable {
  private readonly byHand = new WeakSet<vscode.TextDocument>();
  private readonly subscriptions: readonly vscode.Disposable[];
  private quiet = 0;

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
    const target = targetOf(uri);
    if (!target || !this.hasDraft(uri)) return;
    const apply = vscode.l10n.t('Apply…');
    const name = resourceWords(target.resource);
    const message = vscode.l10n.t(
      'Draft of the policy of {0} saved; nothing was sent to AWS.',
      name,
    );
    // One that still waits in the notification center gives way to its like.
    const choice = await vscode.window.showInformationMessage(plainText(message), apply);
    if (choice === apply) await vscode.commands.executeCommand('resourcePolicies.applyPolicy', uri);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
