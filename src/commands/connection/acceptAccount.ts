import * as vscode from 'vscode';
import { connectionTitle } from '../../connections/connectionWords';
import { shortText } from '../../host/plainText';
import type { CommandDeps } from '../deps';
import { connectionOf } from './connectionOf';

/** A profile leads to another account than before: a person says that this is right. */
export async function acceptAccount(deps: CommandDeps, node?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const connection = await connectionOf(deps, node, t('Accept the New Account'));
  if (!connection) return;
  // From the palette nobody may have asked yet.
  await connection.identifySoon();
  const cause = connection.obstacle?.cause;
  if (cause?.type !== 'account' || connection.config.type !== 'aws') {
    const isKnown = connection.currentIdentity?.state === 'known';
    deps.reporter.info(
      isKnown
        ? t('This connection leads to the account that it is expected to.')
        : t('Whose account {0} leads to is not known.', connectionTitle(connection)),
    );
    return;
  }
  const { profile, accountId } = connection.config;
  const title = connectionTitle(connection);
  if (accountId !== undefined) {
    deps.reporter.warn(
      t(
        'The setting resourcePolicies.connections says that {0} is of account {1}. Change it there.',
        title,
        accountId,
      ),
    );
    return;
  }
  const yes = t('Use Account {0}', cause.found);
  const choice = await vscode.window.showWarningMessage(
    shortText(t('{0} leads to account {1} now. Is that right?', title, cause.found), 300),
    {
      modal: true,
      detail: t(
        'It was account {0} before. All connections with these credentials are read anew.',
        cause.expected,
      ),
    },
    yes,
  );
  if (choice !== yes) return;
  await deps.accounts.remember(profile, connection.endpoint, cause.found, true);
  for (const other of deps.connections.all) {
    if (other.config.type === 'aws' && other.config.profile === profile) {
      deps.connections.reopen(other.id);
    }
  }
}
