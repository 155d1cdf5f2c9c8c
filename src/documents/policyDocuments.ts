import path from 'node:path';
import * as vscode from 'vscode';
import { connectionTitle } from '../connections/connectionWords';
import type { Connections, PolicyEvent } from '../connections/connections';
import type { ResourceTarget } from '../connections/targets';
import type { PolicyIssue } from '../core/policyIssue';
import { saysTheSame } from '../core/samePolicy';
import { sentPolicy } from '../core/sentPolicy';
import type { Reporter } from '../host/report';
import { DraftBadges } from './draftBadges';
import type { Draft } from './drafts';
import type { StoredDraft } from './draftFiles';
import { DraftStore, isUnchanged } from './draftStore';
import { PolicyDiagnostics } from './policyDiagnostics';
import { PolicyFileSystem } from './policyFileSystem';
import { knownUris, policyUri, showsText, targetKey, targetOf } from './policyUri';
import { baseOf, PolicyVersions } from './policyVersions';
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
    const { connections, extensionUri, reporter, storageFolder } = options;
    this.store = new DraftStore({
      folder: path.join(storageFolder, 'drafts'),
      unreadable: (file) => reporter.warn(vscode.l10n.t('A draft could not be read: {0}', file)),
    });
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
      new UnsavedChanges({ versions: this.versions, drafts: this.store, reporter }),
      this.store.onDidChange((keys) => this.draftsChanged(keys)),
      connections.onDidChangePolicy((changed) => this.policyRead(changed)),
      // A connection that was opened anew knows nothing of what was read before.
      connections.onDidChange(() => this.refreshOpen()),
      // Whatever shows a policy that was dropped has to ask for it again.
      connections.onDidForgetPolicy((forgotten) => this.refresh(keyOf(forgotten))),
    ];
  }

  /** Opens the document of a policy, the one that is open if there is one. */
  async open(target: ResourceTarget): Promise<vscode.TextEditor> {
    await this.store.loaded;
    // One without changes is a leftover when no document needs it: the policy as it is now is shown.
    if (!this.isEdited(target)) {
      await this.options.reporter.guard(() => this.store.delete(targetKey(target)));
    }
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

  /** Whether a document of the policy shows, or is to show, something else than was read. */
  isEdited(target: ResourceTarget): boolean {
    const key = targetKey(target);
    const draft = this.store.get(key);
    if (draft && !isUnchanged(draft)) return true;
    return this.openDocuments(key).some(({ isDirty }) => isDirty);
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

  /** A draft that AWS has by now is none any more: it was sent, and reads did not show it at once. */
  private policyRead(event: PolicyEvent): void {
    const { connection, resource } = event;
    const key = targetKey({ connectionId: connection.id, resource });
    void this.options.reporter.guard(async () => {
      await this.store.loaded;
      const reading = connection.readings.current(resource);
      const draft = this.store.get(key);
      if (!draft || !reading || reading.state === 'unreadable') return;
      const now = baseOf(reading);
      if (isUnchanged(draft) || now.text === draft.base.text) return;
      if (!saysTheSame(sentPolicy(draft.text, draft.base.text, resource.kind), now.text)) return;
      const isDirty = this.openDocuments(key).some((document) => document.isDirty);
      // What is not saved yet goes on from what was sent. The same time: VS Code takes a newer one for
      // somebody else's write.
      await (isDirty ? this.store.put({ ...draft, base: now }) : this.store.delete(key));
    });
    this.refresh(key);
  }

  private draftsChanged(keys: readonly string[]): void {
    this.badges.changed(keys.flatMap(knownUris));
    for (const key of keys) this.refresh(key);
    this.emitter.fire();
  }

  private refreshOpen(): void {
    const targets = vscode.workspace.textDocuments.map(({ uri }) => targetOf(uri));
    const keys = targets.flatMap((target) => (target ? [targetKey(target)] : []));
    for (const key of new Set(keys)) this.refresh(key);
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
      // What they were made from counts, too.
      this.diagnostics.refresh(knownUris(key));
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
