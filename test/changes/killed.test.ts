import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { ChangeRecord } from '../../src/core/changeRecord';
import { RecordFiles } from '../../src/history/recordFiles';
import { recoverChange } from '../../src/history/recovery';
import { signal } from '../aws/stores';
import type { FaultAnswer } from '../faults/faultProxy';
import { othersIn, policyIn, statementSet, stateWith } from './accountState';
import type { Order } from './changeMaker';
import type { ChangeRow } from './changeRows';
import { changeRows } from './changeRows';
import { Changing } from './changing';

// A process that makes a change ends without a word while one of its calls is under way: before the
// server has it, or when the server has answered. What the history says then, once it has looked,
// is what is.

const rows: readonly (readonly [target: string, name: string])[] = [
  ['function', 'remove one'],
  ['function', 'remove two'],
  ['function', 'remove all'],
  ['function', 'remove two where whole documents are missing'],
  ['function', 'add two'],
  ['alias', 'insert'],
  ['alias', 'replace'],
  ['alias', 'undo of an addition'],
  ['layer', 'remove two'],
  ['layer', 'add two'],
  ['layer', 'undo of a removal'],
  ['queue', 'remove all'],
  ['queue', 'remove two where whole documents are missing'],
  ['queue', 'add two'],
  ['queue', 'undo of a removal'],
];

/** In one file, as it is delivered: so a process is there in half the time. */
let script = '';

suite('a process is killed while it makes a change', function () {
  this.timeout(60_000);
  let bundle = '';
  suiteSetup(async () => {
    bundle = mkdtempSync(path.join(os.tmpdir(), 'killed-'));
    script = path.join(bundle, 'changeMaker.js');
    const source = path.join(__dirname, 'changeMaker.ts');
    await build({
      entryPoints: [source],
      outfile: script,
      bundle: true,
      platform: 'node',
      mainFields: ['module', 'main'],
    });
  });
  suiteTeardown(() => rmSync(bundle, { recursive: true, force: true }));

  for (const [target, name] of rows) {
    const row = changeRows.find((each) => each.target === target && each.name === name);
    if (!row) throw new Error(`There is no row ${target}: ${name}.`);
    // Starting a process takes longer than all else: those of a row start together.
    test(`${target}: ${name}: at each of its ${row.calls.length} calls`, async () => {
      const cases = row.calls.flatMap((_, index) =>
        ([{ type: 'reset' }, { type: 'resetAfter' }] as const).map((answer) =>
          killAt(row, index, answer),
        ),
      );
      const states = await Promise.all(cases);
      assert.deepEqual(new Set(states), expectedStates(row), states.join());
    });
  }
});

/** Nothing was written down when it was killed before the first record. */
type End = ChangeRecord['state'] | 'no record';

function expectedStates({ calls, target }: ChangeRow): ReadonlySet<End> {
  const writes = calls.filter((name) => !/^(Get|List)/.test(name)).length;
  return new Set<End>([
    ...(target === 'queue' ? (['no record'] as const) : []),
    'failed',
    ...(writes > 1 ? (['partly'] as const) : []),
    'applied',
  ]);
}

/** Kills it at the call of this number, and lets the history find out. Answers the record's state. */
async function killAt(row: ChangeRow, index: number, answer: FaultAnswer): Promise<End> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'killed-'));
  const at = await Changing.start();
  try {
    at.fill(stateWith(row.resource, row.before));
    const before = at.account.state();
    await runUntilKilled(at, row, folder, index, answer);
    const text = policyIn(at.account.state(), row.resource);
    const where = `killed at call ${index + 1} (${answer.type}); now: ${text ?? 'none'}`;
    assert.deepEqual(othersIn(at.account.state(), row.resource), othersIn(before, row.resource));
    const files = new RecordFiles(folder);
    const { records, unreadable } = await files.readAll();
    assert.deepEqual(unreadable, [], where);
    const [record, ...more] = records;
    assert.deepEqual(more, []);
    if (!record) {
      assert.equal(at.writes.length, 0, `a write without a record, ${where}`);
      return 'no record';
    }
    assert.equal(record.state, 'running', where);
    assert.equal(record.before, row.before ?? null, where);
    const found = await recover(at, files, record);
    expectTrue(found, row, text, where);
    return found.state;
  } finally {
    await at.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runUntilKilled(
  at: Changing,
  { target, name }: ChangeRow,
  folder: string,
  index: number,
  answer: FaultAnswer,
): Promise<void> {
  const { region, credentials } = at.account;
  const access = { region, endpoint: at.proxy.endpoint, ...credentials };
  const order: Order = { access, folder, target, name };
  const child = spawn(process.execPath, ['--no-warnings', script, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | null];
    assert.equal(String(said), 'ready\n');
    at.proxy.clear();
    const turn = { operation: /./, skip: index, times: 1 };
    at.proxy.addFault({ ...turn, answer: { type: 'before', run: kill } });
    at.proxy.addFault({ ...turn, answer });
    child.stdin.write('go\n');
    const [code, killedBy] = (await ended) as [number | null, string | null];
    assert.equal(killedBy, 'SIGKILL', `it ended by itself, with ${code}`);
    // The last request is still on its way to the account.
    await at.proxy.settled();
  } finally {
    child.kill('SIGKILL');
  }
}

/** As the next window does it, long after. */
async function recover(
  at: Changing,
  files: RecordFiles,
  record: ChangeRecord,
): Promise<ChangeRecord> {
  const recovery = await recoverChange(record, {
    window: 'next',
    staleMs: 30_000,
    files: { reread: (id) => files.byId(id), write: (found) => files.write(found) },
    now: () => Date.now() + 3_600_000,
    seenSince: () => undefined,
    storeOf: () => Promise.resolve(at.storeOf(record.resource)),
    signal: signal(),
  });
  assert.ok(recovery.type === 'established' && recovery.record, recovery.type);
  assert.deepEqual(await files.byId(record.id), JSON.parse(JSON.stringify(recovery.record)));
  return recovery.record;
}

function expectTrue(
  found: ChangeRecord,
  row: ChangeRow,
  text: string | undefined,
  where: string,
): void {
  const told = `recorded as ${found.state}, ${where}`;
  assert.equal(found.before, row.before ?? null, told);
  assert.equal(found.seen?.text, text ?? null, told);
  const set = statementSet(text);
  switch (found.state) {
    case 'failed':
      assert.equal(text, row.before, told);
      return;
    case 'applied':
      assert.deepEqual(set, statementSet(row.goal), told);
      return;
    case 'partly':
      assert.deepEqual(set, statementSet(found.after ?? undefined), told);
      assert.notDeepEqual(set, statementSet(row.before), told);
      assert.notDeepEqual(set, statementSet(row.goal), told);
      return;
    default:
      assert.fail(told);
  }
}
