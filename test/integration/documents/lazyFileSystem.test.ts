import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LazyFileSystem } from '../../../src/host/lazyFileSystem';

suite('a file system that is loaded on first use', () => {
  const uri = vscode.Uri.parse('test:/a');
  const changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const calls: string[] = [];
  let loads = 0;
  const stat = { type: vscode.FileType.File, ctime: 0, mtime: 7, size: 3 };
  const files = new LazyFileSystem(() => {
    loads += 1;
    return Promise.resolve({
      onDidChangeFile: changes.event,
      watch: () => new vscode.Disposable(() => undefined),
      stat: () => stat,
      readFile: () => new Uint8Array([1, 2, 3]),
      writeFile: (_, content) => void calls.push(`write ${content.join()}`),
      readDirectory: () => [],
      createDirectory: () => void calls.push('createDirectory'),
      delete: () => void calls.push('delete'),
      rename: () => {
        throw vscode.FileSystemError.NoPermissions('no');
      },
    });
  });
  suiteTeardown(() => {
    for (const it of [changes, files]) it.dispose();
  });

  test('is not loaded to be watched; once for all that ask', async () => {
    files.watch().dispose();
    assert.equal(loads, 0);
    const answers = await Promise.all([files.stat(uri), files.readFile(uri)]);
    assert.deepEqual([...answers, loads], [stat, new Uint8Array([1, 2, 3]), 1]);
  });

  test('hands on what is asked, answered and refused', async () => {
    await files.writeFile(uri, new Uint8Array([9]), { create: true, overwrite: true });
    await files.createDirectory(uri);
    await files.delete(uri, { recursive: true });
    assert.deepEqual(calls, ['write 9', 'createDirectory', 'delete']);
    assert.deepEqual(await files.readDirectory(uri), []);
    await assert.rejects(files.rename(uri, uri, { overwrite: true }), /no/);
  });

  test('hands on what the provider says has changed', async () => {
    await files.stat(uri);
    const heard: unknown[] = [];
    files.onDidChangeFile((changed) => heard.push(changed));
    const event = [{ type: vscode.FileChangeType.Changed, uri }];
    changes.fire(event);
    assert.deepEqual(heard, [event]);
  });
});
