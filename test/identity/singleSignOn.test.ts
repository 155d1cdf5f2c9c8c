import assert from 'node:assert/strict';
import { fromIni, fromSSO } from '@aws-sdk/credential-providers';
import { first, identityBench, own, region, summary } from './identityBench';
import { ssoStartUrl } from './singleSignOn';

suite('Identity services: IAM Identity Center', function () {
  this.timeout(30_000);
  const at = identityBench();

  let count = 0;
  let name = '';
  // The SDK refreshes the token of a session, by its name, at most every 30 seconds.
  setup(() => (name = `session-${++count}`));
  const writeSso = (roleName = 'Admin') => {
    at.home.writeConfig(
      `[profile s]\nsso_session = ${name}\nsso_account_id = ${own}\nsso_role_name = ${roleName}\n` +
        `[sso-session ${name}]\nsso_region = ${region}\nsso_start_url = ${ssoStartUrl}\n`,
    );
  };

  test('a role that is assigned', async () => {
    writeSso();
    at.home.writeSsoToken(name, at.services.ssoSignIn());
    const found = await fromSSO({ profile: 's' })();
    assert.equal(found.accessKeyId, first);
    assert.equal(summary(found).lasts, 3600);
    assert.deepEqual(at.operations(), ['SSO.GetRoleCredentials']);
    assert.deepEqual(at.services.requests[0]?.params, { account_id: own, role_name: 'Admin' });
    const role = 'AWSReservedSSO_Admin_0123456789abcdef';
    assert.deepEqual(await at.identity(found), {
      accountId: own,
      arn: `arn:aws:sts::${own}:assumed-role/${role}/dev@example.com`,
    });
  });

  test('a profile without a session, by the start URL', async () => {
    at.home.writeConfig(
      `[profile s]\nsso_start_url = ${ssoStartUrl}\nsso_region = ${region}\n` +
        `sso_account_id = ${own}\nsso_role_name = Admin\n`,
    );
    at.home.writeSsoToken(ssoStartUrl, at.services.ssoSignIn());
    assert.equal((await fromIni({ profile: 's' })()).accessKeyId, first);
  });

  test('a role that is not assigned: ForbiddenException', async () => {
    writeSso('Other');
    at.home.writeSsoToken(name, at.services.ssoSignIn());
    await assert.rejects(fromSSO({ profile: 's' })(), {
      message: /^ForbiddenException: No access/,
    });
    assert.equal(at.services.requests[0]?.status, 403);
  });

  test('a token that was revoked: UnauthorizedException', async () => {
    writeSso();
    at.home.writeSsoToken(name, at.services.ssoSignIn());
    at.services.revokeTokens();
    await assert.rejects(fromSSO({ profile: 's' })(), {
      message: /^UnauthorizedException: Session token not found or invalid/,
    });
    assert.equal(at.services.requests[0]?.status, 401);
  });

  test('a token that ends soon is refreshed, and the new one written down', async () => {
    writeSso();
    const token = at.services.ssoSignIn(60);
    at.home.writeSsoToken(name, token);
    assert.equal((await fromSSO({ profile: 's' })()).accessKeyId, first);
    assert.deepEqual(at.operations(), ['SSOOIDC.CreateToken', 'SSO.GetRoleCredentials']);
    const { refreshToken, clientSecret } = at.services.requests[0]?.params ?? {};
    assert.deepEqual({ refreshToken, clientSecret }, { refreshToken: '…', clientSecret: '…' });
    const written = at.home.readSsoToken(name);
    assert.notEqual(written.accessToken, token.accessToken);
    assert.notEqual(written.refreshToken, token.refreshToken);
    assert.ok(Date.parse(written.expiresAt) > Date.now() + 7 * 3_600_000);
  });

  test('how long a new token lasts', async () => {
    writeSso();
    at.home.writeSsoToken(name, at.services.ssoSignIn(60));
    at.services.setLifetimes({ ssoToken: 600, session: 120 });
    assert.equal(summary(await fromSSO({ profile: 's' })()).lasts, 120);
    assert.ok(Date.parse(at.home.readSsoToken(name).expiresAt) < Date.now() + 601_000);
  });

  for (const [reason, error] of [
    ['revoked', 'InvalidGrantException'],
    ['expired', 'ExpiredTokenException'],
  ] as const) {
    test(`a token that has ended, and the refresh token was ${reason}: ${error}`, async () => {
      writeSso();
      const token = at.services.ssoSignIn(0);
      at.home.writeSsoToken(name, token);
      at.services.revokeTokens(reason);
      await assert.rejects(fromSSO({ profile: 's' })(), { message: /aws sso login/ });
      assert.deepEqual(at.operations(), ['SSOOIDC.CreateToken']);
      // The SDK hides it.
      assert.equal(await oidcError(token), error);
    });
  }

  test('a refresh token counts once', async () => {
    const token = at.services.ssoSignIn();
    assert.equal(await oidcError(token), undefined);
    assert.equal(await oidcError(token), 'InvalidGrantException');
  });

  test('another client, another grant', async () => {
    const token = at.services.ssoSignIn();
    assert.equal(await oidcError({ ...token, clientId: 'x' }), 'InvalidClientException');
    const grantType = 'authorization_code';
    assert.equal(await oidcError({ ...token, grantType }), 'UnsupportedGrantTypeException');
  });

  async function oidcError(body: object): Promise<string | undefined> {
    const answer = await fetch(`${at.services.endpoint}/token`, {
      method: 'POST',
      body: JSON.stringify({ grantType: 'refresh_token', ...body }),
    });
    return answer.headers.get('x-amzn-errortype')?.split(':')[0];
  }
});
