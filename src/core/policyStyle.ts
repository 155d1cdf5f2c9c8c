import { createScanner } from 'jsonc-parser';

/**
 * How a policy in one line is written: without any white space, or with a blank after each comma and
 * colon, as Python's `json.dumps` does.
 */
type LineStyle = 'compact' | 'spaced';

/**
 * A policy's text as it is shown to be edited: one in a single line is broken into lines, any other
 * is shown as it is. Only white space differs.
 */
export function toEditable(text: string): string {
  return lineStyleOf(text) ? print(tokensOf(text), 'lines') : text;
}

/**
 * An edited text as it is to be sent: with the white space of `base`, the policy that it was made
 * from; without one, in a single line. What is no JSON stays as it is. For every text,
 * `fromEditable(toEditable(text), text)` is the text, byte for byte.
 */
export function fromEditable(edited: string, base: string | undefined): string {
  const style = base === undefined ? 'compact' : lineStyleOf(base);
  if (style) return isJson(edited) ? print(tokensOf(edited), style) : edited;
  return withLineEndsOf(edited, base ?? '');
}

function lineStyleOf(text: string): LineStyle | undefined {
  // Texts in several lines are the rule among those that people write: no need to take them apart.
  if (/[\r\n]/.test(text) || !isJson(text)) return undefined;
  const tokens = tokensOf(text);
  if (depthOf(tokens) > deepest) return undefined;
  const styles: readonly LineStyle[] = ['compact', 'spaced'];
  return styles.find((style) => print(tokens, style) === text);
}

/** Deeper than any policy; broken into lines, such a text would be mostly blanks. */
const deepest = 100;

function depthOf(tokens: readonly string[]): number {
  let depth = 0;
  return tokens.reduce((most, token) => {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    return Math.max(most, depth);
  }, 0);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The tokens of a JSON text, each as it is written: numbers, escapes and repeated names stay. */
function tokensOf(text: string): readonly string[] {
  const scanner = createScanner(text, true);
  const tokens: string[] = [];
  for (;;) {
    scanner.scan();
    const [offset, length] = [scanner.getTokenOffset(), scanner.getTokenLength()];
    // Only the end of the text is an empty token.
    if (length === 0) return tokens;
    tokens.push(text.slice(offset, offset + length));
  }
}

function print(tokens: readonly string[], style: LineStyle | 'lines'): string {
  const between = style === 'lines' ? lineBreaks() : blanks(style);
  // Joined once: a text can be long.
  return tokens.map((token, index) => between(tokens[index - 1], token) + token).join('');
}

type Between = (before: string | undefined, token: string) => string;

function blanks(style: LineStyle): Between {
  return (before) => (style === 'spaced' && (before === ',' || before === ':') ? ' ' : '');
}

/** Two blanks a level; what is empty stays in its line. */
function lineBreaks(): Between {
  let depth = 0;
  return (before, token) => {
    const opened = before === '{' || before === '[';
    const closes = token === '}' || token === ']';
    if (opened) depth += 1;
    if (closes) depth -= 1;
    if (before === ':') return ' ';
    const breaks = (opened || before === ',' || closes) && !(opened && closes);
    return breaks ? `\n${'  '.repeat(depth)}` : '';
  };
}

/**
 * An editor writes all line ends alike and may end the text with one more. A line that is as in
 * `base` (counted from both ends) gets back the end that it had there, and so does the text.
 */
function withLineEndsOf(edited: string, base: string): string {
  const [lines, old] = [linesOf(edited.trimEnd()), linesOf(base.trimEnd())];
  const most = Math.min(lines.length, old.length);
  const isSame = (index: number, other: number) => lines[index]?.text === old[other]?.text;
  let head = 0;
  while (head < most && isSame(head, head)) head += 1;
  const shift = old.length - lines.length;
  let tail = lines.length;
  while (lines.length - tail < most - head && isSame(tail - 1, tail - 1 + shift)) tail -= 1;
  const usual = old[0]?.end;
  const whole = lines.map(({ text, end }, index) => {
    // The last line has no end, and a line that was the last may not be so any more.
    if (index === lines.length - 1) return text;
    const place = index >= tail ? index + shift : index < head ? index : undefined;
    return text + ((place !== undefined && old[place]?.end) || usual || end);
  });
  return whole.join('') + base.slice(base.trimEnd().length);
}

interface Line {
  readonly text: string;
  /** Empty for the last. */
  readonly end: string;
}

function linesOf(text: string): readonly Line[] {
  const parts = text.split(/(\r\n|\r|\n)/);
  return Array.from({ length: (parts.length + 1) / 2 }, (_, index) => ({
    text: parts[2 * index] ?? '',
    end: parts[2 * index + 1] ?? '',
  }));
}
