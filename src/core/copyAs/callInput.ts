import { operationOf } from '../calls';
import type { CallInput } from '../cliCommand';
import type { FunctionGrant, LayerGrant, QueueGrant } from '../grants';
import { layerAction } from '../grants';
import type { PolicyCall } from '../policyStore';
import type { LambdaFunction, LayerVersion, Resource, SqsQueue } from '../resource';

export interface SdkCall {
  readonly operation: string;
  readonly input: CallInput;
}

/**
 * The API call that a store makes, without the revision: of what is copied it would be stale. For a
 * kind that lacks the call (layer versions written whole), `undefined`.
 */
export function sdkCall(resource: Resource, call: PolicyCall): SdkCall | undefined {
  const input = inputOf(resource, call);
  return input && { operation: operationOf(resource.kind, call), input };
}

function inputOf(resource: Resource, call: PolicyCall): CallInput | undefined {
  switch (resource.kind) {
    case 'lambdaFunction':
      return functionInput(resource, call);
    case 'layerVersion':
      return layerInput(resource, call);
    case 'sqsQueue':
      return queueInput(resource, call);
  }
}

/**
 * How a function, alias or version is named to Lambda: by its ARN, since a name alone is that of
 * whatever account the credentials lead to by then. The qualifier is apart, since both together can be
 * longer than the parameter may be.
 */
export function functionAddress({ arn, qualifier }: LambdaFunction) {
  const { length } = qualifier ? `:${qualifier.name}` : '';
  return { FunctionName: arn.slice(0, arn.length - length), Qualifier: qualifier?.name };
}

/** How a version of a layer is named to Lambda: by the ARN of the layer, as functions are. */
export function layerAddress({ arn, version }: LayerVersion) {
  return { LayerName: arn.replace(/:\d+$/, ''), VersionNumber: version };
}

function functionInput(resource: LambdaFunction, call: PolicyCall): CallInput | undefined {
  const { arn } = resource;
  const address = functionAddress(resource);
  switch (call.type) {
    case 'removeStatement':
      return { ...address, StatementId: call.statementId };
    case 'addStatement':
      return call.grant.kind === 'lambdaFunction'
        ? { ...address, ...functionGrantInput(call.grant) }
        : undefined;
    case 'putPolicy':
      return { ResourceArn: arn, Policy: call.text };
    case 'deletePolicy':
      return { ResourceArn: arn };
  }
}

/** The parameters of `lambda:AddPermission`. */
export function functionGrantInput(grant: FunctionGrant) {
  return {
    StatementId: grant.statementId,
    Action: grant.action,
    Principal: grant.principal,
    SourceArn: grant.sourceArn,
    SourceAccount: grant.sourceAccount,
    PrincipalOrgID: grant.principalOrgId,
    FunctionUrlAuthType: grant.functionUrlAuthType,
    InvokedViaFunctionUrl: grant.invokedViaFunctionUrl,
    EventSourceToken: grant.eventSourceToken,
  };
}

function layerInput(resource: LayerVersion, call: PolicyCall): CallInput | undefined {
  const address = layerAddress(resource);
  switch (call.type) {
    case 'removeStatement':
      return { ...address, StatementId: call.statementId };
    case 'addStatement':
      return call.grant.kind === 'layerVersion'
        ? { ...address, ...layerGrantInput(call.grant) }
        : undefined;
    case 'putPolicy':
    case 'deletePolicy':
      return undefined;
  }
}

/** The parameters of `lambda:AddLayerVersionPermission`. */
export function layerGrantInput({ statementId, principal, organizationId }: LayerGrant) {
  return {
    StatementId: statementId,
    Action: layerAction,
    Principal: principal,
    OrganizationId: organizationId,
  };
}

function queueInput({ queueUrl }: SqsQueue, call: PolicyCall): CallInput | undefined {
  switch (call.type) {
    case 'removeStatement':
      return { QueueUrl: queueUrl, Label: call.statementId };
    case 'addStatement':
      return call.grant.kind === 'sqsQueue'
        ? { QueueUrl: queueUrl, ...queueGrantInput(call.grant) }
        : undefined;
    case 'putPolicy':
      return { QueueUrl: queueUrl, Attributes: { Policy: call.text } };
    case 'deletePolicy':
      return { QueueUrl: queueUrl, Attributes: { Policy: '' } };
  }
}

/** The parameters of `sqs:AddPermission`. */
export function queueGrantInput({ statementId, accountIds, actions }: QueueGrant) {
  return { Label: statementId, AWSAccountIds: [...accountIds], Actions: [...actions] };
}
