// What an audit of a large account takes: the extension's way beside the least that AWS's quotas allow,
// and beside what people write with the SDK, against the same server in the same run.
import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { repoRoot } from '../vscode/paths.mjs';

/**
 * @typedef {import('./auditServer.mjs').Size} Size
 * @typedef {import('./auditServer.mjs').Quota} Quota
 * @typedef {{ wholeMs: number, read: number, lost: number, refused: number, leastMs: number, cpuMs: number }} Audit
 *   `leastMs`: what the quota allows; `lost`: what was not read
 */

const region = 'eu-west-1';
const latencyMs = 30;
const lambdaQuota = { ratePerSecond: 15, burst: 15 };
const credentials = { accessKeyId: 'AKIABENCH', secretAccessKey: 'secret' };
/** @type {Size} */
const large = { functions: 1000, versionsOf: 500, aliasesOf: 500, layers: 100, queues: 1000 };
/** @type {Size} */
const half = { functions: 500, versionsOf: 250, aliasesOf: 250, layers: 50, queues: 500 };
/** @type {Size} */
const plain = { functions: 1000, versionsOf: 0, aliasesOf: 0, layers: 0, queues: 1000 };

/** @param {{ quick?: boolean }} [options] `quick`: without what waits for quotas */
export async function measureAudit({ quick = false } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-audit-'));
  const server = fork(fileURLToPath(new URL('auditServer.mjs', import.meta.url)));
  try {
    const [{ port }] = await once(server, 'message');
    const parts = await loadParts(folder);
    const at = { server, endpoint: `http://127.0.0.1:${port}`, parts };
    const evaluated = measureEvaluation(parts);
    const unpaced = await audit(at, plain, undefined);
    const unpacedSdk = await naive(at, plain, 'standard', undefined);
    if (quick) return { evaluated, unpaced, unpacedSdk };
    const paced = await audit(at, large, lambdaQuota);
    const slow = await audit(at, half, { ratePerSecond: 7.5, burst: 7 });
    const standard = await naive(at, half, 'standard', lambdaQuota);
    const adaptive = await naive(at, half, 'adaptive', lambdaQuota);
    const cli = await naiveCli(at, half);
    return { evaluated, unpaced, unpacedSdk, paced, slow, standard, adaptive, cli };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {Awaited<ReturnType<typeof loadParts>>} Parts
 * @param {string} folder
 */
async function loadParts(folder) {
  const outfile = path.join(folder, 'parts.cjs');
  const names = {
    'src/aws/clients': 'createClients',
    'src/aws/credentials': 'fixedCredentials',
    'src/aws/lambdaFunction': 'lambdaFunctionStore',
    'src/aws/layerVersion': 'layerVersionStore',
    'src/aws/sqsQueue': 'sqsQueueStore',
    'src/aws/pacers': 'Pacers',
    'src/aws/pacing': 'usualPatience',
    'src/core/policy': 'parsePolicy',
    'src/core/findings/policyFindings': 'policyFindings',
    'src/core/evaluate/decide': 'decide',
    'src/survey/survey': 'survey',
  };
  const lines = Object.entries(names).map(([file, what]) => `export { ${what} } from './${file}';`);
  const sdk = `export { LambdaClient, GetPolicyCommand, ListAliasesCommand, paginateListFunctions } from '@aws-sdk/client-lambda';`;
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
  /** @type {{ default: typeof import('../../src/aws/clients') & typeof import('../../src/aws/credentials') & typeof import('../../src/aws/lambdaFunction') & typeof import('../../src/aws/layerVersion') & typeof import('../../src/aws/sqsQueue') & typeof import('../../src/aws/pacers') & typeof import('../../src/aws/pacing') & typeof import('../../src/core/policy') & typeof import('../../src/core/findings/policyFindings') & typeof import('../../src/core/evaluate/decide') & typeof import('../../src/survey/survey') & Pick<typeof import('@aws-sdk/client-lambda'), 'LambdaClient' | 'GetPolicyCommand' | 'ListAliasesCommand' | 'paginateListFunctions'> }} */
  const parts = await import(pathToFileURL(outfile).href);
  return parts.default;
}

/**
 * @typedef {{ server: import('node:child_process').ChildProcess, endpoint: string, parts: Parts }} Scene
 * @param {Scene} scene
 * @param {import('./auditServer.mjs').Setup} setup
 */
async function prepare({ server }, setup) {
  server.send({ type: 'setup', setup });
  await once(server, 'message');
}

/** @param {Scene} scene */
async function countsOf({ server }) {
  server.send({ type: 'counts' });
  const [answer] = await once(server, 'message');
  return /** @type {{ counts: Record<string, number>, refused: number }} */ (answer);
}

/**
 * Lists, reads and judges everything.
 * @param {Scene} scene
 * @param {Size} size
 * @param {Quota | undefined} quota of the server; without it there is none, and nothing is paced
 * @returns {Promise<Audit>}
 */
async function audit(scene, size, quota) {
  const { parts, endpoint } = scene;
  await prepare(scene, { size, latencyMs, ...(quota ? { quota } : {}) });
  const pacers = quota && new parts.Pacers(lambdaQuota);
  const clients = parts.createClients(
    { region, endpoint, ...credentials },
    parts.fixedCredentials(credentials),
    () => undefined,
    parts.usualPatience,
    pacers && (() => pacers.pacersFor('bench')),
  );
  const stores = {
    lambdaFunction: parts.lambdaFunctionStore(clients),
    layerVersion: parts.layerVersionStore(clients),
    sqsQueue: parts.sqsQueueStore(clients),
  };
  const trust = { accounts: new Set(), organizations: new Set() };
  const signal = () => new AbortController().signal;
  let [read, lost, findings] = [0, 0, 0];
  const cpu = process.cpuUsage();
  const started = performance.now();
  const end = await parts.survey(
    {
      stores,
      read: (resource) =>
        stores[resource.kind].read(/** @type {never} */ (resource), {
          signal: signal(),
          justListed: true,
          urgency: 'background',
        }),
      isRead: () => false,
      onListed: () => undefined,
      onReading: () => undefined,
      onRead: (resource, reading) => {
        if (reading.state !== 'policy') {
          lost += reading.state === 'unreadable' ? 1 : 0;
          return;
        }
        read += 1;
        const policy = parts.parsePolicy(reading.text);
        findings += parts.policyFindings(policy, { resource, trust, now: Date.now() }).length;
      },
      onGap: () => (lost += 1),
      onAllListed: () => undefined,
    },
    signal(),
  );
  const wholeMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  clients.close();
  const { counts, refused } = await countsOf(scene);
  if (end.state !== 'complete') throw new Error(`The audit ended as ${end.state}.`);
  // Each policy lets one account in, which nobody trusts.
  if (findings !== read) throw new Error(`${findings} findings in ${read} policies.`);
  const cpuMs = (user + system) / 1000;
  return { wholeMs, read, lost, refused, leastMs: leastMs(counts, size, quota), cpuMs };
}

/**
 * What no client can be faster than: P policies in one bucket, all other calls in another.
 * @param {Record<string, number>} counts
 * @param {Size} size
 * @param {Quota | undefined} quota
 */
function leastMs(counts, { functions, versionsOf, aliasesOf, layers }, quota) {
  if (!quota) return 0;
  const policies = functions + versionsOf + aliasesOf;
  const pages = (/** @type {number} */ items) => Math.ceil(items / 50);
  const control = pages(functions + versionsOf) + functions + pages(layers) + 2 * layers;
  const { GetPolicy = 0, ...others } = counts;
  const asked = Object.entries(others)
    .filter(([operation]) => !operation.includes('Queue'))
    .reduce((sum, [, count]) => sum + count, 0);
  if (GetPolicy < policies || asked < control) throw new Error('Fewer calls than there can be.');
  const { ratePerSecond, burst } = quota;
  return (Math.max(policies - burst, control - burst) / ratePerSecond) * 1000;
}

/**
 * As people write it: ten at once, and the SDK's own repeated tries. Functions, versions and aliases.
 * @param {Scene} scene
 * @param {Size} size
 * @param {'standard' | 'adaptive'} retryMode
 * @param {Quota | undefined} quota
 * @returns {Promise<Audit>}
 */
async function naive(scene, size, retryMode, quota) {
  const { parts, endpoint } = scene;
  const few = { ...size, layers: 0, queues: 0 };
  await prepare(scene, { size: few, latencyMs, ...(quota ? { quota } : {}) });
  const client = new parts.LambdaClient({ region, endpoint, credentials, retryMode });
  let [read, lost] = [0, 0];
  const attempt = async (/** @type {() => Promise<unknown>} */ call) => {
    try {
      await call();
      read += 1;
    } catch {
      lost += 1;
    }
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  /** @type {(() => Promise<void>)[]} */
  const work = [];
  const get = (/** @type {string} */ name, /** @type {string | undefined} */ Qualifier) => () =>
    attempt(() => client.send(new parts.GetPolicyCommand({ FunctionName: name, Qualifier })));
  for await (const { Functions = [] } of parts.paginateListFunctions(
    { client },
    { FunctionVersion: 'ALL' },
  )) {
    for (const { FunctionName = '', Version = '' } of Functions) {
      work.push(get(FunctionName, Version === '$LATEST' ? undefined : Version));
      if (Version !== '$LATEST') continue;
      work.push(async () => {
        try {
          const { Aliases = [] } = await client.send(
            new parts.ListAliasesCommand({ FunctionName }),
          );
          for (const { Name } of Aliases) work.push(get(FunctionName, Name));
        } catch {
          lost += 1;
        }
      });
    }
  }
  let next = 0;
  const worker = async () => {
    for (let item = work[next++]; item; item = work[next++]) await item();
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  const wholeMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  client.destroy();
  const { counts, refused } = await countsOf(scene);
  return {
    ...{ wholeMs, read, lost, refused, cpuMs: (user + system) / 1000 },
    leastMs: leastMs({ ...counts, GetPolicy: Infinity, ListAliases: Infinity }, few, quota),
  };
}

/** So many commands tell how long the others would take. */
const commands = 10;

/**
 * `aws lambda get-policy`, one after the other, as in a script; reckoned from the first ones.
 * @param {Scene} scene
 * @param {Size} size
 * @returns {Promise<Audit | undefined>} `undefined`: there is no `aws` on this machine
 */
async function naiveCli(scene, size) {
  if (spawnSync('aws', ['--version']).status !== 0) return undefined;
  const few = { ...size, layers: 0, queues: 0 };
  await prepare(scene, { size: few, latencyMs, quota: lambdaQuota });
  const client = new scene.parts.LambdaClient({ region, endpoint: scene.endpoint, credentials });
  const pages = scene.parts.paginateListFunctions({ client }, {});
  const { value } = await pages.next();
  const names = (value?.Functions ?? []).flatMap(({ FunctionName }) => FunctionName ?? []);
  client.destroy();
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  let lost = 0;
  const started = performance.now();
  for (const name of names.slice(0, commands)) {
    const args = ['lambda', 'get-policy', '--function-name', name];
    const where = ['--region', region, '--endpoint-url', scene.endpoint];
    const child = spawn('aws', [...args, ...where], { env, stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    lost += code === 0 ? 0 : 1;
  }
  const policies = size.functions + size.versionsOf + size.aliasesOf;
  const wholeMs = ((performance.now() - started) / commands) * policies;
  const { counts, refused } = await countsOf(scene);
  const leastOf = { ...counts, GetPolicy: Infinity, ListAliases: Infinity };
  return {
    ...{ wholeMs, read: commands - lost, lost, refused, cpuMs: 0 },
    leastMs: leastMs(leastOf, few, lambdaQuota),
  };
}

/**
 * 10,000 policies of 5 statements: one question to each, and all that there is to find in each.
 * @param {Parts} parts
 */
function measureEvaluation(parts) {
  const owner = '123456789012';
  const arn = (/** @type {number} */ at) => `arn:aws:sqs:${region}:${owner}:queue-${at}`;
  const texts = Array.from({ length: 10_000 }, (_, at) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [0, 1, 2, 3, 4].map((n) => ({
        Sid: `s${n}`,
        Effect: n === 4 ? 'Deny' : 'Allow',
        Principal:
          n === 0 ? { AWS: `arn:aws:iam::${owner}:role/r${at}` } : { Service: 'sns.amazonaws.com' },
        Action: n === 4 ? 'sqs:*' : 'sqs:SendMessage',
        Resource: arn(at),
        Condition:
          n === 4
            ? { Bool: { 'aws:SecureTransport': 'false' } }
            : { ArnLike: { 'aws:SourceArn': `arn:aws:sns:${region}:${owner}:topic-${at}-${n}` } },
      })),
    }),
  );
  const policies = texts.map((text) => parts.parsePolicy(text));
  const context = (/** @type {string} */ key) =>
    key === 'aws:sourcearn'
      ? [`arn:aws:sns:${region}:${owner}:topic-77-3`]
      : /** @type {const} */ ('absent');
  const caller = /** @type {const} */ ({ kind: 'service', service: 'sns.amazonaws.com' });
  const time = (/** @type {() => void} */ work) => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };
  const decideMs = time(() => {
    policies.forEach((policy, at) => {
      if (!policy.wellFormed) throw new Error('no policy');
      const request = { caller, action: 'sqs:SendMessage', resource: arn(at), context };
      parts.decide(policy, request, owner);
    });
  });
  const trust = { accounts: new Set(), organizations: new Set() };
  const findMs = time(() => {
    policies.forEach((policy, at) => {
      /** @type {import('../../src/core/resource').SqsQueue} */
      const resource = { kind: 'sqsQueue', arn: arn(at), queueName: `queue-${at}`, queueUrl: '' };
      parts.policyFindings(policy, { resource, trust, now: Date.now() });
    });
  });
  return { decideMs, findMs, count: policies.length };
}
