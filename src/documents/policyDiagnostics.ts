import * as vscode from 'vscode';
import { schemes } from '../contributions';
import { serviceOf } from '../core/actionProblems';
import type { PolicyIssue } from '../core/policyIssue';
import { policyProblems } from '../core/policyProblems';
import { isRecord } from '../core/resource';
import { startingPolicy } from '../core/startingPolicy';
import { lazy } from '../host/lazy';
import { shortText } from '../host/plainText';
import { fixWords, policyProblemWords } from '../words/policyProblemWords';
import type { Draft } from './drafts';
import { showsText, targetOf } from './policyUri';

/** So long a person may go on typing before the problems are looked for anew. */
const pauseMs = 250;
/** Nobody reads more. */
const mostShown = 200;

export interface PolicyDiagnosticsOptions {
  readonly extensionUri: vscode.Uri;
  /** The policy that a document was made from. */
  readonly baseOf: (uri: vscode.Uri) => Draft['base'] | undefined;
}

/** Problems of the policies that are open to be edited, with their quick fixes. */
export class PolicyDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection(schemes.policy);
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: readonly Pick<vscode.Disposable, 'dispose'>[];
  private readonly actions = lazy(() => readActions(this.options.extensionUri));
  private knownActions: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(private readonly options: PolicyDiagnosticsOptions) {
    this.subscriptions = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.show(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.plan(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      vscode.languages.registerCodeActionsProvider(
        { scheme: schemes.policy },
        {
          provideCodeActions: (document, range, { diagnostics }) =>
            this.fixes(document, range, diagnostics),
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    ];
    for (const document of vscode.workspace.textDocuments) this.show(document);
  }

  /** What is wrong with a text in the document of a policy. */
  issuesOf(uri: vscode.Uri, text: string): readonly PolicyIssue[] {
    const target = uri.scheme === schemes.policy ? targetOf(uri) : undefined;
    if (!target) return [];
    const { kind, arn } = target.resource;
    return policyProblems(text, kind, {
      resourceArn: arn,
      base: this.options.baseOf(uri)?.text,
      actions: this.knownActions.get(serviceOf(kind)),
    });
  }

  private fixes(
    document: vscode.TextDocument,
    range: vscode.Range,
    diagnostics: readonly vscode.Diagnostic[],
  ): vscode.CodeAction[] {
    return this.issuesOf(document.uri, document.getText()).flatMap((issue) => {
      const { fix } = issue;
      if (!fix || !rangeOf(document, issue).intersection(range)) return [];
      const title = shortText(fixWords(fix), 160);
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      action.edit.replace(document.uri, rangeOf(document, fix.edit), fix.edit.text);
      action.diagnostics = diagnostics.filter(({ code }) => code === issue.code);
      action.isPreferred = true;
      return [action];
    });
  }

  /** Looks again at what is open: what it was made from has changed. */
  refresh(uris: readonly vscode.Uri[]): void {
    const wanted = new Set(uris.map((uri) => uri.toString()));
    for (const document of vscode.workspace.textDocuments) {
      if (wanted.has(document.uri.toString())) this.plan(document);
    }
  }

  private plan(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (document.uri.scheme !== schemes.policy) return;
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.show(document), pauseMs),
    );
  }

  private show(document: vscode.TextDocument): void {
    if (document.uri.scheme !== schemes.policy || document.isClosed) return;
    void this.learnActions();
    const issues = this.issuesOf(document.uri, document.getText());
    const shown = marksSyntax() ? issues.filter(({ code }) => code !== 'syntax') : issues;
    const isError = ({ severity }: PolicyIssue) => severity === 'error';
    // Errors are what has to be seen.
    const inOrder = [...shown.filter(isError), ...shown.filter((issue) => !isError(issue))];
    const diagnostics = inOrder.slice(0, mostShown).map((issue) => toDiagnostic(document, issue));
    this.collection.set(document.uri, [...this.notes(document), ...diagnostics]);
  }

  /** What begins a new policy looks like one that is there. */
  private notes(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
    const base = this.options.baseOf(document.uri);
    const resource = targetOf(document.uri)?.resource;
    const isStarting =
      resource && base?.text === undefined && showsText(document, startingPolicy(resource));
    if (!base || !isStarting) return [];
    const message = vscode.l10n.t('There is no policy yet: nothing of this is on AWS.');
    const { range } = document.lineAt(0);
    const severity = vscode.DiagnosticSeverity.Information;
    const note = new vscode.Diagnostic(range, message, severity);
    note.source = 'Resource Policies';
    note.code = 'noPolicyYet';
    return [note];
  }

  private async learnActions(): Promise<void> {
    if (this.knownActions.size > 0) return;
    this.knownActions = await this.actions().catch(() => new Map());
    if (this.knownActions.size > 0) vscode.workspace.textDocuments.forEach((it) => this.plan(it));
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.collection.delete(uri);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** Whether VS Code's own JSON support marks what is no JSON. */
function marksSyntax(): boolean {
  const isThere = vscode.extensions.getExtension('vscode.json-language-features') !== undefined;
  const json = vscode.workspace.getConfiguration('json');
  return isThere && json.get<boolean>('validate.enable', true);
}

function toDiagnostic(document: vscode.TextDocument, issue: PolicyIssue): vscode.Diagnostic {
  const severity =
    issue.severity === 'error'
      ? vscode.DiagnosticSeverity.Error
      : vscode.DiagnosticSeverity.Warning;
  const message = shortText(policyProblemWords(issue), 400);
  const diagnostic = new vscode.Diagnostic(rangeOf(document, issue), message, severity);
  diagnostic.source = 'Resource Policies';
  diagnostic.code = issue.code;
  return diagnostic;
}

function rangeOf(
  document: vscode.TextDocument,
  { offset, length }: { readonly offset: number; readonly length: number },
): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}

/** The table that the build made: the names of the actions by service. */
async function readActions(
  extensionUri: vscode.Uri,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const uri = vscode.Uri.joinPath(extensionUri, 'dist', 'schemas', 'actions.json');
  const bytes = await vscode.workspace.fs.readFile(uri);
  const table: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!isRecord(table)) return new Map();
  return new Map(
    Object.entries(table).map(([service, names]) => [
      service,
      Array.isArray(names) ? names.map(String) : [],
    ]),
  );
}
