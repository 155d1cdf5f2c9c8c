import type { Finding, Outsider } from '../../../src/core/findings/finding';
import type { FindingContext } from '../../../src/core/findings/policyFindings';
import { policyFindings } from '../../../src/core/findings/policyFindings';
import { parsePolicy } from '../../../src/core/policy';
import type { Resource } from '../../../src/core/resource';

export const own = '123456789012';
export const other = '210987654321';
export const third = '345678901234';

export const aFunction: Resource = {
  kind: 'lambdaFunction',
  arn: `arn:aws:lambda:eu-west-1:${own}:function:orders`,
  functionName: 'orders',
};
export const anAlias: Resource = {
  ...aFunction,
  arn: `${aFunction.arn}:live`,
  qualifier: { type: 'alias', name: 'live', version: '3' },
};
export const aQueue: Resource = {
  kind: 'sqsQueue',
  arn: `arn:aws:sqs:eu-west-1:${own}:orders`,
  queueName: 'orders',
  queueUrl: `https://sqs.eu-west-1.amazonaws.com/${own}/orders`,
};
export const aLayer: Resource = {
  kind: 'layerVersion',
  arn: `arn:aws:lambda:eu-west-1:${own}:layer:common:3`,
  layerName: 'common',
  version: 3,
};

/** A statement that lets everyone use the resource, but for what is said otherwise. */
export function allow(resource: Resource, parts: Readonly<Record<string, unknown>> = {}): unknown {
  const actions = {
    lambdaFunction: 'lambda:InvokeFunction',
    layerVersion: 'lambda:GetLayerVersion',
    sqsQueue: 'sqs:SendMessage',
  } as const;
  return {
    Effect: 'Allow',
    Principal: '*',
    Action: actions[resource.kind],
    Resource: resource.arn,
    ...parts,
  };
}

export function policyText(statements: readonly unknown[], version = '2012-10-17'): string {
  return JSON.stringify({ Version: version, Statement: statements });
}

export function findingsOf(
  resource: Resource,
  text: string,
  context: Partial<FindingContext> = {},
): readonly Finding[] {
  const trust = { accounts: new Set<string>(), organizations: new Set<string>() };
  const now = Date.parse('2026-06-01T00:00:00Z');
  return policyFindings(parsePolicy(text), { resource, trust, now, ...context });
}

/** A finding in a few words: its rule, who it is about, and what makes it this one. */
export function brief({ detail }: Finding): string {
  const who = 'who' in detail ? [whoOf(detail.who)] : [];
  const more = (() => {
    switch (detail.rule) {
      case 'confused-deputy':
        return [detail.service, detail.lacks];
      case 'function-url-half':
        return [`no ${detail.missing}`];
      case 'broad-grant':
        return detail.actions;
      case 'duplicate-statement':
      case 'implied-statement':
        return [`by ${detail.by.index}`];
      case 'unresolved-principal':
        return [detail.id];
      case 'near-limit':
        return [detail.what];
      case 'locks-owner-out':
        return detail.certain ? [] : ['perhaps'];
      case 'malformed-policy':
        return [detail.problem.code];
      default:
        return [];
    }
  })();
  return [detail.rule, ...who, ...more].join(' ');
}

function whoOf(who: Outsider): string {
  switch (who.type) {
    case 'anyone':
    case 'anyAccount':
      return who.type;
    case 'organization':
      return who.organizationId;
    case 'account':
      return [who.arn ?? who.accountId, ...(who.through ? [`via ${who.through}`] : [])].join(' ');
  }
}
