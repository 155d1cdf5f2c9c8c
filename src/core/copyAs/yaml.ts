import type { Node } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser';
import { members } from '../jsonNodes';

/** A text as a double-quoted scalar of YAML, which takes the escapes of JSON. */
export function yamlString(text: string): string {
  // JSON leaves some characters as they are that YAML does not allow or takes for line breaks.
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Well-formed JSON as YAML that follows a key: on its line, or on the next ones, `indent` deep. Of
 * members with one name the last stays, as in every JSON reader; YAML allows no two.
 */
export function yamlOfJson(text: string, indent: number): string {
  const root = parseTree(text);
  return root ? valueOf(root, text, indent) : ` ${yamlString(text)}`;
}

/** Deeper than any policy; what lies below is left in the form of JSON, which is YAML as well. */
const deepest = 60;

function valueOf(node: Node, text: string, indent: number): string {
  const children = node.children ?? [];
  const start = `\n${' '.repeat(indent)}`;
  if (children.length === 0 || indent > deepest) return ` ${flowOf(node, text)}`;
  if (node.type === 'array') {
    return children.map((item) => `${start}-${itemOf(item, text, indent)}`).join('');
  }
  const lines = [...new Map(members(node))].map(
    ([name, value]) => `${start}${keyOf(name)}:${valueOf(value, text, indent + 2)}`,
  );
  return lines.join('');
}

/** What follows the dash: an object begins on its line. */
function itemOf(item: Node, text: string, indent: number): string {
  const value = valueOf(item, text, indent + 2);
  return value.startsWith('\n') ? ` ${value.trimStart()}` : value;
}

function flowOf(node: Node, text: string): string {
  if (node.type === 'string') return yamlString(String(node.value));
  // Numbers keep all their digits.
  return text.slice(node.offset, node.offset + node.length);
}

/** Keys of letters are plain, unless YAML would take them for something else. */
function keyOf(name: string): string {
  const isPlain = /^[A-Za-z]{2,}$/.test(name) && !/^(yes|no|on|off|true|false|null)$/i.test(name);
  return isPlain ? name : yamlString(name);
}
