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
 * Where what was named can be looked up: every connection to its region. Those to its account (to
 * any, when none was named) come first, then those of which the account is not known, such as those
 * whose session expired, then others, which a policy may have let in. Without a region every
 * connection is one.
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
  const isKnown = ({ connection }: Destination) => accountOf(connection) !== undefined;
  const ranks = [
    found.filter((one) => isKnown(one) && !one.askedFrom),
    found.filter((one) => !isKnown(one)),
    found.filter((one) => one.askedFrom),
  ];
  return ranks.flat();
}

/** Where a connection is missing: a region, or (`undefined`) wherever a person knows it to be. */
export function missingRegions(
  candidates: readonly IdentifiedResource[],
  all: readonly Destination[],
): readonly (string | undefined)[] {
  const isMissing = (candidate: IdentifiedResource) =>
    candidate.region === undefined && candidate.accountId === undefined
      ? all.length === 0
      : !all.some((one) => one.named === candidate && isMeant(one));
  return [...new Set(candidates.filter(isMissing).map(({ region }) => region))];
}

/** The sample account is meant only where it is named: others are in the same region. */
function isMeant(one: Destination): boolean {
  const isSample = one.connection.config.type === 'sample';
  return leadsThere(one) && (!isSample || one.named.accountId !== undefined);
}

function leadsThere({ named, connection }: Destination): boolean {
  return named.accountId === undefined || named.accountId === accountOf(connection);
}

function reaches(connection: Connection, named: IdentifiedResource): boolean {
  const { config, currentRegion } = connection;
  // The sample account's resources are in no other, and those of others not in it.
  const isElsewhere = named.accountId !== undefined && named.accountId !== accountOf(connection);
  if (config.type === 'sample' && isElsewhere) return false;
  if (named.region !== undefined) return named.region === currentRegion;
  if (named.partition === undefined) return true;
  return currentRegion !== undefined && partitionOf(currentRegion) === named.partition;
}

function accountOf({ currentIdentity: identity }: Connection): string | undefined {
  return identity?.state === 'known' ? identity.accountId : undefined;
}
