/** Whether an action pattern of a policy (`*` and `?` for any characters, any case) covers an action. */
export function coversAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase());
}

/**
 * Whether a text matches a pattern with `*` and `?`. Not by a regular expression: patterns are other
 * people's, and some would take one for ever.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (!pattern.includes('*') && !pattern.includes('?')) return pattern === text;
  return fits(pattern, text, (one, character) => one === '?' || one === character);
}

/** Whether a pattern takes everything that another takes. Says "no" where it cannot tell. */
export function coversPattern(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '*') return true;
  // A variable stands for what no pattern can tell.
  if (wide.includes('${') || narrow.includes('${')) return false;
  return fits(wide, narrow, (one, other) => (one === '?' ? other !== '*' : one === other));
}

/** `takes`: whether one character of the pattern, which is no star, takes one of the text. */
function fits(
  pattern: string,
  text: string,
  takes: (one: string | undefined, character: string | undefined) => boolean,
): boolean {
  let at = 0;
  let position = 0;
  // The last star, and where what it stands for ends.
  let star = -1;
  let end = 0;
  while (position < text.length) {
    if (pattern[at] === '*') {
      star = at;
      end = position;
      at += 1;
    } else if (takes(pattern[at], text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      end += 1;
      at = star + 1;
      position = end;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
