import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { STSClient } from '@aws-sdk/client-sts';
import { CallerIdentity } from '../../src/aws/callerIdentity';
import type { FoundCredentials } from '../../src/aws/credentialSources';
import { asked, renewEnded } from '../../src/aws/freshCredentials';
import type { AccessTarget, AccountAccess } from '../../src/core/awsAccess';
import { keyLines } from '../identity/awsHome';
import { dev, other, own, region, roleArn } from '../identity/identityBench';
import { credentialsBench, devKeys } from './credentialsBench';

const elsewhere = '111122223333';

suite('Credentials: the account that is expected', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const expecting = (accountId: string | undefined, target: Partial<AccessTarget> = {}) =>
    at.open({ profile: 'p', accountId: () => accountId, ...target });
  const sessionOf = (accountId: string) =>
    at.services.startSession({ accountId, arn: roleArn('x', accountId) });

  async function isStopped(access: AccountAccess, expected: string, found: string) {
    const sent = () => at.operations.filter((name) => /^(Lambda|SQS)/.test(name)).length;
    const before = sent();
    for (const ask of [at.list, at.queues, at.write, at.account]) {
      assert.equal(await ask(access), 'accountChanged');
      assert.deepEqual(at.failure?.cause, { type: 'account', expected, found });
    }
    assert.equal(sent(), before);
  }

  test('keys that lead elsewhere: accountChanged, and nothing is sent to Lambda and SQS', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    await isStopped(expecting(elsewhere), elsewhere, own);
    assert.deepEqual(at.operations, ['STS.GetCallerIdentity']);
  });

  test('keys that lead there: asked of AWS once for each connection, however many calls', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    const held = at.services.hold('STS.GetCallerIdentity');
    const access = expecting(own);
    const calls = [at.list(access), at.queues(access), at.write(access), at.account(access)];
    await held.reached;
    held.release();
    assert.deepEqual(await Promise.all(calls), ['mine', 'queues', 'written', own]);
    assert.equal(at.count('STS.GetCallerIdentity'), 1);
  });

  test('none is expected: nothing is asked beforehand', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    assert.equal(await at.list(expecting(undefined)), 'mine');
    assert.equal(at.count('STS.GetCallerIdentity'), 0);
  });

  test('it becomes known later: it counts from then on', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    let expected: string | undefined;
    const access = expecting(undefined, { accountId: () => expected });
    assert.equal(await at.list(access), 'mine');
    expected = elsewhere;
    await isStopped(access, elsewhere, own);
    expected = own;
    assert.equal(await at.write(access), 'written');
  });

  test('roles, SSO and logins lead to an account that need not be asked for', async () => {
    at.writeSso({
      more:
        `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n` +
        `[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`,
    });
    at.home.writeCredentials(devKeys);
    at.home.writeLogin(dev.arn, at.services.login(dev));
    for (const [profile, accountId] of [
      ['s', own],
      ['r', other],
      ['l', own],
    ] as const) {
      assert.equal(await at.queues(expecting(accountId, { profile })), 'queues');
      assert.equal(await at.list(expecting(elsewhere, { profile })), 'accountChanged');
      assert.equal(at.count('STS.GetCallerIdentity'), 0);
    }
  });

  test('what a file says of the account is not believed when AWS can be asked', async () => {
    at.home.writeConfig(`[profile p]\naws_account_id = ${other}\n${keyLines(dev)}`);
    await isStopped(expecting(other), other, own);
    assert.equal(await at.write(expecting(own)), 'written');
  });

  test('nor what a process prints, nor the environment', async () => {
    const session = { ...sessionOf(own), accountId: other };
    const command = at.home.credentialProcess('keys', { type: 'session', session });
    at.home.writeConfig(`[profile p]\ncredential_process = ${command}\n`);
    await isStopped(expecting(other), other, own);
    process.env['AWS_ACCESS_KEY_ID'] = dev.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = dev.secretAccessKey;
    process.env['AWS_ACCOUNT_ID'] = other;
    await isStopped(expecting(other, { profile: undefined }), other, own);
  });

  test('keys of another account come into the file during use, and go again', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    const access = expecting(own);
    assert.equal(await at.list(access), 'mine');
    assert.equal(await at.account(access), own);
    at.home.writeConfig(`[profile p]\n${keyLines(sessionOf(other))}`);
    await isStopped(access, own, other);
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    assert.equal(await at.write(access), 'written');
    assert.equal(await at.account(access), own);
  });

  test('a session that ends, with another account behind it: the write is not sent again', async () => {
    const old = sessionOf(own);
    const command = at.home.credentialProcess('keys', { type: 'session', session: old });
    at.home.writeConfig(`[profile p]\ncredential_process = ${command}\n`);
    const access = expecting(own);
    assert.equal(await at.list(access), 'mine');
    at.home.credentialProcess('keys', { type: 'session', session: sessionOf(other) });
    at.services.expireNow(old.accessKeyId);
    assert.equal(await at.write(access), 'accountChanged');
    assert.equal(at.count('Lambda.AddPermission'), 1);
    await isStopped(access, own, other);
  });

  for (const [status, name] of [
    [503, 'ServiceUnavailable'],
    [400, 'Throttling'],
    [400, 'RequestTimeTooSkewed'],
  ] as const) {
    test(`STS answers ${name}: whose the keys are is not known, so nothing is sent`, async () => {
      at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
      const operation = 'STS.GetCallerIdentity';
      const fault = { type: 'error', status, name, message: '' } as const;
      const take = at.services.addFault({ operation, answer: fault });
      const access = expecting(other);
      for (const ask of [at.list, at.queues, at.write]) {
        assert.match(await ask(access), /^(serviceFault|throttled|clockSkew)$/);
        assert.equal(at.failure?.operation, 'sts:GetCallerIdentity');
      }
      assert.deepEqual([...new Set(at.operations)], [operation]);
      take();
      await isStopped(access, other, own);
    });
  }

  test('STS cannot be reached: the calls wait for it once, not again each minute', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    const operation = 'STS.GetCallerIdentity';
    const take = at.services.addFault({ operation, answer: { type: 'reset' } });
    const access = expecting(own);
    assert.equal(await at.list(access), 'mine');
    take();
    at.later(61);
    const held = at.services.hold(operation);
    const before = at.count(operation);
    assert.equal(await at.write(access), 'written');
    await held.reached;
    assert.equal(await at.queues(access), 'queues');
    assert.equal(at.count(operation), before + 1);
    held.release();
    assert.equal(await at.account(access), own);
  });

  test('keys that are replaced while AWS is asked whose they are do not pass for the others', async () => {
    const wrong = sessionOf(other);
    at.home.writeConfig(`[profile p]\n${keyLines(wrong)}`);
    const operation = 'STS.GetCallerIdentity';
    const run = () => at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    at.services.addFault({ operation, times: 1, answer: { type: 'before', run } });
    const expired = { type: 'error', status: 403, name: 'ExpiredToken', message: '' } as const;
    at.services.addFault({ operation, times: 1, answer: expired });
    const access = expecting(own);
    assert.equal(await at.account(access), own);
    at.home.writeConfig(`[profile p]\n${keyLines(wrong)}`);
    await isStopped(access, own, other);
  });

  test('nor are they used when the answer was about the others', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = sessionOf(other);
    const wrong = { accessKeyId, secretAccessKey, sessionToken };
    const right = { accessKeyId: dev.accessKeyId, secretAccessKey: dev.secretAccessKey };
    // Twice for whoever checks; then the question itself is signed with what has come meanwhile.
    const found: FoundCredentials[] = [wrong, wrong];
    const supply = { get: () => Promise.resolve(found.shift() ?? right), ended: () => undefined };
    const sts = new STSClient({ region, credentials: asked(supply.get) });
    renewEnded(sts, supply);
    const identity = new CallerIdentity(sts, supply, () => own);
    assert.equal(await identity.checked(), right);
  });

  const denied = { type: 'error', status: 403, name: 'AccessDenied', message: 'No' } as const;

  test('STS may not be asked: the rest works, and it is not asked before every call', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    at.services.addFault({ operation: 'STS.GetCallerIdentity', answer: denied });
    const access = expecting(own);
    assert.equal(await at.account(access), 'accessDenied');
    assert.equal(at.failure?.operation, 'sts:GetCallerIdentity');
    for (let index = 0; index < 3; index++) {
      assert.equal(await at.list(access), 'mine');
      assert.equal(await at.write(access, `s${index}`), 'written');
    }
    assert.equal(at.count('STS.GetCallerIdentity'), 1);
    // Whoever wants to know asks anew, and after a while it may be allowed.
    await at.account(access);
    assert.equal(at.count('STS.GetCallerIdentity'), 2);
    at.later(61);
    assert.equal(await at.list(access), 'mine');
    while (at.count('STS.GetCallerIdentity') < 3) await sleep(5);
  });

  test('STS may not be asked: the account of the credentials stands', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(
      `[profile p]\naws_account_id = ${own}\n${keyLines(dev)}` +
        `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n`,
    );
    at.services.addFault({ operation: 'STS.GetCallerIdentity', answer: denied });
    assert.equal(await at.account(expecting(own)), own);
    assert.equal(await at.list(expecting(own)), 'mine');
    assert.equal(await at.list(expecting(other)), 'accountChanged');
    assert.equal(await at.account(expecting(other, { profile: 'r' })), other);
  });

  test('STS stumbles: it is asked again before the next call', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    const fault = { type: 'error', status: 400, name: 'ValidationError', message: '?' } as const;
    const take = at.services.addFault({ operation: 'STS.GetCallerIdentity', answer: fault });
    const access = expecting(elsewhere);
    assert.equal(await at.account(access), 'badRequest');
    take();
    await isStopped(access, elsewhere, own);
  });

  test('who gives up waiting does not take the answer from those who share it', async () => {
    at.home.writeConfig(`[profile p]\n${keyLines(dev)}`);
    const held = at.services.hold('STS.GetCallerIdentity');
    const access = expecting(own);
    const giving = new AbortController();
    const first = access.identity(giving.signal);
    const others = [at.account(access), at.list(access)];
    await held.reached;
    giving.abort();
    const reading = await first;
    assert.ok(reading.state === 'unknown' && reading.failure.code === 'cancelled');
    held.release();
    assert.deepEqual(await Promise.all(others), [own, 'mine']);
    assert.equal(at.count('STS.GetCallerIdentity'), 1);
  });
});
