import type { Node } from 'jsonc-parser';
import { format, parseTree } from 'jsonc-parser';
import { withEdits } from './formatJson';
import { lastMember } from './jsonNodes';

/** A statement that is to be put into a policy's text. */
export interface Insertion {
  /** Its JSON. */
  readonly text: string;
  /** Before which statement it stands, counted in the text it is put into; from its length: last. */
  readonly at: number;
  /** As it is, byte for byte; otherwise it takes on the layout of its surroundings. */
  readonly verbatim?: boolean;
}

/**
 * A well-formed policy's text without the statements at these indexes; every other byte stays, but
 * for the commas and blanks that kept them apart. `undefined` when none would be left.
 */
export function withoutStatements(text: string, indexes: ReadonlySet<number>): string | undefined {
  return withoutItems(text, statementsIn(text).nodes, indexes);
}

/** A text without these items of a list, or members of an object, and the commas between; likewise. */
export function withoutItems(
  text: string,
  nodes: readonly Node[],
  indexes: ReadonlySet<number>,
): string | undefined {
  const firstKept = nodes.findIndex((_, index) => !indexes.has(index));
  if (firstKept === -1) return undefined;
  const cuts: [start: number, end: number][] = [];
  if (firstKept > 0) cuts.push([offsetOf(nodes[0]), offsetOf(nodes[firstKept])]);
  for (let index = firstKept + 1; index < nodes.length; index++) {
    if (indexes.has(index)) cuts.push([endOf(nodes[index - 1]), endOf(nodes[index])]);
  }
  return cuts.reduceRight((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), text);
}

/** A well-formed policy's text with more statements; every byte of it stays. */
export function withStatements(text: string, insertions: readonly Insertion[]): string {
  // From the back, so that the places of the others stay right.
  const ordered = insertions.map((insertion, order) => ({ ...insertion, order }));
  ordered.sort((a, b) => b.at - a.at || b.order - a.order);
  return ordered.reduce(withStatement, text);
}

/** A policy that holds only these statements (each its JSON), in one line. */
export function newPolicy(
  statements: readonly string[],
  { version = '2012-10-17', id }: { readonly version?: string; readonly id?: string } = {},
): string {
  const fields = { Version: version, ...(id === undefined ? {} : { Id: id }) };
  return `${JSON.stringify(fields).slice(0, -1)},"Statement":[${statements.join()}]}`;
}

function withStatement(text: string, { text: added, at, verbatim = false }: Insertion): string {
  const { list, nodes } = statementsIn(text);
  if (list.type === 'object') {
    const whole = text.slice(list.offset, endOf(list));
    const items = at === 0 ? [added, whole] : [whole, added];
    return splice(text, list.offset, list.length, `[${items.join()}]`);
  }
  const blank = blankIn(text, list, nodes);
  const item = verbatim ? added : laidOut(added, blank, text, nodes);
  const after = nodes[Math.min(at, nodes.length) - 1];
  if (after) return splice(text, endOf(after), 0, `,${blank}${item}`);
  const first = nodes[0];
  return first
    ? splice(text, first.offset, 0, `${item},${blank}`)
    : splice(text, list.offset + 1, 0, item);
}

/** What stands between two statements besides the comma: as between those that are there. */
function blankIn(text: string, list: Node, nodes: readonly Node[]): string {
  const [first, second] = nodes;
  if (!first) return '';
  const between = second
    ? text.slice(endOf(first), second.offset).replace(/^\s*,/, '')
    : text.slice(list.offset + 1, first.offset);
  return /^\s*$/.test(between) ? between : '';
}

/** Where each statement begins a line, a new one is broken into lines as its neighbours are. */
function laidOut(added: string, blank: string, text: string, [first]: readonly Node[]): string {
  const indent = /[\r\n]([ \t]*)$/.exec(blank)?.[1];
  const member = first?.children?.[0];
  const inner =
    first && member && /^\{\s*[\r\n]([ \t]*)$/.exec(text.slice(first.offset, member.offset));
  if (indent === undefined || !inner) return added;
  const unit = (inner[1] ?? '').slice(indent.length);
  const options = { insertSpaces: !unit.includes('\t'), tabSize: unit.length || 2, eol: '\n' };
  const broken = withEdits(added, format(added, undefined, options));
  const eol = /\r\n|\r|\n/.exec(blank)?.[0] ?? '\n';
  return broken.replaceAll('\n', `${eol}${indent}`);
}

interface StatementsIn {
  readonly list: Node;
  readonly nodes: readonly Node[];
}

/** Throws for a text that `parsePolicy` does not find well-formed. */
function statementsIn(text: string): StatementsIn {
  const list = lastMember(parseTree(text), 'Statement');
  if (list?.type === 'array') return { list, nodes: list.children ?? [] };
  if (list?.type === 'object') return { list, nodes: [list] };
  throw new Error('The text is not a policy with statements.');
}

function splice(text: string, offset: number, length: number, put: string): string {
  return text.slice(0, offset) + put + text.slice(offset + length);
}

function offsetOf(node: Node | undefined): number {
  return node?.offset ?? 0;
}

function endOf(node: Node | undefined): number {
  return node ? node.offset + node.length : 0;
}
