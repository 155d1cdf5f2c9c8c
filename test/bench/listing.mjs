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
 * `leastMs`: what no client can be faster than; `roundTripMs`: of one page, without the quota.
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
 * @param {Parts} parts
 * @param {SampleAccount} account
 * @param {FaultProxy} proxy
 */
async function measure(parts, account, proxy) {
  const target = { region, endpoint: proxy.endpoint, ...account.credentials };
  const client = new parts.LambdaClient({ ...target, credentials: account.credentials });
  proxy.addFault({ operation: /./, answer: { type: 'delay', ms: latencyMs } });
  const pages = () => parts.paginateListFunctions({ client }, {})[Symbol.asyncIterator]();
  const roundTrips = [];
  for (let round = 0; round < 10; round++) roundTrips.push(await timeOf(() => pages().next()));
  const roundTripMs = roundTrips.sort((a, b) => a - b)[5] ?? NaN;

  const sdk = await timed(proxy, async (onPage) => {
    const all = parts.paginateListFunctions({ client }, {});
    for await (const { Functions = [] } of all) onPage(Functions.length);
  });
  client.destroy();
  const pacers = new parts.Pacers(quota);
  const supply = parts.fixedCredentials(account.credentials);
  const clients = parts.createClients(
    target,
    supply,
    () => undefined,
    parts.usualPatience,
    () => pacers.pacersFor('bench'),
  );
  const ours = await timed(proxy, async (onPage) => {
    const { signal } = new AbortController();
    const all = parts.lambdaFunctionStore(clients).list(signal);
    for await (const functions of all) onPage(functions.length);
  });
  clients.close();
  if (ours.functions !== count) throw new Error(`${ours.functions} of ${count} were listed.`);
  const needed = count / pageSize;
  const leastMs = Math.max(
    needed * latencyMs,
    ((needed - quota.burst) / quota.ratePerSecond) * 1000,
  );
  return { ours, sdk, roundTripMs, leastMs, count };
}

/**
 * One listing under the quota, which is whole at its start.
 * @param {FaultProxy} proxy
 * @param {(onPage: (functions: number) => void) => Promise<void>} list
 * @returns {Promise<Listing>}
 */
async function timed(proxy, list) {
  proxy.clear();
  proxy.addFault({ operation: /./, answer: { type: 'delay', ms: latencyMs } });
  proxy.addFault({ operation: /^Lambda/, answer: { type: 'quota', ...quota } });
  const started = performance.now();
  let firstMs = NaN;
  let functions = 0;
  /** @type {string | undefined} */
  let failure;
  try {
    await list((found) => {
      if (functions === 0) firstMs = performance.now() - started;
      functions += found;
    });
  } catch (error) {
    failure = error instanceof Error ? error.name : String(error);
  }
  const wholeMs = performance.now() - started;
  const refused = proxy.requests.filter(({ status }) => status === 429).length;
  return { firstMs, wholeMs, functions, requests: proxy.requests.length, refused, failure };
}

/** @param {() => Promise<unknown>} work */
async function timeOf(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
