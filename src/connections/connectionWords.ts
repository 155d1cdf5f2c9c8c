import { l10n } from 'vscode';
import type { FailureScene } from '../words/failureWords';
import type { Connection } from './connection';

/** How a connection is called wherever it is named: `profile · region`. */
export function connectionTitle({ config }: Connection): string {
  if (config.type === 'sample') return l10n.t('Sample Account');
  return `${config.profile ?? l10n.t('default credentials')} · ${config.region}`;
}

/** The account of a connection, as far as it is known. */
export function accountWords(connection: Connection): string {
  const identity = connection.currentIdentity;
  const account = identity?.state === 'known' ? identity.accountId : l10n.t('account unknown');
  return connection.config.type === 'sample' ? l10n.t('{0} (sample)', account) : account;
}

export function sceneOf({ config }: Connection): FailureScene {
  return config.type === 'sample' ? {} : { profile: config.profile, region: config.region };
}
