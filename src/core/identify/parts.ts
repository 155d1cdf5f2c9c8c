import type { PartitionId } from '../partitions';
import { partitionOf } from '../partitions';
import { regionIdPattern } from '../regions';
import type { IdentifierPart, IdentifierProblem, Unfit } from './identification';
import { unfinished, wrong } from './identification';

// The parts of identifiers that say where a resource is. A part that nothing stands behind may
// still be being typed: then what could become right is unfinished, not wrong.

interface PartRule {
  readonly part: IdentifierPart;
  readonly whole: (text: string) => boolean;
  readonly beginning: (text: string) => boolean;
  readonly problem: (text: string) => IdentifierProblem;
}

/** `more`: something stands behind the part. */
export function partUnfit(rule: PartRule, text: string, more: boolean): Unfit | undefined {
  if (more && rule.whole(text)) return undefined;
  if (!more && rule.beginning(text)) return unfinished(rule.part);
  return wrong(isPattern(text) ? { code: 'wildcard', part: text } : rule.problem(text));
}

export function regionUnfit(region: string, more: boolean): Unfit | undefined {
  return partUnfit(regionRule, region, more);
}

const regionRule: PartRule = {
  part: 'region',
  whole: (text) => regionIdPattern.test(text),
  beginning: (text) => /^[a-z]*(-[a-z]*)*(-\d{1,2})?$/.test(text),
  problem: (region) => ({ code: 'badRegion', region }),
};

export function accountUnfit(accountId: string, more: boolean): Unfit | undefined {
  return partUnfit(accountRule, accountId, more);
}

const accountRule: PartRule = {
  part: 'accountId',
  whole: (text) => isAccountId(text),
  beginning: (text) => /^\d{0,12}$/.test(text),
  problem: (accountId) => ({ code: 'badAccount', accountId }),
};

export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** `partition`: absent where none was named. */
export function partitionMismatch(
  partition: PartitionId | undefined,
  region: string,
): Unfit | undefined {
  const actual = partitionOf(region);
  if (partition === undefined || partition === actual) return undefined;
  return wrong({ code: 'regionOfOtherPartition', region, partition, actual });
}

/** Whether it means many, as policies write it. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** Without the percent-encoding, also of a text that ends in the middle of an escape. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%[0-9a-f]?$/i, ''));
  } catch {
    return text;
  }
}
