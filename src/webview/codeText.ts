import { make } from './dom';
import type { Range } from './policyForms';
import { tokenize } from './tokens';

/** Where a piece of the text goes: an element that holds the text of `range` and nothing else. */
export interface Holder {
  readonly range: Range;
  readonly element: HTMLElement;
}

/** A stretch that is shown as something special: its pieces stand in elements of their own. */
export interface Mark extends Range {
  readonly makeElement: () => HTMLElement;
}

/**
 * Fills an element with a text so that its `textContent` is that text, unit for unit: line numbers
 * and names of invisible characters are attributes which CSS draws.
 * @param holders elements for parts of the text, in order, not overlapping
 * @param marks likewise
 */
export function fillCode(
  code: HTMLElement,
  text: string,
  holders: readonly Holder[],
  marks: readonly Mark[] = [],
): void {
  const tokens = tokenize(text);
  const lines = lineStarts(text);
  const cuts = [
    ...tokens.flatMap(({ start, end }) => [start, end]),
    ...holders.flatMap(({ range }) => [range.start, range.end]),
    ...marks.flatMap(({ start, end }) => [start, end]),
    ...lines,
    text.length,
  ];
  const stops = [...new Set(cuts)].sort((a, b) => a - b);
  const nextToken = follower(tokens);
  const nextHolder = follower(holders.map((holder) => ({ ...holder.range, ...holder })));
  const nextMark = follower(marks);
  const empty = holders.find(({ range }) => range.start === range.end);
  let line = 0;
  const content = document.createDocumentFragment();
  stops.forEach((start, index) => {
    const holder = nextHolder(start);
    if (holder?.start === start) content.append(holder.element);
    const parent = holder?.element ?? content;
    if (lines[line] === start) {
      line += 1;
      parent.append(make('span', { class: 'line-number', 'data-line': String(line) }));
    }
    if (empty?.range.start === start) parent.append(empty.element);
    const piece = text.slice(start, stops[index + 1] ?? start);
    const kind = nextToken(start)?.kind;
    const mark = nextMark(start);
    // Blanks between two tokens stay without.
    const marked = mark && kind ? parent.appendChild(mark.makeElement()) : parent;
    appendPiece(
      kind ? marked.appendChild(make('span', { class: `token-${kind}` })) : parent,
      piece,
    );
  });
  code.replaceChildren(content);
  code.style.setProperty('--digits', String(String(lines.length).length));
}

/** The whole lines that a range takes up, if nothing but blanks and a comma shares them with it. */
export function wholeLines(text: string, range: Range): Range | undefined {
  let { start } = range;
  while (start > 0 && ' \t'.includes(text.charAt(start - 1))) start -= 1;
  const after = /^[ \t]*,?[ \t]*(\r\n|\r|\n|$)/.exec(text.slice(range.end, range.end + 200));
  const atStart = start === 0 || '\r\n'.includes(text.charAt(start - 1));
  return after && atStart ? { start, end: range.end + after[0].length } : undefined;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((found) => found.index + found[0].length)];
}

/** Finds the stretch at an offset; offsets must be asked for in rising order. */
function follower<T extends Range>(stretches: readonly T[]): (offset: number) => T | undefined {
  let next = 0;
  return (offset) => {
    while ((stretches[next]?.end ?? Infinity) <= offset) next += 1;
    const stretch = stretches[next];
    return stretch && stretch.start <= offset ? stretch : undefined;
  };
}

// Characters that are not seen, or that change the order of those around them. Each gets an
// element of its own, which keeps its effect inside and says what it is.
const unseen = /((?![\t\n\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0])/u;

function appendPiece(parent: Node, piece: string): void {
  if (piece === '') return;
  piece.split(unseen).forEach((part, index) => {
    if (part === '') return;
    const node = document.createTextNode(part);
    if (index % 2 === 0) parent.appendChild(node);
    else parent.appendChild(make('span', { class: 'unseen', 'data-code': codeOf(part) }, node));
  });
}

function codeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
