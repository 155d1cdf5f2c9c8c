import assert from 'node:assert/strict';
import { fromIni, fromLoginCredentials } from '@aws-sdk/credential-providers';
import { dev, first, identityBench, own, region, second, summary } from './identityBench';

suite('Identity services: aws login', function () {
  this.timeout(30_000);
  const at = identityBench();

  const writeLogin = (seconds?: number) => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`);
    const token = at.services.login(dev, seconds);
    at.home.writeLogin(dev.arn, token);
    return token;
  };

  test('keys that last need nobody', async () => {
    writeLogin();
    const found = await fromLoginCredentials({ profile: 'l' })();
    assert.deepEqual(summary(found), { accessKeyId: first, accountId: own, lasts: 900 });
    assert.deepEqual(at.operations(), []);
    assert.equal((await at.identity(found)).arn, dev.arn);
  });

  test('keys that end soon are refreshed with the key of the login, and written down', async () => {
    const token = writeLogin(60);
    const found = await fromIni({ profile: 'l' })();
    assert.deepEqual(summary(found), { accessKeyId: second, accountId: own, lasts: 900 });
    assert.deepEqual(at.operations(), ['Signin.CreateOAuth2Token']);
    const written = at.home.readLogin(dev.arn);
    assert.equal(written.accessToken.accessKeyId, second);
    assert.notEqual(written.refreshToken, token.refreshToken);
    assert.equal((await at.identity(found)).arn, dev.arn);
  });

  for (const [reason, words] of [
    ['expired', /Your session has expired/],
    ['passwordChanged', /change in your password/],
    ['notPermitted', /insufficient permissions/],
  ] as const) {
    test(`a login that is ${reason}`, async () => {
      writeLogin(0);
      at.services.revokeTokens(reason);
      await assert.rejects(fromLoginCredentials({ profile: 'l' })(), { message: words });
      assert.equal(at.services.requests[0]?.status, reason === 'expired' ? 401 : 403);
    });
  }

  test('a refresh token gives the same again, until that has ended', async () => {
    const token = writeLogin(0);
    const refreshed = async () => (await fromLoginCredentials({ profile: 'l' })()).accessKeyId;
    assert.equal(await refreshed(), second);
    at.home.writeLogin(dev.arn, token);
    assert.equal(await refreshed(), second);
    assert.equal(at.operations().length, 2);

    at.services.setLifetimes({ session: 0 });
    const next = writeLogin();
    await fromLoginCredentials({ profile: 'l' })();
    at.home.writeLogin(dev.arn, next);
    await assert.rejects(fromLoginCredentials({ profile: 'l' })(), {
      message: /Your session has expired/,
    });
  });

  test('the proof of another key, or none: refused', async () => {
    const token = writeLogin(0);
    const { dpopKey } = at.services.login(dev);
    at.home.writeLogin(dev.arn, { ...token, dpopKey });
    await assert.rejects(fromLoginCredentials({ profile: 'l' })(), {
      message: /ValidationException/,
    });
    const answer = await fetch(`${at.services.endpoint}/v1/token`, {
      method: 'POST',
      body: JSON.stringify({ ...token, grantType: 'refresh_token' }),
    });
    assert.equal(answer.status, 400);
  });

  test('no login: nothing is sent', async () => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\n`);
    await assert.rejects(fromLoginCredentials({ profile: 'l' })(), { message: /Failed to load/ });
    assert.deepEqual(at.operations(), []);
  });
});
