import type { Connection } from './connection';
import type { ConnectionConfig } from './connectionConfig';

/** The same for connections with the same credentials, whatever their region. */
export function credentialsOf(config: ConnectionConfig): string {
  return config.type === 'aws' ? JSON.stringify(config.profile ?? null) : config.type;
}

/**
 * To how many accounts connections lead. One that is not known may be another, but all with the same
 * credentials (looked for among `all`) lead to one.
 */
export function countAccounts(
  connections: readonly Connection[],
  all: readonly Connection[],
): number {
  const known = new Map(
    all.flatMap(({ config, currentIdentity: identity }) =>
      identity?.state === 'known' ? [[credentialsOf(config), identity.accountId]] : [],
    ),
  );
  const accounts = connections.map(({ config, currentIdentity: identity }) => {
    if (identity?.state === 'known') return identity.accountId;
    const credentials = credentialsOf(config);
    return known.get(credentials) ?? credentials;
  });
  return new Set(accounts).size;
}
