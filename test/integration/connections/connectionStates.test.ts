import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { CommandDeps } from '../../../src/commands/deps';
import {
  moveConnectionDown,
  moveConnectionUp,
} from '../../../src/commands/connection/moveConnection';
import type { Connection } from '../../../src/connections/connection';
import type { TreeNode } from '../../../src/tree/nodes';
import { connectionNode } from '../../../src/tree/nodes';
import { ConnectionDrag } from '../../../src/tree/connectionDrag';
import { eventually } from '../eventually';
import { findRow, keepOpen, labelOf, treeText } from '../tree/expectTree';
import { accountIds, accountsBench, idOf, region } from './accountsBench';

const a = idOf('a');
const b = idOf('b');
const groups = ['Lambda functions', 'Lambda layers', 'SQS queues'];
const expired = {
  type: 'error',
  status: 403,
  name: 'ExpiredTokenException',
  message: 'The security token included in the request is expired',
} as const;
const denied = { ...expired, name: 'AccessDeniedException', message: 'no' };

suite('the row of a connection', () => {
  const at = accountsBench();
  const connection = (id: string): Connection => at.connections.byId(id) ?? assert.fail(id);
  const rowOf = async (id: string): Promise<TreeNode> =>
    (await at.tree.getChildren()).find((row) => row.id === id) ?? assert.fail(id);
  const labels = async (id: string) =>
    (await at.tree.getChildren(await rowOf(id))).map((row) => labelOf(at.tree, row));
  const describe = async (id: string) => at.tree.getTreeItem(await rowOf(id)).description;

  test('is drawn anew when it is known whose it is', async () => {
    const release = at.hold('a', 'STS.GetCallerIdentity');
    const row = await rowOf(a);
    assert.equal(at.tree.getTreeItem(row).description, '');
    await at.tree.getChildren(row);
    // VS Code has drawn the rows by then; before, a refresh would be lost.
    await sleep(1_200);
    const drawn: unknown[] = [];
    at.tree.onDidChangeTreeData((elements) => drawn.push(...(elements ?? ['everything'])));
    release();
    await eventually(() => assert.ok(drawn.includes(row), 'not drawn'));
    assert.equal(at.tree.getTreeItem(row).description, accountIds.a);
    const item = at.tree.resolveTreeItem(at.tree.getTreeItem(row), row);
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    // Older versions of VS Code escape the dash.
    assert.match(item.tooltip.value, /assumed\\?-role\/Tester\/a$/);
  });

  test('with credentials that have expired is followed by one row that says so', async () => {
    at.proxies.a.addFault({ operation: /./, answer: expired });
    await eventually(async () => assert.deepEqual(await labels(a), ['Session expired']));
    const [note] = await at.tree.getChildren(await rowOf(a));
    assert.ok(note);
    assert.equal(at.tree.getTreeItem(note).contextValue, 'note.signIn');
    assert.deepEqual(await labels(b), groups);
  });

  test('and so it is when they expire after the account was known', async () => {
    await eventually(async () => assert.equal(await describe(a), accountIds.a));
    const group = await findRow(at.tree, `a · ${region}`, 'Lambda functions');
    at.proxies.a.addFault({ operation: /./, answer: expired });
    keepOpen(at.tree, group);
    await eventually(async () => assert.deepEqual(await labels(a), ['Session expired']));
    // Signed in again, everything is there by itself.
    at.proxies.a.clear();
    const watcher = at.watchers.find(({ config, isOver }) => !isOver && isA(config));
    watcher?.tell('session');
    await eventually(async () => assert.deepEqual(await labels(a), groups));
  });

  test('says that the account is not known, and has its lists all the same', async () => {
    at.proxies.a.addFault({ operation: 'STS.GetCallerIdentity', answer: denied });
    await eventually(async () => {
      const [note, ...rest] = await labels(a);
      assert.match(note ?? '', /^The account could not be identified: access denied/);
      assert.deepEqual(rest, groups);
    });
  });

  test('a change of the config files opens it anew, and ends what watched the old one', async () => {
    await treeText(at.tree, { open: () => false });
    await eventually(() => assert.equal(at.watchers.length, 2));
    const [before, other] = [connection(a), connection(b)];
    const [watcher] = at.watchers.filter(({ config }) => isA(config));
    assert.ok(watcher);
    watcher.tell('config');
    assert.notEqual(connection(a), before);
    assert.equal(connection(b), other);
    assert.ok(watcher.isOver && before.signal.aborted);
    // What is told of the old one by then does nothing to the new one.
    const now = connection(a);
    watcher.tell('config');
    assert.equal(connection(a), now);
  });

  test('a sign-in opens those anew that wait for one, and no other', async () => {
    at.proxies.a.addFault({ operation: /./, answer: expired });
    await eventually(async () => assert.deepEqual(await labels(a), ['Session expired']));
    await eventually(() => assert.equal(at.watchers.length, 2));
    at.proxies.a.clear();
    const [before, other] = [connection(a), connection(b)];
    for (const { tell } of [...at.watchers]) tell('session');
    assert.notEqual(connection(a), before);
    assert.equal(connection(b), other);
    await eventually(async () => assert.deepEqual(await labels(a), groups));
  });

  test('a sign-in during the question whose the old session was opens it anew, too', async () => {
    const operation = 'STS.GetCallerIdentity';
    const release = at.hold('a', operation);
    const take = at.proxies.a.addFault({ operation, answer: expired });
    const before = connection(a);
    await at.tree.getChildren();
    await eventually(() => assert.ok(at.watchers.some(({ config }) => isA(config))));
    at.watchers.find(({ config }) => isA(config))?.tell('session');
    assert.deepEqual([connection(a), before.currentIdentity], [before, undefined]);
    release();
    await eventually(() => assert.notEqual(connection(a), before));
    take();
    for (const { tell } of [...at.watchers]) tell('session');
    await eventually(async () => {
      at.tree.refresh();
      assert.deepEqual(await labels(a), groups);
    });
  });

  test('refreshing looks credentials up anew, those that did not do with the others', async () => {
    at.proxies.a.addFault({ operation: /./, answer: expired });
    await eventually(async () => assert.deepEqual(await labels(a), ['Session expired']));
    await eventually(async () => assert.equal(await describe(b), accountIds.b));
    at.tree.refresh();
    assert.deepEqual(at.forgotten, ['a', 'b']);
  });

  test('what watched a connection that is removed is ended, also after a change under way', async () => {
    await treeText(at.tree, { open: () => false });
    await eventually(() => assert.equal(at.watchers.length, 2));
    const old = connection(a);
    const release = old.hold();
    await at.connections.remove(a);
    assert.deepEqual(
      at.watchers.map(({ config, isOver }) => [isA(config), isOver]),
      [
        [true, true],
        [false, false],
      ],
    );
    assert.ok(!old.signal.aborted);
    // Who it is is asked again for the change.
    at.proxies.a.addFault({ operation: /./, answer: expired });
    old.noteFailure({ code: 'credentialsExpired', operation: 'x', errorName: 'x', message: '' });
    await old.identity();
    assert.equal(at.watchers.filter(({ isOver }) => !isOver).length, 1);
    release();
    assert.ok(old.signal.aborted);
  });

  test('a name and a colour change how it looks, and nothing else', async () => {
    const shop = await findRow(at.tree, `a · ${region}`, 'Lambda functions', 'shop');
    assert.ok(shop.type === 'resource');
    await at.tree.getChildren(shop);
    const before = connection(a);
    const asked = () => at.proxies.a.requests.filter(({ path }) => /shop\/policy$/.test(path));
    assert.equal(asked().length, 1);
    await at.connections.dress(a, { name: 'Shop', color: 'red' });
    assert.equal(connection(a), before);
    assert.equal(before.readings.current(shop.resource)?.state, 'policy');
    const item = at.tree.getTreeItem(await rowOf(a));
    assert.equal(item.label, 'Shop');
    assert.equal(item.description, `${accountIds.a} · a · ${region}`);
    const { iconPath } = item;
    assert.ok(iconPath instanceof vscode.ThemeIcon);
    assert.equal((iconPath.color as unknown as { id: string }).id, 'charts.red');
    assert.deepEqual(at.setting.get(), [
      { profile: 'a', region, name: 'Shop', color: 'red' },
      { profile: 'b', region },
    ]);
    await findRow(at.tree, 'Shop', 'Lambda functions', 'shop', 'of-a');
    await at.connections.dress(a, { name: undefined });
    assert.deepEqual(at.setting.get(), [
      { profile: 'a', region, color: 'red' },
      { profile: 'b', region },
    ]);
    assert.equal(labelOf(at.tree, await rowOf(a)), `a · ${region}`);
    assert.equal(connection(a), before);
    assert.equal(asked().length, 1);
  });

  test('several regions are added at once; those that are there stay', async () => {
    const [before] = at.connections.all;
    const first = await at.connections.add(
      { type: 'aws', profile: 'a', region: 'us-east-1' },
      { type: 'aws', profile: 'a', region },
      { type: 'aws', profile: 'a', region: 'eu-central-1' },
    );
    assert.equal(first?.id, 'aws:profile=a@us-east-1');
    assert.deepEqual(
      at.connections.all.map(({ id }) => id),
      [a, b, 'aws:profile=a@us-east-1', 'aws:profile=a@eu-central-1'],
    );
    assert.equal(at.connections.all[0], before);
  });

  suite('in another order', () => {
    setup(() => at.setting.set(['a', 'b', 'c'].map((profile) => ({ profile, region }))));
    const order = () =>
      at.connections.all.map(({ config }) => 'profile' in config && config.profile);
    const deps = () => ({ connections: at.connections }) as unknown as CommandDeps;
    const all = (profiles: string) => profiles.split('');

    test('by commands, one place at a time, and no further than the ends', async () => {
      const [first] = at.connections.all;
      const steps = [
        [moveConnectionUp, 'a', 'abc'],
        [moveConnectionDown, 'a', 'bac'],
        [moveConnectionDown, 'a', 'bca'],
        [moveConnectionDown, 'a', 'bca'],
        [moveConnectionUp, 'a', 'bac'],
        [moveConnectionDown, 'b', 'abc'],
        [moveConnectionUp, 'c', 'acb'],
      ] as const;
      for (const [command, profile, expected] of steps) {
        await command(deps(), connectionNode(idOf(profile)));
        assert.deepEqual(order(), all(expected));
      }
      assert.equal(at.connections.all[0], first);
    });

    test('by dragging: to the place of the row it is dropped on, or to the end', async () => {
      const drag = new ConnectionDrag(at.connections);
      const drop = async (profiles: string, target: TreeNode | undefined) => {
        const data = new vscode.DataTransfer();
        drag.handleDrag(
          all(profiles).map((one) => connectionNode(idOf(one))),
          data,
        );
        await drag.handleDrop(target, data);
        return order();
      };
      assert.deepEqual(await drop('c', connectionNode(a)), all('cab'));
      assert.deepEqual(await drop('c', undefined), all('abc'));
      assert.deepEqual(await drop('bc', connectionNode(a)), all('bca'));
      assert.deepEqual(await drop('b', connectionNode(b)), all('bca'));
      // Onto what stands below another one: before that one.
      const group = {
        type: 'group',
        id: `${b}|sqsQueue`,
        connectionId: b,
        kind: 'sqsQueue',
      } as const;
      assert.deepEqual(await drop('a', group), all('abc'));
      // Downwards: behind it, or one place would never be left.
      assert.deepEqual(await drop('a', connectionNode(b)), all('bac'));
      assert.deepEqual(await drop('ba', connectionNode(idOf('c'))), all('cba'));
      assert.deepEqual(await drop('cba', undefined), all('cba'));
      assert.deepEqual(await drop('c', undefined), all('bac'));
      assert.deepEqual(await drop('b', connectionNode(a)), all('abc'));
      // Rows of other kinds are not moved.
      const data = new vscode.DataTransfer();
      drag.handleDrag([group], data);
      await drag.handleDrop(connectionNode(a), data);
      assert.deepEqual(order(), all('abc'));
    });
  });
});

function isA(config: object): boolean {
  return 'profile' in config && config.profile === 'a';
}
