import type { SamplePolicy, SampleState } from '../../src/sample/state';

export const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function';
export const layerArn = 'arn:aws:lambda:eu-west-1:123456789012:layer';
export const queueArn = 'arn:aws:sqs:eu-west-1:123456789012';
export const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012';

/** Odd spacing, key order, escapes and a byte order mark: all of it must come back as it is. */
export const oddText =
  '\ufeff{\r\n\t"Statement" :[ {"Resource":"*", "Sid":"odd \\u00e9 é <b>[x](command:y)</b> $(zap)",\n' +
  '"Effect":"Allow","Principal" : {"AWS":"210987654321"},"Action":"lambda:InvokeFunction"} ] ,' +
  '"Version":"2012-10-17" } \n';

export function statement(sid: string | undefined, extra: object = {}): object {
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: `${functionArn}:shop`,
    ...extra,
  };
}

export function policyOf(revisionId: string, ...statements: readonly object[]): SamplePolicy {
  const text = JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
  return { text, revisionId };
}

function queueStatement(sid: string | undefined, extra: object = {}): object {
  return statement(sid, { Action: 'SQS:SendMessage', Resource: `${queueArn}:shared`, ...extra });
}

function queuePolicy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2008-10-17', Statement: statements });
}

const versions = Array.from({ length: 120 }, (_, index) => String(index + 1));

export const conformanceSeed: SampleState = {
  accountId: '123456789012',
  region: 'eu-west-1',
  organizationId: 'o-conformance',
  callerArn: 'arn:aws:sts::123456789012:assumed-role/Tester/<me & you>',
  functions: [
    {
      name: 'shop',
      description: 'the one with policies',
      versions: ['1', '2', '3'],
      aliases: { live: '2', plain: '3' },
      policies: {
        '': policyOf('rev-shop', statement('one'), statement('two'), statement('dot.ted')),
        live: policyOf('rev-live', statement('one', { Resource: `${functionArn}:shop:live` })),
        '1': policyOf('rev-1', statement('one', { Resource: `${functionArn}:shop:1` })),
      },
    },
    { name: 'bare', versions: ['1'], aliases: { live: '1' }, policies: {} },
    {
      name: 'odd',
      versions: [],
      aliases: {},
      policies: { '': { text: oddText, revisionId: 'o' } },
    },
    {
      name: 'broken',
      versions: [],
      aliases: {},
      policies: { '': { text: '{"Statement": [', revisionId: 'b' } },
    },
    {
      name: 'gone-principal',
      versions: [],
      aliases: {},
      policies: {
        '': policyOf('g', statement('role', { Principal: { AWS: 'AROAEXAMPLEGONE000001' } })),
      },
    },
    {
      name: 'guarded',
      versions: [],
      aliases: {},
      blockPublicPolicy: true,
      policies: { '': policyOf('p', statement('open', { Principal: '*' }), statement('shut')) },
    },
    {
      name: 'twins',
      versions: [],
      aliases: {},
      policies: { '': policyOf('t', statement('twin'), statement('twin'), statement(undefined)) },
    },
    {
      name: 'big',
      versions: [],
      aliases: {},
      policies: { '': policyOf('big', statement('x'.repeat(20_180))) },
    },
    { name: 'many', versions, aliases: {}, policies: {} },
  ],
  layers: [
    {
      name: 'tools',
      versions: [
        { version: 1 },
        {
          version: 2,
          policy: policyOf(
            'rev-layer',
            statement('one', { Action: 'lambda:GetLayerVersion', Resource: `${layerArn}:tools:2` }),
          ),
        },
      ],
    },
    { name: 'other', versions: [{ version: 1 }] },
  ],
  queues: [
    { name: 'bare' },
    {
      name: 'shared',
      policy: queuePolicy(
        queueStatement('once'),
        queueStatement('twin'),
        queueStatement('twin', { Action: 'SQS:ReceiveMessage' }),
        queueStatement(undefined),
      ),
    },
    { name: 'single', policy: queuePolicy(queueStatement('only')) },
    {
      name: 'full',
      policy: queuePolicy(...Array.from({ length: 20 }, (_, at) => queueStatement(`s${at}`))),
    },
    {
      name: 'crowded',
      policy: queuePolicy(
        queueStatement('crowd', {
          Principal: { AWS: Array.from({ length: 50 }, (_, at) => String(100_000_000_000 + at)) },
        }),
      ),
    },
    { name: 'odd', policy: oddText },
    {
      name: 'locked',
      policy: queuePolicy(
        queueStatement('lock', { Effect: 'Deny', Principal: '*', Action: 'sqs:*' }),
      ),
    },
  ],
  eventSourceMappings: [
    {
      uuid: 'm-1',
      functionName: 'shop',
      qualifier: 'live',
      eventSourceArn: `${queueArn}:shared`,
      enabled: true,
    },
    { uuid: 'm-2', functionName: 'bare', eventSourceArn: `${queueArn}:bare`, enabled: false },
  ],
};
