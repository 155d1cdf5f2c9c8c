import type { Node } from 'jsonc-parser';
import { coversAction } from './actionPatterns';
import { nearestName } from './nearestName';
import type { PolicyIssue } from './policyIssue';
import { errorAt, replaceBy, warningAt } from './policyIssue';
import type { ResourceKind } from './resource';
import type { Statement } from './statement';

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
const writes: Readonly<Record<ResourceKind, string>> = {
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
  const { effect, principals, exceptPrincipals, conditions } = statement;
  if (effect !== 'Deny' || conditions.length > 0) return false;
  const names = principals.some(
    (principal) =>
      principal.kind === 'everyone' ||
      (principal.kind === 'account' && principal.accountId === accountId),
  );
  const meantAction = statement.actions.some((pattern) => coversAction(pattern, writes[kind]));
  return names !== exceptPrincipals && meantAction !== statement.exceptActions;
}
