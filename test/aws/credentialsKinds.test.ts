import assert from 'node:assert/strict';
import { isOfCredentials } from '../../src/core/errors';
import { keyLines } from '../identity/awsHome';
import { dev, mfaDevice, other, own, region, roleArn } from '../identity/identityBench';
import { ssoStartUrl } from '../identity/singleSignOn';
import { credentialsBench, devKeys } from './credentialsBench';

suite('Credentials: every kind leads to its account', function () {
  this.timeout(30_000);
  const at = credentialsBench();

  const leadsTo = async (profile: string | undefined, accountId: string) => {
    const access = at.open({ profile });
    assert.equal(await at.account(access), accountId, JSON.stringify(at.failure));
    assert.equal(await at.list(access), accountId === own ? 'mine' : 'theirs');
    assert.equal(await at.queues(access), 'queues');
  };
  const paramsOf = (operation: string) =>
    at.services.requests.filter((request) => request.operation === operation);

  test('keys', async () => {
    at.home.writeCredentials(devKeys);
    await leadsTo('dev', own);
    assert.equal(at.count('STS.GetCallerIdentity'), 1);
  });

  test('keys of a session', async () => {
    const session = at.services.startSession({ accountId: other, arn: roleArn('reader') });
    at.home.writeCredentials(`[dev]\n${keyLines(session)}`);
    await leadsTo('dev', other);
  });

  test('a role over a role over keys, with an external ID, a time and a name', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(
      `[profile top]\nrole_arn = ${roleArn('next', own)}\nsource_profile = middle\n` +
        `[profile middle]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n` +
        `[profile partner]\nrole_arn = ${roleArn('partner')}\nsource_profile = dev\n` +
        'external_id = agreed\nduration_seconds = 1200\nrole_session_name = me\n',
    );
    await leadsTo('top', own);
    assert.deepEqual(
      paramsOf('STS.AssumeRole').map(({ accessKeyId, params }) => [accessKeyId, params['RoleArn']]),
      [
        [dev.accessKeyId, roleArn('reader')],
        ['ASIA0000000000000001', roleArn('next', own)],
      ],
    );
    await leadsTo('partner', other);
    const { params = {} } = paramsOf('STS.AssumeRole').at(-1) ?? {};
    const { ExternalId, DurationSeconds, RoleSessionName } = params;
    assert.deepEqual([ExternalId, DurationSeconds, RoleSessionName], ['agreed', '1200', 'me']);
  });

  test('a role without a region is asked for in a region of its partition', async () => {
    at.home.writeCredentials(devKeys);
    const regionsOf = async (ours: string | undefined) => {
      if (ours === undefined) delete process.env['AWS_REGION'];
      else process.env['AWS_REGION'] = ours;
      const asked: unknown[] = [];
      for (const partition of ['aws', 'aws-cn', 'aws-eusc']) {
        const role = roleArn('reader').replace('arn:aws:', `arn:${partition}:`);
        at.home.writeConfig(`[profile r]\nrole_arn = ${role}\nsource_profile = dev\n`);
        await at.list(at.open({ profile: 'r' }, at.start()));
        asked.push(paramsOf('STS.AssumeRole').at(-1)?.region);
      }
      return asked;
    };
    const europe = ['eu-west-1', 'cn-north-1', 'eusc-de-east-1'];
    assert.deepEqual(await regionsOf('eu-west-1'), europe);
    const china = ['us-east-1', 'cn-northwest-1', 'eusc-de-east-1'];
    assert.deepEqual(await regionsOf('cn-northwest-1'), china);
    assert.deepEqual(await regionsOf(undefined), ['us-east-1', 'cn-north-1', 'eusc-de-east-1']);
  });

  test('a role that may not last so long: nothing can be asked', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(
      `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n` +
        'duration_seconds = 7200\n',
    );
    assert.equal(await at.list(at.open({ profile: 'r' })), 'badRequest');
    assert.match(at.failure?.message ?? '', /exceeds the MaxSessionDuration/);
    assert.ok(at.failure && isOfCredentials(at.failure));
  });

  test('a profile that is the source of its own role', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(`[profile dev]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n`);
    await leadsTo('dev', other);
  });

  test('a role with MFA', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(
      `[profile r]\nrole_arn = ${roleArn('guarded')}\nsource_profile = dev\n` +
        `mfa_serial = ${mfaDevice}\n`,
    );
    at.answers = ['111111'];
    at.addSecret('111111');
    await leadsTo('r', other);
    assert.deepEqual(at.prompts, [
      { profile: 'r', device: mfaDevice, roleArn: roleArn('guarded') },
    ]);
  });

  test('SSO by a session, whose name has a blank', async () => {
    at.writeSso();
    await leadsTo('s', own);
    assert.deepEqual(at.services.requests[0]?.params, { account_id: own, role_name: 'Admin' });
  });

  test('SSO by a session whose token is refreshed, and written down', async () => {
    const session = at.writeSso({ seconds: 60 });
    const { accessToken } = at.home.readSsoToken(session);
    await leadsTo('s', own);
    assert.deepEqual(at.operations.slice(0, 2), ['SSOOIDC.CreateToken', 'SSO.GetRoleCredentials']);
    assert.notEqual(at.home.readSsoToken(session).accessToken, accessToken);
  });

  test('SSO without a session, by the start URL', async () => {
    at.home.writeConfig(
      `[profile s]\nsso_start_url = ${ssoStartUrl}\nsso_region = ${region}\n` +
        `sso_account_id = ${own}\nsso_role_name = Admin\n`,
    );
    at.home.writeSsoToken(ssoStartUrl, at.services.ssoSignIn());
    await leadsTo('s', own);
  });

  test('a role over SSO', async () => {
    const more = `[profile r]\nrole_arn = ${roleArn('reader')}\nsource_profile = s\n`;
    at.writeSso({ more });
    await leadsTo('r', other);
  });

  test('aws login', async () => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`);
    at.home.writeLogin(dev.arn, at.services.login(dev));
    await leadsTo('l', own);
    assert.equal(at.count('Signin.CreateOAuth2Token'), 0);
  });

  test('aws login that is refreshed, and written down', async () => {
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n`);
    const token = at.services.login(dev, 60);
    at.home.writeLogin(dev.arn, token);
    await leadsTo('l', own);
    assert.equal(at.count('Signin.CreateOAuth2Token'), 1);
    assert.notEqual(at.home.readLogin(dev.arn).refreshToken, token.refreshToken);
  });

  test('a process, of keys and of a session', async () => {
    const command = at.home.credentialProcess('keys', { type: 'keys', ...dev });
    at.home.writeConfig(`[profile p]\ncredential_process = ${command}\n`);
    await leadsTo('p', own);
    const session = at.services.startSession({ accountId: other, arn: roleArn('reader') });
    at.home.credentialProcess('keys', { type: 'session', session });
    at.aws.forget('p', false);
    await leadsTo('p', other);
    assert.equal(at.home.runsOf('keys'), 2);
  });

  test('a web identity', async () => {
    const file = at.home.writeFile('a token', at.services.webIdentityToken('pod'));
    at.home.writeConfig(
      `[profile w]\nweb_identity_token_file = ${file}\nrole_arn = ${roleArn('cluster')}\n`,
    );
    await leadsTo('w', other);
  });

  test('a role over the environment, a container, an instance', async () => {
    Object.assign(process.env, {
      ...at.services.containerEnvironment,
      ...at.services.instanceEnvironment,
      AWS_ACCESS_KEY_ID: dev.accessKeyId,
      AWS_SECRET_ACCESS_KEY: dev.secretAccessKey,
    });
    const sources = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'];
    at.home.writeConfig(
      sources
        .map(
          (name) =>
            `[profile ${name}]\nrole_arn = ${roleArn('reader')}\ncredential_source = ${name}\n`,
        )
        .join(''),
    );
    for (const name of sources) await leadsTo(name, other);
    assert.equal(at.count('ContainerCredentials.GetCredentials'), 1);
    assert.equal(at.count('InstanceMetadata.GetCredentials'), 1);
  });
});

suite('Credentials: without a profile', function () {
  this.timeout(30_000);
  const at = credentialsBench();

  /** What each test adds leads elsewhere than what all the others have. */
  const account = () => at.account(at.open());
  const role = (name: string) =>
    `[${name}]\nrole_arn = ${roleArn('reader')}\nsource_profile = dev\n`;

  test('the environment before the default profile', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(role('default'));
    process.env['AWS_ACCESS_KEY_ID'] = dev.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = dev.secretAccessKey;
    assert.equal(await account(), own);
  });

  test('the default profile', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(role('default'));
    assert.equal(await account(), other);
  });

  test('AWS_PROFILE before all', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(role('profile named'));
    process.env['AWS_PROFILE'] = 'named';
    process.env['AWS_ACCESS_KEY_ID'] = dev.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = dev.secretAccessKey;
    assert.equal(await account(), other);
  });

  test('AWS_PROFILE that is empty is none', async () => {
    at.home.writeCredentials(devKeys);
    at.home.writeConfig(role('default'));
    process.env['AWS_PROFILE'] = '';
    assert.equal(await account(), other);
  });

  test('the token of a web identity', async () => {
    const token = at.home.writeFile('token', at.services.webIdentityToken('pod'));
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = token;
    process.env['AWS_ROLE_ARN'] = roleArn('cluster');
    process.env['AWS_ROLE_SESSION_NAME'] = 'from-the-environment';
    assert.equal(await account(), other);
    const sessionName = at.services.requests[0]?.params['RoleSessionName'];
    assert.equal(sessionName, 'from-the-environment');
  });

  test('the token of a web identity for a role that is not its own: that call is denied', async () => {
    const token = at.home.writeFile('token', at.services.webIdentityToken('pod'));
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = token;
    process.env['AWS_ROLE_ARN'] = roleArn('next', own);
    assert.equal(await account(), 'accessDenied');
    assert.equal(at.failure?.operation, 'sts:AssumeRoleWithWebIdentity');
  });

  test('a container', async () => {
    Object.assign(process.env, at.services.containerEnvironment);
    assert.equal(await account(), own);
  });

  test('an instance', async () => {
    Object.assign(process.env, at.services.instanceEnvironment);
    assert.equal(await account(), own);
  });

  test('nothing at all', async () => {
    assert.equal(await account(), 'credentialsMissing');
    assert.deepEqual(at.operations, []);
    assert.equal(await at.aws.signIn(undefined), undefined);
  });

  test('a default profile that is set up wrongly is not passed over', async () => {
    Object.assign(process.env, at.services.instanceEnvironment);
    at.home.writeConfig(`[default]\nrole_arn = ${roleArn('reader')}\nsource_profile = none\n`);
    assert.equal(await account(), 'profileUnknown');
    assert.deepEqual(at.operations, []);
  });
});
