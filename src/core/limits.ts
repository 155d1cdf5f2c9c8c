import type { ResourceKind } from './resource';

/** What a policy of a kind may hold at most, as AWS documents it. */
export interface PolicyLimits {
  /** Size of the policy text in UTF-8 bytes. */
  readonly bytes: number;
  readonly statements?: number;
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export const limits: Readonly<Record<ResourceKind, PolicyLimits>> = {
  lambdaFunction: { bytes: 20_480 },
  layerVersion: { bytes: 20_480 },
  sqsQueue: { bytes: 8_192, statements: 20 },
};
