import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { accountWords, connectionTitle } from '../connections/connectionWords';
import { plainText } from '../host/plainText';
import type { CommandDeps } from './deps';

/** Asks for a connection; one alone is taken without asking, unless `always`. */
export async function pickConnection(
  { connections }: CommandDeps,
  title: string,
  always = false,
): Promise<Connection | undefined> {
  const { all } = connections;
  if (all.length === 0) {
    const connect = vscode.l10n.t('Connect to AWS');
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no connection yet.'),
      connect,
    );
    if (choice === connect) await vscode.commands.executeCommand('resourcePolicies.addConnection');
    return undefined;
  }
  if (all.length === 1 && !always) return all[0];
  const items = all.map(connectionItem);
  const placeHolder = vscode.l10n.t('Which connection?');
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.connection;
}

/** Asks for several; one alone is taken without asking. `isChosen`: those that are at first. */
export async function pickConnections(
  deps: CommandDeps,
  title: string,
  isChosen: (connection: Connection) => boolean = () => false,
): Promise<readonly Connection[]> {
  const { all } = deps.connections;
  if (all.length < 2) {
    const only = await pickConnection(deps, title);
    return only ? [only] : [];
  }
  const items = all.map((one) => ({ ...connectionItem(one), picked: isChosen(one) }));
  const placeHolder = vscode.l10n.t('Which connections?');
  const options = { title, placeHolder, canPickMany: true, ignoreFocusOut: true } as const;
  const picked = await vscode.window.showQuickPick(items, options);
  return (picked ?? []).map(({ connection }) => connection);
}

function connectionItem(connection: Connection) {
  return {
    label: plainText(connectionTitle(connection)),
    description: connection.currentIdentity && plainText(accountWords(connection)),
    connection,
  };
}
