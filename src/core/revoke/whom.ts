import { arnParts } from '../evaluate/arnParts';
import { callerOf } from '../evaluate/request';
import { identityArnProblem, serviceProblem } from '../grantRules';
import type { Principal } from '../principals';
import { readAws } from '../principals';
import { isRecord } from '../resource';
import type { Statement } from '../statement';

/** Whom access is taken from, wherever they have it. */
export type Whom =
  | { readonly type: 'everyone' }
  | { readonly type: 'organization'; readonly organizationId: string }
  /** With all its users and roles, and its resources that services act for. */
  | { readonly type: 'account'; readonly accountId: string }
  | { readonly type: 'identity'; readonly accountId: string; readonly arn: string }
  | { readonly type: 'service'; readonly service: string }
  | { readonly type: 'federated'; readonly provider: string }
  | { readonly type: 'unresolved'; readonly id: string };

/** The same for the same, and for nobody else. */
export function whomKey(whom: Whom): string {
  switch (whom.type) {
    case 'everyone':
      return whom.type;
    case 'organization':
      return `${whom.type} ${whom.organizationId}`;
    case 'account':
      return `${whom.type} ${whom.accountId}`;
    case 'identity':
      return `${whom.type} ${whom.arn}`;
    case 'service':
      return `${whom.type} ${whom.service}`;
    case 'federated':
      return `${whom.type} ${whom.provider}`;
    case 'unresolved':
      return `${whom.type} ${whom.id}`;
  }
}

/** Whether what was kept is somebody, whole. */
export function isWhom(value: unknown): value is Whom {
  if (!isRecord(value)) return false;
  const texts: Readonly<Record<Whom['type'], readonly string[]>> = {
    everyone: [],
    organization: ['organizationId'],
    account: ['accountId'],
    identity: ['accountId', 'arn'],
    service: ['service'],
    federated: ['provider'],
    unresolved: ['id'],
  };
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(texts, type)) return false;
  return texts[type as Whom['type']].every((name) => typeof value[name] === 'string');
}

/** Whom a person means by a text; `undefined` for one that means nobody. */
export function readWhom(text: string): Whom | undefined {
  if (/^o-[a-z0-9]{10,32}$/.test(text)) return { type: 'organization', organizationId: text };
  if (!serviceProblem(text)) return { type: 'service', service: text };
  const principal = readAws(text);
  if (principal.kind !== 'identity') return namesOf(principal)[0];
  if (!identityArnProblem(text)) return namesOf(principal)[0];
  // Of a resource its account gets in, by a service; a pattern would be somebody else for each reader.
  const { accountId } = principal;
  const isResource = !/^arn:[^:]*:(iam|sts):/.test(text) && /^\d{12}$/.test(accountId);
  return isResource ? { type: 'account', accountId } : undefined;
}

/** Whom a principal of a policy names; of an account's user or role its account as well. */
export function namesOf(principal: Principal): readonly Whom[] {
  switch (principal.kind) {
    case 'everyone':
      return [{ type: 'everyone' }];
    case 'service':
      return [{ type: 'service', service: principal.service }];
    case 'account':
      return [{ type: 'account', accountId: principal.accountId }];
    case 'identity':
      return [...ofArn(principal.arn, principal.accountId), ...roleOf(principal)];
    case 'federated':
      return [{ type: 'federated', provider: principal.provider }];
    case 'unresolved':
      return [{ type: 'unresolved', id: principal.id }];
    case 'other':
      return [];
  }
}

/** The role whose session it is. */
function roleOf(principal: Extract<Principal, { kind: 'identity' }>): readonly Whom[] {
  const caller = callerOf(principal);
  const isSession = caller?.kind === 'identity' && caller.session !== undefined;
  return isSession ? [{ type: 'identity', accountId: caller.accountId, arn: caller.arn }] : [];
}

/** Keys about what a service acts for: that this is of the resource's own account is no access of it. */
export function isOfSource(key: string): boolean {
  return /^aws:Source/i.test(key);
}

/** Whom a value of a condition names, by the key that it is compared with. */
export function namesOfValue(key: string, value: string): readonly Whom[] {
  const [, organizationId] = /^(o-[a-z0-9]+)(\/.*)?$/.exec(value) ?? [];
  // Keys about a VPC name the network that a request comes by, which is not who makes it.
  if (/^aws:(Principal|Source)Org(ID|Paths)$/i.test(key)) {
    return organizationId === undefined ? [] : [{ type: 'organization', organizationId }];
  }
  if (/^aws:((Principal|Source)Account|SourceOwner)$/i.test(key)) {
    return /^\d{12}$/.test(value) ? [{ type: 'account', accountId: value }] : [];
  }
  if (/^aws:PrincipalServiceName$/i.test(key)) {
    return /[*?]/.test(value) ? [] : [{ type: 'service', service: value }];
  }
  if (!/^aws:(PrincipalArn|SourceArn)$/i.test(key)) return [];
  const accountId = arnParts(value)?.[4] ?? '';
  if (!/^\d{12}$/.test(accountId)) return [];
  return /^aws:PrincipalArn$/i.test(key)
    ? ofArn(value, accountId)
    : [{ type: 'account', accountId }];
}

function ofArn(arn: string, accountId: string): readonly Whom[] {
  const account: readonly Whom[] = /^\d{12}$/.test(accountId)
    ? [{ type: 'account', accountId }]
    : [];
  return /[*?]/.test(arn) ? account : [{ type: 'identity', accountId, arn }, ...account];
}

/**
 * Everybody whom a statement names as one that it lets in, each once.
 * @param owner the account of the resource
 */
export function whomsIn(statement: Statement, owner: string | undefined): readonly Whom[] {
  const { effect, principals, exceptPrincipals, conditions } = statement;
  if (effect !== 'Allow') return [];
  const named = exceptPrincipals ? [] : principals.flatMap(namesOf);
  const isOwner = (whom: Whom) => whom.type === 'account' && whom.accountId === owner;
  const others = conditions.flatMap(({ key, values }) =>
    values
      .flatMap((value) => namesOfValue(key, value))
      .filter((whom) => !isOwner(whom) || !isOfSource(key)),
  );
  return [...new Map([...named, ...others].map((whom) => [whomKey(whom), whom])).values()];
}
