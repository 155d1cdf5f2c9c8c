import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RecordFiles } from '../../src/history/recordFiles';
import { recordOf, temporaryFolder } from './records';

suite('recordFiles', () => {
  const folder = temporaryFolder();
  const files = () => new RecordFiles(folder.path);
  const put = (name: string, text: string) => writeFileSync(path.join(folder.path, name), text);

  test('what was written is read back, every field of it', async () => {
    const full = recordOf('full', {
      undoes: 'other',
      before: '{"odd": "\\u00e9 é \u202e \ud800"}\r\n\t',
      after: null,
      state: 'failed',
      seen: { text: null },
      failure: {
        code: 'accessDenied',
        operation: 'lambda:RemovePermission',
        errorName: 'AccessDeniedException',
        message: 'no',
        requestId: 'r-1',
        httpStatus: 403,
      },
      calls: [
        { type: 'removeStatement', statementId: 'a' },
        { type: 'putPolicy', text: '{}' },
        { type: 'deletePolicy' },
        {
          type: 'addStatement',
          grant: {
            kind: 'lambdaFunction',
            statementId: 'b',
            action: 'lambda:InvokeFunctionUrl',
            principal: '*',
            functionUrlAuthType: 'NONE',
            invokedViaFunctionUrl: true,
          },
        },
        {
          type: 'addStatement',
          grant: { kind: 'layerVersion', statementId: 'c', principal: '*', organizationId: 'o-1' },
        },
        {
          type: 'addStatement',
          grant: { kind: 'sqsQueue', statementId: 'd', accountIds: ['1'], actions: ['*'] },
        },
      ],
    });
    const bare = recordOf('bare', { endedAt: undefined, seen: undefined, state: 'running' });
    await files().write(full);
    await files().write(bare);
    const { records, unreadable } = await files().readAll();
    const byId = new Map(records.map((record) => [record.id, record]));
    assert.deepEqual(byId.get('full'), full);
    assert.deepEqual(byId.get('bare'), JSON.parse(JSON.stringify(bare)));
    assert.deepEqual(unreadable, []);
    assert.deepEqual(readdirSync(folder.path).sort(), ['bare.json', 'full.json']);
  });

  test('a record takes the place of the one of the same id', async () => {
    await files().write(recordOf('one', { state: 'running' }));
    await files().write(recordOf('one', { state: 'applied' }));
    const { records } = await files().readAll();
    assert.deepEqual(
      records.map(({ id, state }) => [id, state]),
      [['one', 'applied']],
    );
  });

  test('removing takes the file away, and one that is gone is no error', async () => {
    await files().write(recordOf('one'));
    await files().remove('one');
    await files().remove('one');
    assert.deepEqual(readdirSync(folder.path), []);
  });

  test('an id that would leave the folder is refused', async () => {
    await assert.rejects(files().write(recordOf('../evil')));
    await assert.rejects(files().remove('../evil'));
    assert.equal(await files().byId('../evil'), undefined);
  });

  suite('what is no record is named, left alone, and does not hide the rest', () => {
    const good = JSON.stringify(recordOf('x'));
    const broken: readonly (readonly [string, string, string])[] = [
      ['cut off', good.slice(0, 200), 'corrupt'],
      ['empty', '', 'corrupt'],
      ['another JSON', '[1, 2]', 'corrupt'],
      ['of another id', JSON.stringify(recordOf('y')), 'corrupt'],
      ['of a later version', '{"format": 2, "id": "x", "new": true}', 'newer'],
    ];
    for (const [name, text, problem] of broken) {
      test(name, async () => {
        await files().write(recordOf('good'));
        put('x.json', text);
        const { records, unreadable } = await files().readAll();
        assert.deepEqual(
          records.map(({ id }) => id),
          ['good'],
        );
        assert.deepEqual(unreadable, [{ name: 'x.json', problem }]);
        assert.equal(readFileSync(path.join(folder.path, 'x.json'), 'utf8'), text);
      });
    }

    test('files and folders that are not ours', async () => {
      put('notes.txt', 'mine');
      put('a b.json', good);
      mkdirSync(path.join(folder.path, 'folder.json'));
      const { records, unreadable } = await files().readAll();
      assert.deepEqual(records, []);
      assert.deepEqual(unreadable.map((file) => file.name).sort(), [
        'a b.json',
        'folder.json',
        'notes.txt',
      ]);
      assert.ok(unreadable.every((file) => file.problem === 'foreign'));
    });
  });

  suite('each field is checked', () => {
    const wrong: Readonly<Record<string, unknown>> = {
      format: '1',
      startedAt: -1,
      endedAt: 'later',
      connection: { id: 'x' },
      resource: { kind: 'lambdaFunction', arn: 1 },
      what: 'constructor',
      undoes: '../x',
      calls: [{ type: 'putPolicy' }],
      before: 5,
      after: undefined,
      seen: { text: 1 },
      state: 'done',
      failure: { code: 'toString', operation: '', errorName: '', message: '' },
      owner: { window: 'w', heartbeatAt: 1e300 },
      removed: [1],
      added: 'x',
    };
    for (const [field, value] of Object.entries(wrong)) {
      test(field, async () => {
        put('x.json', JSON.stringify({ ...recordOf('x'), [field]: value }));
        const { unreadable } = await files().readAll();
        assert.deepEqual(unreadable, [{ name: 'x.json', problem: 'corrupt' }]);
      });
    }

    test('of a call that adds', async () => {
      const grant = { kind: 'lambdaFunction', statementId: 'x', action: 'a', principal: 7 };
      const calls = [{ type: 'addStatement', grant }];
      put('x.json', JSON.stringify({ ...recordOf('x'), calls }));
      assert.equal((await files().readAll()).records.length, 0);
    });
  });

  suite('the folder', () => {
    test('is missing: empty, and made by the first write', async () => {
      const deeper = new RecordFiles(path.join(folder.path, 'not', 'yet'));
      assert.deepEqual(await deeper.readAll(), { records: [], unreadable: [] });
      await deeper.write(recordOf('one'));
      assert.equal((await deeper.readAll()).records.length, 1);
    });

    test('is a file: neither read nor written', async () => {
      put('file', 'text');
      const wrong = new RecordFiles(path.join(folder.path, 'file'));
      await assert.rejects(wrong.readAll(), { code: 'ENOTDIR' });
      await assert.rejects(wrong.write(recordOf('one')));
      assert.equal(readFileSync(path.join(folder.path, 'file'), 'utf8'), 'text');
    });

    test('cannot be written to: the write fails and leaves nothing', async function () {
      if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
      await files().write(recordOf('one', { state: 'running' }));
      chmodSync(folder.path, 0o500);
      try {
        await assert.rejects(files().write(recordOf('one')), { code: 'EACCES' });
      } finally {
        chmodSync(folder.path, 0o700);
      }
      assert.equal((await files().byId('one'))?.state, 'running');
    });

    test('the place of a record is taken by a folder: the write fails and leaves nothing', async () => {
      mkdirSync(path.join(folder.path, 'one.json'));
      await assert.rejects(files().write(recordOf('one')));
      assert.deepEqual(readdirSync(folder.path), ['one.json']);
    });
  });

  test('leftovers of a process that ended are removed when they are old, and only they', async () => {
    const old = new Date(Date.now() - 60_000);
    for (const name of ['.one.a.tmp', '.two.b.tmp', '.hidden', 'three.json']) put(name, '{');
    for (const name of ['.one.a.tmp', '.hidden', 'three.json']) {
      utimesSync(path.join(folder.path, name), old, old);
    }
    await files().removeLeftovers(30_000, Date.now());
    assert.deepEqual(readdirSync(folder.path).sort(), ['.hidden', '.two.b.tmp', 'three.json']);
  });

  test('a process that is killed while it writes leaves whole records', async function () {
    this.timeout(120_000);
    const writer = path.join(__dirname, 'recordWriter.ts');
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, ['--import', 'tsx', writer, folder.path], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      try {
        await once(child.stdout, 'data');
        // Another window reads while it writes.
        for (let read = 0; read < 20; read++) await expectWhole();
        await sleep(round * 7);
      } finally {
        child.kill('SIGKILL');
        await ended;
      }
      await expectWhole();
    }
  });

  test('no room: the write fails half-way and leaves what was there', async function () {
    if (process.platform === 'win32') this.skip();
    await files().write(recordOf('id-0', { state: 'running' }));
    const writer = path.join(__dirname, 'recordWriter.ts');
    // In blocks of 512 bytes; a record has a thousand times that.
    const command = 'ulimit -f 64 && exec "$0" --import tsx "$1" "$2"';
    const child = spawn('sh', ['-c', command, process.execPath, writer, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    await ended;
    assert.equal(said.toString(), 'failed EFBIG\n');
    assert.deepEqual(readdirSync(folder.path), ['id-0.json']);
    assert.equal((await files().byId('id-0'))?.state, 'running');
  });

  async function expectWhole(): Promise<void> {
    const { records, unreadable } = await files().readAll();
    assert.deepEqual(unreadable, []);
    assert.equal(records.length, 3);
    for (const { before } of records) assert.match(before ?? '', /^(\d)\1{499999,}$/);
  }
});
