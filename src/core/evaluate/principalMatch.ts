import type { Principal } from '../principals';
import type { Statement } from '../statement';
import type { Caller } from './request';
import { accountOf } from './request';
import type { Truth } from './truth';
import { either, some, truthOf } from './truth';

/**
 * How a statement speaks of a caller: `itself`, by its own name or as everyone, or through its
 * account, which then decides by its own policies.
 */
export interface PrincipalMatch {
  readonly itself: Truth;
  readonly account: Truth;
}

/**
 * Whether a statement speaks of a caller.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function matchPrincipals(statement: Statement, caller: Caller): PrincipalMatch {
  const { principals, exceptPrincipals, unreadable } = statement;
  const unread: Truth = unreadable?.includes('Principal') === true ? 'unknown' : 'no';
  if (exceptPrincipals) {
    return { itself: unread === 'unknown' ? unread : isLeft(principals, caller), account: 'no' };
  }
  return {
    itself: either(
      unread,
      some(principals, (principal) => names(principal, caller)),
    ),
    account: some(principals, (principal) => namesAccount(principal, caller)),
  };
}

function names(principal: Principal, caller: Caller): Truth {
  switch (principal.kind) {
    case 'everyone':
      return 'yes';
    case 'service':
      return truthOf(caller.kind === 'service' && caller.service === principal.service);
    case 'account':
      return 'no';
    case 'identity':
      return namesIdentity(principal, caller);
    case 'federated':
      return truthOf(caller.kind === 'federated' && caller.provider === principal.provider);
    case 'unresolved':
      // Of another account it may be one that lives: only its own account sees its name.
      return caller.kind === 'identity' ? 'unknown' : 'no';
    case 'other':
      return caller.kind === 'anonymous' || caller.kind === 'service' ? 'no' : 'unknown';
  }
}

function namesIdentity(
  { arn, type, accountId }: Extract<Principal, { kind: 'identity' }>,
  caller: Caller,
): Truth {
  if (accountOf(caller) !== accountId) return 'no';
  // That a caller is of an account says nothing about who of it.
  if (caller.kind === 'account') return caller.isUnnamed === true ? 'no' : 'unknown';
  if (caller.kind !== 'identity') return 'no';
  if (arn === caller.arn || arn === caller.session) return 'yes';
  // A role may be in any of its sessions.
  if (type === 'session' && caller.session === undefined && isSessionOf(arn, caller.arn)) {
    return 'unknown';
  }
  // The ARN of a session does not say where its role stands.
  if (type === 'role' && isSessionOf(caller.session ?? '', arn)) return 'unknown';
  return /[*?]/.test(arn) ? 'unknown' : 'no';
}

function isSessionOf(session: string, role: string): boolean {
  const name = /:assumed-role\/([^/]+)\//.exec(session)?.[1];
  return name !== undefined && /:role\/(?:.*\/)?([^/]+)$/.exec(role)?.[1] === name;
}

function namesAccount(principal: Principal, caller: Caller): Truth {
  return truthOf(principal.kind === 'account' && principal.accountId === accountOf(caller));
}

/**
 * Whether `NotPrincipal` leaves a caller in. Who is to be taken out must be listed with the account,
 * and a session with its role as well.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isLeft(listed: readonly Principal[], caller: Caller): Truth {
  if (listed.some(({ kind }) => kind === 'everyone')) return 'no';
  const itself = some(listed, (principal) => names(principal, caller));
  const account = some(listed, (principal) => namesAccount(principal, caller));
  if (caller.kind === 'account') return account === 'yes' ? 'unknown' : 'yes';
  if (caller.kind !== 'identity') return itself === 'yes' ? 'no' : 'yes';
  if (itself === 'no' && account === 'no') return 'yes';
  return itself === 'yes' && account === 'yes' ? 'no' : 'unknown';
}
