import assert from 'node:assert/strict';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dev, mfaDevice, other, region, roleArn } from '../identity/identityBench';
import type { IdentityRequest } from '../identity/requests';
import { credentialsBench, devKeys } from './credentialsBench';

const denied = { type: 'error', status: 403, name: 'AccessDenied', message: 'Not now' } as const;

suite('Credentials: renewal', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  let server: Server | undefined;
  teardown(() => server?.close());

  const role = (profile: string, name: string, source: string, more = '') =>
    `[profile ${profile}]\nrole_arn = ${roleArn(name)}\nsource_profile = ${source}\n${more}`;
  const withMfa = `mfa_serial = ${mfaDevice}\n`;
  const roles = () =>
    at.services.requests
      .filter(({ operation }) => operation === 'STS.AssumeRole')
      .map(({ params }) => params['RoleArn']?.split('/').at(-1));
  setup(() => {
    at.home.writeCredentials(devKeys);
    at.addSecret('111111', '222222');
  });

  test('a write that finds its session over is carried out once', async () => {
    at.home.writeConfig(role('r', 'reader', 'dev'));
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'theirs');
    at.services.expireNow('ASIA0000000000000001');
    assert.equal(await at.write(access, 'once', 'theirs'), 'written');
    const writes = at.services.requests.filter(({ operation }) => /AddPermission/.test(operation));
    assert.deepEqual(
      writes.map(({ status, accessKeyId }) => [status, accessKeyId]),
      [
        [403, 'ASIA0000000000000001'],
        [201, 'ASIA0000000000000002'],
      ],
    );
    const last = at.calls.at(-1);
    assert.equal(last?.operation, 'lambda:AddPermission');
    assert.equal(last.failure, undefined);
  });

  test('keys that have no others behind them: credentialsExpired, and sent once', async () => {
    const session = at.services.startSession(dev);
    at.services.expireNow(session.accessKeyId);
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    at.home.writeCredentials(
      `[dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n` +
        `aws_session_token = ${sessionToken}\n`,
    );
    const access = at.open({ profile: 'dev' });
    assert.equal(await at.write(access), 'credentialsExpired');
    assert.equal(await at.account(access), 'credentialsExpired');
    assert.equal(at.operations.length, 2);
    assert.equal(await at.aws.signIn('dev'), undefined);
  });

  test('that fails while the old session lasts: the old one serves, without a try a call', async () => {
    at.home.writeConfig(role('r', 'reader', 'dev'));
    await at.twenty('r', 'theirs');
    const take = at.services.addFault({ operation: 'STS.AssumeRole', answer: denied });
    at.later(3600 - 200);
    const good = ['queues', 'theirs', 'written'];
    assert.deepEqual(await at.twenty('r', 'theirs', 'b'), good);
    assert.deepEqual(await at.twenty('r', 'theirs', 'c'), good);
    assert.equal(at.count('STS.AssumeRole'), 2);
    at.later(40);
    assert.deepEqual(await at.twenty('r', 'theirs', 'd'), good);
    assert.equal(at.count('STS.AssumeRole'), 3);
    take();
    at.later(40);
    assert.deepEqual(await at.twenty('r', 'theirs', 'e'), good);
    assert.equal(at.count('STS.AssumeRole'), 4);
    assert.equal(at.services.requests.at(-1)?.accessKeyId, 'ASIA0000000000000002');
  });

  test('that fails when the old session is over is told, and tried by the next call', async () => {
    at.home.writeConfig(role('r', 'reader', 'dev'));
    const access = at.open({ profile: 'r' });
    await at.list(access);
    const take = at.services.addFault({ operation: 'STS.AssumeRole', answer: denied });
    at.later(3601);
    assert.equal(await at.list(access), 'accessDenied');
    assert.equal(at.failure?.operation, 'sts:AssumeRole');
    assert.equal(await at.write(access, 'x', 'theirs'), 'accessDenied');
    take();
    assert.equal(await at.list(access), 'theirs');
  });

  test('that a person cancels: the old session serves to its end, and nobody is asked again', async () => {
    at.answers = ['111111'];
    at.home.writeConfig(role('r', 'guarded', 'dev', withMfa));
    const access = at.open({ profile: 'r' });
    await at.list(access);
    at.later(3600 - 50);
    assert.equal(await at.list(access), 'theirs');
    assert.equal(await at.list(access), 'theirs');
    assert.equal(at.prompts.length, 2);
    at.later(60);
    assert.equal(await at.list(access), 'mfaCancelled');
    assert.equal(at.prompts.length, 2);
    at.answers = ['222222'];
    at.aws.forget('r', false);
    assert.equal(await at.list(access), 'theirs');
  });

  test('of a role over a long one with MFA asks for no code', async () => {
    at.answers = ['111111'];
    at.home.writeConfig(
      role('base', 'team/long', 'dev', `${withMfa}duration_seconds = 43200\n`) +
        role('top', 'reader', 'base'),
    );
    await at.twenty('top', 'theirs');
    at.later(3600);
    await at.twenty('top', 'theirs', 'b');
    assert.equal(at.prompts.length, 1);
    assert.deepEqual(roles(), ['long', 'reader', 'reader']);
  });

  test('of a role whose source is over, too: both, and a code is asked for once', async () => {
    at.answers = ['111111', '222222'];
    at.home.writeConfig(role('base', 'reader', 'dev') + role('top', 'guarded', 'base', withMfa));
    await at.twenty('top', 'theirs');
    for (const { accessKeyId } of [...at.services.sessions]) at.services.expireNow(accessKeyId);
    assert.deepEqual(await at.twenty('top', 'theirs', 'b'), ['queues', 'theirs', 'written']);
    // The second AssumeRole for `guarded` was refused for its signer, the third is the same again.
    assert.deepEqual(roles(), ['reader', 'guarded', 'guarded', 'reader', 'guarded']);
    assert.equal(at.prompts.length, 2);
  });

  test('of a role whose source cannot be renewed: it is the source that is told', async () => {
    at.answers = ['111111', '222222'];
    at.home.writeConfig(role('base', 'reader', 'dev') + role('top', 'guarded', 'base', withMfa));
    const access = at.open({ profile: 'top' });
    assert.equal(await at.list(access), 'theirs');
    for (const { accessKeyId } of [...at.services.sessions]) at.services.expireNow(accessKeyId);
    const match = ({ params }: IdentityRequest) => params['RoleArn'] === roleArn('reader');
    at.services.addFault({ operation: 'STS.AssumeRole', match, answer: denied });
    for (const ask of [at.list, at.account]) {
      assert.equal(await ask(access), 'accessDenied');
      assert.deepEqual(at.failure?.cause, {
        type: 'role',
        profile: 'base',
        roleArn: roleArn('reader'),
        region: 'eu-west-1',
      });
    }
    assert.equal(at.prompts.length, 2);
  });

  test('that fails while it is asked who the caller is: the caller is not known', async () => {
    at.home.writeConfig(role('r', 'reader', 'dev'));
    const access = at.open({ profile: 'r' });
    assert.equal(await at.list(access), 'theirs');
    at.services.expireNow('ASIA0000000000000001');
    at.services.addFault({ operation: 'STS.AssumeRole', answer: denied });
    assert.equal(await at.account(access), 'accessDenied');
    assert.equal(at.failure?.operation, 'sts:AssumeRole');
  });

  test('one sign-in for all roles over it', async () => {
    const names = ['reader', 'guarded', 'team/long'];
    at.writeSso({ more: names.map((name) => role(name, name, 's')).join('') });
    const lists = names.map((profile) => at.list(at.open({ profile })));
    assert.deepEqual(await Promise.all(lists), ['theirs', 'accessDenied', 'theirs']);
    assert.equal(at.count('SSO.GetRoleCredentials'), 1);
  });

  test('of aws login: by its time the SDK refreshes it', async () => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`);
    at.home.writeLogin(dev.arn, at.services.login(dev));
    await at.twenty('l', 'mine');
    at.later(700);
    assert.deepEqual(await at.twenty('l', 'mine', 'b'), ['mine', 'queues', 'written']);
    assert.equal(at.count('Signin.CreateOAuth2Token'), 1);
  });

  test('of aws login that is over before its time: by a new login', async () => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`);
    const { accessToken } = at.services.login(dev);
    at.home.writeLogin(dev.arn, { ...at.services.login(dev), accessToken });
    const access = at.open({ profile: 'l' });
    await at.list(access);
    at.services.expireNow(accessToken.accessKeyId);
    assert.equal(await at.list(access), 'credentialsExpired');
    at.home.writeLogin(dev.arn, at.services.login(dev));
    assert.equal(await at.list(access), 'mine');
  });

  test('a session that lasts a minute is not looked up for every call', async () => {
    at.services.setLifetimes({ session: 60 });
    at.home.writeConfig(role('r', 'reader', 'dev'));
    const access = at.open({ profile: 'r' });
    for (let index = 0; index < 5; index++) assert.equal(await at.list(access), 'theirs');
    assert.equal(at.count('STS.AssumeRole'), 1);
    at.later(50);
    assert.equal(await at.list(access), 'theirs');
    assert.equal(at.count('STS.AssumeRole'), 2);
  });

  test('a session that is over when it is given (the clock is wrong) serves until AWS says so', async () => {
    let given = 0;
    server = createServer((_request, response) => {
      given++;
      const session = at.services.startSession({ accountId: other, arn: roleArn('reader') });
      response.end(
        JSON.stringify({
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          Token: session.sessionToken,
          Expiration: new Date(Date.now() - 3_600_000).toISOString(),
        }),
      );
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `http://127.0.0.1:${port}/`;
    const access = at.open();
    for (let index = 0; index < 3; index++) assert.equal(await at.list(access), 'theirs');
    assert.equal(given, 1);
    at.services.expireNow('ASIA0000000000000001');
    assert.equal(await at.list(access), 'theirs');
    assert.equal(given, 2);
  });
});
