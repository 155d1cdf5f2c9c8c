import assert from 'node:assert/strict';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { findCredentials } from '../../src/aws/credentialSources';
import { dev, mfaDevice, region, roleArn } from '../identity/identityBench';
import { credentialsBench, devKeys } from './credentialsBench';

/** What every test here is about is looked for after each, as after all others of this bench. */
suite('Credentials: nothing secret is told', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const servers: Server[] = [];
  teardown(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const secret = 'hidden-in-the-body';
  const rubbish = [
    `{"a": ${secret}, "b": "${secret}"}`,
    secret,
    `{"roleCredentials": {"secretAccessKey": "x", ${secret}`,
  ];
  setup(() => {
    at.home.writeCredentials(devKeys);
    at.addSecret(secret);
  });

  for (const body of rubbish) {
    test(`of an answer that cannot be parsed: ${body.slice(0, 8)}`, async () => {
      const endpoint = await serve(({ url = '' }, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(url.endsWith('/security-credentials/') ? 'role' : body);
      });
      at.writeSso({
        more: `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n`,
      });
      for (const name of ['STS', 'SSO', 'LAMBDA', 'SQS']) {
        process.env[`AWS_ENDPOINT_URL_${name}`] = endpoint;
      }
      process.env['AWS_EC2_METADATA_DISABLED'] = 'false';
      process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = endpoint;
      for (const profile of ['dev', 'r', 's', undefined]) {
        const access = at.open({ profile });
        for (const ask of [at.list, at.queues, at.write, at.account]) {
          assert.notEqual(await ask(access), 'written');
        }
        assert.ok(at.failure);
      }
    });
  }

  test('of a container that answers rubbish', async () => {
    const endpoint = await serve((_, response) => response.end(rubbish[0]));
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = endpoint;
    assert.equal(await at.list(at.open()), 'credentialsMissing');
  });

  test('of a signature that AWS takes apart', async () => {
    const session = at.services.startSession(dev);
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    at.home.writeCredentials(
      `[dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n` +
        `aws_session_token = ${sessionToken}\n`,
    );
    const message =
      `The Canonical String for this request should have been 'GET\n/\n\nhost:x\n` +
      `x-amz-security-token:${sessionToken}\n\nhost;x-amz-security-token\n' ` +
      `and of the query X-Amz-Security-Token=${sessionToken}&x=y`;
    const name = 'InvalidSignatureException';
    at.services.addFault({ operation: /./, answer: { type: 'error', status: 403, name, message } });
    const access = at.open({ profile: 'dev' });
    for (const ask of [at.list, at.queues, at.write, at.account]) {
      assert.equal(await ask(access), 'credentialsInvalid');
      assert.match(at.failure?.message ?? '', /x-amz-security-token:…\n/);
    }
  });

  test('of the token of a web identity that AWS repeats', async () => {
    const token = at.services.webIdentityToken('pod');
    const file = at.home.writeFile('token', token);
    at.home.writeConfig(
      `[profile w]\nweb_identity_token_file = ${file}\nrole_arn = ${roleArn('cluster')}\n`,
    );
    const message = `1 validation error: Value '${token}' at 'webIdentityToken'`;
    const answer = { type: 'error', status: 400, name: 'ValidationError', message } as const;
    at.services.addFault({ operation: 'STS.AssumeRoleWithWebIdentity', answer });
    assert.equal(await at.list(at.open({ profile: 'w' })), 'badRequest');
    assert.equal(at.failure?.message, "1 validation error: Value '…' at 'webIdentityToken'");
  });

  test('by the log, which has the calls that look credentials up as well', async () => {
    at.answers = ['111111'];
    at.addSecret('111111', 'agreed');
    at.writeSso({
      seconds: 60,
      more:
        `[profile r]\nrole_arn = ${roleArn('guarded')}\nsource_profile = s\n` +
        `mfa_serial = ${mfaDevice}\nexternal_id = agreed\n` +
        `[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`,
    });
    at.home.writeLogin(dev.arn, at.services.login(dev, 60));
    for (const profile of ['r', 's', 'l', 'dev']) {
      const access = at.open({ profile });
      await at.list(access);
      await at.account(access);
    }
    const operations = new Set(at.calls.map(({ operation }) => operation));
    assert.deepEqual([...operations].sort(), [
      'lambda:ListFunctions',
      'signin:CreateOAuth2Token',
      'sso:GetRoleCredentials',
      'sts:AssumeRole',
      'sts:GetCallerIdentity',
    ]);
    const role = at.calls.find(({ operation }) => operation === 'sts:AssumeRole');
    assert.match(role?.requestId ?? '', /./);
    assert.match(
      role?.command ?? '',
      /^aws sts assume-role .* --external-id '\*\*\*' .* --token-code '\*\*\*' --profile s --region eu-west-1$/,
    );
  });

  test('by what it says it would know', async () => {
    at.home.writeConfig(
      `[profile p]\ncredential_process = helper --token ${secret}\n` +
        `[profile k]\naws_secret_access_key = ${secret}\n[profile\naws_session_token = ${secret}\n`,
    );
    at.tell(await at.aws.config(), await at.aws.signIn('p'));
    for (const profile of ['p', 'k', 'x']) await at.list(at.open({ profile }));
    const ends = ['p', 'k', undefined].map((profile) =>
      at.aws.watch(profile, (change) => at.tell(change)),
    );
    for (const end of ends) end();
  });

  test('the bench would find one', async () => {
    const ways = {
      askMfaCode: () => Promise.resolve(undefined),
      onCall: () => undefined,
      processTimeoutMs: 1,
      supplyOf: () => assert.fail(),
    };
    const keys = { type: 'keys', profile: 'p', accessKeyId: 'A', secretAccessKey: secret } as const;
    const found = await findCredentials(keys, ways);
    at.tell(new Error('Outer', { cause: { found } }));
    assert.throws(() => at.assertNothingSecret(), /hidden-in-the-body/);
    assert.ok(inspect(found).includes(secret));
    at.begin();
  });
});
