import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessAnswer } from '../identity/processScript';
import { dev, other, own, roleArn } from '../identity/identityBench';
import { credentialsBench } from './credentialsBench';

/** Long enough for a busy machine to start it. */
const quick = { processTimeoutMs: 4_000 };

suite('Credentials: a process that does not bring any', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const configure = (command: string) =>
    at.home.writeConfig(`[profile p]\ncredential_process = ${command}\n`);
  const end = () => (at.failure?.cause?.type === 'process' ? at.failure.cause.end : undefined);
  const print = (value: object): ProcessAnswer => ({ type: 'text', text: JSON.stringify(value) });
  const keys = { AccessKeyId: dev.accessKeyId, SecretAccessKey: dev.secretAccessKey };

  const answers: readonly (readonly [string, ProcessAnswer, string])[] = [
    ['text', { type: 'text', text: 'Signing you in as secret-of-process …' }, 'rubbish'],
    ['nothing', { type: 'text', text: '' }, 'rubbish'],
    ['another version', print({ ...keys, Version: 2 }), 'rubbish'],
    ['a list', print([keys]), 'rubbish'],
    ['too much', print({ ...keys, Version: 1, More: 'x'.repeat(2_000_000) }), 'rubbish'],
    ['half of it', print({ AccessKeyId: dev.accessKeyId, Version: 1 }), 'incomplete'],
    ['a time that is none', print({ ...keys, Version: 1, Expiration: 'soon' }), 'incomplete'],
    ['a session that is over', print({ ...keys, Version: 1, Expiration: '2020-01-01' }), 'expired'],
    ['exit code 1', { type: 'exit', code: 1, stderr: 'secret-of-process' }, 'failed'],
  ];
  for (const [what, answer, expected] of answers) {
    test(`prints ${what}: ${expected}; it is not run again by itself`, async () => {
      at.addSecret('secret-of-process', 'Signing you in', 'xxxxxxxxxx');
      configure(at.home.credentialProcess('bad', answer));
      const access = at.open({ profile: 'p' });
      assert.deepEqual(await at.twenty('p', 'mine'), ['processFailed']);
      assert.equal(end(), expected);
      assert.equal(await at.account(access), 'processFailed');
      assert.equal(await at.write(access), 'processFailed');
      assert.equal(at.home.runsOf('bad'), 1);
      assert.deepEqual(at.operations, []);
      at.home.credentialProcess('bad', { type: 'keys', ...dev });
      at.aws.forget('p', false);
      assert.equal(await at.list(access), 'mine');
    });
  }

  test('is run anew when it is asked for, since it can give others by then', async () => {
    configure(at.home.credentialProcess('switch', { type: 'keys', ...dev }));
    const access = at.open({ profile: 'p' });
    assert.equal(await at.list(access), 'mine');
    const session = at.services.startSession({ accountId: other, arn: roleArn('reader', other) });
    at.home.credentialProcess('switch', { type: 'session', session });
    assert.equal(await at.list(access), 'mine');
    at.aws.forget('p', false);
    assert.equal(await at.list(access), 'theirs');
  });

  test('the exit code is told', async () => {
    configure(at.home.credentialProcess('bad', { type: 'exit', code: 3 }));
    await at.list(at.open({ profile: 'p' }));
    const cause = { type: 'process', profile: 'p', end: 'failed', exitCode: 3 } as const;
    assert.deepEqual(at.failure?.cause, cause);
  });

  test('is not there: notStarted', async function () {
    if (process.platform === 'win32') this.skip();
    configure(path.join(at.home.folder, 'not-there --token secret-of-process'));
    at.addSecret('secret-of-process');
    assert.equal(await at.list(at.open({ profile: 'p' })), 'processFailed');
    assert.equal(end(), 'notStarted');
  });

  test('may not be run: notStarted', async function () {
    if (process.platform === 'win32') this.skip();
    configure(at.home.writeFile('not-executable', '#!/bin/sh\n'));
    assert.equal(await at.list(at.open({ profile: 'p' })), 'processFailed');
    assert.equal(end(), 'notStarted');
  });

  test('hangs: it is stopped in the end', async () => {
    configure(at.home.credentialProcess('slow', { type: 'hang' }));
    const aws = at.start(quick);
    const accesses = [at.open({ profile: 'p' }, aws), at.open({ profile: 'p' }, aws)];
    const lists = accesses.map((access) => at.list(access));
    assert.deepEqual(await Promise.all(lists), ['processFailed', 'processFailed']);
    assert.equal(end(), 'timedOut');
    assert.equal(at.home.runsOf('slow'), 1);
    await gone(pidsIn(path.join(at.home.folder, 'processes/hanging')));
  });

  test('hangs with children: they end with it', async function () {
    if (process.platform === 'win32') this.skip();
    const pids = path.join(at.home.folder, 'pids');
    // Its own, that of a child, and that of a child of this one.
    const child = `sh -c 'echo $$ >> ${pids}; sleep 50 & echo $! >> ${pids}; wait'`;
    const script = `echo $$ >> ${pids}\n${child} &\nwait\n`;
    configure(`sh ${at.home.writeFile('parent.sh', script)}`);
    const access = at.open({ profile: 'p' }, at.start(quick));
    assert.equal(await at.list(access), 'processFailed');
    assert.equal(pidsIn(pids).length, 3);
    await gone(pidsIn(pids));
  });

  test('two profiles of the same command are two; a role over one is the same', async () => {
    const command = at.home.credentialProcess('keys', { type: 'keys', ...dev });
    at.home.writeConfig(
      ['p', 'q'].map((name) => `[profile ${name}]\ncredential_process = ${command}\n`).join('') +
        `[profile r]\nrole_arn = arn:aws:iam::${own}:role/none\nsource_profile = p\n`,
    );
    const lists = ['p', 'q', 'r', 'p'].map((profile) => at.list(at.open({ profile })));
    assert.deepEqual(await Promise.all(lists), ['mine', 'mine', 'accessDenied', 'mine']);
    assert.equal(at.home.runsOf('keys'), 2);
  });
});

function pidsIn(file: string): readonly number[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
}

async function gone(pids: readonly number[]): Promise<void> {
  assert.ok(pids.length > 0);
  while (pids.some(isThere)) await sleep(20);
}

/** A process that has ended and that nobody has waited for yet counts as gone. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}
