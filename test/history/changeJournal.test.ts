import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeRecord } from '../../src/core/changeRecord';
import type { ChangePlan, Way } from '../../src/core/plan';
import { planChange } from '../../src/core/planChange';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import type { PolicyCapabilities } from '../../src/core/policyStore';
import type { JournaledChange, JournalHome } from '../../src/history/changeJournal';
import { changeJournal, recordId } from '../../src/history/changeJournal';
import { RecordFiles } from '../../src/history/recordFiles';
import { eventually } from '../integration/eventually';
import { FakeClock } from './fakeClock';
import { policyWith, recordOf, statementOf, temporaryFolder } from './records';

const { connection, resource } = recordOf('any');
const change: JournaledChange = { connection, resource, what: 'remove' };
const capabilities: PolicyCapabilities = {
  removableStatementId: /^[\w.-]{1,100}$/,
  wholeDocument: 'yes',
  hasRevision: true,
  settlesWithinMs: 0,
};

/** The plan that removes statements by their places. */
function removal(text: string, ...places: readonly number[]): ChangePlan {
  const all = statementsOf(parsePolicy(text));
  const statements = all.filter(({ index }) => places.includes(index));
  const planning = planChange(resource, text, { type: 'remove', statements }, capabilities);
  assert.ok(planning.possible);
  return planning.plan;
}

suite('changeJournal', () => {
  const folder = temporaryFolder();
  let clock = new FakeClock();
  let problems: { error: unknown; record: ChangeRecord }[] = [];
  setup(() => {
    clock = new FakeClock();
    problems = [];
  });

  function journal(parts: Partial<JournalHome> = {}) {
    const home: JournalHome = {
      files: new RecordFiles(folder.path),
      window: 'this window',
      clock,
      newId: () => recordId(clock.now(), 'random'),
      heartbeatMs: 5_000,
      onProblem: (error, record) => problems.push({ error, record }),
      ...parts,
    };
    return changeJournal(home, change);
  }

  async function onDisk(): Promise<ChangeRecord> {
    const { records } = await new RecordFiles(folder.path).readAll();
    assert.equal(records.length, 1);
    return records[0] ?? assert.fail();
  }

  const before = policyWith('a', 'b', 'c');
  const plan = removal(before, 0);
  const [way] = plan.ways;

  test('a change that has begun is on the disk, with all that is planned', async () => {
    const entry = await journal().begin(plan, way);
    assert.deepEqual(await onDisk(), {
      format: 1,
      id: '20260303T140500000Z-random',
      startedAt: clock.now(),
      connection,
      resource,
      what: 'remove',
      calls: [{ type: 'removeStatement', statementId: 'a' }],
      before,
      after: way.after,
      state: 'running',
      owner: { window: 'this window', heartbeatAt: clock.now() },
      removed: ['a'],
      added: [],
    });
    assert.equal(entry.id, '20260303T140500000Z-random');
  });

  test('a statement without a Sid is named by its place', async () => {
    const text = JSON.stringify({ Statement: [statementOf('x'), statementOf(undefined)] });
    const unnamed = removal(text, 1);
    await journal().begin(unnamed, unnamed.ways[0]);
    assert.deepEqual((await onDisk()).removed, ['#2']);
  });

  test('a journal that cannot be written throws, and nothing stays behind', async () => {
    writeFileSync(path.join(folder.path, 'file'), '');
    const files = new RecordFiles(path.join(folder.path, 'file'));
    await assert.rejects(journal({ files }).begin(plan, way));
    assert.equal(clock.running, 0);
  });

  test('a heartbeat says that the window is there, and nothing else', async () => {
    await journal().begin(plan, way);
    const begun = await onDisk();
    clock.advance(5_000);
    await eventually(async () => {
      const { owner } = await onDisk();
      assert.equal(owner.heartbeatAt, begun.startedAt + 5_000);
    });
    const owner = { window: 'this window', heartbeatAt: clock.now() };
    assert.deepEqual(await onDisk(), { ...begun, owner });
  });

  test('another way takes the place of what was planned', async () => {
    const entry = await journal().begin(plan, way);
    const now = policyWith('a', 'others', 'b', 'c');
    const other = removal(now, 0, 2);
    await entry.revise(other, other.ways[0]);
    const record = await onDisk();
    assert.deepEqual(
      [record.before, record.after, record.removed, record.state],
      [now, other.ways[0].after, ['a', 'b'], 'running'],
    );
    assert.deepEqual(record.calls, other.ways[0].calls);
  });

  test('the end completes it, and the heartbeat stops', async () => {
    const entry = await journal().begin(plan, way);
    clock.advance(1_200);
    const seen = policyWith('b', 'c', 'others');
    await entry.end({ state: 'applied', after: way.after, seen: { text: seen } });
    const record = await onDisk();
    assert.equal(record.state, 'applied');
    assert.equal(record.endedAt, record.startedAt + 1_200);
    assert.deepEqual([record.after, record.seen], [way.after, { text: seen }]);
    assert.equal(clock.running, 0);
  });

  test('an end without a policy, with a failure', async () => {
    const entry = await journal().begin(plan, way);
    const failure = { code: 'throttled', operation: 'o', errorName: 'e', message: 'm' } as const;
    await entry.end({ state: 'failed', after: undefined, seen: { text: undefined }, failure });
    const record = await onDisk();
    assert.deepEqual([record.after, record.seen, record.failure], [null, { text: null }, failure]);
  });

  test('a heartbeat that is still being written does not undo the end', async () => {
    const files = new RecordFiles(folder.path);
    let release: () => void = () => undefined;
    let next = Promise.resolve();
    const writes: Promise<void>[] = [];
    const slow = {
      write: (record: ChangeRecord) => {
        const held = next;
        next = Promise.resolve();
        const written = held.then(() => files.write(record));
        writes.push(written);
        return written;
      },
    };
    const entry = await journal({ files: slow }).begin(plan, way);
    next = new Promise((resolve) => (release = resolve));
    clock.advance(5_000);
    const ended = entry.end({ state: 'applied', after: way.after });
    // Time enough for the end to be written, if it did not wait for its turn.
    await Promise.race([ended, sleep(200)]);
    release();
    await ended;
    await Promise.all(writes);
    assert.equal(writes.length, 3);
    assert.equal((await onDisk()).state, 'applied');
    assert.deepEqual(problems, []);
  });

  test('a revision that cannot be written throws; what was written before stays', async () => {
    const entry = await journal().begin(plan, way);
    const other = removal(before, 1, 2);
    await withoutFolder(async () => {
      await assert.rejects(entry.revise(other, other.ways[0] satisfies Way));
    });
    await entry.end({ state: 'failed', after: before });
    const record = await onDisk();
    assert.deepEqual([record.state, record.removed], ['failed', ['a']]);
  });

  test('an end that cannot be written is told, with the record, and does not throw', async () => {
    const entry = await journal().begin(plan, way);
    await withoutFolder(() => entry.end({ state: 'applied', after: way.after }));
    const [problem] = problems;
    assert.equal(problems.length, 1);
    assert.equal(problem?.record.state, 'applied');
    assert.ok(problem.error instanceof Error);
  });

  test('a heartbeat that cannot be written is told, and the next one is tried', async () => {
    const entry = await journal().begin(plan, way);
    await withoutFolder(async () => {
      clock.advance(5_000);
      await eventually(() => assert.equal(problems.length, 1));
    });
    assert.equal(problems[0]?.record.state, 'running');
    clock.advance(5_000);
    await eventually(async () => {
      assert.equal((await onDisk()).owner.heartbeatAt, clock.now());
    });
    await entry.end({ state: 'applied', after: way.after });
  });

  /** Puts a file where the folder was: nothing can be written. */
  async function withoutFolder(run: () => Promise<void>): Promise<void> {
    rmSync(folder.path, { recursive: true });
    writeFileSync(folder.path, '');
    await run();
    rmSync(folder.path);
    mkdirSync(folder.path);
  }

  test('ids sort by time', () => {
    const times = [1, 999, 1_000, 1_700_000_000_000, 1_700_000_000_001];
    const ids = times.map((time) => recordId(time, 'ffff'));
    assert.deepEqual([...ids].sort(), ids);
  });
});
