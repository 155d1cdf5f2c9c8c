import { parseTree } from 'jsonc-parser';
import { redundancies } from './findings/redundancies';
import { parseOperator } from './evaluate/operators';
import { byteLength, parsePolicy } from './policy';
import { withoutStatements, withStatements } from './policyEdit';
import { isRecord } from './resource';
import type { Statement } from './statement';
import { canonical } from './statement';

/** A policy in fewer statements that says the same. Sizes are in bytes, as AWS counts them. */
export interface Consolidation {
  readonly text: string;
  readonly before: { readonly statements: number; readonly bytes: number };
  readonly after: { readonly statements: number; readonly bytes: number };
}

/** What statements may differ in and still be one. */
type Difference = 'principal' | 'aws:sourcearn' | 'aws:sourceaccount';
const differences: readonly Difference[] = ['principal', 'aws:sourcearn', 'aws:sourceaccount'];

/** A statement, or several in one. */
interface Merged {
  readonly value: Readonly<Record<string, unknown>>;
  /** The places of those it is made of, the first first. */
  readonly from: readonly number[];
}

/**
 * Merges statements that differ only in their principals, in `aws:SourceArn` or in
 * `aws:SourceAccount`, and leaves out those that add nothing. What is not merged stays byte for byte.
 * `undefined`: there is nothing to merge, or the text is no policy.
 * @param owner the account of the resource
 */
export function consolidate(text: string, owner: string | undefined): Consolidation | undefined {
  const policy = parsePolicy(text);
  if (!policy.wellFormed) return undefined;
  const { statements } = policy;
  const gone = new Set(redundancies(statements, owner).map(({ statement }) => statement?.index));
  const left = statements.filter(({ index }) => !gone.has(index));
  const merged = mergeAll(left.flatMap(readable)).filter(({ from }) => from.length > 1);
  const after = rewrite(text, merged, gone);
  const count =
    statements.length - gone.size - merged.reduce((sum, { from }) => sum + from.length - 1, 0);
  if (after === undefined || count === statements.length) return undefined;
  const before = { statements: statements.length, bytes: byteLength(text) };
  // What was merged can make more of it redundant.
  const again = consolidate(after, owner);
  return again
    ? { ...again, before }
    : { text: after, before, after: { statements: count, bytes: byteLength(after) } };
}

function readable({ text, index, unreadable, effect }: Statement): readonly Merged[] {
  const value: unknown = JSON.parse(text);
  return unreadable || effect === 'unknown' || !isRecord(value) ? [] : [{ value, from: [index] }];
}

/** By one difference after the other, until nothing more is alike. */
function mergeAll(statements: readonly Merged[]): readonly Merged[] {
  let before: readonly Merged[] = statements;
  for (;;) {
    const after = differences.reduce(mergeBy, before);
    if (after.length === before.length) return after;
    before = after;
  }
}

function mergeBy(statements: readonly Merged[], difference: Difference): readonly Merged[] {
  const groups = new Map<string, Merged[]>();
  statements.forEach((statement, at) => {
    const key = likeness(statement.value, difference) ?? `alone ${at}`;
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  });
  return [...groups.values()].map((group) =>
    group.reduce((one, other) => ({
      value: union(one.value, other.value, difference),
      from: [...one.from, ...other.from],
    })),
  );
}

/** The same for statements that are the same but for their IDs and one difference. */
function likeness(
  value: Readonly<Record<string, unknown>>,
  difference: Difference,
): string | undefined {
  const rest = Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'Sid'));
  if (difference === 'principal') {
    // Everyone is not one of several.
    if (!isRecord(rest.Principal) || 'NotPrincipal' in rest) return undefined;
    if (Object.values(rest.Principal).flat().includes('*')) return undefined;
    return canonicalOf({ ...rest, Principal: null });
  }
  const place = placeOf(rest.Condition, difference);
  if (!place) return undefined;
  const values = valueAt(rest.Condition, place);
  // What AWS makes of an empty list is not known, so it is none of several.
  if (Array.isArray(values) && values.length === 0) return undefined;
  return canonicalOf({ ...rest, Condition: withValue(rest.Condition, place, null) });
}

interface Place {
  readonly operator: string;
  readonly key: string;
}

/** Where a condition names the key: once, by an operator that any of its values meets. */
function placeOf(condition: unknown, key: string): Place | undefined {
  if (!isRecord(condition)) return undefined;
  const places = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.keys(isRecord(keys) ? keys : {})
      .filter((name) => name.toLowerCase() === key)
      .map((name) => ({ operator, key: name })),
  );
  const [place] = places;
  const operator = place && parseOperator(place.operator);
  const isUnion = operator && !operator.negated && operator.over === undefined;
  return isUnion && places.length === 1 ? place : undefined;
}

function withValue(condition: unknown, { operator, key }: Place, value: unknown): unknown {
  if (!isRecord(condition)) return condition;
  const keys = condition[operator];
  return { ...condition, [operator]: { ...(isRecord(keys) ? keys : {}), [key]: value } };
}

function union(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
  difference: Difference,
): Readonly<Record<string, unknown>> {
  if (difference === 'principal') {
    return { ...one, Principal: principals(one.Principal, other.Principal) };
  }
  const [place, otherPlace] = [
    placeOf(one.Condition, difference),
    placeOf(other.Condition, difference),
  ];
  if (!place || !otherPlace) return one;
  const values = both(valueAt(one.Condition, place), valueAt(other.Condition, otherPlace));
  return { ...one, Condition: withValue(one.Condition, place, values) };
}

function valueAt(condition: unknown, { operator, key }: Place): unknown {
  const keys = isRecord(condition) ? condition[operator] : undefined;
  return isRecord(keys) ? keys[key] : undefined;
}

function principals(one: unknown, other: unknown): unknown {
  if (!isRecord(one) || !isRecord(other)) return one;
  const types = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(types.map((type) => [type, both(one[type], other[type])]));
}

/** The values of both, each once; one alone stands without a list. */
function both(one: unknown, other: unknown): unknown {
  const all = [one, other].filter((value) => value !== undefined).flat();
  const values = [...new Set<unknown>(all)];
  return values.length === 1 ? values[0] : values;
}

function canonicalOf(value: unknown): string {
  const node = parseTree(JSON.stringify(value));
  return node ? canonical(node) : '';
}

function rewrite(
  text: string,
  merged: readonly Merged[],
  gone: ReadonlySet<number | undefined>,
): string | undefined {
  const insertions = merged.map(({ value, from }) => ({
    text: JSON.stringify(value),
    at: from[0] ?? 0,
  }));
  const old = [...merged.flatMap(({ from }) => from), ...gone].filter((at) => at !== undefined);
  const grown = withStatements(text, insertions);
  const shifted = old.map((at) => at + insertions.filter((insertion) => insertion.at <= at).length);
  return withoutStatements(grown, new Set(shifted));
}
