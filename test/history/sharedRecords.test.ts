import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { ChangeRecord } from '../../src/core/changeRecord';
import { RecordFiles } from '../../src/history/recordFiles';
import { SharedRecords } from '../../src/history/sharedRecords';
import { eventually } from '../integration/eventually';
import { recordOf, temporaryFolder } from './records';

const day = 24 * 60 * 60 * 1000;

suite('sharedRecords', () => {
  const folder = temporaryFolder();
  let open: SharedRecords[] = [];
  teardown(() => {
    for (const records of open) records.dispose();
    open = [];
  });

  interface Window {
    readonly records: SharedRecords;
    readonly changes: number;
    readonly problems: readonly unknown[];
  }

  async function openWindow(window: string, days = 1e6): Promise<Window> {
    const problems: unknown[] = [];
    let changes = 0;
    const records = new SharedRecords({
      folder: folder.path,
      window,
      onChange: () => changes++,
      log: (error) => problems.push(error),
    });
    open.push(records);
    await records.load(days);
    return {
      records,
      problems,
      get changes() {
        return changes;
      },
    };
  }

  const ownedBy = (window: string, parts: Partial<ChangeRecord> = {}) =>
    recordOf('one', { ...parts, owner: { window, heartbeatAt: 1 } });
  const put = (name: string, text: string) => writeFileSync(path.join(folder.path, name), text);
  const ids = ({ records }: Window) => records.all.map(({ id }) => id);

  test('newest first, and those of the same time by their ids', async () => {
    const files = new RecordFiles(folder.path);
    for (const [id, startedAt] of [
      ['a', 5],
      ['c', 9],
      ['b', 9],
      ['d', 1],
    ] as const) {
      await files.write(recordOf(id, { startedAt }));
    }
    assert.deepEqual(ids(await openWindow('w')), ['c', 'b', 'a', 'd']);
  });

  test('a folder that is missing is made', async () => {
    rmSync(folder.path, { recursive: true });
    const window = await openWindow('w');
    assert.deepEqual(window.records.all, []);
    assert.ok(existsSync(folder.path));
  });

  test('what cannot be read hides nothing', async () => {
    await new RecordFiles(folder.path).write(recordOf('good'));
    put('bad.json', '{');
    const window = await openWindow('w');
    assert.deepEqual(ids(window), ['good']);
    assert.deepEqual(window.records.unreadable, [{ name: 'bad.json', problem: 'corrupt' }]);
  });

  test('one window sees what another writes, changes and removes', async () => {
    const [first, second] = [await openWindow('first'), await openWindow('second')];
    await first.records.write(ownedBy('first', { state: 'running' }));
    await eventually(() => assert.equal(second.records.byId('one')?.state, 'running'));
    await first.records.write(ownedBy('first', { state: 'applied' }));
    await eventually(() => assert.equal(second.records.byId('one')?.state, 'applied'));
    assert.equal(second.records.all[0]?.state, 'applied');
    rmSync(path.join(folder.path, 'one.json'));
    await eventually(() => assert.deepEqual(second.records.all, []));
    assert.deepEqual([...first.problems, ...second.problems], []);
  });

  test('a heartbeat of another window is taken in, and nothing is drawn for it', async () => {
    const second = await openWindow('second');
    const files = new RecordFiles(folder.path);
    await files.write(ownedBy('first', { state: 'running' }));
    await eventually(() => assert.ok(second.records.byId('one')));
    const { changes } = second;
    await files.write(
      recordOf('one', { state: 'running', owner: { window: 'first', heartbeatAt: 2 } }),
    );
    await eventually(() => assert.equal(second.records.byId('one')?.owner.heartbeatAt, 2));
    assert.equal(second.records.all[0]?.owner.heartbeatAt, 2);
    assert.equal(second.changes, changes);
  });

  test('a record that is damaged, and mended, while the window is open', async () => {
    const window = await openWindow('w');
    await new RecordFiles(folder.path).write(recordOf('one'));
    await eventually(() => assert.deepEqual(ids(window), ['one']));
    put('one.json', '{');
    await eventually(() => assert.equal(window.records.unreadable.length, 1));
    assert.deepEqual(ids(window), []);
    await new RecordFiles(folder.path).write(recordOf('one'));
    await eventually(() => assert.deepEqual(ids(window), ['one']));
    assert.deepEqual(window.records.unreadable, []);
  });

  test('a record that cannot be written is not taken in', async () => {
    const window = await openWindow('w');
    rmSync(folder.path, { recursive: true });
    writeFileSync(folder.path, '');
    await assert.rejects(window.records.write(ownedBy('w')));
    assert.deepEqual(window.records.all, []);
  });

  test('our own record stays as we know it, whatever is on the disk', async () => {
    const window = await openWindow('w');
    await window.records.write(ownedBy('w', { state: 'applied' }));
    const files = new RecordFiles(folder.path);
    await files.write(ownedBy('w', { state: 'running' }));
    await files.write(recordOf('two'));
    await eventually(() => assert.equal(window.records.all.length, 2));
    assert.equal(window.records.byId('one')?.state, 'applied');
  });

  test('at the start, what is older than it is kept is dropped, but nothing that runs', async () => {
    const files = new RecordFiles(folder.path);
    const now = Date.now();
    await files.write(recordOf('old', { startedAt: now - 31 * day }));
    await files.write(recordOf('open', { startedAt: now - 31 * day, state: 'running' }));
    await files.write(recordOf('young', { startedAt: now - 29 * day }));
    put('bad.json', '{');
    const window = await openWindow('w', 30);
    assert.deepEqual(ids(window), ['young', 'open']);
    assert.deepEqual(readdirSync(folder.path).sort(), ['bad.json', 'open.json', 'young.json']);
  });

  suite('what cannot be removed at the start hides nothing', () => {
    test('a leftover', async () => {
      await new RecordFiles(folder.path).write(recordOf('one'));
      const leftover = path.join(folder.path, '.one.tmp');
      // Not a file, so that no system removes it as one.
      mkdirSync(leftover);
      utimesSync(leftover, 0, 0);
      const window = await openWindow('w');
      assert.deepEqual(ids(window), ['one']);
      assert.equal(window.problems.length, 1);
    });

    test('a record that is too old', async function () {
      if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
      const files = new RecordFiles(folder.path);
      const now = Date.now();
      await files.write(recordOf('old', { startedAt: now - 31 * day }));
      await files.write(recordOf('older', { startedAt: now - 32 * day }));
      await files.write(recordOf('young', { startedAt: now }));
      chmodSync(folder.path, 0o500);
      try {
        const window = await openWindow('w', 30);
        assert.deepEqual(ids(window), ['young', 'old', 'older']);
        assert.equal(window.problems.length, 2);
      } finally {
        chmodSync(folder.path, 0o700);
      }
    });
  });
});
