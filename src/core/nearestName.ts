/** The known name that was probably meant: the same but for case, or for a letter or two. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  // What is much longer than any name is none of them with a slip.
  if (name.length > 60) return undefined;
  const wanted = name.toLowerCase();
  const most = wanted.length < 5 ? 1 : 2;
  const ranked = known
    .map((candidate) => ({ candidate, slips: slipsBetween(wanted, candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= most)
    .sort((one, other) => one.slips - other.slips);
  return ranked[0]?.candidate;
}

/** How many letters must be put in, taken out or changed to make one of the other (Levenshtein). */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index++) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const change = (row[column - 1] ?? 0) + (other[column - 1] === one[index] ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
