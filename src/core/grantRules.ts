import type { FunctionGrant, Grant, LayerGrant, QueueGrant } from './grants';
import { limits } from './limits';
import type { ResourceKind } from './resource';
import { statementIdLength } from './statementIds';

/** What a value breaks; the field that it was meant for says the rest. */
export type GrantProblem =
  | { readonly code: 'missing' }
  | { readonly code: 'tooLong'; readonly length: number; readonly most: number }
  /** `allowed`: besides letters and digits. */
  | {
      readonly code: 'illegalCharacter';
      readonly character: string;
      readonly allowed: '-_' | '.-_';
    }
  | { readonly code: 'statementIdTaken'; readonly sid: string }
  | { readonly code: 'notAnAction'; readonly text: string }
  | { readonly code: 'notAnAccountId'; readonly text: string }
  | { readonly code: 'notAnOrganizationId'; readonly text: string }
  | { readonly code: 'notAService'; readonly text: string }
  | { readonly code: 'notAnIdentityArn'; readonly text: string }
  | { readonly code: 'notAnArn'; readonly text: string }
  | { readonly code: 'notAnAuthType'; readonly text: string }
  /** Of a list. */
  | { readonly code: 'repeated'; readonly text: string }
  | { readonly code: 'tooMany'; readonly count: number; readonly most: number }
  /** `*` means every action: beside it nothing has a meaning. */
  | { readonly code: 'everyActionAndMore' }
  | { readonly code: 'notShareable'; readonly text: string }
  /** Values that the API does not take together. */
  | { readonly code: 'authTypeNeedsUrlAction' }
  | { readonly code: 'tokenExcludesSource' }
  | { readonly code: 'organizationNeedsEveryone' };

/** The parameters of the calls that add a permission, by the names of `Grant`. */
export type GrantField =
  | Exclude<keyof FunctionGrant, 'kind' | 'invokedViaFunctionUrl'>
  | Exclude<keyof LayerGrant, 'kind'>
  | Exclude<keyof QueueGrant, 'kind'>;

export interface FieldProblem {
  readonly field: GrantField;
  readonly problem: GrantProblem;
}

const { principals: mostAccounts = Infinity, actions: mostActions = Infinity } = limits.sqsQueue;

/**
 * Everything that the call would be refused for, as far as it shows without asking AWS.
 * `taken`: the statement IDs of the policy that it is added to.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html
 */
export function grantProblems(
  grant: Grant,
  taken: readonly string[] = [],
): readonly FieldProblem[] {
  const own = ownProblems(grant);
  const statementId = statementIdProblem(grant.statementId, grant.kind, taken);
  return statementId ? [{ field: 'statementId', problem: statementId }, ...own] : own;
}

function ownProblems(grant: Grant): readonly FieldProblem[] {
  switch (grant.kind) {
    case 'lambdaFunction':
      return functionProblems(grant);
    case 'layerVersion':
      return layerProblems(grant);
    case 'sqsQueue':
      return found({
        accountIds: accountIdsProblem(grant.accountIds),
        actions: queueActionsProblem(grant.actions),
      });
  }
}

function functionProblems(grant: FunctionGrant): readonly FieldProblem[] {
  const { sourceArn, sourceAccount, principalOrgId, functionUrlAuthType, eventSourceToken } = grant;
  const hasSource = sourceArn !== undefined || sourceAccount !== undefined;
  return found({
    action: functionActionProblem(grant.action),
    principal: principalProblem(grant.principal),
    sourceArn: optional(sourceArn, arnProblem),
    sourceAccount: optional(sourceAccount, accountIdProblem),
    principalOrgId: optional(principalOrgId, organizationIdProblem),
    functionUrlAuthType: optional(functionUrlAuthType, (type) =>
      authTypeProblem(type, grant.action),
    ),
    eventSourceToken: optional(eventSourceToken, (token) =>
      hasSource ? { code: 'tokenExcludesSource' } : eventSourceTokenProblem(token),
    ),
  });
}

function layerProblems({ principal, organizationId }: LayerGrant): readonly FieldProblem[] {
  return found({
    principal: layerPrincipalProblem(principal),
    organizationId: optional(organizationId, (id) =>
      principal === '*' ? organizationIdProblem(id) : { code: 'organizationNeedsEveryone' },
    ),
  });
}

type Problem = GrantProblem | undefined;

function optional(value: string | undefined, check: (value: string) => Problem): Problem {
  return value === undefined ? undefined : check(value);
}

function found(problems: Readonly<Partial<Record<GrantField, Problem>>>): readonly FieldProblem[] {
  return Object.entries<Problem>(problems).flatMap(([field, problem]) =>
    problem ? [{ field: field as GrantField, problem }] : [],
  );
}

/** `taken`: those of the policy already; two statements may not share one. */
export function statementIdProblem(
  id: string,
  kind: ResourceKind,
  taken: readonly string[],
): Problem {
  const most = statementIdLength(kind);
  if (id === '') return { code: 'missing' };
  const character = /[^a-zA-Z0-9_-]/u.exec(id)?.[0];
  if (character !== undefined) return { code: 'illegalCharacter', character, allowed: '-_' };
  if (id.length > most) return { code: 'tooLong', length: id.length, most };
  return taken.includes(id) ? { code: 'statementIdTaken', sid: id } : undefined;
}

export function functionActionProblem(text: string): Problem {
  return pattern(text, /^(lambda:\*|lambda:[a-zA-Z]+|\*)$/, 'notAnAction');
}

export function accountIdProblem(text: string): Problem {
  return pattern(text, /^\d{12}$/, 'notAnAccountId');
}

export function organizationIdProblem(text: string): Problem {
  return pattern(text, /^o-[a-z0-9]{10,32}$/, 'notAnOrganizationId');
}

/** A service is named by a host name under one of the domains of AWS, in all its partitions. */
export function serviceProblem(text: string): Problem {
  const domains =
    'amazonaws\\.com(\\.cn)?|amazon\\.com|aws\\.internal|amazonaws\\.eu|amazonaws-eusc\\.eu|' +
    's?c2s\\.(ic|sgov)\\.gov|csp\\.hci\\.ic\\.gov|cloud\\.adc-e\\.uk';
  return pattern(text, new RegExp(`^[a-z0-9-]+(\\.[a-z0-9-]+)*\\.(${domains})$`), 'notAService');
}

/** What can call as itself: a role, a user, one of their sessions, or all of an account. */
export function identityArnProblem(text: string): Problem {
  return pattern(
    text,
    /^arn:aws[a-z-]*:(iam::\d{12}:(root|(role|user)\/[^\s*?]+)|sts::\d{12}:(assumed-role|federated-user)\/[^\s*?]+)$/,
    'notAnIdentityArn',
  );
}

/** Of a function's permission: an account, an IAM ARN, everyone, or else a service. */
export function principalProblem(text: string): Problem {
  if (text === '*') return undefined;
  if (text.startsWith('arn:')) return identityArnProblem(text);
  return /^\d+$/.test(text) ? accountIdProblem(text) : serviceProblem(text);
}

export function layerPrincipalProblem(text: string): Problem {
  if (text === '*' || /^arn:aws[a-zA-Z-]*:iam::\d{12}:root$/.test(text)) return undefined;
  return accountIdProblem(text);
}

/** The ARN of whatever calls. Wildcards may stand in its last part only, which is compared as a pattern. */
export function arnProblem(text: string): Problem {
  return pattern(text, arnIn(region, '\\d{12}'), 'notAnArn');
}

/** In a condition, region and account are compared as patterns as well. */
export function arnPatternProblem(text: string): Problem {
  const regions = `${region}|[a-z0-9-]*[*?][a-z0-9*?-]*`;
  return pattern(text, arnIn(regions, '\\d{12}|\\d*[*?][\\d*?]*'), 'notAnArn');
}

const region = '(eusc-)?[a-z]{2}(-gov|-iso[a-z]?)?-[a-z]+-\\d';

function arnIn(regions: string, accounts: string): RegExp {
  return new RegExp(`^arn:aws[a-zA-Z0-9-]*:[a-zA-Z0-9-]+:(${regions})?:(${accounts})?:\\S+$`);
}

export function eventSourceTokenProblem(text: string): Problem {
  if (text === '') return { code: 'missing' };
  const character = /[^a-zA-Z0-9._-]/u.exec(text)?.[0];
  if (character !== undefined) return { code: 'illegalCharacter', character, allowed: '.-_' };
  return text.length > 256 ? { code: 'tooLong', length: text.length, most: 256 } : undefined;
}

function authTypeProblem(type: string, action: string): Problem {
  if (type !== 'NONE' && type !== 'AWS_IAM') return { code: 'notAnAuthType', text: type };
  return action === urlAction ? undefined : { code: 'authTypeNeedsUrlAction' };
}

/** The only action that `FunctionUrlAuthType` may go with. */
export const urlAction = 'lambda:InvokeFunctionUrl';

/** As a person lists them: with commas, blanks or lines between them. */
export function accountIdsOf(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}

export function accountIdsProblem(ids: readonly string[]): Problem {
  if (ids.length === 0) return { code: 'missing' };
  const wrong = ids.map(accountIdProblem).find((problem) => problem !== undefined);
  return wrong ?? listProblem(ids, mostAccounts);
}

/** What may be granted by name; the rest only the queue's owner may call. */
export const queueActions = [
  'SendMessage',
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
] as const;

export function queueActionsProblem(actions: readonly string[]): Problem {
  if (actions.length === 0) return { code: 'missing' };
  if (actions.includes('*')) return actions.length > 1 ? { code: 'everyActionAndMore' } : undefined;
  const wrong = actions.find((action) => !(queueActions as readonly string[]).includes(action));
  if (wrong !== undefined) return { code: 'notShareable', text: wrong };
  return listProblem(actions, mostActions);
}

function listProblem(items: readonly string[], most: number): Problem {
  const repeated = items.find((item, index) => items.indexOf(item) !== index);
  if (repeated !== undefined) return { code: 'repeated', text: repeated };
  return items.length > most ? { code: 'tooMany', count: items.length, most } : undefined;
}

type PatternCode = Extract<GrantProblem['code'], `notA${string}`>;

function pattern(text: string, expected: RegExp, code: PatternCode): Problem {
  if (text === '') return { code: 'missing' };
  return expected.test(text) ? undefined : { code, text };
}
