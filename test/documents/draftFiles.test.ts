import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { StoredDraft } from '../../src/documents/draftFiles';
import { DraftFiles, isSameDraft, nameOf } from '../../src/documents/draftFiles';
import { functionNamed } from '../aws/stores';

suite('drafts on the disk', () => {
  let root = '';
  setup(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'drafts-'));
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));
  const folder = () => path.join(root, 'drafts');
  const draft: StoredDraft = {
    connectionId: 'sample',
    resource: functionNamed('shop'),
    base: { text: '{"a":"\u202e é"}\r\n', revision: 'r-1' },
    text: '{ mine',
    changedAt: 7,
  };

  test('what was written is read back, for its owner alone; what was removed is gone', async () => {
    const files = new DraftFiles(folder());
    assert.deepEqual(await files.readAll(), { drafts: [], unreadable: [] });
    const bare: StoredDraft = { ...draft, base: { text: undefined, revision: undefined } };
    await files.write('a', draft);
    await files.write('b', bare);
    await files.write('a', { ...draft, text: 'newer' });
    const { drafts, unreadable } = await new DraftFiles(folder()).readAll();
    assert.deepEqual(unreadable, []);
    assert.equal(drafts.length, 2);
    const isThere = (wanted: StoredDraft) => drafts.some((each) => isSameDraft(each, wanted));
    assert.equal(isThere({ ...draft, text: 'newer' }), true);
    assert.equal(isThere(bare), true);
    if (process.platform !== 'win32') {
      assert.equal(statSync(path.join(folder(), nameOf('a'))).mode & 0o777, 0o600);
    }
    await files.remove('a');
    await files.remove('a');
    assert.deepEqual(readdirSync(folder()), [nameOf('b')]);
  });

  test('a file that holds none is told of, and never lost', async () => {
    mkdirSync(folder(), { recursive: true });
    const texts = {
      [nameOf('a')]: '{',
      'b.json': '{"format":2}',
      'c.json': '{"format":1,"base":{}}',
    };
    for (const [name, text] of Object.entries(texts)) {
      writeFileSync(path.join(folder(), name), text);
    }
    writeFileSync(path.join(folder(), 'notes.txt'), 'not ours');
    const files = new DraftFiles(folder());
    const { drafts, unreadable } = await files.readAll();
    assert.deepEqual(drafts, []);
    assert.deepEqual([...unreadable].sort(), Object.keys(texts).sort());
    await files.write('a', draft);
    const kept = readFileSync(path.join(folder(), `${nameOf('a')}.damaged`), 'utf8');
    assert.equal(kept, '{');
    const next = await files.readAll();
    assert.equal(next.drafts.length, 1);
    assert.deepEqual([...next.unreadable].sort(), ['b.json', 'c.json']);
    await files.write('a', { ...draft, text: 'newer' });
    assert.equal(readFileSync(path.join(folder(), `${nameOf('a')}.damaged`), 'utf8'), '{');
  });

  test('what a write left behind that ended half-way goes once it is old', async () => {
    mkdirSync(folder(), { recursive: true });
    for (const name of ['.old.1.tmp', '.new.1.tmp', 'kept.json']) {
      writeFileSync(path.join(folder(), name), '');
    }
    const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const name of ['.old.1.tmp', 'kept.json']) utimesSync(path.join(folder(), name), old, old);
    const files = new DraftFiles(folder());
    await files.removeLeftovers();
    assert.deepEqual(readdirSync(folder()).sort(), ['.new.1.tmp', 'kept.json']);
    assert.deepEqual((await files.readAll()).unreadable, ['kept.json']);
  });

  test('a write that fails is said, and leaves nothing behind', async () => {
    // No file can take the place of a folder.
    mkdirSync(path.join(folder(), nameOf('a')), { recursive: true });
    const files = new DraftFiles(folder());
    await assert.rejects(files.write('a', draft), { syscall: 'rename' });
    assert.deepEqual(readdirSync(folder()), [nameOf('a')]);
    assert.deepEqual(await files.readAll(), { drafts: [], unreadable: [nameOf('a')] });
  });
});
