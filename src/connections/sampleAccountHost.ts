import * as vscode from 'vscode';
import type { FixedAccess } from '../core/awsAccess';
import { lazy } from '../host/lazy';

/** What the sample account's bundle offers, as far as it is used here. */
export interface SampleServer {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  exportState(): string;
  reset(): void;
  close(): Promise<void>;
}

export type StartSampleServer = (options: {
  readonly savedState?: string;
  readonly onChange: () => void;
}) => Promise<SampleServer>;

/** Runs the sample account inside the extension and keeps its state over a reload. */
export class SampleAccountHost implements vscode.Disposable {
  private readonly server = lazy(() => this.load());
  private running: SampleServer | undefined;
  private disposed = false;
  private saving: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly start: StartSampleServer,
    private readonly file: vscode.Uri,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The way to the account; starts its server when it is first needed. */
  async access(): Promise<FixedAccess> {
    const { endpoint, region, credentials } = await this.server();
    return { endpoint, region, ...credentials };
  }

  /** Everything as it was at first. */
  async reset(): Promise<void> {
    const server = await this.server();
    server.reset();
    this.save(server);
    await this.saving;
  }

  private async load(): Promise<SampleServer> {
    const savedState = await readText(this.file);
    const server: SampleServer = await this.start({
      savedState,
      onChange: () => this.save(server),
    });
    if (this.disposed) await server.close();
    this.running = server;
    return server;
  }

  /** One write after the other, so that the last state stays. */
  private save(server: SampleServer): void {
    this.saving = this.saving
      .then(() =>
        vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(server.exportState())),
      )
      .catch(this.onError);
  }

  dispose(): void {
    this.disposed = true;
    void this.running?.close();
  }
}

async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // Nothing was saved yet; a file that cannot be read is no reason not to show a sample.
    return undefined;
  }
}
