import type { PolicyCall } from './policyStore';
import type { ResourceKind } from './resource';

/** The API operation of a call, as IAM names it, e.g. `lambda:RemovePermission`. */
export function operationOf(kind: ResourceKind, { type }: PolicyCall): string {
  return operations[kind][type] ?? `${kind}:${type}`;
}

/** Layer versions have no call that writes a whole policy. */
const operations: Readonly<
  Record<ResourceKind, Readonly<Partial<Record<PolicyCall['type'], string>>>>
> = {
  lambdaFunction: {
    removeStatement: 'lambda:RemovePermission',
    addStatement: 'lambda:AddPermission',
    putPolicy: 'lambda:PutResourcePolicy',
    deletePolicy: 'lambda:DeleteResourcePolicy',
  },
  layerVersion: {
    removeStatement: 'lambda:RemoveLayerVersionPermission',
    addStatement: 'lambda:AddLayerVersionPermission',
  },
  sqsQueue: {
    removeStatement: 'sqs:RemovePermission',
    addStatement: 'sqs:AddPermission',
    putPolicy: 'sqs:SetQueueAttributes',
    deletePolicy: 'sqs:SetQueueAttributes',
  },
};

/** Whether a call writes the whole policy. */
export function isWhole({ type }: PolicyCall): boolean {
  return type === 'putPolicy' || type === 'deletePolicy';
}
