import { parseArn } from './arn';
import { toEditable } from './policyStyle';
import type { Resource, ResourceKind } from './resource';

const actions: Readonly<Record<ResourceKind, string>> = {
  lambdaFunction: 'lambda:InvokeFunction',
  layerVersion: 'lambda:GetLayerVersion',
  sqsQueue: 'sqs:SendMessage',
};

/**
 * What the document of a resource without a policy begins with: complete, so that it shows the form,
 * and harmless as it is, since it lets in the account that owns the resource.
 */
export function startingPolicy({ kind, arn }: Resource): string {
  const { partition = 'aws', accountId = '' } = parseArn(arn) ?? {};
  const statement = {
    Sid: 'AllowOwnAccount',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: actions[kind],
    Resource: arn,
  };
  return toEditable(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
}
