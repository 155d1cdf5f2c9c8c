// What a large account costs: the heap of a real extension host, the list of profiles, the filter.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildExtension } from '../vscode/package.mjs';
import { runInHost } from '../vscode/parts/integration.mjs';
import { outRoot, repoRoot } from '../vscode/paths.mjs';
import { serverVersions } from '../vscode/serverVersions.mjs';

const count = 10_000;
const profileCount = 5_000;
const region = 'eu-west-1';
const accountId = '123456789012';
const key = { accessKeyId: 'AKIABENCHEXAMPLE0000', secretAccessKey: 'not-a-secret' };

/**
 * Heap in bytes, times in milliseconds.
 * @returns {Promise<{ before: number, after: number, pickerMs: number, filterMs: number, naiveMs: number, count: number, profileCount: number }>}
 */
export async function measureLargeAccount() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-large-'));
  try {
    const parts = await loadParts(folder);
    const host = await measureHost(folder, parts);
    return { ...host, ...measureFilter(parts), count, profileCount };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {Awaited<ReturnType<typeof loadParts>>} Parts
 * @param {string} folder
 */
async function loadParts(folder) {
  const outfile = path.join(folder, 'parts.cjs');
  await build({
    stdin: {
      contents: [
        "export { filterByName } from './src/tree/nameOrder';",
        "export { startSampleAccount } from './src/sample/sampleAccount';",
        "export { startFaultProxy } from './test/faults/faultProxy';",
      ].join('\n'),
      resolveDir: repoRoot,
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile,
  });
  const loaded = /** @type {unknown} */ (await import(pathToFileURL(outfile).href));
  return /** @type {typeof import('../../src/tree/nameOrder') & typeof import('../../src/sample/sampleAccount') & typeof import('../faults/faultProxy')} */ (
    loaded
  );
}

/**
 * @param {string} folder
 * @param {Parts} parts
 */
async function measureHost(folder, parts) {
  const account = await parts.startSampleAccount({ seed: seed(), credentials: key });
  const proxy = await parts.startFaultProxy(account.endpoint);
  const files = {
    pages: path.join(folder, 'pages'),
    results: path.join(folder, 'results.json'),
    config: path.join(folder, 'config'),
    // Within the repository: VS Code gives it the objects then that it gives the extension.
    tests: path.join(outRoot, 'bench/largeAccount.cjs'),
  };
  writeFileSync(files.pages, 'none');
  writeFileSync(files.config, profiles());
  const timer = setInterval(() => {
    const asked = proxy.requests.map(({ operation }) => operation);
    const of = (/** @type {string} */ name) => asked.filter((one) => one === name).length;
    const isAll = of('Lambda.ListFunctions') >= count / 50 && of('SQS.ListQueues') >= count / 1000;
    writeFileSync(files.pages, isAll ? 'all' : `${asked.length} requests`);
  }, 500);
  try {
    await buildExtension();
    await build({
      entryPoints: [path.join(repoRoot, 'test/bench/host/largeAccount.ts')],
      outfile: files.tests,
      bundle: true,
      format: 'cjs',
      platform: 'node',
      external: ['vscode'],
    });
    const version = serverVersions[serverVersions.length - 1];
    if (!version) throw new Error('No version of VS Code to measure on.');
    const env = {
      AWS_CONFIG_FILE: files.config,
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'none'),
      AWS_ENDPOINT_URL: proxy.endpoint,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    };
    const code = await runInHost(version, files.tests, {
      BENCH_ENV: JSON.stringify(env),
      BENCH_PAGES: files.pages,
      BENCH_RESULTS: files.results,
    });
    if (code !== 0) throw new Error('The extension host did not get to the end.');
    const measured = /** @type {{ before: number, after: number, pickerMs: number[] }} */ (
      JSON.parse(readFileSync(files.results, 'utf8'))
    );
    return { ...measured, pickerMs: Math.max(...measured.pickerMs) };
  } finally {
    clearInterval(timer);
    await proxy.close();
    await account.close();
  }
}

/** @returns {import('../../src/sample/state').SampleState} */
function seed() {
  const names = Array.from({ length: count }, (_, at) => nameAt(at));
  return {
    accountId,
    region,
    organizationId: 'o-bench',
    callerArn: `arn:aws:iam::${accountId}:user/bench`,
    functions: names.map((name) => ({ name, versions: [], aliases: {}, policies: {} })),
    layers: [],
    queues: names.map((name) => ({ name })),
  };
}

/** In no order, as AWS lists them. @param {number} at */
function nameAt(at) {
  const shuffled = (at * 7_919) % count;
  return `team-${shuffled % 37}-service-${String(shuffled).padStart(5, '0')}-handler`;
}

function profiles() {
  return Array.from(
    { length: profileCount },
    (_, at) =>
      `[profile account-${at}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::${String(at).padStart(12, '1')}:role/Admin\nsource_profile = account-0\n`,
  )
    .join('\n')
    .replace('role_arn', 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = A\nx');
}

/**
 * The worst moment of a list that is complete: the first letter, which sorts it; beside it the way
 * that comes to mind first.
 * @param {Parts} parts
 */
function measureFilter({ filterByName }) {
  const items = () =>
    Array.from({ length: count }, (_, at) => ({
      kind: /** @type {const} */ ('lambdaFunction'),
      arn: `arn:aws:lambda:${region}:${accountId}:function:${nameAt(at)}`,
      functionName: nameAt(at),
    }));
  filterByName(items(), 'warm');
  const time = (/** @type {() => unknown} */ work) => {
    const began = performance.now();
    work();
    return performance.now() - began;
  };
  const times = Array.from({ length: 5 }, () => {
    const [ours, naive] = [items(), items()];
    return {
      ours: time(() => filterByName(ours, 'e')),
      naive: time(() =>
        naive
          .filter(({ functionName }) => functionName.toLowerCase().includes('e'))
          .sort((a, b) => a.functionName.localeCompare(b.functionName)),
      ),
    };
  });
  const median = (/** @type {number[]} */ all) => all.sort((a, b) => a - b)[2] ?? 0;
  return {
    filterMs: median(times.map(({ ours }) => ours)),
    naiveMs: median(times.map(({ naive }) => naive)),
  };
}
