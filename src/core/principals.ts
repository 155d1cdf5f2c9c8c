import type { Node } from 'jsonc-parser';
import { parseArn } from './arn';
import { members, texts } from './jsonNodes';
import type { Condition, Statement } from './statement';

/**
 * Who a statement speaks of.
 * `unresolved` is an ID (`AROA…`, `AIDA…`) that AWS shows when it no longer resolves to a name.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Principal =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'account'; readonly accountId: string }
  | {
      readonly kind: 'identity';
      readonly type: 'role' | 'user' | 'session' | 'other';
      readonly name: string;
      readonly accountId: string;
      readonly arn: string;
    }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'unresolved'; readonly id: string }
  | { readonly kind: 'other'; readonly type: string; readonly value: string };

/** The widest group that a statement speaks of; decides its icon. */
export type Audience = 'everyone' | 'organization' | 'account' | 'service' | 'nobody';

export function readPrincipals(node: Node | undefined): readonly Principal[] {
  if (node?.type === 'string') return [readAws(String(node.value))];
  return members(node).flatMap(([type, value]) =>
    texts(value).map((text) => readTyped(type, text)),
  );
}

function readTyped(type: string, value: string): Principal {
  switch (type) {
    case 'AWS':
      return readAws(value);
    case 'Service':
      return { kind: 'service', service: value };
    case 'Federated':
      return { kind: 'federated', provider: value };
    default:
      return { kind: 'other', type, value };
  }
}

/** A principal as it stands under `AWS`. */
export function readAws(value: string): Principal {
  if (value === '*') return { kind: 'everyone' };
  if (/^\d{12}$/.test(value)) return { kind: 'account', accountId: value };
  if (/^A[A-Z]{2}A[A-Z0-9]{12,}$/.test(value)) return { kind: 'unresolved', id: value };
  const arn = parseArn(value);
  if (!arn) return { kind: 'other', type: 'AWS', value };
  if (arn.resource === 'root') return { kind: 'account', accountId: arn.accountId };
  const [type = '', ...path] = arn.resource.split('/');
  const name = type === 'assumed-role' ? path.join('/') : (path.at(-1) ?? arn.resource);
  return { kind: 'identity', type: identityType(type), name, accountId: arn.accountId, arn: value };
}

function identityType(type: string): 'role' | 'user' | 'session' | 'other' {
  switch (type) {
    case 'role':
    case 'user':
      return type;
    case 'assumed-role':
    case 'federated-user':
      return 'session';
    default:
      return 'other';
  }
}

/** Whether two statements speak of the same principals, in whatever order. */
export function hasSamePrincipals(one: Statement, other: Statement): boolean {
  const text = ({ principals, exceptPrincipals }: Statement) =>
    [exceptPrincipals, ...principals.map((principal) => JSON.stringify(principal)).sort()].join();
  return text(one) === text(other);
}

/** The organisations that conditions limit a statement to; empty when they limit it to none. */
export function organizationsOf(conditions: readonly Condition[]): readonly string[] {
  // `…IfExists` and negated operators let callers in that have no organisation at all.
  return (
    conditions
      .filter(({ key }) => key.toLowerCase() === 'aws:principalorgid')
      .filter(({ operator }) => /^(ForAnyValue:)?String(Equals|Like)(IgnoreCase)?$/.test(operator))
      // One wildcard in a list lets every organisation in, whatever stands beside it.
      .filter(({ values }) => values.every((value) => /^o-[a-z0-9]+$/.test(value)))
      .flatMap(({ values }) => values)
  );
}

export function audienceOf(statement: Statement): Audience {
  const { principals, exceptPrincipals, conditions } = statement;
  const widest = exceptPrincipals || principals.some(({ kind }) => kind === 'everyone');
  if (widest) return organizationsOf(conditions).length > 0 ? 'organization' : 'everyone';
  if (principals.length === 0) return 'nobody';
  return principals.every(({ kind }) => kind === 'service') ? 'service' : 'account';
}
