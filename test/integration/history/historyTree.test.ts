import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ChangeRecord } from '../../../src/core/changeRecord';
import { recordIdOf } from '../../../src/history/historyNodes';
import type { HistoryNode } from '../../../src/history/historyNodes';
import { daysWords, timeWords } from '../../../src/words/historyWords';
import { recordOf } from '../../history/records';
import { eventually } from '../eventually';
import { treeSeed } from '../tree/treeSeed';
import { historyBench, recent, rowTexts } from './historyBench';

suite('historyTree', () => {
  const at = historyBench(treeSeed);

  async function put(...records: readonly ChangeRecord[]): Promise<void> {
    for (const record of records) await at.files.write(record);
  }

  async function itemsOf(): Promise<readonly vscode.TreeItem[]> {
    const tree = at.treeOf(at.open());
    return (await tree.getChildren()).map((node) => tree.getTreeItem(node));
  }

  function labelOf({ label }: vscode.TreeItem): string {
    assert.ok(typeof label === 'string');
    return label;
  }

  const place = 'default credentials · eu-west-1 · 123456789012';
  const open = { endedAt: undefined, seen: undefined };

  test('an empty history has no rows, so that its welcome is shown', async () => {
    assert.deepEqual(await rowTexts(at.treeOf(at.open())), []);
  });

  test('what was done, newest first, with time, connection and account', async () => {
    const alias = { type: 'alias', name: 'live', version: '2' } as const;
    const shop = recordOf('any').resource as Extract<
      ChangeRecord['resource'],
      { qualifier?: unknown }
    >;
    const live = { ...shop, arn: `${shop.arn}:live`, qualifier: alias };
    const records = [
      recordOf('e', { resource: live }),
      recordOf('d', { what: 'add', removed: [], added: ['a', '#2', 'c'] }),
      recordOf('c', { what: 'edit' }),
      recordOf('b', { removed: ['#1'], connection: { id: 'aws:@x', title: 'p · x' } }),
    ].map((record, index) => recent(record, 60 + index));
    await put(...records);
    const [e, d, c, b] = records.map(({ startedAt }) => timeWords(startedAt));
    assert.deepEqual(await rowTexts(at.treeOf(at.open())), [
      `Removed gone from function shop, alias live · ${e} · ${place}`,
      `Added a, Statement 2 and 1 more to function shop · ${d} · ${place}`,
      `Edited policy of function shop · ${c} · ${place}`,
      `Removed Statement 1 from function shop · ${b} · p · x`,
    ]);
  });

  suite('how it stands with a change', () => {
    const owner = { window: 'another', heartbeatAt: 0 };
    const gone = {
      code: 'resourceNotFound',
      operation: 'lambda:GetPolicy',
      errorName: 'ResourceNotFoundException',
      message: '',
    } as const;
    const rows: readonly (readonly [Partial<ChangeRecord>, string, string, string])[] = [
      [{}, 'Removed gone from function shop', 'trash', 'change.undoable'],
      [
        { state: 'accepted' },
        'Removed gone from function shop · accepted by AWS, not seen yet',
        'trash',
        'change.undoable',
      ],
      [
        { state: 'partly' },
        'Remove gone from function shop · made only in part',
        'warning',
        'change.undoable',
      ],
      [
        { state: 'failed', what: 'edit' },
        'Edit policy of function shop · failed, nothing was changed',
        'error',
        'change',
      ],
      [
        { state: 'cancelled', what: 'add', added: ['new'] },
        'Add new to function shop · cancelled, nothing was changed',
        'circle-slash',
        'change',
      ],
      [
        { state: 'unknown' },
        'Remove gone from function shop · outcome not known, show the change to find out',
        'question',
        'change',
      ],
      [
        { state: 'unknown', failure: gone },
        'Remove gone from function shop · outcome not known',
        'question',
        'change',
      ],
      [{ state: 'running' }, 'Remove gone from function shop · running', 'sync~spin', 'change'],
      [
        { state: 'running', owner },
        'Remove gone from function shop · interrupted, outcome not known',
        'warning',
        'change',
      ],
    ];
    for (const [parts, text, icon, contextValue] of rows) {
      test(text, async () => {
        const record = { ...recordOf('x', parts), startedAt: Date.now() };
        const beats = parts.owner ? {} : { owner: { ...owner, heartbeatAt: Date.now() } };
        await put(parts.state === 'running' ? { ...record, ...open, ...beats } : record);
        const [item] = await itemsOf();
        assert.ok(item?.iconPath instanceof vscode.ThemeIcon);
        const start = `${labelOf(item)} · ${String(item.description)}`;
        assert.ok(start.startsWith(`${text} · `), start);
        assert.deepEqual([item.iconPath.id, item.contextValue], [icon, contextValue]);
        assert.equal(item.command?.command, 'resourcePolicies.showChange');
        assert.deepEqual(item.command.arguments, ['x']);
      });
    }
  });

  test('what was undone says so; its undo, and the undo of that, can be undone', async () => {
    const undo = (id: string, undoes: string, minutesAgo: number) =>
      recent(recordOf(id, { what: 'undo', undoes }), minutesAgo);
    const shown = async () => {
      const items = await itemsOf();
      return items.map((item) => {
        const undone = String(item.description).startsWith('undone · ') ? ' (undone)' : '';
        return `${item.contextValue ?? ''}: ${labelOf(item)}${undone}`;
      });
    };
    const removed = 'Removed gone from function shop';
    await put(recent(recordOf('a'), 90), undo('b', 'a', 80));
    assert.deepEqual(await shown(), [
      `change.undoable: Undid: ${removed}`,
      `change: ${removed} (undone)`,
    ]);
    await put(undo('c', 'b', 70), undo('d', 'no-longer-there', 60));
    assert.deepEqual(await shown(), [
      'change.undoable: Undid a change of function shop',
      `change.undoable: Redid: ${removed}`,
      `change: Undid: ${removed} (undone)`,
      `change.undoable: ${removed}`,
    ]);
  });

  test('the tooltip says all of it, and escapes it', async () => {
    const failure = {
      code: 'accessDenied',
      operation: 'lambda:RemovePermission',
      errorName: 'AccessDeniedException',
      message: '',
    } as const;
    const hostile = '$(zap) [x](command:y) <b>';
    const record = recent(recordOf('x', { state: 'failed', failure, removed: [hostile] }));
    await put(record);
    const tree = at.treeOf(at.open());
    const [node] = await tree.getChildren();
    assert.ok(node);
    const item = tree.getTreeItem(node);
    assert.doesNotMatch(labelOf(item), /\$\(zap\)|\]\(command/);
    const { tooltip } = tree.resolveTreeItem(item, node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    const text = tooltip.value.replace(/\\/g, '');
    for (const part of [
      'failed, nothing was changed',
      'What went wrong: access denied to lambda:RemovePermission.',
      timeWords(record.startedAt),
      'default credentials · eu-west-1',
      'arn:aws:sts::123456789012:assumed-role/Tester/me',
      record.resource.arn,
      'lambda:RemovePermission gone',
    ]) {
      assert.ok(text.includes(part), `${part} is not in ${text}`);
    }
    assert.ok(!tooltip.value.includes('[x](command:y)'), tooltip.value);
    assert.ok(!tooltip.value.includes('<b>'), tooltip.value);
  });

  test('drafts stand first', async () => {
    await put(recent(recordOf('x')));
    const { resource } = recordOf('any');
    const uri = vscode.Uri.parse('resource-policy:/shop.json');
    const draft = { uri, connectionId: 'sample', resource, changedAt: Date.now() };
    const old = { ...draft, uri: uri.with({ path: '/old.json' }), changedAt: 1_000_000 };
    const tree = at.treeOf(at.open(), { drafts: [old, draft] });
    const rows = await tree.getChildren();
    assert.deepEqual(
      rows.map((node) => tree.getTreeItem(node).contextValue),
      ['draft', 'draft', 'change.undoable'],
    );
    const [first] = rows;
    assert.ok(first);
    const { command, description, label } = tree.getTreeItem(first);
    assert.equal(label, 'Draft: policy of function shop');
    assert.equal(description, `${timeWords(draft.changedAt)} · Sample Account`);
    assert.equal(command?.command, 'resourcePolicies.openDraft');
    const [argument] = command.arguments as [typeof draft];
    assert.equal(argument.uri.toString(), uri.toString());
  });

  test('records that cannot be read are counted, and hide nothing', async () => {
    await put(recent(recordOf('good')));
    writeFileSync(path.join(at.folder, 'bad.json'), '{');
    writeFileSync(path.join(at.folder, 'later.json'), '{"format": 9}');
    const [note, good] = await itemsOf();
    assert.equal(note?.label, '2 records cannot be read');
    assert.equal(note.contextValue, 'note');
    const { value } = note.tooltip as vscode.MarkdownString;
    const text = value.replace(/\\/g, '');
    for (const part of [at.folder, 'bad.json: damaged', 'later.json: written by a newer']) {
      assert.ok(text.includes(part), text);
    }
    assert.equal(good?.label, 'Removed gone from function shop');
  });

  test('a folder that cannot be read is said in its place', async () => {
    mkdirSync(path.dirname(at.folder), { recursive: true });
    writeFileSync(at.folder, '');
    const [note] = await itemsOf();
    assert.equal(note?.label, 'The history could not be read');
    assert.match(String(note.description), /EEXIST|ENOTDIR/);
  });

  test('a long history is listed page by page, and a new change moves none of the others', async () => {
    const records = Array.from({ length: 10 }, (_, index) =>
      recent(recordOf(`r${index}`, { removed: [`s${index}`] }), 1_000 - index),
    );
    await put(...records);
    const history = at.open();
    const tree = at.treeOf(history, { pageSize: 3 });
    const removed = (index: number, indent = '') =>
      `${indent}Removed s${index} from function shop · ${timeWords(records[index]?.startedAt ?? 0)} · ${place}`;
    const days = (from: number, to: number) =>
      daysWords(records[from]?.startedAt ?? 0, records[to]?.startedAt ?? 0);
    const older = [
      `${days(3, 5)} · 3 changes`,
      ...[5, 4, 3].map((index) => removed(index, '  ')),
      `${days(0, 2)} · 3 changes`,
      ...[2, 1, 0].map((index) => removed(index, '  ')),
    ];
    assert.deepEqual(await rowTexts(tree), [
      ...[9, 8, 7, 6].map((index) => removed(index)),
      ...older,
    ]);
    const ids = (await tree.getChildren()).map(({ id }) => id);
    await put(recent(recordOf('new'), 1));
    await eventually(async () => assert.equal((await history.records()).length, 11));
    const idsNow = (await tree.getChildren()).map(({ id }) => id);
    assert.deepEqual(idsNow, ['change|new', ...ids]);
  });

  test('five thousand changes are few rows', async function () {
    this.timeout(120_000);
    const started = Date.now() - 3_600_000;
    mkdirSync(at.folder, { recursive: true });
    for (let index = 0; index < 5_000; index++) {
      const record = { ...recordOf(`r${index}`), startedAt: started + index };
      writeFileSync(path.join(at.folder, `${record.id}.json`), JSON.stringify(record));
    }
    const tree = at.treeOf(at.open());
    const rows = await tree.getChildren();
    const count = (type: HistoryNode['type']) => rows.filter((row) => row.type === type).length;
    assert.deepEqual([count('change'), count('older')], [200, 24]);
    const last = rows.at(-1);
    assert.equal((await tree.getChildren(last)).length, 200);
  });

  test('what another window writes is drawn', async () => {
    const tree = at.treeOf(at.open());
    let drawn: readonly string[] = await rowTexts(tree);
    tree.onDidChangeTreeData(() => void rowTexts(tree).then((texts) => (drawn = texts)));
    await put(recent(recordOf('x')));
    await eventually(() => assert.equal(drawn.length, 1));
  });

  test('what commands take from a row, a message or anybody', () => {
    const record = recordOf('x');
    const node = { type: 'change', id: 'change|x', record, facts: {} };
    const values = ['x', node, { type: 'draft', record }, {}, undefined, null, 5];
    const ids = values.map(recordIdOf);
    assert.deepEqual(ids, ['x', 'x', ...Array.from({ length: 5 }, () => undefined)]);
  });
});
