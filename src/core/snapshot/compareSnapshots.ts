import type { Inventory } from './inventory';
import { policyPath } from './policyPaths';

/** What is known of one policy in one of two snapshots. */
export type Side =
  | { readonly state: 'saved'; readonly file: string }
  | { readonly state: 'none' }
  /** Nobody knows whether there is one, or what it says. `reason`: as the inventory has it. */
  | { readonly state: 'unknown'; readonly why: 'notRead'; readonly reason: string }
  | { readonly state: 'unknown'; readonly why: 'notListed' | 'noFile' };

/** A snapshot as it is compared: of each resource what is known, and what an absent one means. */
export interface ComparedSnapshot {
  readonly sides: ReadonlyMap<string, Side>;
  readonly absent: Side;
  readonly account?: string;
  readonly region?: string;
}

export interface PolicyPair {
  /** The path that both would have. */
  readonly path: string;
  readonly older: Side;
  readonly newer: Side;
}

export interface Comparison {
  readonly different: readonly PolicyPair[];
  /** Of those with a policy in both. */
  readonly same: number;
  /** Of these: how many differ, but for nothing else than the account and region of their own. */
  readonly sameButForPlace: number;
  readonly unknown: readonly PolicyPair[];
}

export function comparedInventory(
  { account, isListed, region, resources }: Inventory,
  folder = '',
): ComparedSnapshot {
  const sides = resources.map((entry): readonly [string, Side] => {
    const path = folder + policyPath(entry);
    switch (entry.policy) {
      case 'saved':
        return [path, { state: 'saved', file: folder + entry.file }];
      case 'none':
        return [path, { state: 'none' }];
      case 'unreadable':
      case 'notAskedFor':
        return [path, { state: 'unknown', why: 'notRead', reason: entry.reason }];
    }
  });
  return {
    sides: new Map(sides),
    absent: isListed ? { state: 'none' } : { state: 'unknown', why: 'notListed' },
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  };
}

/** A folder without an inventory: its files are all that is known. */
export function comparedFiles(files: readonly string[]): ComparedSnapshot {
  const sides = files.map((file): readonly [string, Side] => [file, { state: 'saved', file }]);
  return { sides: new Map(sides), absent: { state: 'none' } };
}

/** Every resource of either, in the order of their paths. */
export function pairsOf(older: ComparedSnapshot, newer: ComparedSnapshot): readonly PolicyPair[] {
  const paths = [...new Set([...older.sides.keys(), ...newer.sides.keys()])];
  return paths.sort().map((path) => ({
    path,
    older: older.sides.get(path) ?? older.absent,
    newer: newer.sides.get(path) ?? newer.absent,
  }));
}

/** The texts of a side's files; `undefined` for one that cannot be read. */
export type TextOf = (file: string) => string | undefined;

/** Which pairs differ, which do not, and of which nobody can tell. */
export function comparePairs(
  pairs: readonly PolicyPair[],
  older: ComparedSnapshot & { readonly textOf: TextOf },
  newer: ComparedSnapshot & { readonly textOf: TextOf },
): Comparison {
  const different: PolicyPair[] = [];
  const unknown: PolicyPair[] = [];
  const counts = { same: 0, sameButForPlace: 0 };
  for (const pair of pairs) {
    const known = { ...pair, older: found(pair.older, older), newer: found(pair.newer, newer) };
    const [left, right] = [known.older, known.newer];
    if (left.state === 'unknown' || right.state === 'unknown') {
      unknown.push(known);
    } else if (left.state === 'saved' && right.state === 'saved') {
      const texts = [older.textOf(left.file) ?? '', newer.textOf(right.file) ?? ''] as const;
      const isEqual = sameLines(...texts);
      const isSame = isEqual || sameLines(withoutPlace(texts[0], older), withoutPlace(texts[1], newer)); // prettier-ignore
      if (!isSame) different.push(known);
      else counts[isEqual ? 'same' : 'sameButForPlace']++;
    } else if (left.state !== right.state) {
      different.push(known);
    }
  }
  return { different, unknown, ...counts };
}

function found(side: Side, { textOf }: { readonly textOf: TextOf }): Side {
  if (side.state !== 'saved' || textOf(side.file) !== undefined) return side;
  return { state: 'unknown', why: 'noFile' };
}

/** Git may have changed the line ends. */
function sameLines(one: string, other: string): boolean {
  return one === other || one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

/**
 * A policy names the resource that it belongs to, so those of two accounts are never the same; what
 * they say can be. Only the own account and region count as such: another account stays what it is.
 */
function withoutPlace(text: string, { account, region }: ComparedSnapshot): string {
  const withoutAccount =
    account === undefined || !/^\d+$/.test(account)
      ? text
      : text.replace(new RegExp(`(?<!\\d)${account}(?!\\d)`, 'g'), '{account}');
  return region === undefined || !/^[a-z\d-]+$/.test(region)
    ? withoutAccount
    : withoutAccount.replace(new RegExp(`(?<![\\w-])${region}(?![\\w-])`, 'g'), '{region}');
}
