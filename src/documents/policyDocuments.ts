import path from 'node:path';
import * as vscode from 'vscode';
import { connectionTitle } from '../connections/connectionWords';
import type { Connections, PolicyEvent } from '../connections/connections';
import type { ResourceTarget } from '../connections/targets';
import type { PolicyIssue } from '../core/policyIssue';
import type { Reporter } from '../host/report';
import { DraftBadges } from './draftBadges';
import type { Draft } from './drafts';
import type { StoredDraft } from './draftStore';
import { DraftStore, isUnchanged } from './draftStore';
import { PolicyDiagnostics } from './policyDiagnostics';
import { PolicyFileSystem } from './policyFileSystem';
import { knownUris, policyUri, showsText, targetKey, targetOf } from './policyUri';
import { PolicyVersions } from './policyVersions';
import { SaveMessages } from './saveMessages';
import { UnsavedChanges } from './unsavedChanges';

export interface PolicyDocumentsOptions {
  readonly connections: Connections;
  readonly reporter: Reporter;
  /** The path of the extension's global storage. */
  readonly storageFolder: string;
  readonly extensionUri: vscode.Uri;
}

/** The policies that are open in editors, and their drafts. */
export class PolicyDocuments implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<void>();
  private readonly store: DraftStore;
  private readonly versions: PolicyVersions;
  private readonly diagnostics: PolicyDiagnostics;
  private readonly badges: DraftBadges;
  private readonly messages: SaveMessages;
  private readonly subscriptions: readonly Pick<vscode.Disposable, 'dispose'>[];
  /** For both schemes: VS Code itself keeps the documents of the one from being written. */
  readonly fileSystem: PolicyFileSystem;
  readonly onDidChangeDrafts = this.emitter.event;

  constructor(private readonly options: PolicyDocumentsOptions) {
    const { connections, extensionUri, storageFolder } = options;
    this.store = new DraftStore(path.join(storageFolder, 'drafts'));
    this.versions = new PolicyVersions(connections);
    this.fileSystem = new PolicyFileSystem(this.versions, this.store);
    const hasDraft = (uri: vscode.Uri) => this.draftOf(uri) !== undefined;
    this.badges = new DraftBadges(hasDraft);
    this.messages = new SaveMessages(hasDraft);
    this.diagnostics = new PolicyDiagnostics({ extensionUri, baseOf: (uri) => this.baseOf(uri) });
    const keyOf = ({ connection, resource }: PolicyEvent) =>
      targetKey({ connectionId: connection.id, resource });
    this.subscriptions = [
      this.emitter,
      this.store,
      this.fileSystem,
      this.badges,
      this.messages,
      this.diagnostics,
      new UnsavedChanges(this.versions, this.store),
      this.store.onDidChange((keys) => this.draftsChanged(keys)),
      connections.onDidChangePolicy((changed) => this.refresh(keyOf(changed))),
      // Whatever shows a policy that was dropped has to ask for it again.
      connections.onDidForgetPolicy((forgotten) => this.refresh(keyOf(forgotten))),
    ];
  }

  /** Opens the document of a policy, the one that is open if there is one. */
  async open(target: ResourceTarget): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(this.uriOf(target));
    return vscode.window.showTextDocument(document, { preview: false });
  }

  /** What would change a policy if it were applied; complete once `loaded`. */
  drafts(): readonly Draft[] {
    return this.store.all
      .filter((draft) => !isUnchanged(draft))
      .map((draft) => this.withUri(draft));
  }

  get loaded(): Promise<void> {
    return this.store.loaded;
  }

  hasDraft(target: ResourceTarget): boolean {
    return this.store.get(targetKey(target)) !== undefined;
  }

  draftOf(uri: vscode.Uri): Draft | undefined {
    const target = targetOf(uri);
    const draft = target && this.store.get(targetKey(target));
    return draft && !isUnchanged(draft) ? { ...this.withUri(draft), uri } : undefined;
  }

  /** The policy that a document was made from; `undefined` before it was read. */
  baseOf(uri: vscode.Uri): Draft['base'] | undefined {
    const target = targetOf(uri);
    if (!target) return undefined;
    return (this.store.get(targetKey(target)) ?? this.versions.latest(target))?.base;
  }

  /** What is wrong with a text in the document of a policy. */
  issuesOf(uri: vscode.Uri, text: string): readonly PolicyIssue[] {
    return this.diagnostics.issuesOf(uri, text);
  }

  /** Those of one policy, by its key. */
  openDocuments(key: string): readonly vscode.TextDocument[] {
    return vscode.workspace.textDocuments.filter(({ uri }) => {
      const target = targetOf(uri);
      return target && targetKey(target) === key;
    });
  }

  /** Saves a document as VS Code does, and says nothing of it. */
  save(document: vscode.TextDocument): Promise<boolean> {
    return this.messages.save(document);
  }

  /** The documents of the policy show it as it was read. */
  async discard(draft: Pick<Draft, 'connectionId' | 'resource'>): Promise<void> {
    const key = targetKey(draft);
    // VS Code reads a document again only when it has no unsaved changes.
    for (const document of this.openDocuments(key)) await this.save(document);
    await this.store.delete(key);
  }

  /** Puts the draft onto another base; its documents show the new text. */
  async rebase(draft: Draft, base: Draft['base'], text: string): Promise<void> {
    const { connectionId, resource, changedAt } = draft;
    const now = Math.max(Date.now(), changedAt + 1);
    await this.store.put({ connectionId, resource, base, text, changedAt: now });
  }

  private draftsChanged(keys: readonly string[]): void {
    const uris = keys.flatMap(knownUris);
    this.badges.changed(uris);
    this.diagnostics.refresh(uris);
    for (const key of keys) this.refresh(key);
    this.emitter.fire();
  }

  /** Has documents read again that show something else than there is now. */
  private refresh(key: string): void {
    void this.options.reporter.guard(async () => {
      for (const document of this.openDocuments(key)) {
        const target = targetOf(document.uri);
        if (document.isDirty || !target) continue;
        const draft = this.store.get(key);
        const shown = draft ?? (await this.versions.current(target).catch(() => undefined));
        if (!shown || !showsText(document, shown.text)) this.fileSystem.changed([document.uri]);
      }
    });
  }

  private withUri(draft: StoredDraft): Draft {
    return { ...draft, uri: this.uriOf(draft) };
  }

  private uriOf({ connectionId, resource }: ResourceTarget): vscode.Uri {
    const target = { connectionId, resource };
    const connection = this.options.connections.byId(connectionId);
    const [known] = knownUris(targetKey(target));
    return known ?? policyUri(target, connection ? connectionTitle(connection) : connectionId);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
