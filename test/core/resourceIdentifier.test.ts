import assert from 'node:assert/strict';
import fc from 'fast-check';
import type {
  Identification,
  IdentifiedPlace,
  IdentifiedTarget,
  IdentifierProblem,
  UnfinishedProblem,
} from '../../src/core/identify/identification';
import { partitions } from '../../src/core/partitions';
import { isResource } from '../../src/core/resource';
import { identifyResource, toResource } from '../../src/core/resourceIdentifier';

const account = '123456789012';
const arn = `arn:aws:lambda:eu-west-1:${account}`;
const sqs = 'https://sqs.eu-west-1.amazonaws.com';
const home = 'https://eu-west-1.console.aws.amazon.com';
const lambdaHome = `${home}/lambda/home?region=eu-west-1#`;
const sqsHome = `${home}/sqs/v3/home?region=eu-west-1#`;

const orders = { kind: 'lambdaFunction', functionName: 'orders' } as const;
const live = { ...orders, qualifier: 'live' } as const;
const seven = { ...orders, qualifier: '7' } as const;
const layer = { kind: 'layer', layerName: 'orders' } as const;
const layer7 = { ...layer, version: 7 } as const;
const queue = { kind: 'sqsQueue', queueName: 'orders' } as const;
const fifo = { kind: 'sqsQueue', queueName: 'orders.fifo' } as const;

const here = { region: 'eu-west-1', accountId: account, partition: 'aws' } as const;
const page = { region: 'eu-west-1', partition: 'aws' } as const;

type Row = readonly [string, IdentifiedTarget, IdentifiedPlace];

function expectFound(text: string, ...candidates: readonly object[]): void {
  assert.deepEqual(identifyResource(text), { state: 'found', candidates });
}

/** A queue, its URL, and where it is. */
function queueRow(url: string, place: IdentifiedPlace, target: IdentifiedTarget = queue): Row {
  return [url, { ...target, queueUrl: url } as IdentifiedTarget, place];
}

const names: readonly (readonly [string, ...IdentifiedTarget[]])[] = [
  ['orders', orders, queue, layer],
  ['orders:7', seven, layer7],
  ['orders:live', live],
  ['orders:$LATEST', orders],
  ['orders:0', { ...orders, qualifier: '0' }],
  ['orders.fifo', fifo],
  // Functions of Lambda@Edge have such names.
  ['us-east-1.orders', { kind: 'lambdaFunction', functionName: 'us-east-1.orders' }],
  ['my-orders-1:live', { kind: 'lambdaFunction', functionName: 'my-orders-1', qualifier: 'live' }],
  [
    'function',
    { ...orders, functionName: 'function' },
    { ...queue, queueName: 'function' },
    { ...layer, layerName: 'function' },
  ],
  [
    'a'.repeat(65),
    { ...queue, queueName: 'a'.repeat(65) },
    { ...layer, layerName: 'a'.repeat(65) },
  ],
  ['a'.repeat(140), { ...layer, layerName: 'a'.repeat(140) }],
  [`${'a'.repeat(65)}:7`, { ...layer7, layerName: 'a'.repeat(65) }],
  [`${'a'.repeat(75)}.fifo`, { ...queue, queueName: `${'a'.repeat(75)}.fifo` }],
];

const partial: readonly Row[] = [
  ['function:orders', orders, {}],
  ['function:orders:live', live, {}],
  ['layer:orders', layer, {}],
  ['layer:orders:7', layer7, {}],
  [`${account}:orders`, orders, { accountId: account }],
  [`${account}:function:orders`, orders, { accountId: account }],
  [`${account}:function:orders:live`, live, { accountId: account }],
  [`${account}:function:orders:7`, seven, { accountId: account }],
  [`${account}:function:orders:$LATEST`, orders, { accountId: account }],
  [`${account}:layer:orders:7`, layer7, { accountId: account }],
  [`eu-west-1:${account}:function:orders`, orders, here],
  [`eu-west-1:${account}:function:orders:live`, live, here],
  [`eu-west-1:${account}:orders`, orders, here],
  ['eu-west-1:function:orders', orders, { region: 'eu-west-1', partition: 'aws' }],
  [
    `us-gov-west-9:${account}:function:orders`,
    orders,
    { region: 'us-gov-west-9', accountId: account, partition: 'aws-us-gov' },
  ],
];

const regionIn = {
  aws: 'eu-west-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-east-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
} as const;

const arns: readonly Row[] = [
  [`${arn}:function:orders`, orders, here],
  [`${arn}:function:orders:live`, live, here],
  [`${arn}:function:orders:7`, seven, here],
  [`${arn}:function:orders:$LATEST`, orders, here],
  [`${arn}:layer:orders`, layer, here],
  [`${arn}:layer:orders:7`, layer7, here],
  [`arn:aws:sqs:eu-west-1:${account}:orders`, queue, here],
  [`arn:aws:sqs:eu-west-1:${account}:orders.fifo`, fifo, here],
  [`arn::lambda:eu-west-1:${account}:function:orders`, orders, here],
  [
    `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}:function:orders/invocations`,
    orders,
    here,
  ],
  [
    `arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/${arn}:function:orders:live/response-streaming-invocations`,
    live,
    here,
  ],
  ...partitions.flatMap(({ id }): Row[] => {
    const place = { region: regionIn[id], accountId: account, partition: id };
    return [
      [`arn:${id}:lambda:${place.region}:${account}:function:orders:live`, live, place],
      [`arn:${id}:sqs:${place.region}:${account}:orders`, queue, place],
    ];
  }),
];

const queueUrls: readonly Row[] = [
  queueRow(`${sqs}/${account}/orders`, here),
  queueRow(`${sqs}/${account}/orders.fifo`, here, fifo),
  queueRow(`https://eu-west-1.queue.amazonaws.com/${account}/orders`, here),
  queueRow(`https://queue.amazonaws.com/${account}/orders`, { ...here, region: 'us-east-1' }),
  queueRow(`https://sqs.eu-west-1.api.aws/${account}/orders`, here),
  queueRow(`https://sqs-fips.us-west-2.amazonaws.com/${account}/orders`, {
    ...here,
    region: 'us-west-2',
  }),
  queueRow(`https://sqs-fips.us-west-2.api.aws/${account}/orders`, {
    ...here,
    region: 'us-west-2',
  }),
  queueRow(`https://vpce-0a1b-2c3d.sqs.eu-west-1.vpce.amazonaws.com/${account}/orders`, here),
  queueRow(`https://us-isob-east-1.queue.sc2s.sgov.gov/${account}/orders`, {
    region: 'us-isob-east-1',
    accountId: account,
    partition: 'aws-iso-b',
  }),
  ...partitions.flatMap(({ id, dnsSuffix, dualStackDnsSuffix }) => {
    const place = { region: regionIn[id], accountId: account, partition: id };
    return [dnsSuffix, dualStackDnsSuffix].map((suffix) =>
      queueRow(`https://sqs.${place.region}.${suffix}/${account}/orders`, place),
    );
  }),
  queueRow('http://localhost:4566/000000000000/orders', { accountId: '000000000000' }),
  queueRow('http://127.0.0.1:4566/000000000000/orders', { accountId: '000000000000' }),
  queueRow('http://[::1]:4566/000000000000/orders', { accountId: '000000000000' }),
  queueRow('http://192.168.1.20:4566/000000000000/orders', { accountId: '000000000000' }),
  queueRow('http://localstack:4566/000000000000/orders.fifo', { accountId: '000000000000' }, fifo),
  queueRow('http://host.docker.internal:4566/000000000000/orders', { accountId: '000000000000' }),
  queueRow('https://localhost.localstack.cloud:4566/000000000000/orders', {
    accountId: '000000000000',
  }),
  ...[
    'http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/orders',
    'http://eu-west-1.queue.localhost.localstack.cloud:4566/000000000000/orders',
    'http://localhost:4566/queue/eu-west-1/000000000000/orders',
  ].map((url) => queueRow(url, { ...here, accountId: '000000000000' })),
  queueRow('http://queue.localhost.localstack.cloud:4566/000000000000/orders', {
    ...here,
    region: 'us-east-1',
    accountId: '000000000000',
  }),
];

const encodedUrl = encodeURIComponent(`${sqs}/${account}/orders`);
const pagedQueue = { ...queue, queueUrl: `${sqs}/${account}/orders` } as const;

const consolePages: readonly Row[] = [
  [`${lambdaHome}/functions/orders`, orders, page],
  [`${lambdaHome}/functions/orders?tab=configuration`, orders, page],
  [`${lambdaHome}/functions/orders?subtab=permissions&tab=configure`, orders, page],
  [`${lambdaHome}/functions/orders/?subtab=triggers&tab=configure`, orders, page],
  [`${lambdaHome}/functions/orders/edit/environment-variables?tab=configure`, orders, page],
  [`${lambdaHome}/functions/orders/versions/7`, seven, page],
  [`${lambdaHome}/functions/orders/versions/7?tab=code`, seven, page],
  [`${lambdaHome}/functions/orders/versions/$LATEST?tab=code`, orders, page],
  [`${lambdaHome}/functions/orders/versions/%24LATEST`, orders, page],
  [`${lambdaHome}/functions/orders/aliases/live?tab=configure`, live, page],
  [`${lambdaHome}/functions/orders:live`, live, page],
  [`${lambdaHome}/functions/orders%3Alive`, live, page],
  [`${lambdaHome}/functions/${encodeURIComponent(`${arn}:function:orders`)}`, orders, here],
  [`${lambdaHome}/layers/orders`, layer, page],
  [`${lambdaHome}/layers/orders?tab=versions`, layer, page],
  [`${lambdaHome}/layers/orders/versions/7`, layer7, page],
  [`${lambdaHome}/layers/orders/versions/7?tab=versions`, layer7, page],
  ['https://console.aws.amazon.com/lambda/home#/functions/orders', orders, { partition: 'aws' }],
  ['https://console.aws.amazon.com/lambda/home#/layers/orders', layer, { partition: 'aws' }],
  [`${home}/lambda/home#/functions/orders`, orders, page],
  // The parameter says where the page is, whatever the host.
  [
    'https://us-east-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders',
    orders,
    page,
  ],
  [
    `https://${account}-abcdefgh.eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders`,
    orders,
    here,
  ],
  [
    `https://${account}-abcdefgh.console.aws.amazon.com/lambda/home#/functions/orders`,
    orders,
    { accountId: account, partition: 'aws' },
  ],
  [`${sqsHome}/queues/${encodedUrl}`, pagedQueue, here],
  [`${sqsHome}/queues/${encodedUrl}/send-receive`, pagedQueue, here],
  [`${sqsHome}/queues/${encodedUrl}/edit?tab=policy`, pagedQueue, here],
  [`${home}/sqs/v2/home?region=eu-west-1#/queues/${encodedUrl}`, pagedQueue, here],
  [`${sqsHome}/queues/${sqs}/${account}/orders`, pagedQueue, here],
  [
    `${sqsHome}/queues/${encodeURIComponent(`arn:aws:sqs:eu-west-1:${account}:orders`)}`,
    queue,
    here,
  ],
  [`${home}/go/view?arn=${arn}:function:orders`, orders, here],
  [`${home}/go/view?source=x&arn=${encodeURIComponent(`${arn}:layer:orders:7`)}`, layer7, here],
  ...partitions.flatMap(({ id, consoleHost }): Row[] => {
    if (consoleHost === undefined) return [];
    const region = regionIn[id];
    const place = { region, partition: id };
    return ['', `${region}.`].map((prefix) => [
      `https://${prefix}${consoleHost}/lambda/home?region=${region}#/functions/orders/aliases/live`,
      live,
      place,
    ]);
  }),
];

const whole: readonly Row[] = [...partial, ...arns, ...queueUrls, ...consolePages];

suite('Resource identifier', () => {
  for (const [text, ...targets] of names) {
    test(`name: ${text}`, () => {
      expectFound(text, ...targets.map((target) => ({ target })));
    });
  }

  for (const [text, target, place] of whole) {
    test(text, () => expectFound(text, { target, ...place }));
  }

  const pasted: readonly string[] = [
    `  ${arn}:function:orders\n`,
    `"${arn}:function:orders",`,
    `'${arn}:function:orders'`,
    `<${arn}:function:orders>`,
    `\`${arn}:function:orders\`.`,
    `“${arn}:function:orders”`,
    `[ "${arn}:function:orders" ]`,
    `(${arn}:function:orders);`,
    `\u200b\ufeff${arn}:function:orders\u200b`,
    encodeURIComponent(`${arn}:function:orders`),
  ];
  for (const text of pasted) {
    test(`pasted: ${JSON.stringify(text)}`, () => {
      expectFound(text, { target: orders, ...here });
    });
  }

  test('addresses without a scheme, as browsers show them', () => {
    for (const [text, target, place] of [...queueUrls, ...consolePages]) {
      // The bracket would count as one around the text.
      if (text.startsWith('https://') && !text.includes('localstack')) {
        expectFound(text.slice('https://'.length), { target, ...place });
      }
    }
    expectFound('localhost:4566/000000000000/orders', {
      target: { ...queue, queueUrl: 'http://localhost:4566/000000000000/orders' },
      accountId: '000000000000',
    });
  });

  test('queue URLs: with a query, a slash, capitals or unencrypted, one URL comes out', () => {
    for (const text of [
      `${sqs}/${account}/orders/`,
      `${sqs}/${account}/orders?Action=SendMessage`,
      `HTTPS://SQS.EU-WEST-1.AMAZONAWS.COM/${account}/orders`,
      `http://sqs.eu-west-1.amazonaws.com/${account}/orders`,
      `${sqs}:443/${account}/orders`,
      encodeURIComponent(`${sqs}/${account}/orders`),
    ]) {
      expectFound(text, { target: pagedQueue, ...here });
    }
  });

  for (const text of ['', ' ', '\n\t', '"', '<', '""', '[]', '`', '.']) {
    test(`nothing yet: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(identifyResource(text), { state: 'empty' });
    });
  }
});

suite('Resource identifier that is not whole', () => {
  const host = 'eu-west-1.console.aws.amazon.com';
  const noResource: UnfinishedProblem = { code: 'consolePageWithoutResource', host };
  const unfinished = (part: string) => ({ code: 'unfinished', part }) as UnfinishedProblem;
  const rows: readonly (readonly [string, UnfinishedProblem])[] = [
    ['arn:', unfinished('partition')],
    ['arn:aw', unfinished('partition')],
    ['arn:aws-us-', unfinished('partition')],
    ['arn:aws:', unfinished('service')],
    ['arn:aws:s', unfinished('service')],
    ['arn:aws:lambda', unfinished('service')],
    ['arn:aws:lambda:', unfinished('region')],
    ['arn:aws:lambda:eu-', unfinished('region')],
    ['arn:aws:lambda:eu-west-1', unfinished('region')],
    [`arn:aws:lambda:eu-west-1:`, unfinished('accountId')],
    [`arn:aws:lambda:eu-west-1:1234`, unfinished('accountId')],
    [arn, unfinished('accountId')],
    [`${arn}:`, unfinished('type')],
    [`${arn}:func`, unfinished('type')],
    [`${arn}:function`, unfinished('type')],
    [`${arn}:function:`, unfinished('name')],
    [`${arn}:function:orders:`, unfinished('qualifier')],
    [`${arn}:function:orders:$LAT`, unfinished('qualifier')],
    [`${arn}:layer:orders:`, unfinished('version')],
    [`arn:aws:sqs:eu-west-1:${account}:`, unfinished('name')],
    [`arn:aws:sqs:eu-west-1:${account}:orders.fi`, unfinished('name')],
    ['arn:aws:apigateway:eu-west-1:', unfinished('type')],
    ['arn:aws:apigateway:eu-west-1:lambda:path/2015-', unfinished('type')],
    ['arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/ar', unfinished('type')],
    ['orders:', unfinished('qualifier')],
    ['orders:$', unfinished('qualifier')],
    ['.fifo', unfinished('name')],
    [`${'a'.repeat(70)}.fi`, unfinished('name')],
    [`${'a'.repeat(70)}:`, unfinished('version')],
    ['function:', unfinished('name')],
    ['layer:', unfinished('name')],
    ['layer:orders:', unfinished('version')],
    [`${account}:`, unfinished('name')],
    [`${account}:function:`, unfinished('name')],
    [`eu-west-1:${account}:function:`, unfinished('name')],
    ['eu-west-1:', unfinished('name')],
    ['https:', unfinished('address')],
    ['https://', unfinished('address')],
    ['https://sqs.eu', unfinished('address')],
    ['http://localhost:', unfinished('address')],
    [sqs, unfinished('address')],
    [`${sqs}/`, unfinished('accountId')],
    [`${sqs}/1234`, unfinished('accountId')],
    [`${sqs}/${account}`, unfinished('accountId')],
    [`${sqs}/${account}/`, unfinished('name')],
    [`${sqs}/${account}/orders.f`, unfinished('name')],
    ['http://localhost:4566/que', unfinished('address')],
    ['http://localhost:4566/queue/', unfinished('region')],
    ['http://localhost:4566/queue/eu-west-1/', unfinished('accountId')],
    [`${home}/`, noResource],
    [`${home}/lam`, noResource],
    [`${home}/lambda/home`, noResource],
    [`${home}/lambda/home?region=eu-we`, noResource],
    [lambdaHome, noResource],
    [`${lambdaHome}/fun`, noResource],
    [`${lambdaHome}/functions`, noResource],
    [`${lambdaHome}/functions?fo=and&o0=%3A&v0=orders`, noResource],
    [`${lambdaHome}/layers/`, noResource],
    [sqsHome, noResource],
    [`${sqsHome}/queues`, noResource],
    [`${sqsHome}/queues/https%3A%2`, noResource],
    [`${sqsHome}/queues/https%3A%2F%2Fsqs.eu-w`, noResource],
    [`${home}/go/view`, noResource],
    [`${home}/go/view?arn=ar`, noResource],
  ];
  for (const [text, problem] of rows) {
    test(text, () => {
      assert.deepEqual(identifyResource(text), { state: 'incomplete', problem });
    });
  }

  /**
   * While it is typed letter by letter, an identifier may name something else, but is not called
   * wrong. The exceptions are forms that nobody types: percent-encoded texts, whose beginning
   * (`https%3`) looks like a name with a percent sign.
   */
  test('no beginning is wrong', () => {
    for (const [text] of [...whole, ...names.map(([name]) => [name] as const)]) {
      for (let length = 1; length <= text.length; length++) {
        const beginning = text.slice(0, length);
        assert.notEqual(identifyResource(beginning).state, 'wrong', beginning);
      }
    }
  });
});

suite('Resource identifier that is wrong', () => {
  const host = 'eu-west-1.console.aws.amazon.com';
  const noResource: IdentifierProblem = { code: 'consolePageWithoutResource', host };
  const id = '6d9bce8e-836b-442c-8070-74e77903c815';
  const rows: readonly (readonly [string, IdentifierProblem])[] = [
    ['orders-*', { code: 'wildcard', part: 'orders-*' }],
    ['*', { code: 'wildcard', part: '*' }],
    ['orders:*', { code: 'wildcard', part: '*' }],
    ['orders-?:live', { code: 'wildcard', part: 'orders-?' }],
    [`${arn}:function:orders-*`, { code: 'wildcard', part: 'orders-*' }],
    [`${arn}:function:order?`, { code: 'wildcard', part: 'order?' }],
    [`${arn}:function:orders:*`, { code: 'wildcard', part: '*' }],
    [`${arn}:function:*`, { code: 'wildcard', part: '*' }],
    [`${arn}:*`, { code: 'wildcard', part: '*' }],
    [`${arn}:layer:orders:*`, { code: 'wildcard', part: '*' }],
    [`arn:aws:lambda:*:${account}:function:orders`, { code: 'wildcard', part: '*' }],
    ['arn:aws:lambda:eu-west-1:*:function:orders', { code: 'wildcard', part: '*' }],
    [`arn:*:lambda:eu-west-1:${account}:function:orders`, { code: 'wildcard', part: '*' }],
    [`arn:aws:sqs:eu-west-1:${account}:*`, { code: 'wildcard', part: '*' }],
    ['arn:aws:s3:::bucket/key', { code: 'otherService', service: 's3' }],
    ['arn:aws:s3:::bucket/*', { code: 'otherService', service: 's3' }],
    [`arn:aws:sns:eu-west-1:${account}:topic`, { code: 'otherService', service: 'sns' }],
    [`arn:aws:iam::${account}:role/x`, { code: 'otherService', service: 'iam' }],
    ['arn:aws:sn', { code: 'otherService', service: 'sn' }],
    [
      'arn:aws:apigateway:eu-west-1::/restapis/a1b2',
      { code: 'otherService', service: 'apigateway' },
    ],
    [
      'arn:aws:apigateway:eu-west-1:sqs:path/123456789012/orders',
      { code: 'otherService', service: 'apigateway' },
    ],
    [
      `${arn}:event-source-mapping:${id}`,
      { code: 'notALambdaResource', type: 'event-source-mapping' },
    ],
    [
      `${arn}:code-signing-config:csc-1`,
      { code: 'notALambdaResource', type: 'code-signing-config' },
    ],
    [
      `arn:azure:lambda:eu-west-1:${account}:function:x`,
      { code: 'unknownPartition', partition: 'azure' },
    ],
    ['arn:aws-x', { code: 'unknownPartition', partition: 'aws-x' }],
    [`arn:aws:lambda:Ireland:${account}:function:x`, { code: 'badRegion', region: 'Ireland' }],
    [`arn:aws:lambda::${account}:function:x`, { code: 'badRegion', region: '' }],
    [
      `arn:aws:lambda:cn-north-1:${account}:function:x`,
      { code: 'regionOfOtherPartition', region: 'cn-north-1', partition: 'aws', actual: 'aws-cn' },
    ],
    [
      `arn:aws-us-gov:sqs:us-east-1:${account}:x`,
      {
        code: 'regionOfOtherPartition',
        region: 'us-east-1',
        partition: 'aws-us-gov',
        actual: 'aws',
      },
    ],
    ['arn:aws:lambda:eu-west-1:12345:function:x', { code: 'badAccount', accountId: '12345' }],
    ['arn:aws:lambda:eu-west-1:1234567890123', { code: 'badAccount', accountId: '1234567890123' }],
    ['arn:aws:lambda:eu-west-1::function:x', { code: 'badAccount', accountId: '' }],
    [
      `${arn}:function:a b`,
      { code: 'badName', kind: 'lambdaFunction', name: 'a b', character: ' ' },
    ],
    [`${arn}:layer:a.b`, { code: 'badName', kind: 'layer', name: 'a.b', character: '.' }],
    [
      `arn:aws:sqs:eu-west-1:${account}:a:b`,
      { code: 'badName', kind: 'sqsQueue', name: 'a:b', character: ':' },
    ],
    [`${sqs}/${account}/a.b`, { code: 'badName', kind: 'sqsQueue', name: 'a.b', character: '.' }],
    [
      `${arn}:function:\${Name}x`,
      { code: 'badName', kind: 'lambdaFunction', name: '${Name}x', character: '$' },
    ],
    ['my orders', { code: 'badName', name: 'my orders', character: ' ' }],
    ['Bestellung-ü', { code: 'badName', name: 'Bestellung-ü', character: 'ü' }],
    ['a😀', { code: 'badName', name: 'a😀', character: '😀' }],
    ['a\ud800b', { code: 'badName', name: 'a\ud800b', character: '\ud800' }],
    ['/aws/lambda/orders', { code: 'badName', name: '/aws/lambda/orders', character: '/' }],
    [
      `${arn}:function:${'a'.repeat(65)}`,
      { code: 'nameTooLong', kind: 'lambdaFunction', length: 65, most: 64 },
    ],
    [
      `${sqs}/${account}/${'a'.repeat(81)}`,
      { code: 'nameTooLong', kind: 'sqsQueue', length: 81, most: 80 },
    ],
    ['a'.repeat(141), { code: 'nameTooLong', length: 141, most: 140 }],
    [`${'a'.repeat(76)}.fifo`, { code: 'nameTooLong', length: 81, most: 80 }],
    [`${'a'.repeat(64)}.b`, { code: 'nameTooLong', length: 66, most: 64 }],
    ['orders:li ve', { code: 'badQualifier', qualifier: 'li ve' }],
    ['orders:$latest', { code: 'badQualifier', qualifier: '$latest' }],
    [`orders:${'a'.repeat(129)}`, { code: 'badQualifier', qualifier: 'a'.repeat(129) }],
    ['layer:orders:new', { code: 'layerVersionNotANumber', version: 'new' }],
    [`${arn}:layer:orders:0`, { code: 'layerVersionNotANumber', version: '0' }],
    [`${arn}:layer:orders:$LATEST`, { code: 'layerVersionNotANumber', version: '$LATEST' }],
    [`${lambdaHome}/layers/orders/versions/x`, { code: 'layerVersionNotANumber', version: 'x' }],
    [`${arn}:function:orders:live:7`, { code: 'unrecognized' }],
    ['orders:live:7', { code: 'unrecognized' }],
    [':live', { code: 'unrecognized' }],
    [`${arn}:function::live`, { code: 'unrecognized' }],
    ['layer::7', { code: 'unrecognized' }],
    [`ARN:AWS:lambda:eu-west-1:${account}:function:orders`, { code: 'unrecognized' }],
    ['https://example.com/', { code: 'otherSite', host: 'example.com' }],
    [`https://example.com/${account}/orders`, { code: 'otherSite', host: 'example.com' }],
    [
      `https://sqs.eu-west-1.amazonaws.com.example.com/${account}/orders`,
      { code: 'otherSite', host: 'sqs.eu-west-1.amazonaws.com.example.com' },
    ],
    [
      'https://console.aws.amazon.com.example.com/lambda/home#/functions/orders',
      { code: 'otherSite', host: 'console.aws.amazon.com.example.com' },
    ],
    [
      'https://myconsole.aws.amazon.com/lambda/home#/functions/orders',
      { code: 'otherSite', host: 'myconsole.aws.amazon.com' },
    ],
    [
      `https://sqs.eu-west-1.amazonaws.com@example.com/${account}/orders`,
      { code: 'otherSite', host: 'sqs.eu-west-1.amazonaws.com@example.com' },
    ],
    [
      `https://queue.amazonaws.com.cn/${account}/x`,
      { code: 'otherSite', host: 'queue.amazonaws.com.cn' },
    ],
    [
      `https://sqs.nowhere.amazonaws.com/${account}/x`,
      { code: 'otherSite', host: 'sqs.nowhere.amazonaws.com' },
    ],
    ['s3://bucket/key', { code: 'otherSite', host: 'bucket' }],
    ['https://a b/c', { code: 'otherSite', host: 'a b' }],
    [
      `https://sqs.cn-north-1.amazonaws.com/${account}/orders`,
      { code: 'regionOfOtherPartition', region: 'cn-north-1', partition: 'aws', actual: 'aws-cn' },
    ],
    [
      `https://sqs.eu-west-1.amazonaws.com.cn/${account}/orders`,
      { code: 'regionOfOtherPartition', region: 'eu-west-1', partition: 'aws-cn', actual: 'aws' },
    ],
    [`${sqs}/orders`, { code: 'badAccount', accountId: 'orders' }],
    ['http://localhost:4566/q/eu-west-1', { code: 'badAccount', accountId: 'q' }],
    ['http://localhost:4566/queue/orders/x', { code: 'badRegion', region: 'orders' }],
    ['http://localhost:4566/health', { code: 'badAccount', accountId: 'health' }],
    [
      `${sqs}/${account}/orders/x`,
      { code: 'notAQueueAddress', host: 'sqs.eu-west-1.amazonaws.com' },
    ],
    [
      'https://a1b2c3.lambda-url.eu-west-1.on.aws/',
      { code: 'functionUrl', host: 'a1b2c3.lambda-url.eu-west-1.on.aws' },
    ],
    [
      'https://a1b2c3.lambda-url.eu-west-1.on.aws',
      { code: 'functionUrl', host: 'a1b2c3.lambda-url.eu-west-1.on.aws' },
    ],
    [
      `${lambdaHome}/functions/a%zz`,
      { code: 'badName', kind: 'lambdaFunction', name: 'a%zz', character: '%' },
    ],
    [`${sqsHome}/queues/https%3A%2F%2F%zz`, noResource],
    ['https%3A%zz', { code: 'badName', name: 'https%3A%zz', character: '%' }],
    [`${home}/console/home?region=eu-west-1`, noResource],
    [`${lambdaHome}/discover`, noResource],
    [`${lambdaHome}/event-source-mappings/${id}`, noResource],
    [`${sqsHome}/create-queue`, noResource],
    [`${sqsHome}/queues/orders`, noResource],
    [
      `${sqsHome}/queues/${encodeURIComponent(`https://example.com/${account}/orders`)}`,
      noResource,
    ],
    [`${home}/go/view?arn=orders`, noResource],
    [`${home}/s3/buckets/orders`, { code: 'otherService', service: 's3' }],
    [`${home}/ec2/home#Instances`, { code: 'otherService', service: 'ec2' }],
    [`${home}/lambda/home?region=x#/functions/orders`, { code: 'badRegion', region: 'x' }],
    [
      `${home}/lambda/home?region=us-gov-west-1#/functions/orders`,
      {
        code: 'regionOfOtherPartition',
        region: 'us-gov-west-1',
        partition: 'aws',
        actual: 'aws-us-gov',
      },
    ],
    ['a'.repeat(2049), { code: 'tooLong', length: 2049, most: 2048 }],
  ];
  for (const [text, problem] of rows) {
    test(
      text.length > 200 ? `${text.slice(0, 20)}… (${text.length})` : JSON.stringify(text),
      () => {
        assert.deepEqual(identifyResource(text), { state: 'wrong', problem });
      },
    );
  }
});

suite('Resource identifier, whatever is typed', () => {
  const pieces = fc.constantFrom(
    ...[
      'arn:',
      'aws',
      'aws-cn',
      ':',
      '/',
      '#',
      '?',
      '%',
      '%3A',
      '%2',
      '*',
      '$LATEST',
      '.fifo',
      '@',
    ],
    ...[
      'lambda',
      'sqs',
      'apigateway',
      'eu-west-1',
      account,
      'function',
      'layer',
      'queue',
      'orders',
    ],
    ...[
      'https://',
      'http://',
      'localhost:4566',
      'sqs.eu-west-1.amazonaws.com',
      host(),
      '/lambda/home',
    ],
    ...[
      '/sqs/v3/home?region=',
      '#/functions/',
      '#/layers/',
      '#/queues/',
      '/versions/',
      '/aliases/',
    ],
    ...[
      '/go/view?arn=',
      '%zz',
      'constructor',
      '__proto__',
      ' ',
      '\n',
      '"',
      '\ud800',
      '\udc00',
      '😀',
      '7',
    ],
  );
  const heads = fc.constantFrom(
    `${lambdaHome}/functions/`,
    `${lambdaHome}/layers/`,
    `${sqsHome}/queues/`,
    `${home}/lambda/home?region=`,
    `${home}/go/view?arn=`,
    `${sqs}/${account}/`,
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/',
  );
  const texts = fc.oneof(
    fc.tuple(heads, fc.array(pieces, { maxLength: 6 })).map(([head, it]) => head + it.join('')),
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    fc
      .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })))
      .map((it) => it.join('')),
  );

  function host(): string {
    return 'eu-west-1.console.aws.amazon.com';
  }

  test('never throws, and what it finds can be made a resource', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = identifyResource(text);
        if (result.state !== 'found') return;
        assert.ok(result.candidates.length > 0);
        for (const candidate of result.candidates) {
          const { region = 'eu-west-1', accountId = account, partition = 'aws' } = candidate;
          const resource = toResource(candidate, { region, accountId });
          if (partition !== 'aws' && candidate.region === undefined) continue;
          assert.ok(resource, text);
          assert.ok(resource.kind === 'layer' || isResource(resource));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('blanks and quotes around it change nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        assert.deepEqual(identifyResource(` "${text}", `), identifyResource(text));
      }),
    );
  });

  const long = 1_000_000;
  const huge: readonly (readonly [string, string])[] = [
    ['letters', 'a'.repeat(long)],
    ['quotes', `${'"'.repeat(long)}a`],
    ['blanks, then a name', `${' '.repeat(long)}orders`],
    ['colons', `arn${':'.repeat(long)}`],
    ['halves of characters', '\ud800'.repeat(long)],
    ['escapes', `https://${'%'.repeat(long)}`],
  ];
  for (const [what, text] of huge) {
    test(`a megabyte of ${what}`, () => {
      const { state } = identifyResource(text);
      assert.equal(state, what.startsWith('blanks') ? 'found' : 'wrong');
    });
  }
});

suite('Resource that was identified', () => {
  const place = { region: 'eu-west-1', accountId: account };
  const only = (text: string, at = place) => {
    const result: Identification = identifyResource(text);
    assert.ok(result.state === 'found');
    const [candidate] = result.candidates;
    assert.ok(candidate);
    return toResource(candidate, at);
  };

  test('a function, by name, by ARN and by its page', () => {
    const expected = {
      kind: 'lambdaFunction',
      arn: `${arn}:function:orders`,
      functionName: 'orders',
    };
    for (const text of [
      'orders',
      'orders:$LATEST',
      expected.arn,
      `${lambdaHome}/functions/orders`,
    ]) {
      assert.deepEqual(only(text), expected);
    }
  });

  test('a version', () => {
    assert.deepEqual(only('orders:7'), {
      kind: 'lambdaFunction',
      arn: `${arn}:function:orders:7`,
      functionName: 'orders',
      qualifier: { type: 'version', name: '7' },
    });
  });

  test('an alias, whose version is not known', () => {
    assert.deepEqual(only('orders:live'), {
      kind: 'lambdaFunction',
      arn: `${arn}:function:orders:live`,
      functionName: 'orders',
      qualifier: { type: 'alias', name: 'live', version: '' },
    });
  });

  test('a layer and a version of it', () => {
    const layerArn = `${arn}:layer:orders`;
    assert.deepEqual(only(layerArn), { kind: 'layer', arn: layerArn, layerName: 'orders' });
    assert.deepEqual(only(`${layerArn}:7`), {
      kind: 'layerVersion',
      arn: `${layerArn}:7`,
      layerName: 'orders',
      version: 7,
    });
  });

  test('a queue has the URL that was given, or the usual one', () => {
    const queueArn = `arn:aws:sqs:eu-west-1:${account}:orders`;
    const legacy = `https://eu-west-1.queue.amazonaws.com/${account}/orders`;
    const expected = { kind: 'sqsQueue', arn: queueArn, queueName: 'orders' };
    assert.deepEqual(only(legacy), { ...expected, queueUrl: legacy });
    assert.deepEqual(only(queueArn), { ...expected, queueUrl: `${sqs}/${account}/orders` });
  });

  test('the usual URL is that of the partition', () => {
    assert.deepEqual(only('orders.fifo', { region: 'cn-north-1', accountId: account }), {
      kind: 'sqsQueue',
      arn: `arn:aws-cn:sqs:cn-north-1:${account}:orders.fifo`,
      queueName: 'orders.fifo',
      queueUrl: `https://sqs.cn-north-1.amazonaws.com.cn/${account}/orders.fifo`,
    });
  });

  test('an account that was named is kept', () => {
    assert.equal(
      only('210987654321:function:orders')?.arn,
      `${arn.replace(account, '210987654321')}:function:orders`,
    );
  });

  test('not from another region or partition', () => {
    const other = { region: 'us-east-1', accountId: account };
    const china = 'https://console.amazonaws.cn/lambda/home#/functions/orders';
    assert.equal(only(`${arn}:function:orders`, other), undefined);
    assert.equal(only(china), undefined);
    assert.equal(
      only(china, { region: 'cn-north-1', accountId: account })?.arn,
      `arn:aws-cn:lambda:cn-north-1:${account}:function:orders`,
    );
  });
});
