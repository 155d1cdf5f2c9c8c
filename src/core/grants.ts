/**
 * What the calls that add one permission take, for each kind: `lambda:AddPermission`,
 * `lambda:AddLayerVersionPermission`, `sqs:AddPermission`. Every value as it is sent.
 */
export type Grant = FunctionGrant | LayerGrant | QueueGrant;

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export interface FunctionGrant {
  readonly kind: 'lambdaFunction';
  readonly statementId: string;
  /** E.g. `lambda:InvokeFunction`. */
  readonly action: string;
  /** A service (`s3.amazonaws.com`), an account ID, an IAM ARN, or `*`. */
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly principalOrgId?: string;
  readonly functionUrlAuthType?: 'NONE' | 'AWS_IAM';
  readonly invokedViaFunctionUrl?: boolean;
  readonly eventSourceToken?: string;
}

/** A layer version can be given away for one action only. */
export const layerAction = 'lambda:GetLayerVersion';

/**
 * The action is always `layerAction`.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
 */
export interface LayerGrant {
  readonly kind: 'layerVersion';
  readonly statementId: string;
  /** An account ID, the ARN of an account's root, or `*`. */
  readonly principal: string;
  /** Only with the principal `*`. */
  readonly organizationId?: string;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
export interface QueueGrant {
  readonly kind: 'sqsQueue';
  /** SQS calls it label. */
  readonly statementId: string;
  readonly accountIds: readonly string[];
  /** Without the prefix: `SendMessage`, `*`. */
  readonly actions: readonly string[];
}
