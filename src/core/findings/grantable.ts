import { coversAction } from '../actionPatterns';
import type { ResourceKind } from '../resource';
import type { Statement } from '../statement';

/**
 * What a policy of a kind can let somebody do, so that a pattern can be tried: not every action that
 * there is, but those that matter to who can get in.
 */
const uses: Readonly<Record<ResourceKind, readonly string[]>> = {
  lambdaFunction: [
    'lambda:InvokeFunction',
    'lambda:InvokeFunctionUrl',
    'lambda:InvokeAsync',
    'lambda:GetFunction',
    'lambda:GetFunctionConfiguration',
    'lambda:GetAlias',
    'lambda:GetFunctionCodeSigningConfig',
    'lambda:GetFunctionConcurrency',
    'lambda:GetFunctionEventInvokeConfig',
    'lambda:GetFunctionUrlConfig',
    'lambda:GetPolicy',
    'lambda:GetProvisionedConcurrencyConfig',
    'lambda:GetRuntimeManagementConfig',
    'lambda:ListAliases',
    'lambda:ListTags',
    'lambda:ListVersionsByFunction',
  ],
  layerVersion: ['lambda:GetLayerVersion'],
  sqsQueue: [
    'sqs:SendMessage',
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ListDeadLetterSourceQueues',
    'sqs:ListQueueTags',
    'sqs:PurgeQueue',
  ],
};

/** What changes code, configuration or access. */
const alterations: Readonly<Record<ResourceKind, readonly string[]>> = {
  lambdaFunction: [
    'lambda:AddPermission',
    'lambda:CreateAlias',
    'lambda:CreateFunctionUrlConfig',
    'lambda:DeleteAlias',
    'lambda:DeleteFunction',
    'lambda:DeleteFunctionCodeSigningConfig',
    'lambda:DeleteFunctionConcurrency',
    'lambda:DeleteFunctionEventInvokeConfig',
    'lambda:DeleteFunctionUrlConfig',
    'lambda:DeleteProvisionedConcurrencyConfig',
    'lambda:DeleteResourcePolicy',
    'lambda:PublishVersion',
    'lambda:PutFunctionCodeSigningConfig',
    'lambda:PutFunctionConcurrency',
    'lambda:PutFunctionEventInvokeConfig',
    'lambda:PutFunctionRecursionConfig',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:PutResourcePolicy',
    'lambda:PutRuntimeManagementConfig',
    'lambda:RemovePermission',
    'lambda:TagResource',
    'lambda:UntagResource',
    'lambda:UpdateAlias',
    'lambda:UpdateFunctionCode',
    'lambda:UpdateFunctionConfiguration',
    'lambda:UpdateFunctionEventInvokeConfig',
    'lambda:UpdateFunctionUrlConfig',
  ],
  layerVersion: [
    'lambda:AddLayerVersionPermission',
    'lambda:DeleteLayerVersion',
    'lambda:RemoveLayerVersionPermission',
  ],
  sqsQueue: [
    'sqs:AddPermission',
    'sqs:DeleteQueue',
    'sqs:RemovePermission',
    'sqs:SetQueueAttributes',
    'sqs:TagQueue',
    'sqs:UntagQueue',
  ],
};

/** The actions of a kind that a policy is asked about, those first that use the resource. */
export function actionsOf(kind: ResourceKind): readonly string[] {
  return [...uses[kind], ...alterations[kind]];
}

/** An action that a statement speaks of, and how it says so. */
export interface Granted {
  readonly action: string;
  /** Its pattern in the policy; of a `NotAction` that leaves it in: the action itself. */
  readonly written: string;
}

/** The actions that a statement allows, with those that it names though no table holds them. */
export function grantedBy(statement: Statement, kind: ResourceKind): readonly Granted[] {
  const known = actionsOf(kind);
  const { actions, exceptActions } = statement;
  if (exceptActions) {
    return known
      .filter((action) => !actions.some((pattern) => coversAction(pattern, action)))
      .map((action) => ({ action, written: action }));
  }
  return actions.flatMap((written) => {
    if (!/[*?]/.test(written)) return [{ action: written, written }];
    const covered = known.filter((action) => coversAction(written, action));
    // Of those that no table holds, it stands for itself.
    return (covered.length > 0 ? covered : [written]).map((action) => ({ action, written }));
  });
}

/** Whether it can be called without credentials: Lambda asks for a signature but at function URLs. */
export function isOpenToAnonymous(action: string, kind: ResourceKind): boolean {
  return kind === 'sqsQueue' || /^lambda:InvokeFunctionUrl$/i.test(action);
}

/** Whether it changes something for good, as reading and calling do not. */
export function alters(action: string, kind: ResourceKind): boolean {
  return alterations[kind].some((known) => known.toLowerCase() === action.toLowerCase());
}
