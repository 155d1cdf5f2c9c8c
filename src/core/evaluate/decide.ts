import { coversAction, matchesPattern } from '../actionPatterns';
import type { Policy } from '../policy';
import type { Condition, ReadElement, Statement } from '../statement';
import { conditionHolds } from './conditions';
import { policyValue, requestValue } from './policyValue';
import type { PrincipalMatch } from './principalMatch';
import { matchPrincipals } from './principalMatch';
import type { AccessRequest } from './request';
import { accountOf } from './request';
import type { Truth } from './truth';
import { either, not, some } from './truth';

/**
 * What a policy says to a request. It never refuses anybody by silence: who belongs to the account
 * of the resource can be allowed by that account's own policies.
 */
export type Answer =
  /** Enough by itself. */
  | 'allows'
  /** Its half: the policies of the caller's account must allow it, too. */
  | 'leavesToAccount'
  | 'denies'
  | 'saysNothing';

/** Why a statement that speaks of a request may not hold: what of it cannot be judged. */
export type OpenPart =
  | { readonly element: ReadElement | 'Effect' }
  | { readonly element: 'Condition'; readonly condition: Condition };

/** A statement that decides, or may: by `open` it is not known whether it holds. */
export interface Match {
  readonly statement: Statement;
  readonly open: readonly OpenPart[];
}

export interface Decision {
  /** The widest that there may be. */
  readonly answer: Answer;
  /** Whether it is so in any case, or only if what is open in its matches holds (of a Deny: does not). */
  readonly certain: boolean;
  /** The statements that allow it, those that do so in any case first. */
  readonly allowing: readonly Match[];
  readonly denying: readonly Match[];
}

export type WellFormedPolicy = Extract<Policy, { wellFormed: true }>;

/**
 * What a policy of a resource says to a request.
 * @param owner the account of the resource
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(
  policy: Pick<WellFormedPolicy, 'statements' | 'version'>,
  request: AccessRequest,
  owner: string | undefined,
): Decision {
  const looks = policy.statements.map((statement) => look(statement, request, policy.version));
  const denying = matches(looks, 'Deny');
  const allowing = matches(looks, 'Allow');
  const found = { allowing, denying };
  if (denying.some(isCertain)) return { answer: 'denies', certain: true, ...found };
  const possible = looks.filter((each) => each.effect !== 'Deny' && each.truth !== 'no');
  if (possible.length === 0) {
    return { answer: 'saysNothing', certain: denying.length === 0, ...found };
  }
  const enough = possible.filter((each) => suffices(each, request, owner) !== 'no');
  const isSure = (each: Look) =>
    each.truth === 'yes' && (enough.length === 0 || suffices(each, request, owner) === 'yes');
  const decisive = enough.length > 0 ? enough : possible;
  const certain = denying.length === 0 && decisive.some(isSure);
  return { answer: enough.length > 0 ? 'allows' : 'leavesToAccount', certain, ...found };
}

/** What one statement says to a request. */
export interface Look {
  readonly statement: Statement;
  readonly effect: Statement['effect'];
  readonly principal: PrincipalMatch;
  /** Whether it speaks of the request and its conditions hold. */
  readonly truth: Truth;
  readonly open: readonly OpenPart[];
}

export function look(
  statement: Statement,
  request: AccessRequest,
  version: string | undefined,
): Look {
  const { effect, conditions, unreadable = [] } = statement;
  const principal = matchPrincipals(statement, request.caller);
  const named = either(principal.itself, principal.account);
  const nothing = { statement, effect, principal, truth: 'no', open: [] } as const;
  if (named === 'no') return nothing;
  const action = matchActions(statement, request.action);
  if (action === 'no') return nothing;
  const resource = matchResources(statement, request.resource, version);
  if (resource === 'no') return nothing;
  const isUnread = unreadable.includes('Condition');
  const open: OpenPart[] = [];
  if (named === 'unknown') open.push({ element: 'Principal' });
  if (action === 'unknown') open.push({ element: 'Action' });
  if (resource === 'unknown') open.push({ element: 'Resource' });
  for (const condition of conditions) {
    const holds = conditionHolds(condition, request.context, version);
    // Of a value that could not be read nobody knows whether it would be the one.
    if (holds === 'no' && !isUnread) return nothing;
    if (holds !== 'yes') open.push({ element: 'Condition', condition });
  }
  if (isUnread) open.push({ element: 'Condition' });
  if (unreadable.includes('Statement')) open.push({ element: 'Statement' });
  if (effect === 'unknown') open.push({ element: 'Effect' });
  return { statement, effect, principal, truth: open.length === 0 ? 'yes' : 'unknown', open };
}

/** Whether a statement speaks of an action. */
export function matchActions(
  { actions, exceptActions, unreadable }: Statement,
  action: string,
): Truth {
  const listed = some(actions, (pattern) => (coversAction(pattern, action) ? 'yes' : 'no'));
  return element(listed, exceptActions, unreadable?.includes('Action'));
}

/** Whether a statement speaks of a resource. */
export function matchResources(
  { resources, exceptResources, unreadable }: Statement,
  resource: string,
  version: string | undefined,
): Truth {
  const listed = some(resources, (text) => {
    const pattern = policyValue(text, version);
    if (pattern === undefined) return 'unknown';
    return matchesPattern(pattern, requestValue(resource, pattern)) ? 'yes' : 'no';
  });
  return element(listed, exceptResources, unreadable?.includes('Resource'));
}

/** An element that lists what it means or, negated, what it does not; of which something may be unread. */
function element(listed: Truth, negated: boolean, isUnread = false): Truth {
  const known = isUnread ? either(listed, 'unknown') : listed;
  return negated ? not(known) : known;
}

function matches(looks: readonly Look[], effect: 'Allow' | 'Deny'): readonly Match[] {
  return looks
    .filter((each) => each.truth !== 'no' && (each.effect === effect || each.effect === 'unknown'))
    .map(({ statement, open }) => ({ statement, open }))
    .sort((one, other) => Number(isCertain(other)) - Number(isCertain(one)));
}

function isCertain({ open }: Match): boolean {
  return open.length === 0;
}

/** Of another account nobody gets in by this policy alone, nor who is meant as one of its own account. */
function suffices(
  { principal }: Look,
  { caller }: AccessRequest,
  owner: string | undefined,
): Truth {
  const account = accountOf(caller);
  return account !== undefined && account !== owner ? 'no' : principal.itself;
}
