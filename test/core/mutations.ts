/** Numbers that come out the same in every run (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** From 0 to below `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % limit;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

const scraps = [
  '{', '}', '[', ']', '"', ',', ':', '\\', '\\u12', '\n', '\r\n', '\u0000', '\ufeff', '😀', '\ud83d',
  'null', '-', '1e999', '/*', '//', '{}', '[]', '"Statement"', '"__proto__":1,', '\u2028', ' ',
] as const; // prettier-ignore

/** `count` texts, each one of `texts` with one to three random edits. */
export function* mutations(
  texts: readonly string[],
  count: number,
  random: Random,
): Generator<string> {
  for (let n = 0; n < count; n++) {
    let text = texts[n % texts.length] ?? '';
    for (let edits = 1 + random.below(3); edits > 0; edits--) text = mutated(text, random);
    yield text;
  }
}

function mutated(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + random.below(12));
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at) + random.pick(scraps) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, at) + random.pick(scraps) + text.slice(end);
    case 3:
      return text.slice(0, end) + text.slice(at);
    default: {
      // Within a word, so that most of these stay well-formed.
      const words = [...text.matchAll(/[A-Za-z]{3,}/g)];
      const word = words[random.below(Math.max(1, words.length))];
      if (!word) return text.slice(0, at);
      return text.slice(0, word.index) + 'é' + text.slice(word.index + 1);
    }
  }
}
