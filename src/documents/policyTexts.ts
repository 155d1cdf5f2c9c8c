import * as vscode from 'vscode';
import { schemes } from '../contributions';
import { plainText } from '../host/plainText';

/** One side of a comparison; no text is "no policy". */
export interface PolicySide {
  /** A short name for the tab, e.g. `before`. */
  readonly name: string;
  readonly text: string | undefined;
}

/** Read-only texts for VS Code's own diff editor. They live as long as the window. */
export class PolicyTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private count = 0;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(schemes.text, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.texts.get(uri.path) ??
      vscode.l10n.t('This comparison was made in an earlier session. Open it again.')
    );
  }

  /** Opens a document of its own for a text; `name` becomes its file name. */
  add(text: string, name: string): vscode.Uri {
    const file = name.replace(/[\\/]/g, '_');
    const uri = vscode.Uri.from({ scheme: schemes.text, path: `/${++this.count}/${file}` });
    this.texts.set(uri.path, text);
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
