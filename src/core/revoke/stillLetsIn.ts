import { parseArn } from '../arn';
import type { Question } from '../evaluate/askPolicy';
import { ask } from '../evaluate/askPolicy';
import type { WellFormedPolicy } from '../evaluate/decide';
import type { Caller } from '../evaluate/request';
import { callerOf } from '../evaluate/request';
import { strangeAccount } from '../findings/cast';
import { entriesOf, namesAll } from '../findings/entries';
import type { Entries } from '../findings/entry';
import type { Outsider } from '../findings/finding';
import { trustNobody } from '../findings/finding';
import { grantedBy } from '../findings/grantable';
import { organizationsOf, readAws } from '../principals';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { RevocationContext } from './revocation';
import type { Whom } from './whom';
import { whomKey, whomsIn } from './whom';

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
  const entries = entriesOf(policy, { ...context, trust: trustNobody });
  const open = everybody(entries);
  const isOpen = (statement: Statement) => open.some((one) => one.statement === statement);
  if (whom.type === 'everyone') {
    return [...open, ...deputies(entries).filter(({ statement }) => !isOpen(statement))];
  }
  const found = [
    ...policy.statements.flatMap((statement) => letIn(policy, statement, whom, context, isOpen)),
    ...throughServices(entries, whom, context.resource),
  ];
  const told = new Set(found.map(({ statement }) => statement));
  found.push(...asMembers(entries, whom).filter(({ statement }) => !told.has(statement)));
  const isTold = (statement: Statement) => found.some((one) => one.statement === statement);
  const owner = parseArn(context.resource.arn)?.accountId;
  // What names them and could not be taken out may let them in, whatever it is that stands in the way.
  const named = policy.statements.filter(
    (statement) => !isTold(statement) && mayName(statement, whom, owner),
  );
  const rest = named.map((statement) => ({
    statement,
    through: { type: 'other' } as const,
    certain: false,
  }));
  return [...found, ...rest];
}

/** Whether a statement names somebody, or spells a service as they may be called. */
function mayName(statement: Statement, whom: Whom, owner: string | undefined): boolean {
  if (statement.effect === 'Deny') return false;
  if (whom.type === 'service') {
    return statement.principals.some(
      (one) => one.kind === 'service' && isLike(one.service, whom.service),
    );
  }
  return whomsIn(statement, owner).some((one) => whomKey(one) === whomKey(whom));
}

/** `sns.eu-west-1.amazonaws.com` is SNS, too, and `*` may be. */
function isLike(one: string, other: string): boolean {
  const [first, second] = [one, other].map((name) => name.toLowerCase().split('.')[0]);
  return one === '*' || first === second;
}

function everybody({ entries, open }: Entries): readonly Remaining[] {
  const isAnybody = ({ who }: { readonly who: Outsider }) =>
    who.type === 'anyone' || who.type === 'anyAccount';
  const found = new Set(entries.filter(isAnybody).map(({ statement }) => statement));
  const possible = open
    .filter((entry) => isAnybody(entry) && entry.through === undefined)
    .map(({ statement }) => statement);
  return [...new Set([...found, ...possible])].map((statement) => ({
    statement,
    through: statement.exceptPrincipals ? { type: 'except' } : { type: 'everyone' },
    certain: found.has(statement),
  }));
}

/** Services that anybody can have act for their resources, or perhaps can. */
function deputies({ deputies: all, open }: Entries): readonly Remaining[] {
  const certain = all.map(({ statement, service }) => through(statement, service, true));
  const possible = open.flatMap((entry) =>
    entry.through === undefined ? [] : [through(entry.statement, entry.through, false)],
  );
  return once([...certain, ...possible]);
}

function through(statement: Statement, service: string, certain: boolean): Remaining {
  return { statement, through: { type: 'service', service }, certain };
}

/** Each way once, as the first of the same says it. */
function once(all: readonly Remaining[]): readonly Remaining[] {
  const keyOf = (one: Remaining) => `${one.statement.index} ${JSON.stringify(one.through)}`;
  return [...new Map([...all].reverse().map((one) => [keyOf(one), one])).values()].reverse();
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
      ? [through(statement, who.through, true)]
      : [],
  );
  return once([...own, ...deputies(entries)]);
}

/** As accounts of an organisation, perhaps through a service: who belongs to it is not known. */
function asMembers({ entries }: Entries, whom: Whom): readonly Remaining[] {
  if (whom.type !== 'account' && whom.type !== 'organization') return [];
  const all = entries.flatMap(({ statement, who }): Remaining[] => {
    if (who.type !== 'organization') return [];
    const isIt = whom.type === 'organization' && whom.organizationId === who.organizationId;
    if (whom.type === 'organization' && !isIt) return [];
    const through = { type: 'organization', organizationId: who.organizationId } as const;
    return [{ statement, through, certain: isIt }];
  });
  return once(all);
}

function callerFor(whom: Whom, { statements }: WellFormedPolicy): Caller | undefined {
  switch (whom.type) {
    case 'organization': {
      // Some account of it, of which the policy does not speak.
      const texts = statements.map(({ text }) => text);
      return { kind: 'account', accountId: strangeAccount(new Set(), texts), isUnnamed: true };
    }
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
  isOpen: (statement: Statement) => boolean,
): readonly Remaining[] {
  const caller = callerFor(whom, policy);
  if (!caller || statement.effect === 'Deny') return [];
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  const alone = { ...policy, statements: [statement, ...denies] };
  const answers = grantedBy(statement, resource.kind).map(({ action }) =>
    ask(alone, { resource, caller, action, keys: keysOf(whom), now }),
  );
  const found = answers.filter(({ answer }) => answer === 'allows' || answer === 'leavesToAccount');
  if (found.length === 0) return [];
  const certain = found.some((answer) => answer.certain);
  return [{ statement, through: throughOf(statement, whom, isOpen(statement)), certain }];
}

function keysOf(whom: Whom): Question['keys'] {
  if (whom.type !== 'organization') return new Map();
  const { organizationId } = whom;
  return new Map([
    ['aws:principalorgid', [organizationId]],
    // Where in it nobody knows; but in no other.
    ['aws:principalorgpaths', [`${organizationId}/`]],
  ]);
}

function throughOf(statement: Statement, whom: Whom, isOpen: boolean): Through {
  if (statement.exceptPrincipals) return { type: 'except' };
  const isOfAccount = (accountId: string) =>
    statement.principals.some((one) => one.kind === 'account' && one.accountId === accountId);
  if ('accountId' in whom && isOfAccount(whom.accountId)) {
    return { type: 'account', accountId: whom.accountId };
  }
  if (!namesAll(statement)) return { type: 'other' };
  const [organizationId] = organizationsOf(statement.conditions);
  if (organizationId !== undefined) return { type: 'organization', organizationId };
  return isOpen ? { type: 'everyone' } : { type: 'other' };
}
