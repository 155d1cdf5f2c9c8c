import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { signIn } from '../../../src/commands/connection/signIn';
import type { SignInCommand } from '../../../src/core/awsAccess';
import { connectionNode } from '../../../src/tree/nodes';
import { idOf, region } from '../connections/accountsBench';
import { eventually } from '../eventually';
import { commandBench } from './commandBench';

const expired = {
  type: 'error',
  status: 403,
  name: 'ExpiredTokenException',
  message: 'expired',
} as const;

suite('signing in', () => {
  let command: SignInCommand | undefined;
  const asked: (string | undefined)[] = [];
  const at = commandBench(undefined, (profile) => {
    asked.push(profile);
    return command;
  });
  setup(() => {
    asked.length = 0;
    command = undefined;
  });
  const node = (...args: readonly string[]) => ({ program: process.execPath, args });
  const all = () => at.connections.all;

  test('opens all anew that wait for a sign-in, and the one it was asked for', async () => {
    await at.setting.set(['a', 'b', 'c', 'd'].map((profile) => ({ profile, region })));
    at.lead('c', 'b');
    at.lead('d', 'b');
    at.proxies.a.addFault({ operation: /./, answer: expired });
    for (const connection of all()) await connection.identity();
    at.proxies.a.clear();
    const before = all();
    command = node('-e', 'process.exit(0)');
    await signIn(at.deps(), connectionNode(idOf('c')));
    assert.deepEqual(asked, ['c']);
    // `a` waited, `c` was asked for.
    const isNew = all().map((connection, index) => connection !== before[index]);
    assert.deepEqual(isNew, [true, false, true, false]);
    assert.deepEqual(at.told, []);
  });

  test('one that fails is told, and opens nothing anew', async () => {
    const before = all();
    command = node('-e', 'process.exit(3)');
    await signIn(at.deps(), connectionNode(idOf('a')));
    assert.deepEqual(all(), before);
    assert.deepEqual(at.told, [
      `"${process.execPath} -e process.exit(3)" ended with code 3; its terminal says why.`,
    ]);
  });

  test('without the AWS CLI, it is said what to install', async () => {
    command = { program: 'no-such-aws', args: ['sso', 'login', '--profile', 'a'] };
    await signIn(at.deps(), connectionNode(idOf('a')));
    assert.deepEqual(at.told, [
      '"no-such-aws sso login --profile a" could not be started. ' +
        'Install version 2 of the AWS CLI, or sign in elsewhere.',
    ]);
  });

  test('a profile that VS Code would take for a variable is not handed to it', async () => {
    command = { program: 'aws', args: ['sso', 'login', '--profile', '${command:x}'] };
    await signIn(at.deps(), connectionNode(idOf('a')));
    assert.deepEqual(at.told, [
      'VS Code would change "aws sso login --profile ${command:x}", since it holds ${. ' +
        'Run it in a terminal yourself.',
    ]);
  });

  test('in a workspace that is not trusted, where VS Code runs no tasks, the command is told', async () => {
    command = { program: 'aws', args: ['sso', 'login', '--profile', 'a'] };
    const { commands, workspace } = vscode as unknown as Record<string, Record<string, unknown>>;
    const trusted = Object.getOwnPropertyDescriptor(workspace, 'isTrusted') ?? assert.fail();
    const { executeCommand } = commands ?? {};
    const run: unknown[] = [];
    try {
      Object.defineProperty(workspace, 'isTrusted', { value: false, configurable: true });
      Object.assign(commands ?? {}, { executeCommand: (id: string) => run.push(id) });
      at.stub.answers.push('Manage Workspace Trust', undefined);
      for (let time = 0; time < 2; time++) await signIn(at.deps(), connectionNode(idOf('a')));
    } finally {
      Object.defineProperty(workspace, 'isTrusted', trusted);
      Object.assign(commands ?? {}, { executeCommand });
    }
    for (const { message } of at.stub.shown) {
      assert.match(message, /trusted workspaces only\. Run "aws sso login --profile a" in a/);
    }
    assert.deepEqual([at.stub.shown.length, run], [2, ['workbench.trust.manage']]);
    assert.deepEqual(vscode.tasks.taskExecutions, []);
  });

  test('credentials that no command renews', async () => {
    await signIn(at.deps(), connectionNode(idOf('a')));
    assert.deepEqual(at.told, [
      `No command renews the credentials of a · ${region}. Get new ones as you did before.`,
    ]);
  });

  test('from the palette it asks for the connection', async () => {
    at.stub.picks.push(undefined);
    await signIn(at.deps());
    assert.deepEqual([asked, at.told], [[], []]);
    at.stub.picks.push(`b · ${region}`);
    await signIn(at.deps());
    await eventually(() => assert.deepEqual(asked, ['b']));
  });
});
