// A stand-in for AWS that costs next to nothing, so that what is measured is who asks: every answer is
// made beforehand, comes after 30 ms, and is refused where a quota is used up. A process of its own.
import { createServer } from 'node:http';

/**
 * @typedef {{ functions: number, versionsOf: number, aliasesOf: number, layers: number, queues: number }} Size
 *   how many functions have a version, and an alias
 * @typedef {{ ratePerSecond: number, burst: number }} Quota
 * @typedef {{ size: Size, quota?: Quota, latencyMs: number }} Setup
 */

const region = 'eu-west-1';
const account = '123456789012';
const functionArn = `arn:aws:lambda:${region}:${account}:function`;
const layerArn = `arn:aws:lambda:${region}:${account}:layer`;

/** @type {Setup} */
let setup = {
  size: { functions: 0, versionsOf: 0, aliasesOf: 0, layers: 0, queues: 0 },
  latencyMs: 30,
};
/** @type {Record<string, { tokens: number, at: number }>} */
let buckets = {};
/** @type {Record<string, number>} */
let counts = {};
let refused = 0;

const name = (/** @type {string} */ form, /** @type {number} */ at) =>
  `${form}-${String(at).padStart(5, '0')}`;

/** @param {string} arn @param {string} action */
function policy(arn, action) {
  const statement = (/** @type {number} */ at) => ({
    Sid: `statement-${at}`,
    Effect: 'Allow',
    Principal:
      at === 4 ? { AWS: 'arn:aws:iam::210987654321:root' } : { Service: 'sns.amazonaws.com' },
    Action: action,
    Resource: arn,
    ...(at === 4
      ? {}
      : {
          Condition: {
            ArnLike: { 'AWS:SourceArn': `arn:aws:sns:${region}:${account}:topic-${at}` },
          },
        }),
  });
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [0, 1, 2, 3, 4].map(statement),
  });
}

/** @param {string} bucket */
function isWithin(bucket) {
  if (!setup.quota) return true;
  const { ratePerSecond, burst } = setup.quota;
  const now = performance.now();
  const held = (buckets[bucket] ??= { tokens: burst, at: now });
  held.tokens = Math.min(burst, held.tokens + ((now - held.at) / 1000) * ratePerSecond);
  held.at = now;
  if (held.tokens < 1) return false;
  held.tokens -= 1;
  return true;
}

/**
 * @param {unknown[]} items
 * @param {number} size
 * @param {string | null | undefined} marker
 */
function page(items, size, marker) {
  const from = Number(marker ?? 0);
  const next = from + size < items.length ? String(from + size) : undefined;
  return { items: items.slice(from, from + size), next };
}

/** @type {unknown[]} */
let allVersions = [];

function fill() {
  allVersions = [];
  for (let at = 0; at < setup.size.functions; at++) {
    const FunctionName = name('function', at);
    const versions = at < setup.size.versionsOf ? ['$LATEST', '1'] : ['$LATEST'];
    for (const Version of versions) {
      allVersions.push({
        FunctionName,
        Version,
        FunctionArn: `${functionArn}:${FunctionName}:${Version}`,
      });
    }
  }
}

/**
 * @param {URL} url
 * @returns {{ operation: string, answer: () => unknown }}
 */
function lambda(url) {
  const parts = url.pathname.split('/').map(decodeURIComponent);
  const marker = url.searchParams.get('Marker');
  const [, , what, of, sub, version, last] = parts;
  if (what === 'functions' && (of === undefined || of === '')) {
    return {
      operation: 'ListFunctions',
      answer: () => {
        const { items, next } = page(allVersions, 50, marker);
        return { Functions: items, NextMarker: next };
      },
    };
  }
  if (what === 'functions' && sub === 'aliases') {
    const at = Number(of?.slice(-5));
    const base = of?.startsWith('arn:') ? of : `${functionArn}:${of}`;
    const alias = { Name: 'live', FunctionVersion: '1', AliasArn: `${base}:live` };
    return {
      operation: 'ListAliases',
      answer: () => ({ Aliases: at < setup.size.aliasesOf ? [alias] : [] }),
    };
  }
  if (what === 'functions') {
    const qualifier = url.searchParams.get('Qualifier');
    const arn = qualifier === null ? String(of) : `${of}:${qualifier}`;
    return {
      operation: 'GetPolicy',
      answer: () => ({ Policy: policy(arn, 'lambda:InvokeFunction'), RevisionId: 'r' }),
    };
  }
  if (of === undefined || of === '') {
    const layers = Array.from({ length: setup.size.layers }, (_, at) => ({
      LayerName: name('layer', at),
      LayerArn: `${layerArn}:${name('layer', at)}`,
    }));
    return {
      operation: 'ListLayers',
      answer: () => {
        const { items, next } = page(layers, 50, marker);
        return { Layers: items, NextMarker: next };
      },
    };
  }
  if (last === 'policy') {
    return {
      operation: 'GetLayerVersionPolicy',
      answer: () => ({
        Policy: policy(`${of}:${version}`, 'lambda:GetLayerVersion'),
        RevisionId: 'r',
      }),
    };
  }
  const LayerVersionArn = `${of}:1`;
  return {
    operation: 'ListLayerVersions',
    answer: () => ({ LayerVersions: [{ LayerVersionArn, Version: 1 }] }),
  };
}

/**
 * @param {string} target
 * @param {string} body
 */
function sqs(target, body) {
  const input = /** @type {{ NextToken?: string, QueueUrl?: string }} */ (JSON.parse(body));
  if (target.endsWith('ListQueues')) {
    const urls = Array.from(
      { length: setup.size.queues },
      (_, at) => `https://sqs.${region}.amazonaws.com/${account}/${name('queue', at)}`,
    );
    const { items, next } = page(urls, 1000, input.NextToken);
    return { operation: 'ListQueues', answer: () => ({ QueueUrls: items, NextToken: next }) };
  }
  const arn = `arn:aws:sqs:${region}:${account}:${String(input.QueueUrl).split('/').at(-1)}`;
  return {
    operation: 'GetQueueAttributes',
    answer: () => ({ Attributes: { Policy: policy(arn, 'sqs:SendMessage'), QueueArn: arn } }),
  };
}

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
  request.on('end', () => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const { operation, answer } = target.startsWith('AmazonSQS')
      ? sqs(target, Buffer.concat(chunks).toString())
      : lambda(new URL(request.url ?? '/', 'http://localhost'));
    counts[operation] = (counts[operation] ?? 0) + 1;
    const isQueue = /Queue/.test(operation);
    const isIn = isQueue || isWithin(operation === 'GetPolicy' ? operation : 'control');
    if (!isIn) refused += 1;
    setTimeout(() => {
      response.setHeader(
        'content-type',
        isQueue ? 'application/x-amz-json-1.0' : 'application/json',
      );
      if (!isIn) response.setHeader('x-amzn-errortype', 'TooManyRequestsException');
      response.statusCode = isIn ? 200 : 429;
      response.end(JSON.stringify(isIn ? answer() : { message: 'Rate exceeded' }));
    }, setup.latencyMs);
  });
});
server.keepAliveTimeout = 120_000;

process.on(
  'message',
  (/** @type {{ type: 'setup', setup: Setup } | { type: 'counts' }} */ message) => {
    if (message.type === 'setup') {
      ({ setup } = message);
      [buckets, counts, refused] = [{}, {}, 0];
      fill();
    }
    process.send?.({ counts, refused });
  },
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.({ port: address.port });
});
