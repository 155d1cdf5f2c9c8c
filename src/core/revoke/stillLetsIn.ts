import { parseArn } from '../arn';
import type { Question } from '../evaluate/askPolicy';
import { ask } from '../evaluate/askPolicy';
import type { WellFormedPolicy } from '../evaluate/decide';
import type { Caller } from '../evaluate/request';
import { callerOf } from '../evaluate/request';
import { entriesOf, namesAll } from '../findings/entries';
import type { Entries } from '../findings/entry';
import type { Outsider } from '../findings/finding';
import { grantedBy } from '../findings/grantable';
import { organizationsOf, readAws } from '../principals';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { RevocationContext } from './revocation';
import type { Whom } from './whom';

/** As whom somebody gets in who is not named. */
export type Through =
  | { readonly type: 'everyone' }
  /** The whole account is let in; its own policies decide about who of it. */
  | { readonly type: 'account'; readonly accountId: string }
  | { readonly type: 'organization'; readonly organizationId: string }
  /** By having it act for a resource of theirs. */
  | { readonly type: 'service'; readonly service: string }
  /** As one of those whom `NotPrincipal` leaves in. */
  | { readonly type: 'except' }
  /** By a pattern, a session, or an element that cannot be read. */
  | { readonly type: 'other' };

/** A statement that lets somebody in all the same; not `certain`: if its conditions hold for them. */
export interface Remaining {
  readonly statement: Statement;
  readonly through: Through;
  readonly certain: boolean;
}

/** What of a policy lets somebody in, one for each statement and way. */
export function stillLetsIn(
  policy: WellFormedPolicy,
  whom: Whom,
  context: RevocationContext,
): readonly Remaining[] {
  if (whom.type === 'unresolved') return [];
  const trust = { accounts: new Set<string>(), organizations: new Set<string>() };
  const entries = entriesOf(policy, { ...context, trust });
  if (whom.type === 'everyone') return [...everybody(entries), ...deputies(entries)];
  const named = policy.statements.flatMap((statement) => letIn(policy, statement, whom, context));
  return [...named, ...throughServices(entries, whom, context.resource)];
}

function everybody({ entries, open }: Entries): readonly Remaining[] {
  const isAnybody = ({ who }: { readonly who: Outsider }) =>
    who.type === 'anyone' || who.type === 'anyAccount';
  const found = entries.filter(isAnybody).map(({ statement }) => statement);
  const possible = open.filter(isAnybody).map(({ statement }) => statement);
  const maybe = possible.filter((statement) => !found.includes(statement));
  return [...new Set([...found, ...maybe])].map((statement) => ({
    statement,
    through: statement.exceptPrincipals ? { type: 'except' } : { type: 'everyone' },
    certain: found.includes(statement),
  }));
}

function deputies({ deputies: all }: Entries): readonly Remaining[] {
  return all.map(({ statement, service }) => ({
    statement,
    through: { type: 'service', service },
    certain: true,
  }));
}

/** Services that act for their resources, or for anybody's. */
function throughServices(entries: Entries, whom: Whom, { arn }: Resource): readonly Remaining[] {
  const isOwner = whom.type === 'account' && whom.accountId === parseArn(arn)?.accountId;
  if ((whom.type !== 'account' && whom.type !== 'organization') || isOwner) return [];
  const own = entries.entries.flatMap(({ statement, who }): Remaining[] =>
    who.type === 'account' &&
    who.through !== undefined &&
    whom.type === 'account' &&
    who.accountId === whom.accountId
      ? [{ statement, through: { type: 'service', service: who.through }, certain: true }]
      : [],
  );
  const isToldOf = ({ statement, through }: Remaining) =>
    own.some(
      (one) =>
        one.statement === statement && JSON.stringify(one.through) === JSON.stringify(through),
    );
  return [...own, ...deputies(entries).filter((one) => !isToldOf(one))];
}

/** Some account of an organisation, of which no policy speaks. */
const someAccount = '999999999999';

function callerFor(whom: Whom): Caller | undefined {
  switch (whom.type) {
    case 'organization':
      return { kind: 'account', accountId: someAccount, isUnnamed: true };
    case 'account':
      return { kind: 'account', accountId: whom.accountId };
    case 'identity':
      return callerOf(readAws(whom.arn));
    case 'service':
      return { kind: 'service', service: whom.service };
    case 'federated':
      return { kind: 'federated', provider: whom.provider };
    case 'everyone':
    case 'unresolved':
      return undefined;
  }
}

function letIn(
  policy: WellFormedPolicy,
  statement: Statement,
  whom: Whom,
  { resource, now }: RevocationContext,
): readonly Remaining[] {
  const caller = callerFor(whom);
  if (!caller || statement.effect === 'Deny') return [];
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const alone = { ...policy, statements: [statement, ...denies] };
  const answers = grantedBy(statement, resource.kind).map(({ action }) =>
    ask(alone, { resource, caller, action, keys: keysOf(whom), now }),
  );
  const found = answers.filter(({ answer }) => answer === 'allows' || answer === 'leavesToAccount');
  if (found.length === 0) return [];
  const certain = found.some((answer) => answer.certain);
  return [{ statement, through: throughOf(statement, whom), certain }];
}

function keysOf(whom: Whom): Question['keys'] {
  if (whom.type !== 'organization') return new Map();
  return new Map([['aws:principalorgid', [whom.organizationId]]]);
}

function throughOf(statement: Statement, whom: Whom): Through {
  if (statement.exceptPrincipals) return { type: 'except' };
  const isOfAccount = (accountId: string) =>
    statement.principals.some((one) => one.kind === 'account' && one.accountId === accountId);
  if ('accountId' in whom && isOfAccount(whom.accountId)) {
    return { type: 'account', accountId: whom.accountId };
  }
  if (!namesAll(statement)) return { type: 'other' };
  const [organizationId] = organizationsOf(statement.conditions);
  if (organizationId !== undefined) return { type: 'organization', organizationId };
  const isOpen = statement.principals.some(({ kind }) => kind === 'everyone');
  return isOpen ? { type: 'everyone' } : { type: 'other' };
}
