/**
 * Whether a name is meant by a list of patterns: `*` stands for any text, capitals do not matter, a
 * pattern that begins with `!` takes out what one before it took in. As in a .gitignore the last one
 * that fits decides.
 */
export function isMeant(name: string, patterns: readonly string[]): boolean {
  let meant = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (
      fits(
        name.toLowerCase(),
        pattern
          .slice(negated ? 1 : 0)
          .trim()
          .toLowerCase(),
      )
    ) {
      meant = !negated;
    }
  }
  return meant;
}

/** By hand: a regular expression made of a pattern with many stars can take for ever. */
function fits(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
