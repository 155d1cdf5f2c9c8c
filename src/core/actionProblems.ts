import type { Node } from 'jsonc-parser';
import { coversAction, matchesPattern } from './actionPatterns';
import { nearestName } from './nearestName';
import type { PolicyIssue } from './policyIssue';
import { errorAt, replaceBy, warningAt } from './policyIssue';
import type { ResourceKind } from './resource';
import type { Condition, Statement } from './statement';

/** The prefix of the actions that a policy of the kind can speak of. */
export function serviceOf(kind: ResourceKind): string {
  return kind === 'sqsQueue' ? 'sqs' : 'lambda';
}

/**
 * What is wrong with the value of `Action` or `NotAction`. `known`: the actions of the service as
 * `lambda:InvokeFunction`; without them, or when the table is older than the action, less is found.
 */
export function actionProblems(
  node: Node,
  name: string,
  kind: ResourceKind,
  known: readonly string[] = [],
): readonly PolicyIssue[] {
  const values = node.type === 'array' ? (node.children ?? []) : [node];
  if (values.length === 0) return [errorAt(node, { code: 'emptyElement', name })];
  return values.flatMap((value) =>
    value.type === 'string'
      ? ofAction(value, serviceOf(kind), known)
      : [errorAt(value, { code: 'wrongType', name, expected: 'texts' })],
  );
}

function ofAction(node: Node, service: string, known: readonly string[]): readonly PolicyIssue[] {
  const action = String(node.value);
  if (action === '*') return [];
  const [prefix = '', ...rest] = action.split(':');
  if (rest.length === 0) {
    const meant = known.find((name) => name.toLowerCase() === `${service}:${action}`.toLowerCase());
    const fix = meant === undefined ? undefined : replaceBy(node, meant);
    return [errorAt(node, { code: 'bareAction', action, known: meant }, fix)];
  }
  if (prefix.toLowerCase() !== service) {
    return [warningAt(node, { code: 'foreignAction', action, service })];
  }
  if (known.length === 0 || known.some((name) => coversAction(action, name))) return [];
  const meant = nearestName(action, known);
  const fix = meant === undefined ? undefined : replaceBy(node, meant);
  return [warningAt(node, { code: 'unknownAction', action, known: meant }, fix)];
}

/** The calls that changing a policy needs; whoever is kept from them cannot mend it any more. */
export const changingCalls: Readonly<Record<ResourceKind, string>> = {
  lambdaFunction: 'lambda:RemovePermission',
  layerVersion: 'lambda:RemoveLayerVersionPermission',
  sqsQueue: 'sqs:SetQueueAttributes',
};

/** Whether a Deny keeps the account that owns the resource from changing its policy. */
export function locksOwnerOut(
  statement: Statement,
  kind: ResourceKind,
  accountId: string | undefined,
): boolean {
  return statement.conditions.length === 0 && deniesOwner(statement, kind, accountId);
}

/**
 * Whether a Deny may keep the account that owns the resource from changing its policy: its conditions
 * say whom it spares, by where the call comes from or who makes it, and that need not be the owner.
 */
export function mayLockOwnerOut(
  statement: Statement,
  kind: ResourceKind,
  accountId: string | undefined,
): boolean {
  const limiting = statement.conditions.filter((condition) => !holdsForPeople(condition));
  return (
    statement.conditions.length > 0 &&
    limiting.every((condition) => sparesSomeCallers(condition, accountId)) &&
    deniesOwner(statement, kind, accountId)
  );
}

const callerKeys =
  /^aws:(Source(Vpce?|VpcArn|Ip|Arn|Account|OrgID|OrgPaths)|VpcSourceIp|Vpce(Account|OrgID|OrgPaths)|Principal(Account|Arn|OrgID|OrgPaths|Type|Tag\/.*)|userid|username|CalledVia(First|Last)?)$/i;

function sparesSomeCallers(
  { key, operator, values }: Condition,
  accountId: string | undefined,
): boolean {
  const isNegated =
    /^(For(Any|All)Values?:)?((String|Arn)Not|NotIpAddress)/i.test(operator) ||
    (/^Null$/i.test(operator) && values.every((value) => value === 'true'));
  return (
    isNegated && callerKeys.test(key) && !values.some((value) => isOwner(key, value, accountId))
  );
}

/** Whether the value that is spared stands for the whole account. */
function isOwner(key: string, value: string, accountId: string | undefined): boolean {
  if (accountId === undefined) return false;
  if (/^aws:PrincipalAccount$/i.test(key)) return matchesPattern(value, accountId);
  return (
    /^aws:PrincipalArn$/i.test(key) && /^arn:[^:]*:iam::([^:]*):\*$/.exec(value)?.[1] === accountId
  );
}

/** Set only to leave out calls that services make: every call that a person makes is still meant. */
function holdsForPeople({ key, operator, values }: Condition): boolean {
  return (
    /^aws:(PrincipalIsAWSService|ViaAWSService)$/i.test(key) &&
    /^Bool(IfExists)?$/i.test(operator) &&
    values.every((value) => value === 'false')
  );
}

function deniesOwner(
  statement: Statement,
  kind: ResourceKind,
  accountId: string | undefined,
): boolean {
  const { effect, principals, exceptPrincipals } = statement;
  if (effect !== 'Deny') return false;
  const names = principals.some(
    (principal) =>
      principal.kind === 'everyone' ||
      (principal.kind === 'account' && principal.accountId === accountId),
  );
  const meantAction = statement.actions.some((pattern) =>
    coversAction(pattern, changingCalls[kind]),
  );
  return names !== exceptPrincipals && meantAction !== statement.exceptActions;
}
