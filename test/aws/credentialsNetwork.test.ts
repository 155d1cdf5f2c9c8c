import assert from 'node:assert/strict';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isOfCredentials } from '../../src/core/errors';
import { dev, mfaDevice, own, region, roleArn } from '../identity/identityBench';
import { credentialsBench, devKeys } from './credentialsBench';
import { selfSigned } from './selfSigned';

suite('Credentials: a network, a clock or a region that is not right', function () {
  this.timeout(120_000);
  const at = credentialsBench();

  const servers: Server[] = [];
  teardown(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  setup(() => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(
      `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\nregion = ${region}\n`,
    );
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  /** Where calls of these services go. */
  const lead = (endpoint: string, ...services: readonly string[]) => {
    for (const name of services) process.env[`AWS_ENDPOINT_URL_${name}`] = endpoint;
  };
  const serve = async (listener: RequestListener) =>
    `http://127.0.0.1:${await listen(createServer(listener))}`;

  async function fails(endpoint: string, code: string) {
    lead(endpoint, 'LAMBDA');
    const access = at.open({ profile: 'dev' });
    assert.equal(await at.list(access), code);
    failedAt('lambda:ListFunctions');
    assert.equal(await at.write(access), code);
    assert.equal(await at.account(access), own);
    lead(endpoint, 'STS');
    assert.equal(await at.account(at.open({ profile: 'r' })), code);
    failedAt('sts:AssumeRole');
  }
  /** In a way that may pass by itself: it says nothing against the credentials. */
  function failedAt(operation: string) {
    assert.equal(at.failure?.operation, operation);
    assert.equal(isOfCredentials(at.failure), false);
  }

  test('a name that is not known', async () => {
    await fails('http://does-not-exist.invalid', 'nameUnknown');
  });

  test('a connection that is refused', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    await fails(`http://127.0.0.1:${port}`, 'unreachable');
  });

  test('a connection that is cut', async () => {
    await fails(await serve(({ socket }) => socket.destroy()), 'unreachable');
  });

  test('a certificate that nobody has vouched for', async () => {
    const port = await listen(createTlsServer(selfSigned(), (_, response) => response.end()));
    await fails(`https://localhost:${port}`, 'tlsUntrusted');
  });

  const hour = 3_600_000;
  for (const [what, name, offset] of [
    ['ahead', 'InvalidSignatureException', -hour],
    ['behind', 'InvalidSignatureException', hour],
    ['behind, as STS says it', 'SignatureDoesNotMatch', hour],
    ['said to be off', 'RequestTimeTooSkewed', 0],
  ] as const) {
    test(`a clock that is ${what} (${name})`, async () => {
      const endpoint = await serve((_, response) => {
        const date = new Date(Date.now() + offset).toUTCString();
        response.writeHead(403, { date, 'x-amzn-errortype': name, 'content-type': 'text/xml' });
        response.end(
          `<ErrorResponse><Error><Code>${name}</Code><Message>Signature expired</Message></Error></ErrorResponse>`,
        );
      });
      lead(endpoint, 'STS');
      assert.equal(await at.account(at.open({ profile: 'dev' })), 'clockSkew');
      assert.equal(await at.list(at.open({ profile: 'r' })), 'clockSkew');
      assert.equal(at.failure?.operation, 'sts:AssumeRole');
      const json = await serve((_, response) => {
        const date = new Date(Date.now() + offset).toUTCString();
        response.writeHead(403, { date, 'x-amzn-errortype': name });
        response.end('{"message": "Signature expired"}');
      });
      lead(json, 'LAMBDA');
      const access = at.open({ profile: 'dev' });
      assert.equal(await at.list(access), 'clockSkew');
      assert.equal(await at.write(access), 'clockSkew');
    });
  }

  test('with the clock right, a wrong signature is that', async () => {
    const endpoint = await serve((_, response) => {
      response.writeHead(403, { 'x-amzn-errortype': 'InvalidSignatureException' });
      response.end('{}');
    });
    lead(endpoint, 'LAMBDA');
    assert.equal(await at.list(at.open({ profile: 'dev' })), 'credentialsInvalid');
  });

  test('a region that is off', async () => {
    const error = { type: 'error', status: 403, message: 'Not here' } as const;
    at.services.addFault({ operation: /^Lambda/, answer: { ...error, name: 'OptInRequired' } });
    const off = { ...error, name: 'RegionDisabledException' };
    at.services.addFault({ operation: 'STS.AssumeRole', answer: off });
    assert.equal(await at.list(at.open({ profile: 'dev' })), 'regionDisabled');
    assert.equal(await at.queues(at.open({ profile: 'dev' })), 'queues');
    assert.equal(await at.list(at.open({ profile: 'r' })), 'regionDisabled');
    assert.equal(at.failure?.operation, 'sts:AssumeRole');
  });

  test('a clock that is off is not a wrong MFA code', async () => {
    at.answers = ['111111'];
    at.home.writeConfig(
      `[profile r]\nrole_arn = ${roleArn('guarded')}\nsource_profile = dev\n` +
        `mfa_serial = ${mfaDevice}\n`,
    );
    const answer = {
      type: 'error',
      status: 403,
      name: 'RequestTimeTooSkewed',
      message: '',
    } as const;
    at.services.addFault({ operation: 'STS.AssumeRole', answer });
    assert.equal(await at.list(at.open({ profile: 'r' })), 'clockSkew');
  });

  test('the endpoint of the default profile is not that of a role or a sign-in of another', async () => {
    const seen: string[] = [];
    const elsewhere = await serve(({ socket, url = '' }) => {
      seen.push(url);
      socket.destroy();
    });
    const { endpoint } = at.services;
    for (const name of ['STS', 'SSO', 'SSO_OIDC', 'SIGNIN']) {
      Reflect.deleteProperty(process.env, `AWS_ENDPOINT_URL_${name}`);
    }
    const here = ['sts', 'sso', 'sso_oidc', 'signin']
      .map((name) => `${name} =\n  endpoint_url = ${endpoint}\n`)
      .join('');
    at.writeSso({
      seconds: 60,
      more:
        `[default]\nendpoint_url = ${elsewhere}\n[services here]\n${here}` +
        `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = s\nservices = here\n` +
        `[profile s]\nservices = here\n` +
        `[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\nservices = here\n`,
    });
    at.home.writeLogin(dev.arn, at.services.login(dev, 60));
    assert.equal(await at.list(at.open({ profile: 'r' })), 'theirs');
    assert.equal(await at.list(at.open({ profile: 'l' })), 'mine');
    for (const name of ['SSOOIDC.CreateToken', 'Signin.CreateOAuth2Token', 'STS.AssumeRole']) {
      assert.equal(at.count(name), 1);
    }
    assert.deepEqual(seen, []);
  });

  test('the two services of SSO can be in different places', async () => {
    let refreshes = 0;
    process.env['AWS_ENDPOINT_URL_SSO_OIDC'] = await serve((_, response) => {
      refreshes++;
      response.writeHead(400).end('{}');
    });
    at.writeSso({ seconds: 60 });
    assert.equal(await at.list(at.open({ profile: 's' })), 'mine');
    assert.equal(refreshes, 1);
    assert.equal(at.count('SSOOIDC.CreateToken'), 0);
    assert.equal(at.count('SSO.GetRoleCredentials'), 1);
  });
});
