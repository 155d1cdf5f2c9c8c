import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigWatch } from '../../src/aws/configWatch';
import type { OutsideChange } from '../../src/core/awsAccess';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import { conformanceSeed } from '../conformance/seed';
import { keyLines } from '../identity/awsHome';
import { dev, other, own, region, roleArn } from '../identity/identityBench';
import { credentialsBench, devKeys } from './credentialsBench';

suite('Credentials: files that change', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const ends: (() => void)[] = [];
  teardown(() => ends.splice(0).forEach((end) => end()));

  const role = (name: string, more = '') =>
    `[profile r]\nrole_arn = ${roleArn(name)}\nsource_profile = dev\n${more}`;

  /** What was told, once the first look has been taken: `change` is told, however often it is made. */
  async function watched(profile: string | undefined, change: (turn: number) => void) {
    const told: OutsideChange[] = [];
    ends.push(at.aws.watch(profile, (what) => told.push(what)));
    for (let turn = 0; told.length === 0; turn++) {
      assert.ok(turn < 100, 'It was never told.');
      change(turn);
      await sleep(50);
    }
    await settled();
    told.length = 0;
    return told;
  }

  /** Several looks: what is to be told is told by then, or the test that needs it waits. */
  const settled = () => sleep(150);
  async function until(told: readonly OutsideChange[], count: number) {
    while (told.length < count) await sleep(10);
    await settled();
  }

  test('keys that are replaced are those of the next call', async () => {
    at.home.writeCredentials('[dev]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old\n');
    const access = at.open({ profile: 'dev' });
    assert.equal(await at.list(access), 'credentialsInvalid');
    at.home.writeCredentials(devKeys);
    assert.equal(await at.list(access), 'mine');
    assert.equal(await at.account(access), own);
    const session = at.services.startSession({ accountId: other, arn: roleArn('reader') });
    at.home.writeCredentials(`[dev]\n${keyLines(session)}`);
    assert.equal(await at.list(access), 'theirs');
    assert.equal(await at.account(access), other);
  });

  test('a new role is that of the next call, and so is another source', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(role('reader'));
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'theirs');
    at.home.writeConfig(role('next'));
    assert.equal(await at.list(access), 'accessDenied');
    at.home.writeConfig(`[profile r]\n${keyLines(dev)}`);
    assert.equal(await at.list(access), 'mine');
  });

  test('a profile that comes late', async () => {
    const access = at.open({ profile: 'dev' });
    assert.equal(await at.list(access), 'profileUnknown');
    at.home.writeCredentials(devKeys);
    assert.equal(await at.list(access), 'mine');
  });

  test('replaced keys, a new role, and an endpoint are told as "config", each once', async () => {
    at.home.writeCredentials(devKeys);
    const told = await watched('r', (turn) =>
      at.home.writeConfig(role('reader', `role_session_name = turn-${turn}\n`)),
    );
    at.home.writeConfig(role('partner'));
    await until(told, 1);
    at.home.writeCredentials(devKeys.replace(dev.secretAccessKey, 'another'));
    await until(told, 2);
    at.home.writeConfig(role('partner', 'region = us-west-2\n'));
    await until(told, 3);
    at.home.writeConfig(role('partner', 'region = us-west-2\nservices = x\n'));
    await settled();
    assert.deepEqual(told, ['config', 'config', 'config']);
  });

  test('an endpoint_url is told, and what is opened then is there', async () => {
    const account = await startSampleAccount({ seed: conformanceSeed });
    ends.push(() => void account.close());
    for (const name of ['LAMBDA', 'STS'])
      Reflect.deleteProperty(process.env, `AWS_ENDPOINT_URL_${name}`);
    const profile = (endpoint: string) =>
      `[profile e]\n${keyLines({ ...account.credentials, accountId: '', arn: '' })}${endpoint}`;
    const endpoint = `endpoint_url = ${account.endpoint}\n`;
    const told = await watched('e', (turn) =>
      at.home.writeConfig(profile(`endpoint_url = http://127.0.0.1:9/${turn}\n`)),
    );
    assert.match((await at.open({ profile: 'e' }).endpoint()) ?? '', /:9\/\d+$/);
    at.home.writeConfig(profile(endpoint));
    await until(told, 1);
    const access = at.open({ profile: 'e' });
    assert.equal(await access.endpoint(), account.endpoint);
    assert.match(await at.list(access), /^shop,/);
    assert.deepEqual(told, ['config']);
  });

  test('what else changes in the files is not told, and no role is taken on anew', async () => {
    at.home.writeCredentials(devKeys);
    const access = at.open({ profile: 'r' });
    const told = await watched('r', (turn) =>
      at.home.writeConfig(role('reader', `role_session_name = turn-${turn}\n`)),
    );
    at.home.writeConfig(role('reader', 'role_session_name = me\n'));
    await until(told, 1);
    assert.equal(await at.list(access), 'theirs');
    const mine = role('reader', 'role_session_name = me\n');
    for (const text of [
      `# a comment\n${mine}`,
      `${mine}output = json\n`,
      `${mine}[profile new]\nregion = us-east-1\n`,
      // Broken lines that have nothing to do with it, and where they stand.
      `[broken\n${mine}`,
      `\n\n[broken\n${mine}`,
      `${mine}[services a]\nlambda =\n  endpoint_url = http://x\n`,
    ]) {
      at.home.writeConfig(text);
      await settled();
      assert.equal(await at.list(access), 'theirs');
    }
    at.home.writeCredentials(`${devKeys}[other]\n${keyLines(dev)}`);
    await settled();
    assert.deepEqual(told, ['config']);
    assert.equal(at.count('STS.AssumeRole'), 1);
    at.home.writeConfig(role('partner'));
    await until(told, 2);
  });

  test('why nothing is found is told when it changes', async () => {
    const told = await watched('r', (turn) =>
      at.home.writeConfig(`[profile r]\nrole_arn = x\nsource_profile = none-${turn}\n`),
    );
    at.home.writeConfig('[profile r\nrole_arn = x\n');
    await until(told, 1);
    at.home.writeConfig('\n[profile r\nrole_arn = x\n');
    await until(told, 2);
    at.home.writeConfig(role('reader'));
    await until(told, 3);
    at.home.writeCredentials(devKeys);
    await until(told, 4);
    assert.deepEqual(told, ['config', 'config', 'config', 'config']);
  });

  test('a sign-in is told as "session", at a role over it, too', async () => {
    const more = `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = s\n`;
    const name = at.writeSso({ seconds: 0, more });
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'credentialsExpired');
    const told = await watched('r', (turn) => at.home.writeSsoToken(name, `{"half": ${turn}`));
    assert.equal(await at.list(access), 'credentialsExpired');
    at.signInSso(name);
    await until(told, 1);
    assert.deepEqual(told, ['session']);
    assert.equal(await at.list(access), 'theirs');
  });

  test('a sign-in by aws login, and the token of a web identity, are told as "session"', async () => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`);
    await watched('l', () => at.home.writeLogin(dev.arn, at.services.login(dev)));
    process.env['AWS_ROLE_ARN'] = roleArn('cluster');
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = at.home.writeFile('token', 'old');
    const told = await watched(undefined, (turn) => at.home.writeFile('token', `old ${turn}`));
    at.home.writeFile('token', at.services.webIdentityToken('pod'));
    await until(told, 1);
    assert.deepEqual(told, ['session']);
  });

  test('whoever has left is not told; whoever throws does not keep it from others', async () => {
    at.home.writeCredentials(devKeys);
    const told: string[] = [];
    const leave = at.aws.watch('r', () => told.push('left'));
    at.aws.watch('r', () => told.push('left at once'))();
    ends.push(
      at.aws.watch('r', () => {
        throw new Error('A callback that fails.');
      }),
    );
    const others = await watched('r', (turn) => at.home.writeConfig(role(`r${turn}`)));
    leave();
    told.length = 0;
    at.home.writeConfig(role('partner'));
    await until(others, 1);
    at.home.writeConfig(role('reader'));
    await until(others, 2);
    assert.deepEqual(told, []);
  });

  test('whoever leaves during a look is not told of what it brings', async () => {
    const told: OutsideChange[] = [];
    let begun: () => void = () => undefined;
    let end: (seen: { config: string; session: string }) => void = () => undefined;
    const isLooking = new Promise<void>((resolve) => (begun = resolve));
    let looks = 0;
    const leave = new ConfigWatch(1).watch(
      () => {
        if (looks++ === 0) return Promise.resolve({ config: 'old', session: '' });
        begun();
        return new Promise((resolve) => (end = resolve));
      },
      (change) => told.push(change),
    );
    await isLooking;
    leave();
    end({ config: 'new', session: '' });
    await settled();
    assert.deepEqual(told, []);
    assert.equal(looks, 2);
  });
});
