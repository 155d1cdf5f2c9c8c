import * as vscode from 'vscode';
import type { AcceptedFinding, AcceptedProblem, AcceptedSubject } from '../core/acceptedFindings';
import { readAccepted, withAccepted, withoutAccepted } from '../core/acceptedFindings';
import { readText, writeText } from '../host/textFile';

/** Where a team keeps what it accepted, below a folder of the workspace. */
export const acceptedFile = '.vscode/accepted-findings.json';

/** An acceptance, and the file that it stands in. */
export interface TeamAcceptance extends AcceptedFinding {
  readonly file: vscode.Uri;
}

/** What of a file does not count, at least one; of one that cannot be read at all the error. */
export interface FileProblems {
  readonly file: vscode.Uri;
  readonly problems: readonly [FileProblem, ...FileProblem[]];
}

export type FileProblem =
  AcceptedProblem | { readonly code: 'unreadable'; readonly error: unknown };

/** A file that is there and holds something else: it was not written over. */
export class NotAcceptedFile extends Error {
  constructor(readonly file: vscode.Uri) {
    super(`${file.toString()} is no list of accepted findings.`);
  }
}

/**
 * What a team accepted, by the files of the workspace's folders. A workspace that is not trusted
 * accepts nothing.
 */
export class TeamAcceptances implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions: vscode.Disposable[];
  private watchers: readonly vscode.Disposable[] = [];
  /** By finding, those that hold longest first. */
  private held: ReadonlyMap<string, readonly TeamAcceptance[]> = new Map();
  private readonly told = new Map<string, string>();
  private reading = 0;
  readonly onDidChange = this.changed.event;

  constructor(private readonly onProblems: (problems: FileProblems) => void) {
    this.subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.watch()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.read()),
    ];
    this.watch();
  }

  of(finding: string): TeamAcceptance | undefined {
    return this.held.get(finding)?.[0];
  }

  /** The folders that a team can accept something in. */
  get folders(): readonly vscode.WorkspaceFolder[] {
    return vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  }

  /** Writes it into the file of a folder. Throws `NotAcceptedFile`, or what the file system says. */
  async add(
    { uri }: vscode.WorkspaceFolder,
    accepted: AcceptedFinding,
    subject: AcceptedSubject,
  ): Promise<vscode.Uri> {
    const file = vscode.Uri.joinPath(uri, acceptedFile);
    await this.write(file, withAccepted(await readText(file), accepted, subject));
    return file;
  }

  /** In every file; returns those that it was written out of. Throws as `add` does. */
  async withdraw(finding: string): Promise<readonly vscode.Uri[]> {
    const files = (this.held.get(finding) ?? []).map(({ file }) => file);
    for (const file of files) {
      const text = await readText(file);
      if (text !== undefined) await this.write(file, withoutAccepted(text, finding));
    }
    return files;
  }

  private async write(file: vscode.Uri, text: string | undefined): Promise<void> {
    if (text === undefined) throw new NotAcceptedFile(file);
    await writeText(file, text);
    await this.read();
  }

  private watch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
      const pattern = new vscode.RelativePattern(folder, acceptedFile);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const read = () => void this.read();
      watcher.onDidChange(read);
      watcher.onDidCreate(read);
      watcher.onDidDelete(read);
      return watcher;
    });
    void this.read();
  }

  private async read(): Promise<void> {
    const turn = ++this.reading;
    const files = this.folders.map(({ uri }) => vscode.Uri.joinPath(uri, acceptedFile));
    const read = await Promise.all(files.map((file) => this.readFile(file)));
    // Another began meanwhile, and knows more.
    if (turn !== this.reading) return;
    const all = read.flat();
    const before = JSON.stringify([...this.held]);
    const held = new Map<string, TeamAcceptance[]>();
    for (const one of [...all].sort((a, b) => b.until - a.until)) {
      held.set(one.finding, [...(held.get(one.finding) ?? []), one]);
    }
    this.held = held;
    if (JSON.stringify([...this.held]) !== before) this.changed.fire();
  }

  private async readFile(file: vscode.Uri): Promise<readonly TeamAcceptance[]> {
    try {
      const text = await readText(file);
      const { accepted, problems } = text === undefined ? nothing : readAccepted(text);
      this.tell(file, problems);
      return accepted.map((one) => ({ ...one, file }));
    } catch (error) {
      this.tell(file, [{ code: 'unreadable', error }]);
      return [];
    }
  }

  /** Once, until it is another: files are read at every change. */
  private tell(file: vscode.Uri, problems: readonly FileProblem[]): void {
    const [key, words] = [file.toString(), JSON.stringify(problems)];
    if ((this.told.get(key) ?? '[]') === words) return;
    this.told.set(key, words);
    const [first, ...others] = problems;
    if (first) this.onProblems({ file, problems: [first, ...others] });
  }

  dispose(): void {
    for (const one of [...this.subscriptions, ...this.watchers]) one.dispose();
    this.changed.dispose();
  }
}

const nothing = { accepted: [], problems: [] };
