import assert from 'node:assert/strict';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain, fromTokenFile } from '@aws-sdk/credential-providers';
import { keyLines } from './awsHome';
import {
  dev,
  first,
  identityBench,
  mfaDevice,
  other,
  own,
  region,
  roleArn,
  second,
  summary,
} from './identityBench';

suite('Identity services: STS', function () {
  this.timeout(30_000);
  const at = identityBench();

  test('a role over the keys of another profile', async () => {
    at.writeRole('reader');
    const found = await fromIni({ profile: 'r' })();
    assert.deepEqual(summary(found), { accessKeyId: first, accountId: other, lasts: 3600 });
    assert.equal(found.sessionToken, `session-token-of-${first}`);
    const [request] = at.services.requests;
    assert.equal(request?.operation, 'STS.AssumeRole');
    assert.equal(request.accessKeyId, dev.accessKeyId);
    assert.equal(request.region, 'eu-central-1');
    assert.equal(request.params['RoleSessionName'], 'me');
    assert.equal(request.status, 200);
    assert.deepEqual(await at.identity(found), {
      accountId: other,
      arn: `arn:aws:sts::${other}:assumed-role/reader/me`,
    });
  });

  test('a role that nobody knows: AccessDenied', async () => {
    at.writeRole('nothing');
    const text = `User: ${dev.arn} is not authorized to perform: sts:AssumeRole on resource: `;
    await assert.rejects(fromIni({ profile: 'r' })(), {
      name: 'AccessDenied',
      message: text + roleArn('nothing'),
    });
    assert.equal(at.services.requests[0]?.status, 403);
  });

  test('keys that nobody knows: InvalidClientTokenId', async () => {
    at.writeRole('reader', '', keyLines({ ...dev, accessKeyId: 'AKIAOTHER' }));
    await assert.rejects(fromIni({ profile: 'r' })(), { name: 'InvalidClientTokenId' });
  });

  test('an external ID', async () => {
    at.writeRole('partner');
    await assert.rejects(fromIni({ profile: 'r' })(), { name: 'AccessDenied' });
    at.writeRole('partner', 'external_id = agreed\n');
    const found = await fromIni({ profile: 'r', ignoreCache: true })();
    assert.equal(found.accountId, other);
  });

  test('MFA: each code counts once', async () => {
    at.writeRole('guarded', `mfa_serial = ${mfaDevice}\n`);
    const withCode = (code: string) =>
      fromIni({ profile: 'r', mfaCodeProvider: () => Promise.resolve(code) })();
    assert.equal((await withCode('111111')).accessKeyId, first);
    for (const bad of ['111111', '333333']) {
      await assert.rejects(withCode(bad), {
        name: 'AccessDenied',
        message: 'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      });
    }
    assert.equal((await withCode('222222')).accessKeyId, second);
    const codes = at.services.requests.map(({ params }) => params['TokenCode']);
    assert.deepEqual(codes, ['111111', '111111', '333333', '222222']);
  });

  test('MFA: a role that needs it, without; a device that nobody knows', async () => {
    at.writeRole('guarded');
    await assert.rejects(fromIni({ profile: 'r' })(), { name: 'AccessDenied' });
    at.writeRole('guarded', 'mfa_serial = arn:aws:iam::1:mfa/other\n');
    const mfaCodeProvider = () => Promise.resolve('111111');
    await assert.rejects(fromIni({ profile: 'r', ignoreCache: true, mfaCodeProvider })(), {
      message: /unable to validate MFA code/,
    });
  });

  test('how long a session may last', async () => {
    const lasting = async (name: string, seconds: number) => {
      at.writeRole(name, `duration_seconds = ${seconds}\n`);
      return summary(await fromIni({ profile: 'r', ignoreCache: true })()).lasts;
    };
    assert.equal(await lasting('team/long', 43_200), 43_200);
    assert.equal(await lasting('reader', 900), 900);
    for (const [name, seconds] of [
      ['reader', 3601],
      ['team/long', 43_201],
      ['reader', 899],
    ] as const) {
      await assert.rejects(lasting(name, seconds), { name: 'ValidationError' });
    }
    at.services.setLifetimes({ session: 60 });
    assert.equal(await lasting('reader', 900), 60);
  });

  test('a role over a role: at most an hour', async () => {
    at.home.writeCredentials(`[dev]\n${keyLines(dev)}`);
    at.home.writeConfig(
      `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n` +
        `[profile n]\nrole_arn = ${roleArn('next', own)}\nsource_profile = r\n` +
        `[profile l]\nrole_arn = ${roleArn('team/long')}\nsource_profile = r\n` +
        'duration_seconds = 7200\n' +
        `[profile d]\nrole_arn = ${roleArn('next', own)}\nsource_profile = dev\n`,
    );
    assert.equal((await fromIni({ profile: 'n' })()).accountId, own);
    const signers = at.services.requests.map(({ accessKeyId }) => accessKeyId);
    assert.deepEqual(signers, [dev.accessKeyId, first]);
    await assert.rejects(fromIni({ profile: 'l' })(), { message: /by role chaining/ });
    await assert.rejects(fromIni({ profile: 'd' })(), { name: 'AccessDenied' });
  });

  test('a session that has ended: ExpiredToken, for the next role too', async () => {
    const session = at.services.startSession({ accountId: own, arn: dev.arn });
    const wrong = { ...session, sessionToken: 'x' };
    assert.equal((await at.identity(session)).arn, dev.arn);
    await assert.rejects(at.identity(wrong), { name: 'InvalidClientTokenId' });
    at.services.expireNow(session.accessKeyId);
    await assert.rejects(at.identity(session), { name: 'ExpiredToken' });
    assert.equal(at.services.requests.at(-1)?.status, 403);
    at.writeRole('reader', '', keyLines(session));
    await assert.rejects(fromIni({ profile: 'r', ignoreCache: true })(), {
      name: 'ExpiredToken',
    });
  });

  test('who one is, by keys that do not end', async () => {
    assert.deepEqual(await at.identity(dev), { accountId: own, arn: dev.arn });
    const owner = at.accounts[other]?.credentials ?? assert.fail();
    assert.equal((await at.identity(owner)).accountId, other);
    await assert.rejects(at.identity({ accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' }), {
      name: 'InvalidClientTokenId',
    });
  });

  test('an operation that is not there: InvalidAction', async () => {
    const body = new URLSearchParams({ Action: 'GetSessionToken', Version: '2011-06-15' });
    const answer = await fetch(at.services.endpoint, { method: 'POST', body });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /<Code>InvalidAction<\/Code>/);
  });

  test('parameters that are missing or odd: ValidationError', async () => {
    const client = new STSClient({ region, credentials: dev });
    for (const [RoleArn, RoleSessionName] of [
      ['short', 'me'],
      [roleArn('reader'), 'no spaces'],
    ]) {
      await assert.rejects(client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName })), {
        name: 'ValidationError',
      });
    }
  });
});

suite('Identity services: A web identity', function () {
  this.timeout(30_000);
  const at = identityBench();

  const writeToken = (token: string) => ({
    webIdentityTokenFile: at.home.writeFile('token', token),
    roleSessionName: 'me',
  });

  test('has the roles that trust it', async () => {
    const file = writeToken(at.services.webIdentityToken('pod'));
    const found = await fromTokenFile({ ...file, roleArn: roleArn('cluster') })();
    assert.deepEqual(summary(found), { accessKeyId: first, accountId: other, lasts: 3600 });
    await assert.rejects(fromTokenFile({ ...file, roleArn: roleArn('next', own) })(), {
      name: 'AccessDenied',
    });
    assert.equal(at.services.requests[0]?.params['WebIdentityToken'], '…');
    assert.equal(at.services.requests[0].accessKeyId, undefined);
  });

  test('by the variables and the profile of the AWS tools', async () => {
    const { webIdentityTokenFile: file } = writeToken(at.services.webIdentityToken('pod'));
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = file;
    process.env['AWS_ROLE_ARN'] = roleArn('cluster');
    assert.equal((await fromNodeProviderChain()()).accessKeyId, first);
    at.home.writeConfig(
      `[profile w]\nweb_identity_token_file = ${file}\nrole_arn = ${roleArn('cluster')}\n`,
    );
    const found = await fromIni({ profile: 'w', ignoreCache: true })();
    assert.equal(found.accessKeyId, second);
  });

  test('with a token that nobody knows, or that has ended', async () => {
    const cluster = { roleArn: roleArn('cluster') };
    await assert.rejects(fromTokenFile({ ...writeToken('other'), ...cluster })(), {
      name: 'InvalidIdentityTokenException',
    });
    const ended = writeToken(at.services.webIdentityToken('pod', 0));
    await assert.rejects(fromTokenFile({ ...ended, ...cluster })(), {
      name: 'ExpiredTokenException',
    });
  });
});
