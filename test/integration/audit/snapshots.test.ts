import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { compareSnapshots } from '../../../src/commands/audit/compareSnapshots';
import { snapshotPolicies } from '../../../src/commands/audit/snapshotPolicies';
import type { CommandDeps } from '../../../src/commands/deps';
import { PolicyTexts } from '../../../src/documents/policyTexts';
import { Reporter } from '../../../src/host/report';
import { sampleCompany } from '../../../src/sample/company';
import { eventually } from '../eventually';
import { windowStub } from '../windowStub';
import type { AuditWindow } from './auditBench';
import { auditBench } from './auditBench';
import { quietLog } from './quietLog';

const denied = {
  type: 'error',
  status: 403,
  name: 'AccessDeniedException',
  message: 'no',
} as const;

const queueUrl = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;
const place = path.join('123456789012', 'eu-west-1');

suite('Saved policies', function () {
  this.timeout(90_000);
  const bench = auditBench(sampleCompany());
  const stub = windowStub();
  const window = vscode.window as unknown as Record<string, unknown>;
  const original = window.showOpenDialog;
  let texts: PolicyTexts | undefined;
  let root = '';
  let folders: string[] = [];
  // One for all tests, as for a window: VS Code keeps what it was given under an address.
  suiteSetup(() => (texts = new PolicyTexts()));
  suiteTeardown(() => texts?.dispose());
  setup(() => {
    root = mkdtempSync(path.join(os.tmpdir(), 'snapshots-'));
    folders = [];
    window.showOpenDialog = () => {
      const folder = folders.shift();
      return Promise.resolve(folder === undefined ? undefined : [vscode.Uri.file(folder)]);
    };
  });
  teardown(async () => {
    window.showOpenDialog = original;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(root, { recursive: true, force: true });
  });

  const depsOf = ({ audits, settings }: AuditWindow) =>
    ({
      audits,
      auditSettings: settings,
      connections: bench.connections,
      reporter: new Reporter(quietLog(), (error) => assert.fail(String(error))),
      texts,
      version: '1.2.3',
    }) as unknown as CommandDeps;

  async function audited(at: AuditWindow): Promise<void> {
    const [connection] = bench.connections.all;
    assert.ok(connection);
    connection.readings.dispose();
    bench.connections.reopen(connection.id);
    const [again] = bench.connections.all;
    assert.ok(again);
    await again.identity();
    await at.audits.run(again, { resume: false });
  }

  async function save(at: AuditWindow, name: string): Promise<string> {
    const folder = path.join(root, name);
    folders.push(folder);
    await snapshotPolicies(depsOf(at));
    await eventually(() => assert.match(stub.shown.at(-1)?.message ?? '', /^Saved /));
    return folder;
  }

  const files = (folder: string) =>
    (readdirSync(folder, { recursive: true, withFileTypes: true }) as { isFile(): boolean; name: string; parentPath: string }[]) // prettier-ignore
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => path.relative(folder, path.join(parentPath, name)))
      .map((name) => name.split(path.sep).join('/'))
      .sort();
  const inventory = (folder: string) =>
    JSON.parse(readFileSync(path.join(folder, 'inventory.json'), 'utf8')) as {
      complete: boolean;
      resources: readonly { name: string; policy: string; reason?: string; file?: string }[];
    };

  /** What VS Code's editor for several differences shows: the names of the files, left and right. */
  async function shownChanges(): Promise<readonly string[]> {
    return eventually(() => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      const input = tab?.input as { textDiffs?: readonly vscode.TabInputTextDiff[] } | undefined;
      assert.ok(tab && input?.textDiffs, 'no comparison is open');
      const name = (uri: vscode.Uri | undefined) => uri && path.posix.basename(uri.path);
      return input.textDiffs.map(({ original, modified }) =>
        name(original) === name(modified)
          ? String(name(original))
          : `${name(original)} → ${name(modified)}`,
      );
    });
  }

  const compared = () =>
    eventually(() => {
      const last = stub.shown.at(-1);
      assert.match(last?.message ?? '', /differ/);
      return last ?? assert.fail();
    });

  test('a file for each policy, in lines, and an inventory of all', async () => {
    const at = bench.open();
    await audited(at);
    const folder = path.join(await save(at, 'one'), place);
    const { complete, resources } = inventory(folder);
    assert.equal(complete, true);
    assert.equal(resources.length, 144);
    const listed = resources.flatMap(({ file }) => (file === undefined ? [] : [file]));
    assert.deepEqual(files(folder), [...listed, 'inventory.json'].sort());
    assert.ok(listed.includes('lambda/function/payments-webhook/live.json'));
    const inbox = readFileSync(path.join(folder, 'sqs/queue/partner-inbox.json'), 'utf8');
    assert.match(inbox, /^\{\n {2}"/);
    assert.ok(inbox.endsWith('}\n'));
    assert.ok(resources.some(({ policy }) => policy === 'none'));
  });

  test('two moments: exactly what changed is shown', async () => {
    const at = bench.open();
    await audited(at);
    const older = await save(at, 'older');
    await bench.elsewhere.sqs('RemovePermission', {
      QueueUrl: queueUrl('partner-inbox'),
      Label: 'everyone-may-send',
    });
    await bench.elsewhere.sqs('AddPermission', {
      QueueUrl: queueUrl('orders'),
      Label: 'stranger',
      AWSAccountIds: ['999988887777'],
      Actions: ['SendMessage'],
    });
    await audited(at);
    const newer = await save(at, 'newer');
    folders.push(older, newer);
    await compareSnapshots(depsOf(at));
    const { message, kind } = await compared();
    assert.equal(kind, 'information');
    assert.match(message, /^2 policies differ, \d+ are the same\.$/);
    assert.deepEqual((await shownChanges()).map((name) => name.replace(/.*→ /, '')).sort(), [
      'orders.json',
      'partner-inbox.json',
    ]);
  });

  test('when nothing differs, it says so and opens nothing; the newer can be given', async () => {
    const at = bench.open();
    await audited(at);
    const older = await save(at, 'older');
    const newer = await save(at, 'newer');
    folders.push(older);
    await compareSnapshots(depsOf(at), { newer: vscode.Uri.file(path.join(newer, place)) });
    const { message } = await compared();
    assert.match(message, /^Nothing differs in what could be compared: \d+ are the same\.$/);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });

  test('what could not be read is never called the same', async () => {
    const at = bench.open();
    await audited(at);
    const older = await save(at, 'older');
    bench.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path: where }) => /partner-orders\/policy\?*$/.test(where),
      answer: denied,
    });
    bench.proxy.addFault({ operation: 'SQS.ListQueues', answer: denied });
    await audited(at);
    const newer = await save(at, 'newer');
    assert.match(
      stub.shown.at(-1)?.message ?? '',
      /Not everything was read; "inventory.json" says/,
    );
    assert.equal(inventory(path.join(newer, place)).complete, false);
    folders.push(older, newer);
    stub.answers.push('Show What Is Not Known');
    await compareSnapshots(depsOf(at));
    const { message, kind } = await compared();
    assert.equal(kind, 'warning');
    assert.match(message, /^Nothing differs in what could be compared: .* nobody knows whether they differ: \d+ policies\.$/); // prettier-ignore
    const list = await eventually(() => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      assert.match(text, /^Not compared:/);
      return text;
    });
    assert.match(list, /lambda\/function\/partner-orders\.json, in the newer: Could not read: function partner-orders: access denied/); // prettier-ignore
    assert.match(list, /sqs\/queue\/partner-inbox\.json, in the newer: it is not there, but not everything was listed/); // prettier-ignore
    assert.match(list, /Not read when the newer was saved:/);
  });

  test('replaced, files of policies that are gone go, and nothing else does', async () => {
    const at = bench.open();
    await audited(at);
    const folder = path.join(await save(at, 'one'), place);
    const own = path.join(folder, 'lambda/function/notes.txt');
    writeFileSync(own, 'mine');
    const stale = path.join(folder, 'lambda/layer/gone/1.json');
    mkdirSync(path.dirname(stale), { recursive: true });
    writeFileSync(stale, '{}');
    const text = readFileSync(path.join(folder, 'inventory.json'), 'utf8');
    const listed = JSON.parse(text) as { resources: unknown[] };
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:layer:gone:1';
    const qualifier = { type: 'version', name: '1' };
    const file = 'lambda/layer/gone/1.json';
    const entry = { arn, kind: 'layerVersion', name: 'gone', qualifier, policy: 'saved', file };
    listed.resources.push(entry);
    writeFileSync(path.join(folder, 'inventory.json'), JSON.stringify(listed));
    stub.answers.push('Replace');
    await save(at, 'one');
    const asked = stub.shown.find(({ isModal }) => isModal);
    assert.match(asked?.message ?? '', /holds saved policies already/);
    assert.match(asked?.detail ?? '', /123456789012 · eu-west-1/);
    assert.ok(!existsSync(path.dirname(stale)), 'gone, with its folder');
    assert.equal(readFileSync(own, 'utf8'), 'mine');
    assert.equal(inventory(folder).resources.length, 144);
  });

  test('kept beside each other, the newer is in a folder with its time', async () => {
    const at = bench.open();
    await audited(at);
    const folder = await save(at, 'one');
    stub.answers.push('Keep Both');
    await save(at, 'one');
    const [first, second = ''] = readdirSync(path.join(folder, '123456789012')).sort();
    assert.equal(first, 'eu-west-1');
    assert.match(second, /^eu-west-1_\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/);
    stub.answers.push(undefined);
    folders.push(folder);
    await snapshotPolicies(depsOf(at));
    assert.equal(
      readdirSync(path.join(folder, '123456789012')).length,
      2,
      'left, nothing is saved',
    );
  });

  test('a folder of somebody else is left alone: also one with a link out of it', async () => {
    const at = bench.open();
    await audited(at);
    const theirs = path.join(root, 'theirs', place);
    mkdirSync(theirs, { recursive: true });
    writeFileSync(path.join(theirs, 'inventory.json'), '{"stock": 3}');
    await save(at, 'theirs');
    assert.deepEqual(files(theirs), ['inventory.json']);
    assert.equal(readFileSync(path.join(theirs, 'inventory.json'), 'utf8'), '{"stock": 3}');
    const linked = path.join(await save(at, 'linked'), place);
    const outside = path.join(root, 'outside');
    mkdirSync(path.join(outside, 'queue'), { recursive: true });
    writeFileSync(path.join(outside, 'queue/partner-inbox.json'), 'mine');
    rmSync(path.join(linked, 'sqs'), { recursive: true });
    symlinkSync(outside, path.join(linked, 'sqs'));
    stub.answers.push('Replace');
    await save(at, 'linked');
    assert.equal(readFileSync(path.join(outside, 'queue/partner-inbox.json'), 'utf8'), 'mine');
    assert.equal(readdirSync(path.join(root, 'linked/123456789012')).length, 2);
  });

  test('a folder without saved policies is told', async () => {
    const at = bench.open();
    mkdirSync(path.join(root, 'empty'));
    folders.push(path.join(root, 'empty'), path.join(root, 'empty'));
    await compareSnapshots(depsOf(at));
    assert.match(stub.shown.at(-1)?.message ?? '', /There are no saved policies in /);
  });
});
