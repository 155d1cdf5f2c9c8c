import assert from 'node:assert/strict';
import type { ChangeIntent, ChangePlan } from '../../../src/core/plan';
import { planChange } from '../../../src/core/planChange';
import type { PolicyCapabilities } from '../../../src/core/policyStore';
import type { Resource } from '../../../src/core/resource';
import type { Place } from '../../../src/words/changeWords';

export const place: Place = { account: '123456789012', connection: 'prod-admin · eu-west-1' };

const capabilities: PolicyCapabilities = {
  removableStatementId: /^[\w-]+$/,
  hasRevision: true,
  settlesWithinMs: 0,
  wholeDocument: 'yes',
};

/** A statement for S3 on a resource, as a value. */
export function statementFor({ arn, kind }: Resource, sid: string, extra: object = {}): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: kind === 'sqsQueue' ? 'sqs:SendMessage' : 'lambda:InvokeFunction',
    Resource: arn,
    ...extra,
  };
}

export function policyFor(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A plan that can be carried out. */
export function planFor(
  resource: Resource,
  text: string | undefined,
  intent: ChangeIntent,
): ChangePlan {
  const planning = planChange(resource, text, intent, capabilities);
  assert.ok(planning.possible, JSON.stringify(planning));
  return planning.plan;
}
