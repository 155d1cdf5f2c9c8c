import type { Node } from 'jsonc-parser';
import { matchesPattern } from './actionPatterns';
import { actionProblems, locksOwnerOut, mayLockOwnerOut } from './actionProblems';
import { conditionProblems } from './conditionProblems';
import { lastMember, members } from './jsonNodes';
import { nearestName } from './nearestName';
import type { PolicyIssue } from './policyIssue';
import { errorAt, insertMember, replaceBy, warningAt } from './policyIssue';
import { principalProblems } from './principalProblems';
import type { ResourceKind } from './resource';
import type { Statement } from './statement';
import { readStatement } from './statement';
import { statementElements } from './statementElements';
import { removableStatementIds } from './statementIds';

export interface StatementContext {
  readonly text: string;
  readonly kind: ResourceKind;
  readonly resourceArn: string;
  readonly accountId?: string;
  readonly actions?: readonly string[];
}

/** What is wrong with one statement by itself. */
export function statementProblems(
  node: Node,
  index: number,
  context: StatementContext,
): readonly PolicyIssue[] {
  if (node.type !== 'object') {
    return [errorAt(node, { code: 'wrongType', name: 'Statement', expected: 'statements' })];
  }
  return [
    ...unknownElements(node, statementElements),
    ...missingElements(node, context),
    ...sidProblems(node, context.kind),
    ...effectProblems(node),
    ...whoProblems(node),
    ...['Action', 'NotAction'].flatMap((name) => {
      const value = lastMember(node, name);
      return value ? actionProblems(value, name, context.kind, context.actions) : [];
    }),
    ...resourceProblems(node, context),
    ...conditionProblems(lastMember(node, 'Condition')),
    ...lockoutProblems(node, readStatement(node, index, context.text), context),
  ];
}

/** The members of an object that are not among the `known`. */
export function unknownElements(node: Node, known: readonly string[]): readonly PolicyIssue[] {
  return (node.children ?? []).flatMap(({ children }) => {
    const [key] = children ?? [];
    const name = String(key?.value);
    if (!key || known.includes(name)) return [];
    const meant = nearestName(name, known);
    // A second one of the same name would be another problem.
    const fix = meant === undefined || lastMember(node, meant) ? undefined : replaceBy(key, meant);
    return [errorAt(key, { code: 'unknownElement', name, known: meant }, fix)];
  });
}

function missingElements(
  node: Node,
  { text, resourceArn }: StatementContext,
): readonly PolicyIssue[] {
  const has = (name: string) => lastMember(node, name) !== undefined;
  const brace = { offset: node.offset, length: 1 };
  const missing = ['Effect', 'Principal', 'Action', 'Resource'].flatMap((name) => {
    if (has(name) || has(`Not${name}`)) return [];
    const fix =
      name === 'Resource' ? insertMember(text, node, { name, value: resourceArn }) : undefined;
    return [errorAt(brace, { code: 'missingElement', name }, fix)];
  });
  const both = ['Principal', 'Action', 'Resource'].flatMap((name) =>
    has(name) && has(`Not${name}`) ? [errorAt(brace, { code: 'bothForms', name })] : [],
  );
  return [...missing, ...both];
}

function sidProblems(node: Node, kind: ResourceKind): readonly PolicyIssue[] {
  const value = lastMember(node, 'Sid');
  if (!value) return [];
  if (value.type !== 'string') {
    return [errorAt(value, { code: 'wrongType', name: 'Sid', expected: 'text' })];
  }
  const sid = String(value.value);
  const isRemovable = removableStatementIds[kind].test(sid);
  return isRemovable ? [] : [warningAt(value, { code: 'sidNotRemovable', sid, kind })];
}

function lockoutProblems(
  node: Node,
  statement: Statement,
  { kind, accountId }: StatementContext,
): readonly PolicyIssue[] {
  const place = lastMember(node, 'Effect') ?? node;
  if (locksOwnerOut(statement, kind, accountId))
    return [warningAt(place, { code: 'locksOwnerOut' })];
  const may = mayLockOwnerOut(statement, kind, accountId);
  return may ? [warningAt(place, { code: 'mayLockOwnerOut' })] : [];
}

function effectProblems(node: Node): readonly PolicyIssue[] {
  const value = lastMember(node, 'Effect');
  if (!value) return [];
  const effect = String(value.value);
  if (value.type === 'string' && /^(Allow|Deny)$/.test(effect)) return [];
  const meant = nearestName(effect, ['Allow', 'Deny']);
  const fix = meant === undefined ? undefined : replaceBy(value, meant);
  return [errorAt(value, { code: 'wrongEffect', value: effect }, fix)];
}

function whoProblems(node: Node): readonly PolicyIssue[] {
  const found = ['Principal', 'NotPrincipal'].flatMap((name) => {
    const value = lastMember(node, name);
    return value ? principalProblems(value, name) : [];
  });
  const all = lastMember(node, 'NotPrincipal');
  const effect = lastMember(node, 'Effect')?.value as unknown;
  return all && effect === 'Allow' ? [...found, warningAt(all, { code: 'allowsAllBut' })] : found;
}

function resourceProblems(
  node: Node,
  { kind, resourceArn }: StatementContext,
): readonly PolicyIssue[] {
  const elements = members(node).filter(([name]) => /^(Not)?Resource$/.test(name));
  return elements.flatMap(([name, element]) => {
    const values = element.type === 'array' ? (element.children ?? []) : [element];
    if (values.length === 0) return [errorAt(element, { code: 'emptyElement', name })];
    return values.flatMap((value) => {
      if (value.type !== 'string') {
        return [errorAt(value, { code: 'wrongType', name, expected: 'texts' })];
      }
      const text = String(value.value);
      if (name === 'NotResource' || isOwn(text, kind, resourceArn)) return [];
      const fix = replaceBy(value, resourceArn);
      return [warningAt(value, { code: 'otherResource', value: text, arn: resourceArn }, fix)];
    });
  });
}

/** A function's policy may name its qualifiers, too. */
function isOwn(pattern: string, kind: ResourceKind, arn: string): boolean {
  if (matchesPattern(pattern, arn)) return true;
  return kind === 'lambdaFunction' && pattern.startsWith(`${arn}:`);
}
