import * as vscode from 'vscode';
import type { ResourceTarget } from '../connections/targets';
import { byteLength } from '../core/policy';
import type { StoredDraft } from './draftFiles';
import type { DraftStore } from './draftStore';
import { targetKey, targetOf } from './policyUri';
import type { PolicyVersion, PolicyVersions } from './policyVersions';

/**
 * Policies as files. Reading gives the draft, or else the policy as it was read; writing keeps a
 * draft. Nothing here writes to AWS or asks a person anything: VS Code saves when it pleases.
 */
export class PolicyFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.emitter.event;

  constructor(
    private readonly versions: PolicyVersions,
    private readonly drafts: DraftStore,
  ) {}

  /** The documents are to be read again. VS Code leaves those with unsaved changes alone. */
  changed(uris: readonly vscode.Uri[]): void {
    const type = vscode.FileChangeType.Changed;
    if (uris.length > 0) this.emitter.fire(uris.map((uri) => ({ type, uri })));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, mtime } = await this.shown(there(uri));
    return { type: vscode.FileType.File, ctime: 0, mtime, size: byteLength(text) };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.shown(there(uri))).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { connectionId, resource } = there(uri);
    const target = { connectionId, resource };
    const { base, mtime } = await this.shown(target);
    const text = new TextDecoder().decode(content);
    const changedAt = Math.max(Date.now(), mtime + 1);
    await this.drafts.put({ connectionId, resource, base, text, changedAt });
  }

  /**
   * While there is a draft, its own time, whatever was read since: VS Code takes a newer one for
   * somebody else's write and would offer to overwrite it.
   */
  private async shown(target: ResourceTarget): Promise<PolicyVersion> {
    await this.drafts.loaded;
    const draft = this.drafts.get(targetKey(target));
    return draft ? asVersion(draft) : this.versions.current(target);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotFound(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.emitter.dispose();
  }
}

function there(uri: vscode.Uri): ResourceTarget {
  const target = targetOf(uri);
  if (!target) throw vscode.FileSystemError.FileNotFound(uri);
  return target;
}

function asVersion({ base, text, changedAt }: StoredDraft): PolicyVersion {
  return { base, text, mtime: changedAt };
}
