import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import { connectionTitle } from '../../connections/connectionWords';
import { signInTaskType } from '../../contributions';
import type { ProgramEnd } from '../../host/runProgram';
import { shortText } from '../../host/plainText';
import { hasVariables, runProgram } from '../../host/runProgram';
import type { CommandDeps } from '../deps';
import { connectionOf } from './connectionOf';

/**
 * Runs the command of the AWS CLI that begins a new session. Whoever signs in elsewhere needs it not:
 * the files in which sessions are kept are watched.
 */
export async function signIn(deps: CommandDeps, node?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const connection = await connectionOf(deps, node, t('Sign In'));
  if (!connection) return;
  const { config } = connection;
  const profile = config.type === 'aws' ? config.profile : undefined;
  const command = config.type === 'aws' ? await (await deps.aws()).signIn(profile) : undefined;
  if (!command) {
    deps.reporter.info(
      t(
        'No command renews the credentials of {0}. Get new ones as you did before.',
        connectionTitle(connection),
      ),
    );
    return;
  }
  const line = [command.program, ...command.args].join(' ');
  if (hasVariables(command)) {
    deps.reporter.warn(
      t(
        'VS Code would change "{0}", since it holds {1}. Run it in a terminal yourself.',
        line,
        '${',
      ),
    );
    return;
  }
  if (!vscode.workspace.isTrusted) {
    const manage = t('Manage Workspace Trust');
    const words = t(
      'VS Code runs tasks in trusted workspaces only. Run "{0}" in a terminal of your own; the lists come back by themselves.',
      line,
    );
    const choice = await vscode.window.showWarningMessage(shortText(words, 400), manage);
    if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return;
  }
  const name = t('Sign in: {0}', profile ?? t('the default credentials'));
  const end = await runProgram({ type: signInTaskType, name, ...command });
  if (end === 0) reopenWaiting(deps, connection);
  else reportEnd(deps, line, end);
}

function reportEnd({ reporter }: CommandDeps, line: string, end: ProgramEnd): void {
  const { t } = vscode.l10n;
  // Whoever stopped it knows.
  if (end === 'stopped') return;
  const words =
    end === 'notStarted'
      ? t(
          '"{0}" could not be started. Install version 2 of the AWS CLI, or sign in elsewhere.',
          line,
        )
      : t('"{0}" ended with code {1}; its terminal says why.', line, end);
  reporter.warn(words);
}

/** One sign-in serves all profiles of a session, and all regions of a profile. */
function reopenWaiting({ connections }: CommandDeps, signedIn: Connection): void {
  for (const connection of connections.all) {
    const isWaiting = connection.obstacle?.code === 'credentialsExpired';
    if (isWaiting || connection.id === signedIn.id) connections.reopen(connection.id);
  }
}
