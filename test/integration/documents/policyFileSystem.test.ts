import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { toEditable } from '../../../src/core/policyStyle';
import { startingPolicy } from '../../../src/core/startingPolicy';
import type { PolicyDocuments } from '../../../src/documents/policyDocuments';
import { policyUri, targetOf } from '../../../src/documents/policyUri';
import { functionNamed, layerVersion, qualified, queueNamed } from '../../aws/stores';
import { eventually } from '../eventually';
import { recordMessages } from '../recordMessages';
import { denied } from '../tree/treeBench';
import { treeSeed } from '../tree/treeSeed';
import { documentsBench } from './documentsBench';

const shop = functionNamed('shop');

suite('the documents of policies, as files', () => {
  const bench = documentsBench(treeSeed);
  const shown = recordMessages();
  const read = async ({ fileSystem }: PolicyDocuments, uri: vscode.Uri) =>
    new TextDecoder().decode(await fileSystem.readFile(uri));
  const write = ({ fileSystem }: PolicyDocuments, uri: vscode.Uri, text: string) =>
    fileSystem.writeFile(uri, new TextEncoder().encode(text));
  const served = (name: string) =>
    bench.account.state().functions.find((each) => each.name === name)?.policies['']?.text;

  test('show the policy in lines; what is read is no write', async () => {
    const documents = bench.open();
    const text = await read(documents, bench.uriOf(shop));
    assert.equal(text, toEditable(served('shop') ?? assert.fail()));
    assert.ok(text.includes('\n  "Statement": [\n'));
    const stat = await documents.fileSystem.stat(bench.uriOf(shop));
    assert.deepEqual([stat.type, stat.size], [vscode.FileType.File, Buffer.byteLength(text)]);
    assert.deepEqual(bench.requested(), ['GetPolicy shop']);
  });

  test('where there is no policy, show the form of one', async () => {
    const documents = bench.open();
    const bare = functionNamed('bare');
    assert.equal(await read(documents, bench.uriOf(bare)), startingPolicy(bare));
    const layer = bench.uriOf(layerVersion('tools', 1));
    await assert.rejects(
      documents.fileSystem.stat(layer),
      (error: vscode.FileSystemError) =>
        error.code === 'FileNotFound' && /no policy on layer tools, version 1/.test(error.message),
    );
  });

  test('what cannot be read is an error with its reason, never an empty text', async () => {
    const documents = bench.open();
    bench.proxy.addFault({ operation: 'Lambda.GetPolicy', answer: denied });
    for (const ask of [
      () => documents.fileSystem.stat(bench.uriOf(shop)),
      () => documents.fileSystem.readFile(bench.uriOf(shop)),
    ]) {
      await assert.rejects(
        ask(),
        (error: vscode.FileSystemError) =>
          error.code === 'Unavailable' && /access denied to lambda:GetPolicy/.test(error.message),
      );
    }
    const lost = policyUri({ connectionId: 'gone', resource: shop }, 'gone');
    await assert.rejects(documents.fileSystem.readFile(lost), /no longer there/);
    const stray = vscode.Uri.parse('resource-policy:/a/functions/b.json?{}');
    await assert.rejects(documents.fileSystem.stat(stray), /FileNotFound|no such file|b\.json/);
  });

  test('writing keeps a draft and sends nothing; it is there in the next window', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const before = bench.account.state();
    const { mtime } = await documents.fileSystem.stat(uri);
    const text = (await read(documents, uri)).replace('"one"', '"ône"');
    bench.requested();
    await write(documents, uri, text);
    assert.equal(await read(documents, uri), text);
    const stat = await documents.fileSystem.stat(uri);
    assert.ok(stat.mtime > mtime);
    assert.equal(stat.size, Buffer.byteLength(text));

    const next = bench.open();
    await next.loaded;
    const [draft, ...others] = next.drafts();
    assert.equal(others.length, 0);
    assert.deepEqual(
      [draft?.text, draft?.base.text, draft?.connectionId, draft?.resource],
      [text, served('shop'), 'sample', shop],
    );
    assert.equal(await read(next, uri), text);
    assert.equal((await next.fileSystem.stat(uri)).mtime, stat.mtime);
    assert.deepEqual(bench.requested(), []);
    assert.deepEqual(bench.account.state(), before);
  });

  test('the draft stays as it is, and so does its time, when the policy is read anew', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const text = (await read(documents, uri)).replace('"one"', '"mine"');
    const base = served('shop');
    await write(documents, uri, text);
    const { mtime } = await documents.fileSystem.stat(uri);
    const path = '/2015-03-31/functions/shop/policy/two';
    await bench.elsewhere.send('lambda', { method: 'DELETE', path });
    await bench.connections.byId('sample')?.readings.read(shop);
    assert.equal(await read(documents, uri), text);
    assert.equal((await documents.fileSystem.stat(uri)).mtime, mtime);
    // What is saved again is still an edit of the policy that was opened.
    await write(documents, uri, text.replace('mine', 'yours'));
    assert.equal(documents.draftOf(uri)?.base.text, base);
    assert.notEqual(served('shop'), base);
  });

  test('without a draft a new reading is a new version; the same text is not', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const { mtime } = await documents.fileSystem.stat(uri);
    const readings = bench.connections.byId('sample')?.readings ?? assert.fail();
    await readings.read(shop);
    assert.equal((await documents.fileSystem.stat(uri)).mtime, mtime);
    const path = '/2015-03-31/functions/shop/policy/two';
    await bench.elsewhere.send('lambda', { method: 'DELETE', path });
    await readings.read(shop);
    assert.ok((await documents.fileSystem.stat(uri)).mtime > mtime);
    assert.ok(!(await read(documents, uri)).includes('"two"'));
  });

  test('a draft that would change nothing is none; a discarded one is gone', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const heard: number[] = [];
    documents.onDidChangeDrafts(() => heard.push(documents.drafts().length));
    const text = await read(documents, uri);
    // Only white space differs, which is not sent.
    await write(documents, uri, `${text}\n\n`);
    assert.deepEqual(documents.drafts(), []);
    await write(documents, uri, text.replace('"one"', '"1"'));
    const [draft] = documents.drafts();
    assert.ok(draft);
    assert.equal(readdirSync(bench.folder).length, 1);
    await documents.discard(draft);
    assert.equal(await read(documents, uri), text);
    assert.deepEqual(readdirSync(bench.folder), []);
    assert.deepEqual(heard, [0, 1, 0]);
  });

  test('a draft goes when a later reading shows what it says, and only then', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const text = await read(documents, uri);
    const statements = JSON.parse(text) as { Statement: { Sid: string }[] };
    const kept = statements.Statement.filter(({ Sid }) => Sid !== 'two');
    assert.equal(kept.length, statements.Statement.length - 1);
    await write(documents, uri, JSON.stringify({ ...statements, Statement: kept }));
    const readings = bench.connections.byId('sample')?.readings ?? assert.fail();
    await readings.read(shop);
    assert.equal(documents.drafts().length, 1);
    const path = '/2015-03-31/functions/shop/policy/two';
    await bench.elsewhere.send('lambda', { method: 'DELETE', path });
    await readings.read(shop);
    await eventually(() => assert.deepEqual(documents.drafts(), []));
    await eventually(() => assert.deepEqual(readdirSync(bench.folder), []));
    assert.equal(await read(documents, uri), toEditable(served('shop') ?? assert.fail()));
  });

  test('what is edited is what differs from the policy; a leftover is not', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const text = await read(documents, uri);
    assert.equal(documents.isEdited(bench.targetOf(shop)), false);
    await write(documents, uri, `${text}\n`);
    assert.equal(documents.isEdited(bench.targetOf(shop)), false);
    await write(documents, uri, text.replace('"one"', '"1"'));
    assert.equal(documents.isEdited(bench.targetOf(shop)), true);
  });

  test('a draft on another base keeps that one', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    await write(documents, uri, (await read(documents, uri)).replace('"one"', '"1"'));
    const draft = documents.draftOf(uri) ?? assert.fail();
    await documents.rebase(draft, { text: 'theirs', revision: 'r' }, 'merged');
    assert.equal(await read(documents, uri), 'merged');
    assert.deepEqual(documents.baseOf(uri), { text: 'theirs', revision: 'r' });
    const next = bench.open();
    await next.loaded;
    assert.deepEqual(next.baseOf(uri), { text: 'theirs', revision: 'r' });
  });

  test('damaged files are left out, and stay where they are', async () => {
    mkdirSync(bench.folder, { recursive: true });
    for (const [name, text] of [
      ['a.json', '{'],
      ['b.json', '{"format":2}'],
      ['c.json', '{"format":1,"base":{}}'],
    ] as const) {
      writeFileSync(path.join(bench.folder, name), text);
    }
    const documents = bench.open();
    await documents.loaded;
    assert.deepEqual(documents.drafts(), []);
    const told = ['a.json', 'b.json', 'c.json'].map(
      (name) => `A draft could not be read: ${path.join(bench.folder, name)}`,
    );
    assert.deepEqual([...shown].sort(), told);
    assert.deepEqual(readdirSync(bench.folder).sort(), ['a.json', 'b.json', 'c.json']);
  });

  test('what cannot be written is said, and is no draft: the one before it is', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const text = await read(documents, uri);
    const first = text.replace('"one"', '"1"');
    await write(documents, uri, first);
    const { mtime } = await documents.fileSystem.stat(uri);
    // Something else is in the folder's place.
    rmSync(bench.folder, { recursive: true });
    writeFileSync(bench.folder, '');
    // One at the heels of the other, as when VS Code saves while we put a draft on another base.
    const writing = ['"11"', '"12"'].map((sid) =>
      write(documents, uri, text.replace('"one"', sid)),
    );
    for (const one of await Promise.allSettled(writing)) {
      assert.match(one.status === 'rejected' ? String(one.reason) : '', /EEXIST|ENOTDIR/);
    }
    assert.equal(await read(documents, uri), first);
    assert.equal((await documents.fileSystem.stat(uri)).mtime, mtime);
    rmSync(bench.folder);
    await write(documents, uri, text.replace('"one"', '"111"'));
    assert.equal(documents.draftOf(uri)?.text, text.replace('"one"', '"111"'));
  });

  test('a draft of this window is not lost to what is read from the folder', async () => {
    const documents = bench.open();
    const uri = bench.uriOf(shop);
    const text = (await read(documents, uri)).replace('"one"', '"1"');
    const writing = write(documents, uri, text);
    await documents.loaded;
    await writing;
    await eventually(() => assert.equal(documents.draftOf(uri)?.text, text));
  });
});

suite('the addresses of policies', () => {
  const target = { connectionId: 'aws:profile=a/b@eu-west-1', resource: qualified('shop:live') };

  test('are readable, say what is meant, and are found by the schemas of package.json', () => {
    const extension = vscode.extensions.getExtension('resource-policies.aws-resource-policies');
    const manifest = extension?.packageJSON as {
      contributes: { jsonValidation: readonly { fileMatch: readonly string[]; url: string }[] };
    };
    const uris = [target.resource, queueNamed('jobs'), layerVersion('tools', 2)].map((resource) =>
      policyUri({ ...target, resource }, 'a/b · eu-west-1'),
    );
    assert.deepEqual(
      uris.map(({ scheme, path: place }) => `${scheme}:${place}`),
      [
        'resource-policy:/a_b · eu-west-1/functions/shop:live.json',
        'resource-policy:/a_b · eu-west-1/queues/jobs.json',
        'resource-policy-readonly:/a_b · eu-west-1/layers/tools:2.json',
      ],
    );
    const found = uris.map((uri) => {
      const address = uri.with({ query: '' }).toString(true);
      const matching = manifest.contributes.jsonValidation.filter(({ fileMatch }) =>
        fileMatch.some((pattern) => {
          const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*');
          return new RegExp(`^${source}$`).test(address);
        }),
      );
      return matching.map(({ url }) => path.basename(url)).join();
    });
    assert.deepEqual(found, ['lambda.json', 'sqs.json', 'lambda.json']);
    // As VS Code keeps them over a restart.
    for (const uri of uris)
      assert.deepEqual(targetOf(vscode.Uri.parse(uri.toString())), targetOf(uri));
    assert.deepEqual(targetOf(uris[0] ?? assert.fail()), target);
  });

  test('anything else is none', () => {
    for (const text of ['file:///a.json', 'resource-policy:/a.json', 'resource-policy:/a?[1]']) {
      assert.equal(targetOf(vscode.Uri.parse(text)), undefined);
    }
  });
});
