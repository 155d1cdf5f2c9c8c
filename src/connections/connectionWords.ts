import { l10n } from 'vscode';
import type { FailureScene } from '../words/failureWords';
import type { Connection } from './connection';

/** How a connection is called wherever it is named: by its own name, or `profile · region`. */
export function connectionTitle(connection: Connection): string {
  const { config } = connection;
  if (config.name !== undefined) return config.name;
  return config.type === 'sample' ? l10n.t('Sample Account') : placeWords(connection);
}

/** What a connection is, however it is called. */
export function placeWords({ config }: Connection): string {
  if (config.type === 'sample') return l10n.t('sample account');
  return `${config.profile ?? l10n.t('default credentials')} · ${config.region}`;
}

/** The account of a connection, as far as it is known. */
export function accountWords(connection: Connection): string {
  const identity = connection.currentIdentity;
  const account = identity?.state === 'known' ? identity.accountId : l10n.t('account unknown');
  return connection.config.type === 'sample' ? l10n.t('{0} (sample)', account) : account;
}

/** An account and how one gets to it, where it has to be seen. */
export function accountTitle(connection: Connection): string {
  const identity = connection.currentIdentity;
  const title = connectionTitle(connection);
  return identity?.state === 'known'
    ? l10n.t('Account {0} ({1})', identity.accountId, title)
    : l10n.t('Unknown account ({0})', title);
}

export function sceneOf({ config }: Connection): FailureScene {
  return config.type === 'sample' ? {} : { profile: config.profile, region: config.region };
}
