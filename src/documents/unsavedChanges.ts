import * as vscode from 'vscode';
import { schemes } from '../contributions';
import type { Reporter } from '../host/report';
import type { DraftStore } from './draftStore';
import { isUnchanged } from './draftStore';
import { showsText, targetKey, targetOf } from './policyUri';
import type { PolicyVersion, PolicyVersions } from './policyVersions';

export interface UnsavedChangesOptions {
  readonly versions: PolicyVersions;
  readonly drafts: DraftStore;
  readonly reporter: Reporter;
}

/**
 * Holds on to the version that a document with unsaved changes was made from, as a draft without
 * changes: the policy may be read anew before it is saved, even after a reload of the window, and
 * what is saved then must not pass for an edit of the newer one.
 */
export class UnsavedChanges implements vscode.Disposable {
  /** By document: what it showed when it had no changes. */
  private readonly clean = new WeakMap<vscode.TextDocument, PolicyVersion>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly options: UnsavedChangesOptions) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.look(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.look(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.closed(uri)),
    ];
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  private look(document: vscode.TextDocument): void {
    const target = document.uri.scheme === schemes.policy ? targetOf(document.uri) : undefined;
    if (!target) return;
    const { drafts, versions } = this.options;
    const draft = drafts.get(targetKey(target));
    if (!document.isDirty) {
      const version = versions.showing(target, document.getText());
      if (version) this.clean.set(document, version);
      // Undone or reverted: nothing has to be held on to any more. One that VS Code has brought back
      // with its changes can pass for clean at first; its text tells.
      const isAsRead = draft && isUnchanged(draft) && showsText(document, draft.text);
      if (isAsRead) this.letGo(targetKey(target));
      return;
    }
    const version = this.clean.get(document) ?? versions.latest(target);
    if (draft || !version) return;
    const { connectionId, resource } = target;
    const { base, text, mtime } = version;
    // When it cannot be written, it is still held in this window; saving will say so.
    void drafts
      .hold({ connectionId, resource, base, text, changedAt: mtime })
      .catch(() => undefined);
  }

  /** Its changes went with the last document. One that only changes its language is still there. */
  private closed(uri: vscode.Uri): void {
    const target = targetOf(uri);
    const draft = target && this.options.drafts.get(targetKey(target));
    if (!draft || !isUnchanged(draft)) return;
    const key = targetKey(draft);
    const isOpen = vscode.workspace.textDocuments.some((document) => {
      const other = targetOf(document.uri);
      return other && targetKey(other) === key;
    });
    if (!isOpen) this.letGo(key);
  }

  private letGo(key: string): void {
    const { drafts, reporter } = this.options;
    void reporter.guard(() => drafts.delete(key));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
