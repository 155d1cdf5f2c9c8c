import type { Node } from 'jsonc-parser';

/** The strings of a value that may be one or a list; numbers and booleans as they are written. */
export function texts(node: Node | undefined): readonly string[] {
  if (!node) return [];
  const nodes = node.type === 'array' ? (node.children ?? []) : [node];
  return nodes
    .filter(({ type }) => type === 'string' || type === 'number' || type === 'boolean')
    .map(({ value }) => String(value));
}

/** Name and value of each member of an object, in order, repeated names included. */
export function members(node: Node | undefined): readonly (readonly [string, Node])[] {
  const found: [string, Node][] = [];
  if (node?.type !== 'object') return found;
  for (const { children } of node.children ?? []) {
    const [name, value] = children ?? [];
    if (name && value) found.push([String(name.value), value]);
  }
  return found;
}

/** The member of this name. Of repeated ones the last counts, as in every JSON reader AWS is known to use. */
export function lastMember(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object') return undefined;
  // Not by way of `members`: this is asked for many times for every statement that there is.
  const parts = node.children ?? [];
  for (let index = parts.length - 1; index >= 0; index--) {
    const [key, value] = parts[index]?.children ?? [];
    if (key?.value === name && value) return value;
  }
  return undefined;
}
