import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import type { ResourceTarget, StatementTarget } from '../connections/targets';
import { isResourceTarget, isStatementTarget } from '../connections/targets';
import { parsePolicy, statementsOf } from '../core/policy';
import { findSame } from '../core/statement';
import { shortText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { pickResource } from './pickResource';

/** Opens the policy of a resource in an editor; from the row of a statement, with that selected. */
export async function editPolicy(deps: CommandDeps, arg?: unknown): Promise<void> {
  const target = isResourceTarget(arg)
    ? arg
    : await pickResource(deps, vscode.l10n.t('Edit Policy'));
  const connection = target && deps.connections.byId(target.connectionId);
  if (!connection || !(await canOpen(deps, connection, target))) return;
  const editor = await deps.documents.open(target);
  if (isStatementTarget(arg)) reveal(editor, arg);
}

/** What is to be edited is read anew, unless it is being edited already. */
async function canOpen(
  { documents, reporter }: CommandDeps,
  connection: Connection,
  target: ResourceTarget,
): Promise<boolean> {
  const { resource } = target;
  await documents.loaded;
  if (documents.isEdited(target)) return true;
  const name = resourceWords(resource);
  const title = shortText(vscode.l10n.t('Reading the policy of {0}', name), 160);
  const reading = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    () => connection.readings.read(resource),
  );
  if (reading.state === 'unreadable') {
    const what = vscode.l10n.t('The policy of {0} could not be read', name);
    reporter.warn(failureSentence(what, reading.failure, sceneOf(connection)));
    return false;
  }
  if (reading.state === 'none' && resource.kind === 'layerVersion') {
    reporter.info(
      vscode.l10n.t('There is no policy on {0}. Use Add Permission… to begin one.', name),
    );
    return false;
  }
  return true;
}

function reveal(editor: vscode.TextEditor, { statement }: StatementTarget): void {
  const { document } = editor;
  const found = findSame(statementsOf(parsePolicy(document.getText())), statement);
  if (!found) return;
  const start = document.positionAt(found.offset);
  editor.selection = new vscode.Selection(start, start);
  const end = document.positionAt(found.offset + found.length);
  editor.revealRange(
    new vscode.Range(start, end),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}
