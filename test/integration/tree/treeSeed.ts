import type { SampleFunction, SampleState } from '../../../src/sample/state';

export const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function';
const layerArn = 'arn:aws:lambda:eu-west-1:123456789012:layer';

/** A policy that lets a service or account in by each statement ID. */
export function policyText(resource: string, ...sids: readonly string[]): string {
  const Statement = sids.map((Sid) => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: resource,
  }));
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement });
}

function policy(resource: string, ...sids: readonly string[]) {
  return { text: policyText(resource, ...sids), revisionId: `rev-${resource}` };
}

export function plainFunction(name: string, parts: Partial<SampleFunction> = {}): SampleFunction {
  return { name, versions: [], aliases: {}, policies: {}, ...parts };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const identity = {
  accountId: '123456789012',
  region: 'eu-west-1',
  organizationId: 'o-conformance',
  callerArn: 'arn:aws:sts::123456789012:assumed-role/Tester/me',
};

export const treeSeed: SampleState = {
  ...identity,
  functions: [
    // Not in alphabetical order, as AWS gives none.
    plainFunction('shop', {
      versions: ['1', '2', '3'],
      aliases: { live: '2', plain: '3' },
      policies: {
        '': policy(`${functionArn}:shop`, 'one', 'two'),
        live: policy(`${functionArn}:shop:live`, 'one'),
        '1': policy(`${functionArn}:shop:1`, 'one'),
      },
    }),
    plainFunction('bare'),
    plainFunction('broken', { policies: { '': { text: '{"Statement": [', revisionId: 'b' } } }),
    plainFunction('empty', { policies: { '': { text: '{"Statement": []}', revisionId: 'e' } } }),
    plainFunction('Secret', { policies: { '': policy(`${functionArn}:Secret`, 'hidden') } }),
    plainFunction('hostile', {
      policies: {
        '': policy(`${functionArn}:hostile`, '$(zap) [x](command:y)', '<b>\u202e</b>', ''),
      },
    }),
  ],
  layers: [
    {
      name: 'tools',
      versions: [{ version: 1 }, { version: 2, policy: policy(`${layerArn}:tools:2`, 'one') }],
    },
    { name: 'other', versions: [{ version: 1 }] },
  ],
  queues: [{ name: 'single', policy: policyText('arn:aws:sqs:x', 'only') }, { name: 'bare' }],
};

/** More versions than are listed one by one; some have a policy. */
export const versionsSeed: SampleState = {
  ...identity,
  functions: [
    plainFunction('many', {
      versions: upTo(25),
      aliases: { a1: '1', a2: '2', a3: '3' },
      policies: Object.fromEntries(
        ['4', '20'].map((version) => [version, policy(`${functionArn}:many:${version}`, 'one')]),
      ),
    }),
    plainFunction('more', {
      versions: upTo(12),
      policies: { '12': policy(`${functionArn}:more:12`, 'one') },
    }),
    plainFunction('few', { versions: upTo(10) }),
  ],
  layers: [
    {
      name: 'old',
      versions: upTo(12).map((version) =>
        version === '3'
          ? { version: 3, policy: policy(`${layerArn}:old:3`, 'one') }
          : { version: Number(version) },
      ),
    },
  ],
  queues: [],
};

/** Lists of two pages: AWS gives 50 functions, or aliases, at a time. */
export const pagesSeed: SampleState = {
  ...identity,
  functions: upTo(55).map((at) =>
    plainFunction(
      `f${at.padStart(2, '0')}`,
      at === '1'
        ? { versions: ['1'], aliases: Object.fromEntries(upTo(55).map((n) => [`a${n}`, '1'])) }
        : {},
    ),
  ),
  layers: [],
  queues: [],
};

/** So many functions, named in alphabetical order: 50 are listed at a time. */
export function functionsSeed(count: number): SampleState {
  const digits = String(count).length;
  const functions = upTo(count).map((at) => plainFunction(`f${at.padStart(digits, '0')}`));
  return { ...identity, functions, layers: [], queues: [] };
}

/** A function with versions on three pages, and two with more than are listed one by one. */
export function versionPagesSeed(): SampleState {
  const counts = { paged: 120, one: 30, two: 30 };
  const functions = Object.entries(counts).map(([name, count]) =>
    plainFunction(name, { versions: upTo(count) }),
  );
  return { ...identity, functions, layers: [], queues: [] };
}
