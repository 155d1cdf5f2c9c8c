import type { ChangeRefusal } from './plan';
import { byteLength, parsePolicy, statementsOf } from './policy';
import type { ResourceKind } from './resource';

/** What a policy of a kind may hold at most, as AWS documents it. */
export interface PolicyLimits {
  /** Size of the policy text in UTF-8 bytes. */
  readonly bytes: number;
  readonly statements?: number;
  /** Over all statements. */
  readonly principals?: number;
  /** In one statement. */
  readonly actions?: number;
  readonly conditions?: number;
}

/**
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export const limits: Readonly<Record<ResourceKind, PolicyLimits>> = {
  lambdaFunction: { bytes: 20_480 },
  layerVersion: { bytes: 20_480 },
  sqsQueue: { bytes: 8_192, statements: 20, principals: 50, actions: 7, conditions: 10 },
};

/** Which limit a text would break that is not broken already: what makes it smaller is never refused. */
export function overLimit(
  kind: ResourceKind,
  before: string | undefined,
  after: string | undefined,
): Extract<ChangeRefusal, { code: 'tooLarge' | 'tooManyStatements' }> | undefined {
  if (after === undefined) return undefined;
  const { bytes: mostBytes, statements: mostStatements = Infinity } = limits[kind];
  const sizeOf = (text = '') => ({
    bytes: byteLength(text),
    count: statementsOf(parsePolicy(text)).length,
  });
  const [old, now] = [sizeOf(before), sizeOf(after)];
  if (now.bytes > mostBytes && now.bytes > old.bytes) {
    return { code: 'tooLarge', bytes: now.bytes, limit: mostBytes };
  }
  return now.count > mostStatements && now.count > old.count
    ? { code: 'tooManyStatements', count: now.count, limit: mostStatements }
    : undefined;
}
