import type { Connection } from '../../connections/connection';
import type { IdentifiedResource } from '../../core/identify/identification';
import { partitionOf } from '../../core/partitions';

/** A connection over which what was named can be looked up, the likeliest first. */
export interface Destination {
  readonly named: IdentifiedResource;
  readonly connection: Connection;
  /** The account of the connection, where it is not the one that was named. */
  readonly askedFrom?: string;
}

/**
 * Where what was named can be looked up: every connection to its region, its own account before
 * others, which a policy may have let in. Without a region every connection is one.
 */
export function destinations(
  candidates: readonly IdentifiedResource[],
  connections: readonly Connection[],
): readonly Destination[] {
  const found = candidates.flatMap((named) =>
    connections
      .filter((connection) => reaches(connection, named))
      .map((connection) => {
        const account = accountOf(connection);
        const isOther =
          named.accountId !== undefined && account !== undefined && account !== named.accountId;
        return { named, connection, ...(isOther ? { askedFrom: account } : {}) };
      }),
  );
  return [...found.filter((one) => !one.askedFrom), ...found.filter((one) => one.askedFrom)];
}

/** The regions that were named and that no connection of the account named leads to. */
export function missingRegions(
  candidates: readonly IdentifiedResource[],
  all: readonly Destination[],
): readonly string[] {
  const regions = candidates.map(({ region }) => region).filter((region) => region !== undefined);
  return [...new Set(regions)].filter(
    (region) => !all.some(({ named, askedFrom }) => named.region === region && !askedFrom),
  );
}

function reaches({ config, currentIdentity }: Connection, named: IdentifiedResource): boolean {
  // The sample account has a region of its own, and accounts that nobody else has.
  if (config.type === 'sample') {
    const own = currentIdentity?.state === 'known' ? currentIdentity.accountId : undefined;
    return named.accountId === undefined || named.accountId === own;
  }
  if (named.region !== undefined) return named.region === config.region;
  return named.partition === undefined || partitionOf(config.region) === named.partition;
}

function accountOf({ currentIdentity: identity }: Connection): string | undefined {
  return identity?.state === 'known' ? identity.accountId : undefined;
}
