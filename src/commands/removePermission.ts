import * as vscode from 'vscode';
import type { RemovalOutcome } from '../changes/removeStatement';
import { removeStatement } from '../changes/removeStatement';
import type { Connection } from '../connections/connection';
import { accountWords, connectionTitle } from '../connections/connectionWords';
import { policyOf, storeOf } from '../connections/policyReadings';
import type { StatementTarget } from '../connections/targets';
import { isStatementTarget } from '../connections/targets';
import { fromSelection } from '../contributions';
import type { RemovalPlan } from '../core/plan';
import { planRemoval } from '../core/plan';
import { plainText, shortText } from '../host/plainText';
import { refusalWords, removalQuestion } from '../words/removalWords';
import { resourceWords } from '../words/resourceWords';
import { statementTitle } from '../words/statementWords';
import type { CommandDeps } from './deps';
import { pickStatement } from './pickStatement';
import { askAgain, reportOutcome } from './removalOutcome';

/**
 * Removes one statement: from its row, its inline button, the Delete key (`fromSelection`), the
 * policy page, or the palette, which asks for it.
 */
export async function removePermission(deps: CommandDeps, arg?: unknown): Promise<void> {
  const target = await targetOf(deps, arg);
  const connection = target && deps.connections.byId(target.connectionId);
  if (!connection) return;
  await askAccount(connection);
  let agreed: StatementTarget | undefined = target;
  while (agreed) agreed = await removeOnce(deps, connection, agreed);
}

/** Every confirmation names the account, as it is at this moment. */
async function askAccount(connection: Connection): Promise<void> {
  const title = vscode.l10n.t('Asking AWS for the account of {0}', connectionTitle(connection));
  const options = { location: vscode.ProgressLocation.Window, title: shortText(title, 160) };
  await vscode.window.withProgress(options, () => connection.identity().catch(() => undefined));
}

async function targetOf(deps: CommandDeps, arg: unknown): Promise<StatementTarget | undefined> {
  if (isStatementTarget(arg)) return arg;
  if (arg !== fromSelection) return pickStatement(deps, vscode.l10n.t('Remove Permission'));
  const { selection } = deps.treeView;
  const [row] = selection;
  if (selection.length === 1 && isStatementTarget(row)) return row;
  deps.reporter.info(vscode.l10n.t('Select one statement to remove it.'));
  return undefined;
}

/** Returns what to ask about next when the statement turned out to be a different one by now. */
async function removeOnce(
  deps: CommandDeps,
  connection: Connection,
  target: StatementTarget,
): Promise<StatementTarget | undefined> {
  const { resource, reading, statement } = target;
  const store = storeOf(await connection.stores(), resource);
  const planning = planRemoval(policyOf(reading), statement, store.capabilities);
  if (!planning.possible) {
    const what = vscode.l10n.t(
      '"{0}" of {1} cannot be removed here.',
      shortText(statementTitle(statement)),
      resourceWords(resource),
    );
    deps.reporter.warn(`${what} ${refusalWords(planning.refusal)}`);
    return undefined;
  }
  if (!(await confirm(planning.plan, target, connection))) return undefined;
  const outcome = await removeWithProgress(connection, target);
  if (outcome.reading) connection.readings.put(resource, outcome.reading);
  if (outcome.type !== 'changed') {
    reportOutcome(deps, connection, target, outcome);
    return undefined;
  }
  return askAgain(target, outcome);
}

async function confirm(
  plan: RemovalPlan,
  { resource }: StatementTarget,
  connection: Connection,
): Promise<boolean> {
  const place = { account: accountWords(connection), connection: connectionTitle(connection) };
  const { message, lines } = removalQuestion(plan, resource, place);
  const remove = vscode.l10n.t('Remove');
  const choice = await vscode.window.showWarningMessage(
    shortText(message, 300),
    { modal: true, detail: lines.map(plainText).join('\n') },
    remove,
  );
  return choice === remove;
}

async function removeWithProgress(
  connection: Connection,
  { resource, reading, statement }: StatementTarget,
): Promise<RemovalOutcome> {
  const store = storeOf(await connection.stores(), resource);
  const title = vscode.l10n.t(
    'Removing "{0}" from {1}',
    statementTitle(statement),
    resourceWords(resource),
  );
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: shortText(title, 160), cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const wait = (ms: number) => {
      const message = vscode.l10n.t(
        'The request was sent. Waiting until reading the policy shows it…',
      );
      progress.report({ message });
      return pause(ms, token);
    };
    const ending = new AbortController();
    token.onCancellationRequested(() => ending.abort());
    const { signal } = connection;
    const context = { store, resource, signal, cancelling: ending.signal, wait };
    return removeStatement(context, reading, statement);
  });
}

/** Waits, or less when cancelled; says whether to go on waiting. */
function pause(ms: number, token: vscode.CancellationToken): Promise<boolean> {
  if (token.isCancellationRequested) return Promise.resolve(false);
  return new Promise((resolve) => {
    const subscription = token.onCancellationRequested(() => end(false));
    const timer = setTimeout(() => end(true), ms);
    const end = (goOn: boolean) => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(goOn);
    };
  });
}
