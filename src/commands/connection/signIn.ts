import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import { connectionTitle } from '../../connections/connectionWords';
import { signInTaskType } from '../../contributions';
import { runProgram } from '../../host/runProgram';
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
  const name = t('Sign in: {0}', profile ?? t('the default credentials'));
  const exitCode = await runProgram({ type: signInTaskType, name, ...command });
  if (exitCode === 0) {
    reopenWaiting(deps, connection);
  } else if (exitCode === undefined) {
    deps.reporter.warn(
      t(
        '"{0}" could not be started. Install version 2 of the AWS CLI, or sign in elsewhere.',
        line,
      ),
    );
  } else {
    deps.reporter.warn(t('"{0}" ended with code {1}; its terminal says why.', line, exitCode));
  }
}

/** One sign-in serves all profiles of a session, and all regions of a profile. */
function reopenWaiting({ connections }: CommandDeps, signedIn: Connection): void {
  for (const connection of connections.all) {
    const isWaiting = connection.obstacle?.code === 'credentialsExpired';
    if (isWaiting || connection.id === signedIn.id) connections.reopen(connection.id);
  }
}
