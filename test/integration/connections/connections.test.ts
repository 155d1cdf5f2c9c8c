import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ConnectionConfig } from '../../../src/connections/connectionConfig';
import { Connections } from '../../../src/connections/connections';
import { settingIds } from '../../../src/contributions';
import type { Resource } from '../../../src/core/resource';
import { eventually } from '../eventually';
import { awsBench } from '../tree/awsBench';
import { treeSeed } from '../tree/treeSeed';
import { connectionsSetting } from './connectionsSetting';

const byProfile: ConnectionConfig = { type: 'aws', profile: 'prod', region: 'eu-west-1' };
const unreachable = () => Promise.reject(new Error('nothing is opened here'));

suite('connections of the setting', () => {
  const setting = connectionsSetting();
  let connections: Connections;
  let changes: number;

  setup(() => {
    connections = new Connections(setting.value, { open: unreachable });
    changes = 0;
    connections.onDidChange(() => changes++);
  });
  teardown(() => connections.dispose());

  const ids = () => connections.all.map(({ id }) => id);

  test('adding writes the entry, announces it and answers the connection', async () => {
    const added = await connections.add(byProfile);
    assert.equal(added?.id, 'aws:profile=prod@eu-west-1');
    assert.deepEqual(setting.value.get(), [{ profile: 'prod', region: 'eu-west-1' }]);
    assert.equal(connections.byId(added.id), added);
    assert.ok(changes > 0);
  });

  test('adding what is there changes nothing', async () => {
    const added = await connections.add(byProfile);
    const before = changes;
    assert.equal(await connections.add(byProfile), added);
    assert.deepEqual([ids().length, changes], [1, before]);
  });

  test('adding and removing leave other entries as they are, wrong ones too', async () => {
    const others = [{ region: 'Frankfurt' }, { region: 'us-east-1', name: 'kept' }];
    await setting.value.set(others);
    await connections.add({ type: 'sample' });
    assert.deepEqual(setting.value.get(), [...others, { sample: true }]);
    assert.deepEqual(connections.invalid, [0]);
    await connections.remove('sample');
    assert.deepEqual(setting.value.get(), others);
    assert.deepEqual(ids(), ['aws:@us-east-1']);
  });

  test('removing takes away every copy of the entry, and ends the connection', async () => {
    await setting.value.set([{ sample: true }, { region: 'us-east-1' }, { sample: true }]);
    const sample = connections.byId('sample');
    await connections.remove('sample');
    assert.deepEqual(setting.value.get(), [{ region: 'us-east-1' }]);
    assert.ok(sample?.signal.aborted);
  });

  test('a connection that stays in the setting stays the same', async () => {
    await setting.value.set([{ sample: true }]);
    const before = connections.byId('sample');
    await setting.value.set([{ region: 'us-east-1' }, { sample: true }]);
    assert.equal(connections.byId('sample'), before);
    assert.deepEqual(ids(), ['aws:@us-east-1', 'sample']);
  });

  test('reopening makes a new connection in its place and ends the old', async () => {
    await setting.value.set([{ sample: true }, { region: 'us-east-1' }]);
    const [before, other] = connections.all;
    connections.reopen('sample');
    assert.deepEqual(ids(), ['sample', 'aws:@us-east-1']);
    assert.notEqual(connections.all[0], before);
    assert.equal(connections.all[1], other);
    assert.deepEqual([before?.signal.aborted, other?.signal.aborted], [true, false]);
  });

  test('a workspace cannot bring a connection in', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode/settings.json');
    const injected = { [settingIds.connections]: [{ region: 'us-east-1' }], 'editor.tabSize': 7 };
    const tabSize = () => vscode.workspace.getConfiguration('editor').get('tabSize');
    const before = tabSize();
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(injected)));
    try {
      // The other setting shows that VS Code has read the file.
      await eventually(() => assert.equal(tabSize(), 7));
      assert.deepEqual([setting.value.get(), ids()], [[], []]);
      await assert.rejects(
        Promise.resolve(
          vscode.workspace
            .getConfiguration()
            .update(settingIds.connections, [], vscode.ConfigurationTarget.Workspace),
        ),
      );
    } finally {
      await vscode.workspace.fs.delete(file);
      await eventually(() => assert.equal(tabSize(), before));
    }
  });
});

suite('policies that were read', () => {
  const at = awsBench(treeSeed);
  const shop: Resource = {
    kind: 'lambdaFunction',
    arn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
    functionName: 'shop',
  };
  const reads = () =>
    at.proxy.requests.filter(({ operation }) => operation === 'Lambda.GetPolicy').length;
  const readings = () => {
    const connection = at.connections.byId('sample');
    assert.ok(connection);
    return connection.readings;
  };

  test('callers at the same time share one read; the next reads again', async () => {
    const results = await Promise.all([
      readings().read(shop),
      readings().load(shop),
      readings().read(shop),
    ]);
    assert.equal(reads(), 1);
    assert.equal(new Set(results).size, 1);
    await readings().read(shop);
    assert.equal(reads(), 2);
  });

  test('what was read is kept, told once, and read anew only after it was forgotten', async () => {
    const told: string[] = [];
    at.connections.onDidChangePolicy(({ resource }) => told.push(resource.arn));
    const first = await readings().load(shop);
    assert.equal(first.state, 'policy');
    assert.equal(await readings().load(shop), first);
    assert.equal(readings().current(shop), first);
    assert.deepEqual([reads(), told], [1, [shop.arn]]);
    readings().forget(shop);
    assert.equal(readings().current(shop), undefined);
    await readings().load(shop);
    assert.equal(reads(), 2);
  });

  test('an answer to an older question does not replace what was read since', async () => {
    const release = at.hold(/GetPolicy/);
    const slow = readings().read(shop);
    await eventually(() => assert.equal(reads(), 1));
    const verified = { state: 'none', readAt: Date.now() + 1 } as const;
    readings().put(shop, verified);
    release();
    assert.equal(await slow, verified);
    assert.equal(readings().current(shop), verified);
    // Nor does what a removal that failed was made from.
    readings().put(shop, { ...verified, readAt: 1 });
    assert.equal(readings().current(shop), verified);
  });

  test('whoever shows a policy hears when it is to be read again', async () => {
    const forgotten: string[] = [];
    at.connections.onDidForgetPolicy(({ resource }) => forgotten.push(resource.arn));
    readings().forget(shop);
    assert.deepEqual(forgotten, []);
    await readings().load(shop);
    readings().forget(shop);
    assert.deepEqual(forgotten, [shop.arn]);
  });

  test('an answer that comes after the connection ended belongs to nobody', async () => {
    const release = at.hold(/GetPolicy/);
    let told = 0;
    at.connections.onDidChangePolicy(() => told++);
    const old = readings();
    const reading = old.read(shop);
    await eventually(() => assert.equal(reads(), 1));
    await at.connect([]);
    release();
    await reading;
    assert.deepEqual([old.current(shop), told], [undefined, 0]);
  });
});
