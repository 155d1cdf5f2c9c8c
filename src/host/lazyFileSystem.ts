import * as vscode from 'vscode';
import { lazy } from './lazy';

/** A file system whose provider is loaded when VS Code first asks for a file. */
export class LazyFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  private readonly provider: () => Promise<vscode.FileSystemProvider>;
  readonly onDidChangeFile = this.emitter.event;

  constructor(load: () => Promise<vscode.FileSystemProvider>) {
    this.provider = lazy(async () => {
      const provider = await load();
      provider.onDidChangeFile((changes) => this.emitter.fire(changes));
      return provider;
    });
  }

  /** Whatever is open is watched by the provider: it knows its own changes. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return (await this.provider()).stat(uri);
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    return (await this.provider()).readDirectory(uri);
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    await (await this.provider()).createDirectory(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.provider()).readFile(uri);
  }

  async writeFile(
    uri: vscode.Uri,
    content: Uint8Array,
    options: { readonly create: boolean; readonly overwrite: boolean },
  ): Promise<void> {
    await (await this.provider()).writeFile(uri, content, options);
  }

  async delete(uri: vscode.Uri, options: { readonly recursive: boolean }): Promise<void> {
    await (await this.provider()).delete(uri, options);
  }

  async rename(
    from: vscode.Uri,
    to: vscode.Uri,
    options: { readonly overwrite: boolean },
  ): Promise<void> {
    await (await this.provider()).rename(from, to, options);
  }

  dispose(): void {
    this.emitter.dispose();
  }
}
