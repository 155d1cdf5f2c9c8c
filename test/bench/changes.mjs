// What removing many statements takes: the extension's way, beside one call per statement, by the
// AWS SDK and by the AWS CLI, against the same server (the sample account) in the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { isolatedEnvironment } from '../vscode/environment.mjs';
import { repoRoot } from '../vscode/paths.mjs';
import { run } from '../vscode/processes.mjs';

/**
 * @typedef {import('../../src/core/resource').Resource} Resource
 * @typedef {import('../../src/sample/state').SampleState} SampleState
 * @typedef {import('../../src/sample/sampleAccount').SampleAccount} SampleAccount
 * @typedef {{ resource: Resource, sids: readonly string[] }} Removal all of them from one policy
 * @typedef {{ what: string, kind: 'function' | 'queue', removals: readonly Removal[] }} Scenario
 * @typedef {{ ms: number, writes: number, requests: number }} Cost
 * @typedef {{ ms: number, calls: number, measured: number }} CliCost `measured`: calls that were made
 * @typedef {{ what: string, ours: Cost, sdk: Cost, cli?: CliCost }} ChangeRow
 */

const region = 'eu-west-1';
const accountId = '123456789012';
/** What the extension does with many policies. */
const atOnce = 4;
const rounds = 5;
/** The CLI takes about a second for each call. */
const mostCliMs = 100_000;

/**
 * Milliseconds, writes and requests for each scenario: medians of five rounds, which take turns.
 * @returns {Promise<{ rows: ChangeRow[], cliVersion: string | undefined }>}
 */
export async function measureChanges() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-changes-'));
  try {
    const parts = await loadParts(folder);
    const cli = await openCli(folder);
    const rows = [];
    for (const scenario of scenarios()) rows.push(await measure(parts, scenario, folder, cli));
    return { rows, cliVersion: cli?.version };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns {Scenario[]} */
function scenarios() {
  const sids = (/** @type {number} */ count) =>
    Array.from({ length: count }, (_, at) => `statement-${at}`);
  const counts = [1, 10, 100];
  return [
    ...counts.map((count) => ({
      what: `${count} of one function`,
      kind: /** @type {const} */ ('function'),
      removals: [{ resource: functionAt(0), sids: sids(count) }],
    })),
    {
      what: '1 each of 100 functions',
      kind: /** @type {const} */ ('function'),
      removals: Array.from({ length: 100 }, (_, at) => ({
        resource: functionAt(at),
        sids: sids(1),
      })),
    },
    // AWS lets a queue have 20; the account here does not count what it is filled with.
    ...counts.map((count) => ({
      what: `${count} of one queue`,
      kind: /** @type {const} */ ('queue'),
      removals: [{ resource: queue, sids: sids(count) }],
    })),
  ];
}

/**
 * @param {number} at
 * @returns {Resource}
 */
function functionAt(at) {
  const functionName = `function-${at}`;
  const arn = `arn:aws:lambda:${region}:${accountId}:function:${functionName}`;
  return { kind: 'lambdaFunction', arn, functionName };
}

/** @type {Resource} */
const queue = {
  kind: 'sqsQueue',
  arn: `arn:aws:sqs:${region}:${accountId}:queue`,
  queueName: 'queue',
  queueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/queue`,
};

/**
 * Everything that is to be removed, and one statement more in each policy.
 * @param {Scenario} scenario
 * @returns {SampleState}
 */
function seedFor({ removals }) {
  const policies = removals.map(({ resource, sids }) => ({
    resource,
    text: JSON.stringify({
      Version: '2012-10-17',
      Id: 'default',
      Statement: [...sids, 'stays'].map((sid) => ({
        Sid: sid,
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: resource.kind === 'sqsQueue' ? 'SQS:SendMessage' : 'lambda:InvokeFunction',
        Resource: resource.arn,
      })),
    }),
  }));
  return {
    accountId,
    region,
    organizationId: 'o-bench',
    callerArn: `arn:aws:iam::${accountId}:user/bench`,
    functions: policies.flatMap(({ resource, text }) =>
      resource.kind === 'lambdaFunction'
        ? [
            {
              name: resource.functionName,
              versions: [],
              aliases: {},
              policies: { '': { text, revisionId: resource.functionName } },
            },
          ]
        : [],
    ),
    layers: [],
    queues: policies.flatMap(({ resource, text }) =>
      resource.kind === 'sqsQueue' ? [{ name: resource.queueName, policy: text }] : [],
    ),
  };
}

/**
 * The extension's own code in one file, as it is delivered.
 * @typedef {Awaited<ReturnType<typeof loadParts>>} Parts
 * @param {string} folder
 */
async function loadParts(folder) {
  const outfile = path.join(folder, 'parts.cjs');
  const names = {
    'src/aws/openAws': 'openAws',
    'src/changes/applyChange': 'applyChange',
    'src/core/policy': 'parsePolicy, statementsOf',
    'src/history/changeJournal': 'changeJournal, recordId',
    'src/history/clock': 'systemClock',
    'src/history/recordFiles': 'RecordFiles',
    'src/sample/sampleAccount': 'startSampleAccount',
  };
  const lines = Object.entries(names).map(([file, what]) => `export { ${what} } from './${file}';`);
  const sdk = [
    `export { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';`,
    `export { SQSClient, RemovePermissionCommand as RemoveLabelCommand } from '@aws-sdk/client-sqs';`,
  ];
  await build({
    stdin: { contents: [...lines, ...sdk].join('\n'), resolveDir: repoRoot, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  /** @type {{ default: typeof import('../../src/aws/openAws') & typeof import('../../src/changes/applyChange') & typeof import('../../src/core/policy') & typeof import('../../src/history/changeJournal') & typeof import('../../src/history/clock') & typeof import('../../src/history/recordFiles') & typeof import('../../src/sample/sampleAccount') & Pick<typeof import('@aws-sdk/client-lambda'), 'LambdaClient' | 'RemovePermissionCommand'> & Pick<typeof import('@aws-sdk/client-sqs'), 'SQSClient'> & { RemoveLabelCommand: typeof import('@aws-sdk/client-sqs').RemovePermissionCommand } }} */
  const parts = await import(pathToFileURL(outfile).href);
  return parts.default;
}

/**
 * @param {Parts} parts
 * @param {Scenario} scenario
 * @param {string} folder
 * @param {Cli | undefined} cli
 * @returns {Promise<ChangeRow>}
 */
async function measure(parts, scenario, folder, cli) {
  const account = await parts.startSampleAccount({ seed: seedFor(scenario) });
  const chosen = choose(parts, scenario);
  try {
    /** @type {Cost[]} */
    const ours = [];
    /** @type {Cost[]} */
    const sdk = [];
    // The first round of each warms up and is not counted.
    for (let round = 0; round <= rounds; round++) {
      const [one, other] = [
        await timed(account, scenario, () => removeOurs(parts, account, chosen, folder)),
        await timed(account, scenario, () => removeBySdk(parts, account, scenario)),
      ];
      if (round === 0) continue;
      ours.push(one);
      sdk.push(other);
    }
    const row = { what: scenario.what, ours: median(ours), sdk: median(sdk) };
    // Debian's `aws` speaks another protocol of SQS than the account here.
    if (!cli || scenario.kind === 'queue') return row;
    return { ...row, cli: await measureCli(cli, account, scenario) };
  } finally {
    await account.close();
  }
}

/**
 * Times a removal on a fresh account, and sees to it that it was one.
 * @param {SampleAccount} account
 * @param {Scenario} scenario
 * @param {() => Promise<Omit<Cost, 'ms'>>} remove
 * @returns {Promise<Cost>}
 */
async function timed(account, scenario, remove) {
  account.reset();
  const started = performance.now();
  const counts = await remove();
  const ms = performance.now() - started;
  requireRemoved(account, scenario);
  return { ms, ...counts };
}

/**
 * @param {SampleAccount} account
 * @param {Scenario} scenario
 */
function requireRemoved(account, { what }) {
  const { functions, queues } = account.state();
  const texts = [
    ...functions.map(({ policies }) => policies['']?.text),
    ...queues.map(({ policy }) => policy),
  ];
  const isDone = texts.every((text) => text?.split('"Sid"').length === 2 && text.includes('stays'));
  if (!isDone) throw new Error(`${what}: not exactly these statements were removed.`);
}

/**
 * What a person has seen and chosen.
 * @param {Parts} parts
 * @param {Scenario} scenario
 */
function choose(parts, scenario) {
  const { functions, queues } = seedFor(scenario);
  return scenario.removals.map(({ resource, sids }, at) => {
    const policy = functions[at]?.policies[''];
    const text = policy?.text ?? queues[at]?.policy ?? '';
    const statements = parts
      .statementsOf(parts.parsePolicy(text))
      .filter(({ sid }) => sid !== undefined && sids.includes(sid));
    const revision = policy?.revisionId;
    const base = { state: /** @type {const} */ ('policy'), text, revision, readAt: Date.now() };
    return { resource, base, intent: { type: /** @type {const} */ ('remove'), statements } };
  });
}

/**
 * As the extension does it: recorded on the disk, guarded, verified. That the policies were read
 * before, when they were shown, is not counted.
 * @param {Parts} parts
 * @param {SampleAccount} account
 * @param {ReturnType<typeof choose>} chosen
 * @param {string} folder
 */
async function removeOurs(parts, account, chosen, folder) {
  /** @type {import('../../src/core/awsAccess').CallRecord[]} */
  const calls = [];
  const access = parts.openAws((call) => calls.push(call)).open(accessTo(account));
  const { signal } = new AbortController();
  const home = {
    files: new parts.RecordFiles(path.join(folder, 'history')),
    window: 'bench',
    clock: parts.systemClock,
    newId: () => parts.recordId(Date.now(), Math.random().toString(36).slice(2)),
    heartbeatMs: 5_000,
    onProblem: (/** @type {unknown} */ error) => {
      throw error;
    },
  };
  const waiting = chosen.values();
  const work = async () => {
    for (const { resource, base, intent } of waiting) {
      const store = /** @type {import('../../src/core/policyStore').PolicyStore} */ (
        access.stores[resource.kind]
      );
      const change = { connection: { id: 'bench', title: 'bench' }, resource };
      const journal = parts.changeJournal(home, { ...change, what: 'remove' });
      const wait = () => Promise.resolve(true);
      const context = { store, resource, journal, signal, wait };
      const { type } = await parts.applyChange(context, base, intent);
      if (type !== 'applied') throw new Error(`It was not applied but ${type}.`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  access.close();
  const isRead = (/** @type {{ operation: string }} */ { operation }) => operation.includes(':Get');
  return { writes: calls.filter((call) => !isRead(call)).length, requests: calls.length };
}

/**
 * One call after the other; neither read before nor verified.
 * @param {Parts} parts
 * @param {SampleAccount} account
 * @param {Scenario} scenario
 */
async function removeBySdk(parts, account, { removals }) {
  const { endpoint, credentials } = account;
  const lambda = new parts.LambdaClient({ region, endpoint, credentials });
  const sqs = new parts.SQSClient({ region, endpoint, credentials, useQueueUrlAsEndpoint: false });
  let writes = 0;
  for (const { resource, sids } of removals) {
    for (const sid of sids) {
      writes++;
      if (resource.kind === 'sqsQueue') {
        const input = { QueueUrl: resource.queueUrl, Label: sid };
        await sqs.send(new parts.RemoveLabelCommand(input));
      } else if (resource.kind === 'lambdaFunction') {
        const input = { FunctionName: resource.functionName, StatementId: sid };
        await lambda.send(new parts.RemovePermissionCommand(input));
      }
    }
  }
  lambda.destroy();
  sqs.destroy();
  return { writes, requests: writes };
}

/** @param {SampleAccount} account */
function accessTo({ endpoint, credentials }) {
  return { region, endpoint, ...credentials };
}

/** @typedef {{ version: string, home: string }} Cli */

/**
 * @param {string} folder
 * @returns {Promise<Cli | undefined>} `undefined` when it is not installed
 */
async function openCli(folder) {
  const home = path.join(folder, 'home');
  try {
    const { code, output } = await run('aws', ['--version'], { quiet: true });
    return code === 0 ? { version: output.trim().split(' ')[0] ?? '', home } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * `aws lambda remove-permission`, one after the other; where all of them would take too long, ten,
 * and the rest is reckoned.
 * @param {Cli} cli
 * @param {SampleAccount} account
 * @param {Scenario} scenario
 * @returns {Promise<CliCost>}
 */
async function measureCli({ home }, account, scenario) {
  account.reset();
  const calls = scenario.removals.flatMap(({ resource, sids }) =>
    resource.kind === 'lambdaFunction'
      ? sids.map((sid) => ({ name: resource.functionName, sid }))
      : [],
  );
  const { accessKeyId, secretAccessKey } = account.credentials;
  const env = isolatedEnvironment(home, {
    // A shim that looks for its tool in the home directory would not find it in another one.
    ...(process.env.PYENV_ROOT === undefined ? {} : { PYENV_ROOT: process.env.PYENV_ROOT }),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_MAX_ATTEMPTS: '1',
  });
  const started = performance.now();
  let measured = 0;
  for (const { name, sid } of calls) {
    const elapsed = performance.now() - started;
    if (measured === 10 && (elapsed / 10) * calls.length > mostCliMs) break;
    const args = ['lambda', 'remove-permission', '--function-name', name, '--statement-id', sid];
    const { code, output } = await run('aws', args, { env, quiet: true });
    if (code !== 0) throw new Error(`aws ${args.join(' ')}: ${output}`);
    measured++;
  }
  const ms = ((performance.now() - started) / measured) * calls.length;
  if (measured === calls.length) requireRemoved(account, scenario);
  return { ms, calls: calls.length, measured };
}

/**
 * The one in the middle by its time.
 * @param {Cost[]} costs
 */
function median(costs) {
  const sorted = [...costs].sort((a, b) => a.ms - b.ms);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('Nothing was measured.');
  return middle;
}
