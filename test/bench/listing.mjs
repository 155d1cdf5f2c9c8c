// What listing a large account takes under AWS's quota of requests: the extension's way, beside the
// SDK's own paginator with its own repeated tries, against the same server in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { repoRoot } from '../vscode/paths.mjs';

/**
 * @typedef {import('../../src/sample/sampleAccount').SampleAccount} SampleAccount
 * @typedef {import('../faults/faultProxy').FaultProxy} FaultProxy
 * @typedef {{ firstMs: number, wholeMs: number, functions: number, requests: number, refused: number, failure?: string }} Listing
 *   `functions`: how many came; `refused`: how many of the requests were throttled
 */

const region = 'eu-west-1';
const accountId = '123456789012';
const count = 10_000;
const pageSize = 50;
const latencyMs = 30;
/** Of Lambda, for all calls but GetPolicy together. */
const quota = { ratePerSecond: 15, burst: 15 };

/**
 * `roundTripMs`: of one page, without the quota; `leastMs`: what no client can be faster than.
 * @returns {Promise<{ ours: Listing, sdk: Listing, roundTripMs: number, leastMs: number, count: number }>}
 */
export async function measureListing() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-listing-'));
  try {
    const parts = await loadParts(folder);
    const account = await parts.startSampleAccount({ seed: seed() });
    const proxy = await parts.startFaultProxy(account.endpoint);
    try {
      return await measure(parts, account, proxy);
    } finally {
      await proxy.close();
      await account.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {import('../../src/sample/state').SampleState} */
function seed() {
  const name = (/** @type {number} */ at) => `function-${String(at).padStart(5, '0')}`;
  const empty = { versions: [], aliases: {}, policies: {} };
  return {
    accountId,
    region,
    organizationId: 'o-bench',
    callerArn: `arn:aws:iam::${accountId}:user/bench`,
    functions: Array.from({ length: count }, (_, at) => ({ name: name(at), ...empty })),
    layers: [],
    queues: [],
  };
}

/**
 * The extension's own code in one file, as it is delivered, and the server.
 * @typedef {Awaited<ReturnType<typeof loadParts>>} Parts
 * @param {string} folder
 */
async function loadParts(folder) {
  const outfile = path.join(folder, 'parts.cjs');
  const names = {
    'src/aws/clients': 'createClients',
    'src/aws/credentials': 'fixedCredentials',
    'src/aws/lambdaFunction': 'lambdaFunctionStore',
    'src/aws/pacers': 'Pacers',
    'src/aws/pacing': 'usualPatience',
    'src/sample/sampleAccount': 'startSampleAccount',
    'test/faults/faultProxy': 'startFaultProxy',
  };
  const lines = Object.entries(names).map(([file, what]) => `export { ${what} } from './${file}';`);
  const sdk = `export { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';`;
  await build({
    stdin: { contents: [...lines, sdk].join('\n'), resolveDir: repoRoot, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  /** @type {{ default: typeof import('../../src/aws/clients') & typeof import('../../src/aws/credentials') & typeof import('../../src/aws/lambdaFunction') & typeof import('../../src/aws/pacers') & typeof import('../../src/aws/pacing') & typeof import('../../src/sample/sampleAccount') & typeof import('../faults/faultProxy') & Pick<typeof import('@aws-sdk/client-lambda'), 'LambdaClient' | 'paginateListFunctions'> }} */
  const parts = await import(pathToFileURL(outfile).href);
  return parts.default;
}

/**
 * @typedef {(onPage: (functions: number) => void | Promise<void>) => Promise<void>} List
 *   on connections of its own, to the end unless `onPage` throws
 * @param {Parts} parts
 * @param {SampleAccount} account
 * @param {FaultProxy} proxy
 */
async function measure(parts, account, proxy) {
  const lists = {
    ours: listOurs(parts, account, proxy),
    sdk: listBySdk(parts, account, proxy),
  };
  const first = await measureFirst(proxy, lists);
  const roundTripMs = await measureRoundTrip(proxy, lists.sdk);
  const sdk = { firstMs: first.sdk, ...(await measureWhole(proxy, lists.sdk)) };
  const ours = { firstMs: first.ours, ...(await measureWhole(proxy, lists.ours)) };
  if (ours.functions !== count) throw new Error(`${ours.functions} of ${count} were listed.`);
  const needed = count / pageSize;
  const byQuotaMs = ((needed - quota.burst) / quota.ratePerSecond) * 1000;
  return { ours, sdk, roundTripMs, leastMs: Math.max(needed * roundTripMs, byQuotaMs), count };
}

/**
 * @param {Parts} parts
 * @param {SampleAccount} account
 * @param {FaultProxy} proxy
 * @returns {List}
 */
function listOurs(parts, { credentials }, { endpoint }) {
  const target = { region, endpoint, ...credentials };
  const supply = parts.fixedCredentials(credentials);
  return async (onPage) => {
    const pacers = new parts.Pacers(quota);
    const clients = parts.createClients(
      target,
      supply,
      () => undefined,
      parts.usualPatience,
      () => pacers.pacersFor('bench'),
    );
    const all = parts.lambdaFunctionStore(clients).list(new AbortController().signal);
    try {
      for await (const functions of all) await onPage(functions.length);
    } finally {
      clients.close();
    }
  };
}

/**
 * @param {Parts} parts
 * @param {SampleAccount} account
 * @param {FaultProxy} proxy
 * @returns {List}
 */
function listBySdk(parts, { credentials }, { endpoint }) {
  return async (onPage) => {
    const client = new parts.LambdaClient({ region, endpoint, credentials });
    try {
      for await (const { Functions = [] } of parts.paginateListFunctions({ client }, {})) {
        await onPage(Functions.length);
      }
    } finally {
      client.destroy();
    }
  };
}

/**
 * Milliseconds to the first page: medians of nine, which take turns; the first of each is not counted.
 * @param {FaultProxy} proxy
 * @param {{ ours: List, sdk: List }} lists
 */
async function measureFirst(proxy, { ours, sdk }) {
  /** @type {{ ours: number[], sdk: number[] }} */
  const times = { ours: [], sdk: [] };
  for (let round = 0; round < 10; round++) {
    limit(proxy);
    times.ours.push(...(await pageTimes(ours, 1)));
    limit(proxy);
    times.sdk.push(...(await pageTimes(sdk, 1)));
  }
  return { ours: median(times.ours.slice(1)), sdk: median(times.sdk.slice(1)) };
}

/**
 * Milliseconds for one page after another, as fast as they come.
 * @param {FaultProxy} proxy
 * @param {List} list
 */
async function measureRoundTrip(proxy, list) {
  proxy.clear();
  proxy.addFault({ operation: /./, answer: { type: 'delay', ms: latencyMs } });
  const times = await pageTimes(list, 50);
  return median(times.slice(1).map((time, at) => time - (times[at] ?? 0)));
}

/**
 * When the first pages came, in milliseconds since the start.
 * @param {List} list
 * @param {number} pages
 */
async function pageTimes(list, pages) {
  const enough = new Error('enough');
  /** @type {number[]} */
  const times = [];
  const started = performance.now();
  await list(() => {
    times.push(performance.now() - started);
    if (times.length === pages) throw enough;
  }).catch((/** @type {unknown} */ error) => {
    if (error !== enough) throw error;
  });
  return times;
}

/**
 * @param {FaultProxy} proxy
 * @param {List} list
 * @returns {Promise<Omit<Listing, 'firstMs'>>}
 */
async function measureWhole(proxy, list) {
  limit(proxy);
  let functions = 0;
  /** @type {string | undefined} */
  let failure;
  const started = performance.now();
  try {
    await list((found) => void (functions += found));
  } catch (error) {
    failure = error instanceof Error ? error.name : String(error);
  }
  const wholeMs = performance.now() - started;
  const refused = proxy.requests.filter(({ status }) => status === 429).length;
  return { wholeMs, functions, requests: proxy.requests.length, refused, failure };
}

/**
 * The latency, and a quota of which nothing was used yet.
 * @param {FaultProxy} proxy
 */
function limit(proxy) {
  proxy.clear();
  proxy.addFault({ operation: /./, answer: { type: 'delay', ms: latencyMs } });
  proxy.addFault({ operation: /^Lambda/, answer: { type: 'quota', ...quota } });
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
