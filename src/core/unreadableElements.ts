import type { Node } from 'jsonc-parser';
import { lastMember, members } from './jsonNodes';
import type { ReadElement } from './statement';
import { statementElements } from './statementElements';

/** The elements of a statement that its reader has to leave something out of. */
export function unreadableElements(node: Node): readonly ReadElement[] {
  const found: ReadElement[] = [];
  if (!hasKnownNames(node)) found.push('Statement');
  if (!isOne(node, 'Principal', isPrincipal)) found.push('Principal');
  if (!isOne(node, 'Action', isTexts)) found.push('Action');
  if (!isOne(node, 'Resource', isTexts)) found.push('Resource');
  const condition = lastMember(node, 'Condition');
  if (condition && !isObjectOf(condition, (keys) => isObjectOf(keys, isValues))) {
    found.push('Condition');
  }
  return found;
}

const known: ReadonlySet<string> = new Set(statementElements);

function hasKnownNames(node: Node): boolean {
  const names = members(node).map(([name]) => name);
  return (
    node.type === 'object' &&
    names.every((name) => known.has(name)) &&
    new Set(names).size === names.length
  );
}

/** Capitals make no other name of an operator or a key. */
function hasRepeatedNames(node: Node): boolean {
  const names = members(node).map(([name]) => name.toLowerCase());
  return new Set(names).size < names.length;
}

/** Whether exactly one of an element and its `Not…` is there, and can be read. */
function isOne(node: Node, name: string, isReadable: (value: Node) => boolean): boolean {
  const [element, negated] = [lastMember(node, name), lastMember(node, `Not${name}`)];
  const value = element ?? negated;
  return value !== undefined && !(element && negated) && isReadable(value);
}

function isPrincipal(value: Node): boolean {
  return value.type === 'string' || isObjectOf(value, isTexts);
}

function isTexts(value: Node): boolean {
  return value.type === 'array' ? (value.children ?? []).every(isText) : isText(value);
}

function isText({ type }: Node): boolean {
  return type === 'string';
}

/** Of a condition: numbers and booleans may stand without quotes. */
function isValues(value: Node): boolean {
  const isValue = ({ type }: Node) => type === 'string' || type === 'number' || type === 'boolean';
  return value.type === 'array' ? (value.children ?? []).every(isValue) : isValue(value);
}

function isObjectOf(node: Node, isReadable: (value: Node) => boolean): boolean {
  if (node.type !== 'object' || hasRepeatedNames(node)) return false;
  return (node.children ?? []).every(({ children }) => {
    const value = children?.[1];
    return value !== undefined && isReadable(value);
  });
}
