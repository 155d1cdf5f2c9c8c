import { parseArn } from '../arn';
import { serviceProblem } from '../grantRules';
import type { Principal } from '../principals';
import { readAws } from '../principals';
import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { Decision, WellFormedPolicy } from './decide';
import { decide, look } from './decide';
import type { AccessRequest, Caller, KeyValues } from './request';
import { accountOf, callerOf } from './request';

/** What a person asks of a policy. Keys that are not given are not known, but for what the caller says. */
export interface Question {
  readonly resource: Resource;
  readonly caller: Caller;
  readonly action: string;
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** What the policy says to a request. */
export function ask(policy: WellFormedPolicy, question: Question): Decision {
  return decide(policy, requestFor(question), ownerOf(question.resource));
}

/** Somebody whom a statement lets do it, and what it and the Denies of its policy say to them. */
export interface Answered {
  readonly principal: Principal;
  /** The principals that are left out are meant (`NotPrincipal`). */
  readonly isExcept: boolean;
  readonly statement: Statement;
  readonly decision: Decision;
}

/** Whom a policy lets do something: each principal of each statement that allows it, in its order. */
export function whoCan(
  policy: WellFormedPolicy,
  question: Omit<Question, 'caller'>,
): readonly Answered[] {
  const denies = policy.statements.filter(({ effect }) => effect === 'Deny');
  return policy.statements.flatMap((statement) => {
    if (statement.effect === 'Deny') return [];
    const isExcept = statement.exceptPrincipals;
    const alone = { ...policy, statements: [statement, ...denies] };
    const ofAnybody = { ...policy, statements: [statement, ...denies.map(asToAnybody)] };
    return statement.principals.flatMap((principal): Answered[] => {
      const caller = isExcept ? undefined : callerOf(principal);
      // Of whoever it may be nothing is known.
      const request = caller ? requestFor({ ...question, caller }) : requestOfAnybody(question);
      const isMeant = { ...statement, principals: [everyone], exceptPrincipals: false };
      if (look(isMeant, request, policy.version).truth === 'no') return [];
      const judged = caller ? alone : ofAnybody;
      const decision = decide(judged, request, ownerOf(question.resource));
      return [{ principal, isExcept, statement, decision }];
    });
  });
}

const everyone: Principal = { kind: 'everyone' };

/** Whoever it may be can be one of those whom a Deny with `NotPrincipal` spares. */
function asToAnybody(deny: Statement): Statement {
  const unreadable = [...(deny.unreadable ?? []), 'Principal'] as const;
  return deny.exceptPrincipals ? { ...deny, unreadable } : deny;
}

function ownerOf({ arn }: Resource): string | undefined {
  return parseArn(arn)?.accountId;
}

function requestFor(question: Question): AccessRequest {
  return requestWith(question, question.caller, knownOf(question.caller));
}

function requestOfAnybody(question: Omit<Question, 'caller'>): AccessRequest {
  return requestWith(question, { kind: 'anonymous' }, []);
}

function requestWith(
  { resource, action, keys, now }: Omit<Question, 'caller'>,
  caller: Caller,
  ofCaller: readonly (readonly [string, KeyValues])[],
): AccessRequest {
  const known = new Map<string, KeyValues>([...ofCaller, ...keys]);
  const time = new Date(now).toISOString();
  known.set('aws:currenttime', [time]);
  known.set('aws:epochtime', [String(Math.floor(now / 1000))]);
  known.set('aws:resourceaccount', [ownerOf(resource) ?? '']);
  return { caller, action, resource: resource.arn, context: (key) => known.get(key) ?? 'unknown' };
}

/** What a request says by who makes it. */
function knownOf(caller: Caller): readonly (readonly [string, KeyValues])[] {
  const account = accountOf(caller);
  const isService = caller.kind === 'service';
  return [
    ['aws:principalisawsservice', caller.kind === 'anonymous' ? 'absent' : [String(isService)]],
    ...(isService ? [['aws:principalservicename', [caller.service]] as const] : []),
    ...(isService ? [] : sources.map((key) => [key, 'absent'] as const)),
    ...(account === undefined ? [] : [['aws:principalaccount', [account]] as const]),
    ...(caller.kind === 'anonymous' ? [['aws:principalaccount', ['anonymous']] as const] : []),
    // The ARN of a session does not say where its role stands, which this key does.
    ...(caller.kind === 'identity' && caller.session === undefined
      ? [['aws:principalarn', [caller.arn]] as const]
      : []),
    ...(account === undefined ? ofPrincipals.map((key) => [key, 'absent'] as const) : []),
  ];
}

/** Only who has an account brings these. */
const ofPrincipals = ['aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths'];

/** Only services that act for somebody bring these. */
const sources = ['aws:sourcearn', 'aws:sourceaccount', 'aws:sourceorgid', 'aws:sourceorgpaths'];

/** The caller that a person means by a text; `undefined` for one that means nobody. */
export function readCaller(text: string): Caller | undefined {
  if (text === '*') return { kind: 'anonymous' };
  if (!serviceProblem(text)) return { kind: 'service', service: text };
  const principal = readAws(text);
  return principal.kind === 'account' || principal.kind === 'identity'
    ? callerOf(principal)
    : undefined;
}

/** Keys and values as a person writes them: `aws:SourceArn=arn:…; aws:SourceVpce=vpce-1`. */
export function readKeys(text: string): ReadonlyMap<string, readonly string[]> | undefined {
  const keys = new Map<string, readonly string[]>();
  for (const part of text.split(/[;\n]/).filter((one) => one.trim() !== '')) {
    const [, key, value] = /^\s*([A-Za-z0-9-]+:[^=\s]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (key === undefined || value === undefined) return undefined;
    const name = key.toLowerCase();
    keys.set(name, [...(keys.get(name) ?? []), value]);
  }
  return keys;
}
