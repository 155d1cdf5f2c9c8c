import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { PolicyTraffic } from '../../../src/changes/policyTraffic';
import { copyPolicyBefore } from '../../../src/commands/copyPolicyBefore';
import type { CommandDeps } from '../../../src/commands/deps';
import { exportHistory } from '../../../src/commands/exportHistory';
import { makeChange } from '../../../src/commands/makeChange';
import { showChange } from '../../../src/commands/showChange';
import { undoChange } from '../../../src/commands/undoChange';
import type { ChangeRecord } from '../../../src/core/changeRecord';
import { parsePolicy, statementsOf } from '../../../src/core/policy';
import type { LambdaFunction, Resource } from '../../../src/core/resource';
import { PolicyTexts } from '../../../src/documents/policyTexts';
import type { RecordedRequest } from '../../faults/faultProxy';
import { policyWith, recordOf } from '../../history/records';
import { eventually } from '../eventually';
import { recordMessages } from '../recordMessages';
import { denied } from '../tree/treeBench';
import { functionArn, treeSeed } from '../tree/treeSeed';
import { treeParts } from '../tree/treeParts';
import { historyBench, recent } from './historyBench';

const shop: LambdaFunction = {
  kind: 'lambdaFunction',
  arn: `${functionArn}:shop`,
  functionName: 'shop',
};

suite('commands of the history', () => {
  const at = historyBench(treeSeed);
  const messages = recordMessages();
  const window = vscode.window as unknown as Record<string, unknown>;
  let answers: string[] = [];
  let texts: PolicyTexts | undefined;
  const parts: { dispose(): void }[] = [];
  setup(() => {
    texts = new PolicyTexts();
    answers = [];
    // On top of what only records: the next answer, if it is one of the buttons.
    const record = window.showWarningMessage as (message: string) => void;
    window.showWarningMessage = (message: string, ...rest: readonly unknown[]) => {
      record(message);
      const [next] = answers;
      return Promise.resolve(
        next !== undefined && rest.includes(next) ? answers.shift() : undefined,
      );
    };
  });
  teardown(async () => {
    texts?.dispose();
    for (const part of parts.splice(0)) part.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  function openDeps(): CommandDeps {
    const { connections, reporter } = at;
    const traffic = new PolicyTraffic();
    const own = treeParts(connections);
    parts.push(own);
    const { guards } = own;
    const history = at.open();
    return { connections, guards, history, reporter, texts, traffic } as unknown as CommandDeps;
  }

  async function sidsOf(resource: Resource): Promise<readonly (string | undefined)[]> {
    const reading = await at.connections.all[0]?.readings.read(resource);
    if (reading?.state !== 'policy') return [];
    return statementsOf(parsePolicy(reading.text)).map(({ sid }) => sid);
  }

  async function remove(deps: CommandDeps, resource: Resource, sid: string): Promise<void> {
    const reading = await deps.connections.all[0]?.readings.read(resource);
    assert.ok(reading?.state === 'policy');
    const all = statementsOf(parsePolicy(reading.text));
    const statements = all.filter((statement) => statement.sid === sid);
    answers = ['Remove'];
    const outcome = await makeChange(deps, {
      connectionId: 'sample',
      resource,
      what: 'remove',
      intent: { type: 'remove', statements },
      reading,
    });
    assert.equal(outcome?.type, 'applied');
  }

  const ids = async ({ history }: CommandDeps) =>
    (await history.records()).map(({ id, what, state }) => ({ id, what, state }));

  const sample = { id: 'sample', title: 'Sample Account', accountId: '123456789012' };
  const made = (parts: Partial<ChangeRecord> = {}) =>
    recent(recordOf('made', { resource: shop, connection: sample, ...parts }));

  test('a change is undone, its undo is undone, and each is in the history', async () => {
    const deps = openDeps();
    await remove(deps, shop, 'one');
    const [removal] = await ids(deps);
    answers = ['Undo'];
    await undoChange(deps, removal?.id);
    assert.deepEqual([...(await sidsOf(shop))].sort(), ['one', 'two']);
    const [undo] = await ids(deps);
    answers = ['Undo'];
    await undoChange(deps, { type: 'change', record: { id: undo?.id } });
    assert.deepEqual(await sidsOf(shop), ['two']);
    const what = (await ids(deps)).map((record) => [record.what, record.state]);
    assert.deepEqual(what, [
      ['undo', 'applied'],
      ['undo', 'applied'],
      ['remove', 'applied'],
    ]);
    await undoChange(deps, undo?.id);
    assert.match(messages.at(-1) ?? '', /is undone already/);
  });

  test('what was made together is undone together, with one question', async () => {
    const deps = openDeps();
    const live = { ...shop, arn: `${shop.arn}:live` } as const;
    const alias = { ...live, qualifier: { type: 'alias', name: 'live', version: '2' } } as const;
    await remove(deps, shop, 'one');
    await remove(deps, alias, 'one');
    const records = (await ids(deps)).map(({ id }) => id);
    messages.length = 0;
    answers = ['Undo'];
    await undoChange(deps, records);
    assert.deepEqual([...(await sidsOf(shop))].sort(), ['one', 'two']);
    assert.deepEqual(await sidsOf(alias), ['one']);
    assert.equal(messages.filter((message) => message.startsWith('Undo the changes')).length, 1);
  });

  test('rows that are selected are undone together, also when AWS has no time at first', async () => {
    const deps = openDeps();
    const live = { ...shop, arn: `${shop.arn}:live` } as const;
    const alias = { ...live, qualifier: { type: 'alias', name: 'live', version: '2' } } as const;
    await remove(deps, shop, 'one');
    await remove(deps, alias, 'one');
    const rows = (await ids(deps)).map(({ id }) => ({ type: 'change', record: { id } }));
    const other = { type: 'draft', id: 'draft|x' };
    const error = { status: 429, name: 'TooManyRequestsException', message: 'slow down' };
    // More than the SDK repeats by itself, for both.
    const end = at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      times: 8,
      answer: { type: 'error', ...error },
    });
    answers = ['Undo'];
    await undoChange(deps, rows[0], [...rows, other]);
    end();
    assert.deepEqual([...(await sidsOf(shop))].sort(), ['one', 'two']);
    assert.deepEqual(await sidsOf(alias), ['one']);
    assert.ok(!messages.some((message) => /throttl|too many/i.test(message)), messages.join('\n'));
  }).timeout(30_000);

  test('two changes of one policy are undone one on the other', async () => {
    const deps = openDeps();
    const textNow = async () => {
      const reading = await deps.connections.all[0]?.readings.read(shop);
      return reading?.state === 'policy' ? reading.text : assert.fail();
    };
    const common = { connectionId: 'sample', resource: shop };
    const action = 'lambda:InvokeFunction';
    const grant = { kind: shop.kind, statementId: 'x', action, principal: '210987654321' } as const;
    answers = ['Add'];
    await makeChange(deps, { ...common, what: 'add', intent: { type: 'add', grants: [grant] } });
    // What came by the first is another statement by the second.
    const base = await textNow();
    const text = base.replace('210987654321', '111122223333');
    answers = ['Apply'];
    await makeChange(deps, { ...common, what: 'edit', intent: { type: 'replace', base, text } });
    assert.equal(await textNow(), text);
    const rows = (await ids(deps)).map(({ id }) => ({ type: 'change', record: { id } }));
    messages.length = 0;
    answers = ['Undo'];
    await undoChange(deps, rows[1], [...rows].reverse());
    assert.ok(messages.includes('Undo 2 changes to function shop?'), messages.join('\n'));
    assert.deepEqual([...(await sidsOf(shop))].sort(), ['one', 'two']);
    const states = (await ids(deps)).map(({ what, state }) => `${what} ${state}`);
    assert.deepEqual(states.slice(0, 2), ['undo applied', 'undo applied']);
    assert.equal(
      messages.at(-1),
      'Undid 2 changes, and verified each by reading its policy again.',
    );
  });

  test('what AWS or the policy does not allow: the text is there to copy', async () => {
    const before = policyWith('two', 'kept').replace('s3.amazonaws.com', 'sns.amazonaws.com');
    // By now another statement has the Sid of the one that went.
    await at.files.write(made({ before, after: policyWith('kept') }));
    answers = ['Copy Policy as It Was Before'];
    await undoChange(openDeps(), 'made');
    assert.match(messages.at(-1) ?? '', /The history still holds the policy as it was before\./);
    assert.equal(await vscode.env.clipboard.readText(), before);
    assert.deepEqual(await sidsOf(shop), ['one', 'two']);
  });

  suite('what was made together, and AWS refuses to take back', () => {
    const live = { ...shop, arn: `${shop.arn}:live` } as const;
    const alias = { ...live, qualifier: { type: 'alias', name: 'live', version: '2' } } as const;

    const writes = /AddPermission|PutResourcePolicy/;

    async function removeBoth(deps: CommandDeps): Promise<readonly string[]> {
      await remove(deps, shop, 'one');
      await remove(deps, alias, 'one');
      return (await ids(deps)).map(({ id }) => id);
    }

    test('one: its text is there to copy', async () => {
      const deps = openDeps();
      const records = await removeBoth(deps);
      const match = (request: RecordedRequest) =>
        `${request.path} ${request.body}`.includes('live');
      at.proxy.addFault({ operation: writes, match, answer: denied });
      answers = ['Undo', 'Copy Policy as It Was Before'];
      await undoChange(deps, records);
      assert.match(messages.at(-1) ?? '', /The history still holds the policy as it was before\./);
      assert.equal(answers.length, 0);
      const copied = statementsOf(parsePolicy(await vscode.env.clipboard.readText()));
      assert.ok(
        copied.some(({ sid }) => sid === 'one'),
        'another text',
      );
    });

    test('several: the history holds them', async () => {
      const deps = openDeps();
      const records = await removeBoth(deps);
      at.proxy.addFault({ operation: writes, answer: denied });
      answers = ['Undo'];
      await undoChange(deps, records);
      assert.match(messages.at(-1) ?? '', /^2 changes could not be undone\..*History view/);
    });
  });

  const refusals: readonly (readonly [string, Partial<ChangeRecord>, RegExp])[] = [
    [
      'its connection is gone',
      { connection: { ...sample, id: 'aws:profile=old@x', title: 'old · x' } },
      /over the connection old · x, which is gone/,
    ],
    [
      'its connection leads to another account',
      { connection: { ...sample, accountId: '999988887777' } },
      /made in account 999988887777, but Sample Account leads to account 123456789012 now/,
    ],
    ['nothing was changed', { state: 'failed' }, /There is nothing to undo: "Remove gone from/],
    ['nobody knows', { state: 'unknown' }, /cannot be undone: it is not known/],
  ];
  for (const [name, parts, sentence] of refusals) {
    test(`no undo: ${name}`, async () => {
      await at.files.write(made(parts));
      await undoChange(openDeps(), 'made');
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', sentence);
      assert.ok(!at.requested().some((request) => /Permission|Put/.test(request)));
    });
  }

  test('a change that is no longer in the history', async () => {
    await undoChange(openDeps(), 'gone');
    assert.deepEqual(messages, ['The history no longer holds this change.']);
  });

  test('an empty history', async () => {
    const deps = openDeps();
    await undoChange(deps);
    await exportHistory(deps);
    assert.deepEqual(messages, ['There is no change to undo.', 'The history is empty.']);
  });

  test('the policy before is copied byte for byte', async () => {
    const before = `\t${policyWith('é', 'kept')}\n`;
    await at.files.write(made({ before }));
    const deps = openDeps();
    await copyPolicyBefore(deps, 'made');
    assert.equal(await vscode.env.clipboard.readText(), before);
    await at.files.write(made({ before: null, id: 'first' }));
    await copyPolicyBefore(openDeps(), 'first');
    assert.match(messages.at(-1) ?? '', /had no policy before this change/);
  });

  test('the diff of a change', async () => {
    await at.files.write(made());
    await showChange(openDeps(), 'made');
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.match(activeTab?.label ?? '', /^function shop, .*: before ↔ after$/);
    assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
    assert.deepEqual(messages, []);
  });

  test('the diff of an interrupted change says that it is only what was planned', async () => {
    const open = { state: 'running', endedAt: undefined, seen: undefined } as const;
    const connection = { ...sample, accountId: '999988887777' };
    await at.files.write(made({ ...open, connection }));
    answers = ['Find Out'];
    await showChange(openDeps(), 'made');
    assert.match(messages[0] ?? '', /^The change was interrupted\./);
    assert.match(messages[1] ?? '', /could not be found out/);
  });

  test('an end that nobody knew is found out from its diff, and can be undone then', async () => {
    // By now `one` is gone, as it was meant to be.
    const deps = openDeps();
    await remove(deps, shop, 'one');
    const [removal] = await deps.history.records();
    assert.ok(removal, 'no record');
    const connection = { ...sample, id: 'not-there' };
    const lost = { ...removal, id: 'lost', state: 'unknown', connection } as const;
    rmSync(path.join(at.folder, `${removal.id}.json`));
    await at.files.write(lost);
    const later = openDeps();
    await undoChange(later, 'lost');
    assert.match(messages.at(-1) ?? '', /not known what came of it\. Show the change/);
    await at.files.write({ ...lost, connection: sample });
    const found = async () => (await later.history.byId('lost'))?.connection.id;
    await eventually(async () => assert.equal(await found(), 'sample'));
    answers = ['Find Out'];
    await showChange(later, 'lost');
    assert.match(messages.at(-2) ?? '', /^AWS did not say what came of the change\./);
    assert.equal(
      messages.at(-1),
      '"Removed one from function shop": the change was made, as reading the policy shows.',
    );
    assert.equal((await later.history.byId('lost'))?.state, 'applied');
    answers = ['Undo'];
    await undoChange(later, 'lost');
    assert.deepEqual([...(await sidsOf(shop))].sort(), ['one', 'two']);
  });

  test('the history is exported as JSON', async () => {
    await at.files.write(made());
    await at.files.write(recent(recordOf('later'), 1));
    const folder = mkdtempSync(path.join(os.tmpdir(), 'export-'));
    const file = path.join(folder, 'history.json');
    const original = window.showSaveDialog;
    let proposed = '';
    window.showSaveDialog = ({ defaultUri }: vscode.SaveDialogOptions) => {
      proposed = defaultUri?.path ?? '';
      return Promise.resolve(vscode.Uri.file(file));
    };
    try {
      await exportHistory(openDeps());
      const records = JSON.parse(readFileSync(file, 'utf8')) as readonly ChangeRecord[];
      assert.deepEqual(
        records.map(({ id, before }) => [id, before]),
        [
          ['later', recordOf('any').before],
          ['made', recordOf('any').before],
        ],
      );
      assert.match(proposed, /\/resource-policies-history-\d{4}-\d\d-\d\d\.json$/);
      assert.match(messages.at(-1) ?? '', /^Exported 2 changes to /);
    } finally {
      window.showSaveDialog = original;
      rmSync(folder, { recursive: true });
    }
  });
});
