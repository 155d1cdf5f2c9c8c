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
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [name, value] = children ?? [];
    return name && value ? [[String(name.value), value] as const] : [];
  });
}

/** The member of this name. Of repeated ones the last counts, as in every JSON reader AWS is known to use. */
export function lastMember(node: Node | undefined, name: string): Node | undefined {
  return members(node).findLast(([key]) => key === name)?.[1];
}
