import { digest } from '../digest';
import type { ReportedResource } from '../report/report';

type Named = Pick<ReportedResource, 'arn' | 'kind' | 'name' | 'qualifier'>;

/**
 * Where the policy of each resource of one account and region is kept, by ARN: with slashes, below the
 * folder of the account and region. Names that differ in their case alone do so on no file system of
 * Windows or macOS; they get a mark of their own, which depends on nothing but the name.
 */
export function policyPaths(resources: readonly Named[]): ReadonlyMap<string, string> {
  const segments = resources.map(({ arn, ...rest }) => ({ arn, path: segmentsOf(rest) }));
  // Every folder counts, too: what is under `Orders` must not mix with what is under `orders`.
  const spellings = new Map<string, Set<string>>();
  for (const { path } of segments) {
    path.forEach((segment, depth) => {
      const key = path.slice(0, depth + 1).join('/').toLowerCase(); // prettier-ignore
      spellings.set(key, (spellings.get(key) ?? new Set()).add(segment));
    });
  }
  return new Map(
    segments.map(({ arn, path }) => {
      const marked = path.map((segment, depth) => {
        const key = path.slice(0, depth + 1).join('/').toLowerCase(); // prettier-ignore
        return (spellings.get(key)?.size ?? 0) > 1 ? withMark(segment) : segment;
      });
      return [arn, `${marked.join('/')}.json`];
    }),
  );
}

/** The path of a resource's policy, whatever others there are: by it those of two snapshots are paired. */
export function policyPath(resource: Omit<Named, 'arn'>): string {
  return `${segmentsOf(resource).join('/')}.json`;
}

/** The folder of an account and region, what is not known named as such. */
export function accountFolder(
  accountId: string | undefined,
  region: string | undefined,
): readonly [account: string, region: string] {
  return [
    accountId === undefined ? 'unknown-account' : segmentOf(accountId),
    region === undefined ? 'unknown-region' : segmentOf(region),
  ];
}

/** Whether a path is one that `policyPaths` makes: it leads nowhere but below its folder. */
export function isPolicyPath(path: string): boolean {
  return /^(lambda\/(function|layer)|sqs\/queue)(\/[\w%~-][\w.%~-]*){1,2}\.json$/.test(path);
}

function segmentsOf({ kind, name, qualifier }: Omit<Named, 'arn'>): readonly string[] {
  const below = qualifier ? [segmentOf(name), segmentOf(qualifier.name)] : [segmentOf(name)];
  switch (kind) {
    case 'lambdaFunction':
      return ['lambda', 'function', ...below];
    case 'layerVersion':
      return ['lambda', 'layer', ...below];
    case 'sqsQueue':
      return ['sqs', 'queue', ...below];
  }
}

/** No part of a path is longer than file systems take, with what comes behind it. */
const longest = 150;

/**
 * A name as a part of a path that is the same on every system. Two names never become one: what is not
 * a letter, digit, `_`, `-` or a dot within is written as `%` and the hexadecimal digits of its UTF-8.
 */
function segmentOf(name: string): string {
  const safe = name
    .replace(/[^\w.-]/gu, percent)
    .replace(/^\.|\.$/g, percent)
    // A folder must not be called as the file beside it.
    .replace(/\.(?=json$)/i, percent)
    // Windows keeps these for devices, whatever comes behind a dot.
    .replace(/^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))./i, percent);
  if (safe === '') return '%';
  return safe.length > longest ? withMark(safe.slice(0, longest), name) : safe;
}

function percent(character: string): string {
  // Half of a pair has no UTF-8.
  if (/^[\ud800-\udfff]$/.test(character)) return `%u${character.charCodeAt(0).toString(16)}`;
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
}

/** `~` stands in no name. */
function withMark(segment: string, name = segment): string {
  return `${segment}~${digest(name).slice(0, 8)}`;
}
