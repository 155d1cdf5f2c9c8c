import type { Node } from 'jsonc-parser';
import { digest } from './digest';
import { lastMember, members, texts } from './jsonNodes';
import type { Principal } from './principals';
import { readPrincipals } from './principals';
import { unreadableElements } from './unreadableElements';

export interface Condition {
  /** As written, e.g. `StringEquals`, `ForAnyValue:ArnLike`, `BoolIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** An element without which nobody can say what a statement does. */
export type ReadElement = 'Statement' | 'Principal' | 'Action' | 'Resource' | 'Condition';

/** One statement of a policy, in place. Elements of an unexpected type read as if absent. */
export interface Statement {
  /** Position in the policy, from 0. */
  readonly index: number;
  /** Where its text stands in the policy's text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny' | 'unknown';
  readonly principals: readonly Principal[];
  /** Whether `principals` are those left out (`NotPrincipal`); likewise for actions and resources. */
  readonly exceptPrincipals: boolean;
  readonly actions: readonly string[];
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  readonly exceptResources: boolean;
  readonly conditions: readonly Condition[];
  /**
   * The elements of which something is missing here, since it is not there or of a type that AWS does
   * not know: what the statement does is then not known either. Absent when all was read.
   */
  readonly unreadable?: readonly ReadElement[];
  /** Its own text, as written. */
  readonly text: string;
  /** The same for two texts that mean the same to AWS: see `canonical`. */
  readonly canonical: string;
  /**
   * What identifies it in this policy: index and digest, not the Sid, which can be missing, shared
   * or changed. For keys of rows; to decide whether two are the same, compare `canonical`.
   */
  readonly identity: string;
}

export function readStatement(node: Node, index: number, policyText: string): Statement {
  const form = canonical(node);
  const principal = lastMember(node, 'Principal');
  const actions = lastMember(node, 'Action');
  const resources = lastMember(node, 'Resource');
  const effect = lastMember(node, 'Effect')?.value as unknown;
  const sid = lastMember(node, 'Sid')?.value as unknown;
  const unreadable = unreadableElements(node);
  return {
    index,
    offset: node.offset,
    length: node.length,
    sid: typeof sid === 'string' ? sid : undefined,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : 'unknown',
    principals: readPrincipals(principal ?? lastMember(node, 'NotPrincipal')),
    exceptPrincipals: !principal && lastMember(node, 'NotPrincipal') !== undefined,
    actions: texts(actions ?? lastMember(node, 'NotAction')),
    exceptActions: !actions && lastMember(node, 'NotAction') !== undefined,
    resources: texts(resources ?? lastMember(node, 'NotResource')),
    exceptResources: !resources && lastMember(node, 'NotResource') !== undefined,
    conditions: readConditions(lastMember(node, 'Condition')),
    ...(unreadable.length > 0 ? { unreadable } : {}),
    text: policyText.slice(node.offset, node.offset + node.length),
    canonical: form,
    identity: `${index}-${digest(form)}`,
  };
}

/** The statement of `statements` that is the same as `wanted`, wherever it stands by now. */
export function findSame(
  statements: readonly Statement[],
  wanted: Statement,
): Statement | undefined {
  const same = statements.filter((statement) => statement.canonical === wanted.canonical);
  return same.find((statement) => statement.index === wanted.index) ?? same[0];
}

function readConditions(node: Node | undefined): readonly Condition[] {
  return members(node).flatMap(([operator, keys]) =>
    members(keys).map(([key, values]) => ({ operator, key, values: texts(values) })),
  );
}

/**
 * One text for all ways to write the same value: names sorted, lists sorted, a list of one as its
 * only element, an account named by its ID. AWS re-writes policies so when it stores them.
 */
export function canonical(node: Node, isPrincipal = false): string {
  switch (node.type) {
    case 'object':
      // Of repeated names the last counts, and AWS keeps only that.
      return `{${lastOnes(members(node))
        .map(([name, value]) => {
          const names = isPrincipal || name === 'Principal' || name === 'NotPrincipal';
          return `${JSON.stringify(name)}:${canonical(value, names)}`;
        })
        .sort()
        .join()}}`;
    case 'array': {
      const items = (node.children ?? []).map((item) => canonical(item, isPrincipal)).sort();
      return items.length === 1 && items[0] !== undefined ? items[0] : `[${items.join()}]`;
    }
    default:
      return JSON.stringify(isPrincipal ? accountOf(node.value) : node.value);
  }
}

function lastOnes(all: ReturnType<typeof members>): ReturnType<typeof members> {
  const last = new Map(all);
  return last.size === all.length ? all : [...last];
}

/** The root of an account and its bare ID mean the same principal; AWS stores the first. */
function accountOf(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.replace(/^arn:[^:]*:iam::(\d{12}):root$/, '$1') : value;
}
