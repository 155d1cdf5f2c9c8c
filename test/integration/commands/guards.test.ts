import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addPermission } from '../../../src/commands/addPermission';
import { makeChange, makeChanges } from '../../../src/commands/makeChange';
import { removePermission } from '../../../src/commands/removePermission';
import { undoChange } from '../../../src/commands/undoChange';
import { settingIds } from '../../../src/contributions';
import type { Grant } from '../../../src/core/grants';
import { policyUri } from '../../../src/documents/policyUri';
import { sampleCompany } from '../../../src/sample/company';
import { policyWith, recordOf } from '../../history/records';
import { connectionsSetting } from '../connections/connectionsSetting';
import { withSetting } from '../connections/withSetting';
import { eventually } from '../eventually';
import { recent } from '../history/historyBench';
import { treeParts } from '../tree/treeParts';
import { treeSeed } from '../tree/treeSeed';
import { windowStub } from '../windowStub';
import { changingBench, live, shop } from './changingBench';

const region = 'eu-west-1';
const account = treeSeed.accountId;
const idOf = (profile: string) => `aws:profile=${profile}@${region}`;
const grant: Grant = {
  kind: 'lambdaFunction',
  statementId: 'x',
  action: 'lambda:InvokeFunction',
  principal: '210987654321',
};
const refusal = 'Nothing was changed: the setting resourcePolicies.readOnly is on.';

suite('read-only: nothing is changed', () => {
  const at = changingBench(treeSeed);
  const stub = windowStub();
  withSetting(settingIds.readOnly, true);
  const record = (id: string) => {
    const connection = { id: 'sample', title: 'Sample Account', accountId: account };
    const before = policyWith('two', 'kept');
    return recent(recordOf(id, { resource: shop, connection, before, after: policyWith('kept') }));
  };
  const target = { connectionId: 'sample', resource: shop };

  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'a statement removed': async () =>
      removePermission(at.deps(), (await at.statementsOf('sample', shop))[0]),
    'statements of several policies removed': async () => {
      const rows = [
        ...(await at.statementsOf('sample', shop)),
        ...(await at.statementsOf('sample', live)),
      ];
      await removePermission(at.deps(), rows[0], rows);
    },
    'several of one policy removed': async () =>
      removePermission(at.deps(), undefined, await at.statementsOf('sample', shop)),
    'a permission added': () => addPermission(at.deps(), target),
    'a permission that was asked for already': () =>
      makeChange(at.deps(), { ...target, what: 'add', intent: { type: 'add', grants: [grant] } }),
    'a policy replaced': async () => {
      const [row] = await at.statementsOf('sample', shop);
      const base = row?.reading.text;
      const intent = { type: 'replace', base, text: policyWith('mine') } as const;
      await makeChange(at.deps(), { ...target, what: 'edit', intent });
    },
    'a change undone': async () => {
      await at.files.write(record('one'));
      await undoChange(at.deps(), 'one');
    },
    'several changes undone': async () => {
      await at.files.write(record('one'));
      await at.files.write(record('two'));
      const rows = ['one', 'two'].map((id) => ({ type: 'change', record: { id } }));
      await undoChange(at.deps(), rows[0], rows);
    },
  };
  for (const [what, make] of Object.entries(ways)) {
    test(`not ${what}`, async () => {
      // Were there a question, it would be agreed to.
      stub.answers.push('Remove', 'Add', 'Apply', 'Undo');
      await make();
      assert.deepEqual(
        stub.shown.map(({ message }) => message),
        [refusal],
      );
      assert.deepEqual(at.writes(), []);
    });
  }

  test('the setting is one click away', async () => {
    const { executeCommand } = vscode.commands;
    const commands = vscode.commands as unknown as Record<string, unknown>;
    const run: unknown[] = [];
    commands.executeCommand = (...args: unknown[]) => Promise.resolve(run.push(args));
    try {
      stub.answers.push('Open Settings');
      await addPermission(at.deps(), target);
      const opened = ['workbench.action.openSettings', settingIds.readOnly];
      await eventually(() => assert.deepEqual(run, [opened]));
    } finally {
      commands.executeCommand = executeCommand;
    }
  });
});

suite('read-only: the extension itself', () => {
  connectionsSetting([{ sample: true }]);
  const stub = windowStub();
  const readOnly = withSetting(settingIds.readOnly);
  const company = sampleCompany();
  const functionName =
    company.functions.find(({ policies }) => policies[''])?.name ?? assert.fail('no policy');
  const arn = `arn:aws:lambda:${company.region}:${company.accountId}:function:${functionName}`;
  const target = {
    connectionId: 'sample',
    resource: { kind: 'lambdaFunction', arn, functionName },
  } as const;
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('an edited policy is not applied, and its draft stays', async () => {
    await vscode.commands.executeCommand('resourcePolicies.editPolicy', target);
    const document = vscode.window.activeTextEditor?.document ?? assert.fail('no editor');
    const before = document.getText();
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
    edit.replace(document.uri, all, before.replace('"Sid": "', '"Sid": "mine-'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    await readOnly.set(true);
    stub.answers.push('Apply', 'Apply');
    await vscode.commands.executeCommand('resourcePolicies.applyPolicy', document.uri);
    const messages = stub.shown.map(({ message }) => message);
    assert.deepEqual(
      messages.filter((message) => /changed|appl/i.test(message)),
      [refusal],
    );
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const isDiff = ({ input }: vscode.Tab) => input instanceof vscode.TabInputTextDiff;
    assert.deepEqual(tabs.filter(isDiff), [], 'a change that cannot be made is not shown');
    await readOnly.set(undefined);
    const uri = policyUri(target, 'Sample Account');
    const now = await vscode.workspace.openTextDocument(uri);
    assert.match(now.getText(), /"mine-/);
    stub.answers.length = 0;
    stub.answers.push('Discard Draft');
    await vscode.commands.executeCommand('resourcePolicies.discardDraft', target);
    await eventually(async () =>
      assert.equal((await vscode.workspace.openTextDocument(uri)).getText(), before),
    );
  });
});

suite('protected profiles', () => {
  const at = changingBench(treeSeed);
  const stub = windowStub();
  const patterns = withSetting(settingIds.protectedProfiles);
  const prod = idOf('shop-prod');
  const question = (name: string) => `Type the name of the resource to go on: ${name}`;
  const connect = (...profiles: readonly string[]) =>
    at.connect(profiles.map((profile) => ({ profile, region })));
  const inputs = () => stub.shown.filter(({ kind }) => kind === 'input');
  const remove = async (id: string, resource = shop) => {
    stub.answers.push('Remove');
    await removePermission(at.deps(), (await at.statementsOf(id, resource))[0]);
  };
  setup(() => connect('shop-prod', 'shop-dev'));

  for (const [what, typed] of [
    ['nothing typed', undefined],
    ['an empty text', ''],
    ['another name', 'shop2'],
    ['only a part of it', 'sho'],
    ['yes', 'yes'],
  ] as const) {
    test(`${what}: nothing is sent`, async () => {
      stub.typed.push(typed);
      await remove(prod);
      assert.deepEqual(
        inputs().map(({ message, detail }) => [message, detail]),
        [[`Protected: Account ${account} (shop-prod · ${region})`, question('shop')]],
      );
      assert.deepEqual(at.writes(), []);
    });
  }

  test('no to the question before: nobody has to type anything', async () => {
    stub.answers.push(undefined);
    await removePermission(at.deps(), (await at.statementsOf(prod, shop))[0]);
    assert.deepEqual([inputs(), at.writes()], [[], []]);
  });

  test('the name of the resource: the change is made', async () => {
    stub.typed.push(' shop ');
    await remove(prod);
    assert.deepEqual(at.writes(), ['Lambda.RemovePermission']);
  });

  test('an alias is named with its function', async () => {
    stub.typed.push('shop:live');
    await remove(prod, live);
    assert.deepEqual(
      inputs().map(({ detail }) => detail),
      [question('shop:live')],
    );
    assert.deepEqual(at.writes(), ['Lambda.RemovePermission']);
  });

  test('several policies: the number of statements', async () => {
    const rows = [...(await at.statementsOf(prod, shop)), ...(await at.statementsOf(prod, live))];
    assert.equal(rows.length, 3);
    for (const typed of ['shop', '2', '']) {
      stub.answers.push('Remove');
      stub.typed.push(typed);
      await removePermission(at.deps(), rows[0], rows);
    }
    assert.deepEqual(at.writes(), []);
    assert.equal(inputs()[0]?.detail, 'Type the number of statements that are changed to go on: 3');
    stub.answers.push('Remove');
    stub.typed.push('3');
    await removePermission(at.deps(), rows[0], rows);
    assert.equal(at.writes().length, 2);
  });

  test('several policies, one of them protected', async () => {
    const rows = [
      ...(await at.statementsOf(idOf('shop-dev'), shop)),
      ...(await at.statementsOf(prod, live)),
    ];
    stub.answers.push('Remove');
    await removePermission(at.deps(), rows[0], rows);
    assert.match(
      inputs()[0]?.message ?? '',
      /^Protected: Account \d{12} \(shop-prod · eu-west-1\)$/,
    );
    assert.deepEqual(at.writes(), []);
  });

  const target = { connectionId: prod, resource: shop };
  const changes = {
    added: { ...target, what: 'add', intent: { type: 'add', grants: [grant] } },
    edited: { ...target, what: 'edit', intent: { type: 'insert', texts: [statement('y')] } },
  } as const;
  for (const [what, change] of Object.entries(changes)) {
    test(`what is ${what} is asked for as well`, async () => {
      stub.answers.push(what === 'added' ? 'Add' : 'Apply');
      await makeChange(at.deps(), change);
      assert.equal(inputs().length, 1);
      stub.answers.push(what === 'added' ? 'Add' : 'Apply');
      await makeChanges(at.deps(), [change]);
      assert.equal(inputs().length, 2);
      assert.deepEqual(at.writes(), []);
    });
  }

  test('an undo is asked for as well', async () => {
    stub.typed.push('shop');
    const deps = at.deps();
    stub.answers.push('Remove');
    await removePermission(deps, (await at.statementsOf(prod, shop))[0]);
    const [record] = await deps.history.records();
    const before = at.writes().length;
    stub.answers.push('Undo');
    await undoChange(deps, record?.id);
    assert.equal(inputs().length, 2);
    assert.equal(at.writes().length, before);
  });

  const usual: readonly (readonly [profile: string, isProtected: boolean])[] = [
    ['prod', true],
    ['PRODUCTION', true],
    ['shop-nonprod', false],
    ['preprod-2', false],
    ['dev', false],
  ];
  test('the patterns at first, on the real setting', async () => {
    await connect(...usual.map(([profile]) => profile));
    const { guards } = at.deps();
    assert.deepEqual(
      at.connections.all.map((connection) => guards.isProtected(connection)),
      usual.map(([, isProtected]) => isProtected),
    );
  });

  test('other patterns are in force at once', async () => {
    const { guards } = at.deps();
    const states = () => at.connections.all.map((connection) => guards.isProtected(connection));
    let told = 0;
    guards.onDidChange(() => told++);
    await patterns.set(['*', '!*prod']);
    assert.deepEqual(states(), [false, true]);
    assert.equal(told, 1);
    await patterns.set([]);
    assert.deepEqual(states(), [false, false]);
  });

  test('a setting of another form protects rather than not', async () => {
    const { guards } = at.deps();
    const states = () => at.connections.all.map((connection) => guards.isProtected(connection));
    for (const [value, expected] of [
      ['*dev', [false, true]],
      [
        [7, '*dev'],
        [false, true],
      ],
      [{ '*dev': true }, [true, true]],
      [7, [true, true]],
    ] as const) {
      await patterns.set(value);
      assert.deepEqual(states(), expected, JSON.stringify(value));
    }
  });

  test('the default chain is that of AWS_PROFILE', async () => {
    const { AWS_PROFILE } = process.env;
    await at.connect([{ region }, { sample: true }]);
    const { guards } = at.deps();
    const states = () => at.connections.all.map((connection) => guards.isProtected(connection));
    try {
      process.env.AWS_PROFILE = 'prod';
      assert.deepEqual(states(), [true, false]);
      Reflect.deleteProperty(process.env, 'AWS_PROFILE');
      assert.deepEqual(states(), [false, false]);
      await patterns.set(['default']);
      assert.deepEqual(states(), [true, false]);
    } finally {
      Reflect.deleteProperty(process.env, 'AWS_PROFILE');
      if (AWS_PROFILE !== undefined) process.env.AWS_PROFILE = AWS_PROFILE;
    }
  });
});

suite('guards and workspaces', () => {
  const at = changingBench(treeSeed);
  const readOnly = withSetting(settingIds.readOnly, true);

  test('a workspace loosens neither', async () => {
    await at.connect([{ profile: 'prod', region }]);
    const folder = vscode.workspace.workspaceFolders?.[0] ?? assert.fail('no folder');
    const file = vscode.Uri.joinPath(folder.uri, '.vscode/settings.json');
    const loosening = {
      [settingIds.readOnly]: false,
      [settingIds.protectedProfiles]: [],
      'editor.tabSize': 7,
    };
    const tabSize = () => vscode.workspace.getConfiguration('editor').get('tabSize');
    const before = tabSize();
    const parts = treeParts(at.connections);
    const [connection] = at.connections.all;
    assert.ok(connection);
    const states = () => [parts.guards.isReadOnly, parts.guards.isProtected(connection)];
    assert.deepEqual(states(), [true, true]);
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(loosening)));
    try {
      // The other setting shows that VS Code has read the file.
      await eventually(() => assert.equal(tabSize(), 7));
      assert.deepEqual(states(), [true, true]);
    } finally {
      await vscode.workspace.fs.delete(file);
      await eventually(() => assert.equal(tabSize(), before));
      parts.dispose();
    }
  });

  test('what is neither on nor off is on', async () => {
    const { guards } = at.deps();
    for (const [value, expected] of [
      ['true', true],
      [1, true],
      [false, false],
    ] as const) {
      await readOnly.set(value);
      assert.equal(guards.isReadOnly, expected, JSON.stringify(value));
    }
  });
});

function statement(Sid: string): string {
  const Principal = { AWS: 'arn:aws:iam::210987654321:root' };
  return JSON.stringify({
    ...{ Sid, Effect: 'Allow', Principal },
    ...{ Action: 'lambda:InvokeFunction', Resource: shop.arn },
  });
}
