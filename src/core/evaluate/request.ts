import type { Principal } from '../principals';

/** Who makes a request. */
export type Caller =
  /** Without credentials of AWS. */
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'service'; readonly service: string }
  /** Somebody of an account of whom nothing else is known; `isUnnamed`: but that no policy names them. */
  | { readonly kind: 'account'; readonly accountId: string; readonly isUnnamed?: boolean }
  /** A user or role; `session`: the ARN of the role's session that it calls in, where it is known. */
  | {
      readonly kind: 'identity';
      readonly accountId: string;
      readonly arn: string;
      readonly session?: string;
    }
  | { readonly kind: 'federated'; readonly provider: string };

/** What is known of a key: its values in the request, that it is not in there, or nothing. */
export type KeyValues = readonly string[] | 'absent' | 'unknown';

/** What is known of a request, by the name of a key in small letters. */
export type RequestContext = (key: string) => KeyValues;

export interface AccessRequest {
  readonly caller: Caller;
  /** With the service before it: `sqs:SendMessage`. */
  readonly action: string;
  /** The ARN of what it is made to; of a function with the qualifier, if it has one. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** The account that a caller belongs to. */
export function accountOf(caller: Caller): string | undefined {
  return 'accountId' in caller ? caller.accountId : undefined;
}

/** The caller that a principal of a policy names; `undefined` for one that names nobody in particular. */
export function callerOf(principal: Principal): Caller | undefined {
  switch (principal.kind) {
    case 'service':
    case 'account':
    case 'federated':
      return principal;
    case 'identity':
      return identityCaller(principal);
    case 'everyone':
    case 'unresolved':
    case 'other':
      return undefined;
  }
}

function identityCaller({
  type,
  arn,
  accountId,
}: Extract<Principal, { kind: 'identity' }>): Caller {
  const role = type === 'session' ? roleOf(arn) : undefined;
  return { kind: 'identity', accountId, arn: role ?? arn, ...(role ? { session: arn } : {}) };
}

/** The role of a session. Its path, if it has one, does not show. */
function roleOf(session: string): string | undefined {
  const [, partition, accountId, name] =
    /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(session) ?? [];
  return partition && accountId && name
    ? `arn:${partition}:iam::${accountId}:role/${name}`
    : undefined;
}
