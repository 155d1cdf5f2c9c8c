import * as vscode from 'vscode';
import { schemes } from '../contributions';

/** Marks the tabs of policies that have a draft: saved is not applied. */
export class DraftBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<vscode.Uri[]>();
  private readonly registration: vscode.Disposable;
  readonly onDidChangeFileDecorations = this.emitter.event;

  constructor(private readonly hasDraft: (uri: vscode.Uri) => boolean) {
    this.registration = vscode.window.registerFileDecorationProvider(this);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== schemes.policy || !this.hasDraft(uri)) return undefined;
    const color = new vscode.ThemeColor('gitDecoration.modifiedResourceForeground');
    const tooltip = vscode.l10n.t('Draft, not applied');
    return new vscode.FileDecoration('✎', tooltip, color);
  }

  changed(uris: readonly vscode.Uri[]): void {
    if (uris.length > 0) this.emitter.fire([...uris]);
  }

  dispose(): void {
    this.registration.dispose();
    this.emitter.dispose();
  }
}
