import type { Node } from 'jsonc-parser';
import { parseTree } from 'jsonc-parser';
import { lastMember, members } from '../jsonNodes';
import type { Statement } from '../statement';
import type { FindingDetail, Outsider } from './finding';

export interface Place {
  /** In UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

/** What of a policy's text a finding speaks of: as little as says it. */
export function placeOf(
  detail: FindingDetail,
  statement: Statement | undefined,
  text: string,
): Place {
  if (!statement) return { offset: 0, length: text.length };
  const node = parseTree(statement.text);
  const part = (node && partFor(detail, node)) ?? node;
  if (!part) return statement;
  return { offset: statement.offset + part.offset, length: part.length };
}

function partFor(detail: FindingDetail, node: Node): Node | undefined {
  switch (detail.rule) {
    case 'public-access':
    case 'public-function-url':
    case 'other-account':
    case 'other-organization':
    case 'qualifier-only-access':
      return whoPart(node, detail.who);
    case 'confused-deputy':
      return textIn(node, (text) => text === detail.service) ?? principal(node);
    case 'broad-grant':
      return textIn(node, (text) => detail.actions.includes(text)) ?? action(node);
    case 'unresolved-principal':
      return textIn(node, (text) => text === detail.id);
    case 'not-principal-allow':
      return lastMember(node, 'NotPrincipal');
    case 'locks-owner-out':
      return lastMember(node, 'Effect');
    case 'function-url-half':
      return action(node);
    case 'cannot-tell':
      return conditionPart(node, detail);
    case 'duplicate-statement':
    case 'implied-statement':
    case 'near-limit':
    case 'malformed-policy':
      return node;
  }
}

function whoPart(node: Node, who: Outsider): Node | undefined {
  switch (who.type) {
    case 'anyone':
    case 'anyAccount':
      return principal(node);
    case 'organization':
      return textIn(node, (text) => text.startsWith(who.organizationId)) ?? principal(node);
    case 'account': {
      const { arn, accountId } = who;
      const named = arn === undefined ? undefined : textIn(node, (text) => text === arn);
      return named ?? textIn(node, (text) => text.includes(accountId)) ?? principal(node);
    }
  }
}

function conditionPart(
  node: Node,
  { open }: Extract<FindingDetail, { rule: 'cannot-tell' }>,
): Node | undefined {
  const [first] = open;
  if (!first) return undefined;
  if (first.element === 'Statement') return node;
  if (first.element !== 'Condition') {
    return lastMember(node, first.element) ?? lastMember(node, `Not${first.element}`);
  }
  const block = lastMember(node, 'Condition');
  if (!('condition' in first)) return block;
  const { operator, key } = first.condition;
  return lastMember(lastMember(block, operator), key) ?? block;
}

function principal(node: Node): Node | undefined {
  return lastMember(node, 'Principal') ?? lastMember(node, 'NotPrincipal');
}

function action(node: Node): Node | undefined {
  return lastMember(node, 'Action') ?? lastMember(node, 'NotAction');
}

/** The first text of a statement that is meant; its ID and resources say nothing about who gets in. */
function textIn(node: Node, isMeant: (text: string) => boolean): Node | undefined {
  if (node.type === 'string') return isMeant(String(node.value)) ? node : undefined;
  const parts =
    node.type === 'object'
      ? members(node)
          .filter(([name]) => !/^(Sid|(Not)?Resource)$/.test(name))
          .map(([, value]) => value)
      : (node.children ?? []);
  for (const part of parts) {
    const found = textIn(part, isMeant);
    if (found) return found;
  }
  return undefined;
}
