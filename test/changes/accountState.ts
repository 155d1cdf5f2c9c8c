import type { Resource } from '../../src/core/resource';
import type {
  SampleFunction,
  SampleLayerVersion,
  SamplePolicy,
  SampleState,
} from '../../src/sample/state';
import { functionNamed, layerVersion, qualified, queueNamed } from '../aws/stores';
import { policyOf, statement } from '../conformance/seed';

/** What changes are tried on: one resource of each form, beside others that must stay as they are. */
export const targets = {
  function: functionNamed('shop'),
  alias: qualified('shop:live'),
  version: qualified('shop:1'),
  layer: layerVersion('tools', 2),
  queue: queueNamed('jobs'),
} as const satisfies Readonly<Record<string, Resource>>;

export type TargetName = keyof typeof targets;

/** An account in which one resource has this policy (`undefined`: none). */
export function stateWith(target: Resource, text: string | undefined): SampleState {
  const own = (name: string, resource: Resource): SamplePolicy | undefined => {
    if (resource.arn !== target.arn) return policyOf(`rev-${name}`, statement('bystander'));
    return text === undefined ? undefined : { text, revisionId: 'rev-target' };
  };
  const policies = {
    '': own('function', targets.function),
    live: own('alias', targets.alias),
    '1': own('version', targets.version),
  };
  const present = Object.entries(policies).filter(([, policy]) => policy !== undefined);
  const shop: SampleFunction = {
    name: 'shop',
    versions: ['1', '2'],
    aliases: { live: '2', other: '1' },
    policies: Object.fromEntries(present) as SampleFunction['policies'],
  };
  const version = (at: number): SampleLayerVersion => {
    const policy = own(`layer-${at}`, layerVersion('tools', at));
    return policy ? { version: at, policy } : { version: at };
  };
  const queue = (name: string) => ({ name, policy: own(name, queueNamed(name))?.text });
  return {
    accountId: '123456789012',
    region: 'eu-west-1',
    organizationId: 'o-conformance',
    callerArn: 'arn:aws:iam::123456789012:user/tester',
    functions: [shop, { ...shop, name: 'other', policies: { '': policyOf('o', statement('x')) } }],
    layers: [{ name: 'tools', versions: [version(1), version(2)] }],
    queues: [queue('jobs'), queue('other')],
  };
}

/** The policy of a resource, byte for byte. */
export function policyIn(state: SampleState, resource: Resource): string | undefined {
  switch (resource.kind) {
    case 'lambdaFunction': {
      const found = state.functions.find(({ name }) => name === resource.functionName);
      return found?.policies[resource.qualifier?.name ?? '']?.text;
    }
    case 'layerVersion':
      return state.layers
        .find(({ name }) => name === resource.layerName)
        ?.versions.find(({ version }) => version === resource.version)?.policy?.text;
    case 'sqsQueue':
      return state.queues.find(({ name }) => name === resource.queueName)?.policy;
  }
}

/** The policies of all others, by where they stand; revisions too, which any write would change. */
export function othersIn(state: SampleState, target: Resource): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const { name, policies } of state.functions) {
    for (const [key, policy] of Object.entries(policies)) {
      const resource = key === '' ? functionNamed(name) : qualified(`${name}:${key}`);
      all[resource.arn] = policy;
    }
  }
  for (const { name, versions } of state.layers) {
    for (const { version, policy } of versions) all[layerVersion(name, version).arn] = policy;
  }
  for (const { name, policy } of state.queues) all[queueNamed(name).arn] = policy;
  return Object.fromEntries(Object.entries(all).filter(([arn]) => arn !== target.arn));
}

/** The statements of a text as values, in an order that is not theirs: two sets can be compared. */
export function statementSet(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const { Statement } = JSON.parse(text) as { Statement: unknown };
  const list: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return list.map((value) => JSON.stringify(sorted(value))).sort();
}

/** Names sorted, and a list of one as its element: the freedom that AWS takes when it writes. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
