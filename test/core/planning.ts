import assert from 'node:assert/strict';
import type { Grant } from '../../src/core/grants';
import type { ChangeIntent, ChangePlan, ChangeRefusal } from '../../src/core/plan';
import { planChange } from '../../src/core/planChange';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import type { PolicyCall, PolicyCapabilities } from '../../src/core/policyStore';
import type { Resource, ResourceKind } from '../../src/core/resource';
import type { Statement } from '../../src/core/statement';
import { functionNamed, layerVersion, queueNamed, withStores } from '../aws/stores';

export const resources: Readonly<Record<ResourceKind, Resource>> = {
  lambdaFunction: functionNamed('shop'),
  layerVersion: layerVersion('tools', 2),
  sqsQueue: queueNamed('shared'),
};

/** A statement that AWS would take for a resource of this kind, as a value. */
export function statementOf(kind: ResourceKind, sid: string | undefined, extra: object = {}) {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::210987654321:root' },
    Action: actions[kind],
    Resource: resources[kind].arn,
    ...extra,
  };
}

const actions: Readonly<Record<ResourceKind, string>> = {
  lambdaFunction: 'lambda:InvokeFunction',
  layerVersion: 'lambda:GetLayerVersion',
  sqsQueue: 'SQS:SendMessage',
};

export function policyText(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}

export function statementsIn(text: string | undefined): readonly Statement[] {
  return text === undefined ? [] : statementsOf(parsePolicy(text));
}

export function sidsIn(text: string | undefined): readonly (string | undefined)[] {
  return sidsOf(statementsIn(text));
}

export function removalOf(text: string, ...places: readonly number[]): ChangeIntent {
  const all = statementsIn(text);
  const statements = places.map((place) => all[place] ?? assert.fail(`no statement ${place}`));
  return { type: 'remove', statements, seenIn: text };
}

/** Kinds whose policies can be written whole. */
export const wholeKinds = ['lambdaFunction', 'sqsQueue'] as const;
export const missing: Partial<PolicyCapabilities> = { wholeDocument: 'missing' };

export const unresolved = { Principal: { AWS: 'AROAEXAMPLEGONE000001' } };
export const everyone = { Principal: '*' };

/** A condition that makes it differ from its neighbours by more than its Sid. */
export function narrowed(at: number) {
  return { Condition: { StringEquals: { 'aws:PrincipalTag/n': `${at}` } } };
}

export function policyOf(kind: ResourceKind, ...sids: readonly (string | undefined)[]): string {
  const extra = (at: number) => (at === 0 ? {} : narrowed(at));
  return policyText(...sids.map((sid, at) => statementOf(kind, sid, extra(at))));
}

export function grantFor(kind: ResourceKind, statementId: string): Grant {
  const principal = '210987654321';
  switch (kind) {
    case 'lambdaFunction':
      return { kind, statementId, action: 'lambda:InvokeFunction', principal };
    case 'layerVersion':
      return { kind, statementId, principal };
    case 'sqsQueue':
      return { kind, statementId, accountIds: [principal], actions: ['SendMessage'] };
  }
}

export function sidsOf(statements: readonly Statement[]): readonly (string | undefined)[] {
  return statements.map(({ sid }) => sid);
}

/** Plans with what the stores say of the kind, or something else. */
export function planner() {
  const stores = withStores();
  const planning = (
    kind: ResourceKind,
    text: string | undefined,
    intent: ChangeIntent,
    changes: Partial<PolicyCapabilities> = {},
  ) => {
    const capabilities = { ...stores.all[kind].capabilities, ...changes };
    return planChange(resources[kind], text, intent, capabilities);
  };
  const plan = (...args: Parameters<typeof planning>): ChangePlan => {
    const planned = planning(...args);
    if (!planned.possible) assert.fail(`refused: ${planned.refusal.code}`);
    return planned.plan;
  };
  const refusal = (...args: Parameters<typeof planning>): ChangeRefusal => {
    const planned = planning(...args);
    if (planned.possible) assert.fail(`planned: ${JSON.stringify(waysOf(planned.plan))}`);
    return planned.refusal;
  };
  return { planning, plan, refusal };
}

/** The calls of each way, in few words. */
export function waysOf({ ways }: ChangePlan): readonly (readonly string[])[] {
  return ways.map(({ calls }) => calls.map(callWords));
}

function callWords(call: PolicyCall): string {
  switch (call.type) {
    case 'removeStatement':
      return `- ${call.statementId}`;
    case 'addStatement':
      return `+ ${call.grant.statementId}`;
    case 'putPolicy':
      return 'put';
    case 'deletePolicy':
      return 'delete';
  }
}

export function codesOf({ warnings }: ChangePlan): readonly string[] {
  return warnings.map(({ code }) => code);
}
