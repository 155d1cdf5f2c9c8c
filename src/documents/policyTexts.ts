import * as vscode from 'vscode';
import { schemes } from '../contributions';
import { plainText } from '../host/plainText';
import { readText } from '../host/textFile';

/** One side of a comparison; no text is "no policy". */
export interface PolicySide {
  /** A short name for the tab, e.g. `before`. */
  readonly name: string;
  readonly text: string | undefined;
}

/** Read-only texts for VS Code's own diff editor. They live as long as the window. */
export class PolicyTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** Texts, or the files that they are in, by their address. */
  private readonly texts = new Map<string, string | vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private count = 0;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(schemes.text, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { t } = vscode.l10n;
    const kept = this.texts.get(uri.toString());
    if (kept === undefined) {
      return t('This comparison was made in an earlier session. Open it again.');
    }
    if (typeof kept === 'string') return kept;
    return (await readText(kept)) ?? t('The file {0} is gone.', kept.fsPath);
  }

  /** Opens a document of its own for a text; `name` becomes its file name. */
  add(text: string, name: string): vscode.Uri {
    const file = name.replace(/[\\/]/g, '_');
    const uri = vscode.Uri.from({ scheme: schemes.text, path: `/${++this.count}/${file}` });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  /**
   * Opens a document for a file that is only to be read, under another path: VS Code takes two of one
   * path for the same file at two moments, and others for one that was moved.
   */
  addFile(file: vscode.Uri, path: string): vscode.Uri {
    const query = String(++this.count);
    const uri = vscode.Uri.from({ scheme: schemes.text, path: `/${path}`, query });
    this.texts.set(uri.toString(), file);
    return uri;
  }

  /** Shows two texts side by side, as they are. */
  async showDiff(title: string, left: PolicySide, right: PolicySide): Promise<void> {
    const [from, to] = [left, right].map(({ name, text }) => this.add(text ?? '', `${name}.json`));
    await vscode.commands.executeCommand('vscode.diff', from, to, plainText(title), {
      preview: true,
    });
  }

  dispose(): void {
    this.registration.dispose();
  }
}
