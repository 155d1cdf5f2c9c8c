import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { signInTaskType } from '../../../src/contributions';
import { hasVariables, runProgram } from '../../../src/host/runProgram';
import { eventually } from '../eventually';

const odd = [
  'plain',
  'two words',
  '',
  '--profile=$(touch injected)',
  '`touch injected`',
  '"; touch injected; "',
  "it's",
  '$HOME %PATH% $ { }',
  '*',
  '\\',
  'back\\slash\\',
  '&& exit 3',
  '| tee x > y < z',
  '!history #comment ~',
  'ümläut 関数',
];

suite('a program that is run in a terminal', () => {
  let folder = '';
  suiteSetup(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'program-'))));
  suiteTeardown(() => rmSync(folder, { recursive: true }));
  const node = (name: string, ...args: readonly string[]) =>
    runProgram({ type: signInTaskType, name, program: process.execPath, args });

  test('gets its arguments as they are: no shell looks at them', async () => {
    const file = path.join(folder, 'arguments.json');
    const script = path.join(folder, 'write.cjs');
    writeFileSync(
      script,
      'require("fs").writeFileSync(process.argv[2], JSON.stringify(process.argv.slice(3)))',
    );
    assert.equal(await node('odd arguments', script, file, ...odd), 0);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), odd);
  });

  test('its exit code is the answer', async () => {
    assert.equal(await node('fails', '-e', 'process.exit(7)'), 7);
    assert.equal(await node('takes a while', '-e', 'setTimeout(() => process.exit(3), 1500)'), 3);
  });

  test('a name like that of another one that runs', async () => {
    const slow = node('the same', '-e', 'setTimeout(() => process.exit(4), 2000)');
    const fast = node('another', '-e', 'process.exit(5)');
    assert.deepEqual(await Promise.all([slow, fast]), [4, 5]);
  });

  test('what is not there is not started', async () => {
    const program = path.join(folder, 'no such program');
    const missing = { type: signInTaskType, name: 'missing', program, args: ['x'] };
    assert.equal(await runProgram(missing), 'notStarted');
    // Again, and where the terminal of one that ran is still there.
    assert.equal(await runProgram(missing), 'notStarted');
    assert.equal(await node('was there', '-e', 'process.exit(2)'), 2);
    const named = { ...missing, name: 'was there', program: 'no-such-program-anywhere' };
    assert.equal(await runProgram(named), 'notStarted');
  });

  test('one that a person stops has no exit code either, and is told apart', async () => {
    const run = node('stopped', '-e', 'setTimeout(() => 0, 60_000)');
    const execution = await eventually(
      () =>
        vscode.tasks.taskExecutions.find(({ task }) => task.name === 'stopped') ?? assert.fail(),
    );
    // Its process is there a moment later.
    await sleep(2_000);
    execution.terminate();
    assert.equal(await run, 'stopped');
  });

  test('what VS Code would change is known', () => {
    const program = 'aws';
    assert.ok(hasVariables({ program, args: ['--profile', 'x${command:y}'] }));
    assert.ok(hasVariables({ program, args: ['${env:HOME}'] }));
    assert.ok(!hasVariables({ program, args: odd }));
  });
});
