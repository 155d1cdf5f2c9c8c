import type { Statement } from './statement';

/** How often each statement stands in a policy, by its canonical form: two can be the same. */
export type StatementCounts = ReadonlyMap<string, number>;

export function countsOf(statements: readonly Statement[]): StatementCounts {
  const counts = new Map<string, number>();
  for (const { canonical } of statements) counts.set(canonical, (counts.get(canonical) ?? 0) + 1);
  return counts;
}

export function sameCounts(a: StatementCounts, b: StatementCounts): boolean {
  return a.size === b.size && [...a].every(([canonical, count]) => b.get(canonical) === count);
}

/** The statements of `from` that are not in `others`, each as often as it is missing there. */
export function missingIn(
  from: readonly Statement[],
  others: readonly Statement[],
): readonly Statement[] {
  const left = new Map(countsOf(others));
  return from.filter(({ canonical }) => {
    const count = left.get(canonical) ?? 0;
    left.set(canonical, count - 1);
    return count <= 0;
  });
}
