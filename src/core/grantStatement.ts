import { parseArn } from './arn';
import { grantProblems } from './grantRules';
import type { FunctionGrant, Grant, QueueGrant } from './grants';
import { layerAction } from './grants';
import { parsePolicy, statementsOf } from './policy';
import type { Principal } from './principals';
import type { Resource } from './resource';
import type { Statement } from './statement';

/** The elements of a statement in the order in which AWS writes them. */
export interface GrantStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Conditions;
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The statement that AWS writes into the policy of `resourceArn` for a permission that is added. */
export function grantStatement(grant: Grant, resourceArn: string): GrantStatement {
  const condition = conditionOf(grant);
  return {
    Sid: grant.statementId,
    Effect: 'Allow',
    Principal: principalOf(grant, resourceArn),
    Action: actionOf(grant),
    Resource: resourceArn,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

export function grantStatementText(grant: Grant, resourceArn: string): string {
  return JSON.stringify(grantStatement(grant, resourceArn));
}

/**
 * The permission to add so that AWS writes this statement again; `undefined` when the calls that add
 * one cannot express it. Accounts come back by their ID, lists in the order in which they stand.
 */
export function grantOf(statement: Statement, resource: Resource): Grant | undefined {
  const grant = guess(statement, resource);
  if (!grant || grantProblems(grant).length > 0) return undefined;
  const text = `{"Statement":[${grantStatementText(grant, resource.arn)}]}`;
  const [predicted] = statementsOf(parsePolicy(text));
  return predicted?.canonical === statement.canonical ? grant : undefined;
}

function principalOf(grant: Grant, resourceArn: string): GrantStatement['Principal'] {
  const root = (accountId: string) =>
    `arn:${parseArn(resourceArn)?.partition ?? 'aws'}:iam::${accountId}:root`;
  if (grant.kind === 'sqsQueue') return { AWS: oneOrList(grant.accountIds.map(root)) };
  const { principal } = grant;
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: root(principal) };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}

function actionOf(grant: Grant): string | readonly string[] {
  switch (grant.kind) {
    case 'lambdaFunction':
      return grant.action;
    case 'layerVersion':
      return layerAction;
    case 'sqsQueue':
      return oneOrList(grant.actions.map((action) => `${queuePrefix}${action}`));
  }
}

/** SQS writes it in capitals, whoever asked for it. */
const queuePrefix = 'SQS:';

function conditionOf(grant: Grant): Conditions {
  switch (grant.kind) {
    case 'lambdaFunction':
      return functionCondition(grant);
    case 'layerVersion':
      return withoutMissing({ StringEquals: { 'aws:PrincipalOrgID': grant.organizationId } });
    case 'sqsQueue':
      return {};
  }
}

function functionCondition(grant: FunctionGrant): Conditions {
  return withoutMissing({
    StringEquals: {
      'AWS:SourceAccount': grant.sourceAccount,
      'aws:PrincipalOrgID': grant.principalOrgId,
      'lambda:FunctionUrlAuthType': grant.functionUrlAuthType,
      'lambda:EventSourceToken': grant.eventSourceToken,
    },
    ArnLike: { 'AWS:SourceArn': grant.sourceArn },
    Bool: { 'lambda:InvokedViaFunctionUrl': grant.invokedViaFunctionUrl?.toString() },
  });
}

function withoutMissing(
  operators: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>,
): Conditions {
  const present = Object.entries(operators).map(([operator, keys]) => {
    const given = Object.entries(keys).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    );
    return [operator, Object.fromEntries(given)] as const;
  });
  return Object.fromEntries(present.filter(([, keys]) => Object.keys(keys).length > 0));
}

function oneOrList(items: readonly string[]): string | readonly string[] {
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : items;
}

/** What the statement says, as far as a grant can say it; whether that was all is checked after. */
function guess(statement: Statement, resource: Resource): Grant | undefined {
  const { sid: statementId, principals, actions } = statement;
  if (statementId === undefined) return undefined;
  const named = principals.map(principalText);
  const [principal] = named;
  switch (resource.kind) {
    case 'sqsQueue':
      return queueGuess(statementId, named, actions);
    case 'layerVersion': {
      if (principal === undefined) return undefined;
      const organizationId = valueOf(statement, 'aws:PrincipalOrgID');
      const grant = { kind: resource.kind, statementId, principal };
      return organizationId === undefined ? grant : { ...grant, organizationId };
    }
    case 'lambdaFunction': {
      const [action] = actions;
      if (principal === undefined || action === undefined) return undefined;
      const grant = { kind: resource.kind, statementId, action, principal };
      return { ...grant, ...functionConditions(statement) };
    }
  }
}

function queueGuess(
  statementId: string,
  named: readonly (string | undefined)[],
  actions: readonly string[],
): QueueGrant {
  const accountIds = named.filter((text) => text !== undefined);
  const short = actions.map((action) => action.slice(queuePrefix.length));
  return { kind: 'sqsQueue', statementId, accountIds, actions: short };
}

function principalText(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'everyone':
      return '*';
    case 'service':
      return principal.service;
    case 'account':
      return principal.accountId;
    case 'identity':
      return principal.arn;
    default:
      return undefined;
  }
}

function functionConditions(statement: Statement): Partial<FunctionGrant> {
  const authType = valueOf(statement, 'lambda:FunctionUrlAuthType');
  const viaUrl = valueOf(statement, 'lambda:InvokedViaFunctionUrl');
  const parts = {
    sourceArn: valueOf(statement, 'AWS:SourceArn'),
    sourceAccount: valueOf(statement, 'AWS:SourceAccount'),
    principalOrgId: valueOf(statement, 'aws:PrincipalOrgID'),
    functionUrlAuthType: authType === 'NONE' || authType === 'AWS_IAM' ? authType : undefined,
    invokedViaFunctionUrl: viaUrl === undefined ? undefined : viaUrl === 'true',
    eventSourceToken: valueOf(statement, 'lambda:EventSourceToken'),
  } satisfies Partial<FunctionGrant>;
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function valueOf({ conditions }: Statement, wanted: string): string | undefined {
  return conditions.find(({ key }) => key === wanted)?.values[0];
}
