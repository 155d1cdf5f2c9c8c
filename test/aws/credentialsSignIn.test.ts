import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { getSSOTokenFilepath } from '@smithy/core/config';
import { isOfCredentials } from '../../src/core/errors';
import { dev, own, region, roleArn } from '../identity/identityBench';
import { ssoStartUrl } from '../identity/singleSignOn';
import { credentialsBench } from './credentialsBench';

const oddNames = [
  'two words',
  "o'brien",
  'say "hi"',
  '$(touch x)',
  '`id`',
  '; rm -rf ~',
  'a && b | c > d',
  '%PATH%',
  '日本 ✓',
  'back\\slash',
  'a=b',
  '#hash',
];

suite('Credentials: signing in', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const writeLogin = (more = '') =>
    at.home.writeConfig(`[profile l]\nlogin_session = ${dev.arn}\nregion = ${region}\n${more}`);
  const section = (name: string) =>
    `[profile "${name.replace(/["\\]/g, '\\$&')}"]\nsso_session = corp\n` +
    `sso_account_id = ${own}\nsso_role_name = Admin\n`;
  const session = `[sso-session corp]\nsso_region = ${region}\nsso_start_url = ${ssoStartUrl}\n`;

  test('the command is that of the kind, for the profile where the sign-in stands', async () => {
    const role = (name: string, source: string) =>
      `[profile ${name}]\nrole_arn = ${roleArn('reader')}\nsource_profile = ${source}\n`;
    at.home.writeConfig(
      `${section('s')}${session}${role('r', 's')}${role('rr', 'r')}${role('rl', 'l')}` +
        `[profile l]\nlogin_session = ${dev.arn}\n[default]\nlogin_session = ${dev.arn}\n` +
        `[profile k]\naws_access_key_id = a\naws_secret_access_key = b\n`,
    );
    const argsOf = async (profile?: string) => {
      const command = await at.aws.signIn(profile);
      assert.equal(command?.program, command && 'aws');
      return command?.args.join(' ');
    };
    assert.equal(await argsOf('s'), 'sso login --profile s');
    assert.equal(await argsOf('r'), 'sso login --profile s');
    assert.equal(await argsOf('rr'), 'sso login --profile s');
    assert.equal(await argsOf('l'), 'login --profile l');
    assert.equal(await argsOf('rl'), 'login --profile l');
    assert.equal(await argsOf(), 'login --profile default');
    assert.equal(await argsOf('k'), undefined);
  });

  test('an odd name is one argument, as it is', async () => {
    at.home.writeConfig(oddNames.map(section).join('') + session);
    for (const name of oddNames) {
      const command = { program: 'aws', args: ['sso', 'login', '--profile', name] };
      assert.deepEqual(await at.aws.signIn(name), command);
    }
  });

  test('a name that begins with a dash is no option', async () => {
    at.home.writeConfig(['-x', '--debug'].map(section).join('') + session);
    for (const name of ['-x', '--debug']) {
      const args = ['sso', 'login', `--profile=${name}`];
      assert.deepEqual(await at.aws.signIn(name), { program: 'aws', args });
    }
  });

  for (const [what, prepare] of [
    ['nobody has signed in', () => at.writeSso({ seconds: 0 })],
    [
      'the token has ended and is not refreshed',
      () => {
        const name = at.writeSso({ seconds: -1 });
        at.services.revokeTokens('expired');
        return name;
      },
    ],
    [
      'the sign-in was revoked',
      () => {
        const name = at.writeSso();
        at.services.revokeTokens();
        return name;
      },
    ],
  ] as const) {
    test(`SSO: ${what}: credentialsExpired; after a sign-in the connection goes on`, async () => {
      const name = prepare();
      const access = at.open({ profile: 's' });
      assert.equal(await at.account(access), 'credentialsExpired');
      assert.equal(at.failure?.operation, 'sso:GetRoleCredentials');
      assert.equal(await at.write(access), 'credentialsExpired');
      assert.equal(await at.queues(access), 'credentialsExpired');
      assert.equal(at.isAnythingSent, false);
      at.signInSso(name);
      assert.equal(await at.list(access), 'mine');
      assert.equal(await at.account(access), own);
    });
  }

  for (const [reason, code] of [
    ['expired', 'credentialsExpired'],
    ['passwordChanged', 'credentialsExpired'],
    ['notPermitted', 'accessDenied'],
  ] as const) {
    test(`aws login: ${reason}: ${code}; after a sign-in the connection goes on`, async () => {
      writeLogin();
      at.home.writeLogin(dev.arn, at.services.login(dev, 0));
      at.services.revokeTokens(reason);
      const access = at.open({ profile: 'l' });
      assert.equal(await at.list(access), code);
      assert.equal(at.failure?.operation, 'signin:CreateOAuth2Token');
      assert.ok(isOfCredentials(at.failure));
      at.home.writeLogin(dev.arn, at.services.login(dev));
      assert.equal(await at.list(access), 'mine');
    });
  }

  test('a role that SSO does not give: accessDenied, for all that is asked', async () => {
    at.home.writeConfig(section('s').replace('Admin', 'Other') + session);
    at.home.writeSsoToken('corp', at.services.ssoSignIn());
    assert.equal(await at.list(at.open({ profile: 's' })), 'accessDenied');
    assert.equal(at.failure?.operation, 'sso:GetRoleCredentials');
    assert.ok(isOfCredentials(at.failure));
  });

  test('that the network fails is not that the session is over', async () => {
    at.writeSso();
    const sso = at.open({ profile: 's' });
    const takes = [/^SSO\./, /^Signin\./].map((operation) =>
      at.services.addFault({ operation, answer: { type: 'reset' } }),
    );
    assert.equal(await at.list(sso), 'unreachable');
    writeLogin();
    at.home.writeLogin(dev.arn, at.services.login(dev, 0));
    const login = at.open({ profile: 'l' });
    assert.equal(await at.list(login), 'unreachable');
    for (const take of takes) take();
    assert.equal(await at.list(login), 'mine');
  });

  const troubles = [
    ['unreachable', { type: 'reset' }],
    ['serviceFault', { type: 'error', status: 503, name: 'Unavailable', message: '' }],
  ] as const;
  for (const [code, answer] of troubles) {
    test(`nor that it fails while the session is renewed, which the SDK tells as its end: ${code}`, async () => {
      at.writeSso({ seconds: -60 });
      const access = at.open({ profile: 's' });
      const take = at.services.addFault({ operation: 'SSOOIDC.CreateToken', answer });
      assert.equal(await at.list(access), code);
      assert.equal(at.failure?.operation, 'sso-oidc:CreateToken');
      take();
      // The SDK does not try again for 30 s.
      assert.equal(await at.list(access), code);
      at.later(31);
      assert.equal(await at.list(access), 'mine');
    });
  }

  test('SSO: a token file that is half-written: credentialsExpired, until it is whole', async () => {
    const name = at.writeSso({ seconds: 0 });
    const access = at.open({ profile: 's' });
    const text = JSON.stringify(at.services.ssoSignIn(), undefined, 2);
    for (const part of partsOf(text)) {
      at.home.writeSsoToken(name, part);
      assert.equal(await at.list(access), 'credentialsExpired', part);
    }
    assert.deepEqual(at.operations, []);
    at.home.writeSsoToken(name, text);
    assert.equal(await at.list(access), 'mine');
  });

  test('aws login: a token file that is half-written: the same', async () => {
    writeLogin();
    const access = at.open({ profile: 'l' });
    const text = JSON.stringify(at.services.login(dev), undefined, 2);
    for (const part of partsOf(text)) {
      at.home.writeLogin(dev.arn, part);
      assert.equal(await at.list(access), 'credentialsExpired', part);
    }
    at.home.writeLogin(dev.arn, text);
    assert.equal(await at.list(access), 'mine');
  });

  test('a token file that is no token', async () => {
    const name = at.writeSso({ seconds: 0 });
    const access = at.open({ profile: 's' });
    const token = at.services.ssoSignIn();
    for (const other of [
      'null',
      '[]',
      '"text"',
      '{}',
      JSON.stringify({ ...token, expiresAt: 'x' }),
    ]) {
      at.home.writeSsoToken(name, other);
      assert.equal(await at.list(access), 'credentialsExpired', other);
    }
    assert.deepEqual(at.operations, []);
  });

  test('a token file that cannot be read is named', async () => {
    const file = getSSOTokenFilepath(at.writeSso({ seconds: 0 }));
    mkdirSync(file, { recursive: true });
    assert.equal(await at.list(at.open({ profile: 's' })), 'configUnusable');
    const place = path.join('~/.aws/sso/cache', path.basename(file));
    assert.deepEqual(at.failure?.cause, { type: 'configFile', path: place, systemCode: 'EISDIR' });
    rmSync(file, { recursive: true });
  });
});

/** Beginnings, and what is left when a shorter text is written over a longer one. */
function partsOf(text: string): readonly string[] {
  const cuts = Array.from({ length: 12 }, (_, index) => Math.floor((text.length * index) / 12));
  return [
    ...cuts.map((cut) => text.slice(0, cut)),
    `${text}${text.slice(-40)}`,
    text.slice(text.indexOf(':') + 2),
    text.replaceAll('"', ''),
  ];
}
