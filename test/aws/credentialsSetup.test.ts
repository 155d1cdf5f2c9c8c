import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Failure } from '../../src/core/errors';
import { own, roleArn } from '../identity/identityBench';
import { credentialsBench, devKeys } from './credentialsBench';

type Cause<T> = Extract<NonNullable<Failure['cause']>, { type: T }>;

suite('Credentials: files that do not say where they come from', function () {
  this.timeout(60_000);
  const at = credentialsBench();

  const role = (profile: string, source: string) =>
    `[profile ${profile}]\nrole_arn = ${roleArn('reader')}\nsource_profile = ${source}\n`;

  /** What nothing can be sent for. */
  async function found(profile: string | undefined, code: string): Promise<Cause<'config'>> {
    const access = at.open({ profile });
    for (const ask of [at.list, at.queues, at.write, at.account]) {
      assert.equal(await ask(access), code);
    }
    assert.deepEqual(at.operations, []);
    assert.equal(at.failure?.operation, 'aws:ReadConfig');
    assert.ok(at.failure.cause?.type === 'config');
    return at.failure.cause;
  }

  test('roles in a circle', async () => {
    at.home.writeConfig(role('a', 'b') + role('b', 'c') + role('c', 'b'));
    const { problem } = await found('a', 'configUnusable');
    assert.deepEqual(problem, { code: 'loop', profiles: ['b', 'c', 'b'] });
  });

  test('a source that is not there', async () => {
    at.home.writeConfig(role('a', 'none'));
    const { problem } = await found('a', 'profileUnknown');
    assert.deepEqual(problem, { code: 'profileUnknown', profile: 'none', neededBy: 'a' });
  });

  test('SSO with something missing', async () => {
    at.home.writeConfig(
      `[profile a]\nsso_session = s\nsso_account_id = ${own}\nsso_role_name = Admin\n` +
        '[sso-session s]\nsso_start_url = https://x\n',
    );
    const { problem } = await found('a', 'configUnusable');
    const expected = { code: 'incomplete', profile: 'a', session: 's', missing: ['sso_region'] };
    assert.deepEqual(problem, expected);
  });

  test('a session that is not there, a value that is none, keys that exclude each other', async () => {
    at.home.writeConfig(
      `[profile a]\nsso_session = s\nsso_account_id = ${own}\nsso_role_name = Admin\n` +
        `${role('b', 'dev')}duration_seconds = long\n` +
        `${role('c', 'dev')}credential_source = Environment\n`,
    );
    at.home.writeCredentials(devKeys);
    for (const [profile, code] of [
      ['a', 'sessionUnknown'],
      ['b', 'invalidValue'],
      ['c', 'conflict'],
    ] as const) {
      assert.equal((await found(profile, 'configUnusable')).problem.code, code);
    }
  });

  for (const [what, file, text, place] of [
    [
      'a section that is not closed',
      'config',
      '[default]\nregion = x\n\n[profile a\n',
      { line: 4, code: 'sectionNotClosed', text: 'profile a' },
    ],
    [
      'a profile without the word',
      'config',
      `# mine\n[a]\nrole_arn = x\n`,
      { line: 2, code: 'notAProfile', text: 'a' },
    ],
    [
      'a word too many',
      'credentials',
      '[profile a]\naws_access_key_id = secret-of-file\n',
      { line: 1, code: 'misplacedSection', text: 'profile a' },
    ],
    [
      'a secret where a section should be',
      'credentials',
      'aws_secret_access_key = secret-of-file\n',
      { line: 1, code: 'textBeforeSection', text: 'aws_secret_access_key' },
    ],
    [
      'a line that is no setting',
      'config',
      '[profile b]\nsecret-of-file\n',
      { line: 2, code: 'noEqualsSign', text: 'profile b' },
    ],
  ] as const) {
    test(`${what}: the line is named`, async () => {
      at.addSecret('secret-of-file');
      if (file === 'config') at.home.writeConfig(text);
      else at.home.writeCredentials(text);
      const cause = await found('a', 'profileUnknown');
      assert.deepEqual(cause.place, { path: path.join('~/.aws', file), ...place });
      const reading = await at.aws.config();
      at.tell(reading);
      assert.deepEqual(reading.problems, [cause.place]);
    });
  }

  test('what is wrong elsewhere does not matter', async () => {
    at.home.writeConfig(`junk\n[broken\n${role('r', 'dev')}`);
    at.home.writeCredentials(`[profile x]\n${devKeys}`);
    assert.equal(await at.list(at.open({ profile: 'r' })), 'theirs');
  });

  for (const name of ['config', 'credentials']) {
    test(`a ${name} file that cannot be read is named, until it can`, async () => {
      const file = path.join(at.home.folder, '.aws', name);
      rmSync(file, { force: true });
      mkdirSync(file);
      const cause = {
        type: 'configFile',
        path: path.join('~/.aws', name),
        systemCode: 'EISDIR',
      } as const;
      const access = at.open({ profile: 'r' });
      for (const one of [access, at.open()]) {
        assert.equal(await at.list(one), 'configUnusable');
        assert.deepEqual(at.failure?.cause, cause);
      }
      const { failures } = await at.aws.config();
      assert.deepEqual(
        failures.map((failure) => failure.cause),
        [cause],
      );
      rmSync(file, { recursive: true });
      at.home.writeConfig(role('r', 'dev'));
      at.home.writeCredentials(devKeys);
      assert.equal(await at.list(access), 'theirs');
      assert.deepEqual((await at.aws.config()).failures, []);
    });
  }

  test('a file that one may not read, until one may', async function () {
    // To whoever may everything this means nothing.
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    at.home.writeCredentials(devKeys);
    const file = path.join(at.home.folder, '.aws/credentials');
    chmodSync(file, 0);
    const access = at.open({ profile: 'dev' });
    assert.equal(await at.list(access), 'configUnusable');
    chmodSync(file, 0o600);
    assert.equal(await at.list(access), 'mine');
  });

  test('a machine without credentials where a role wants them', async () => {
    for (const name of ['Environment', 'EcsContainer', 'Ec2InstanceMetadata']) {
      at.home.writeConfig(
        `[profile r]\nrole_arn = ${roleArn('reader')}\ncredential_source = ${name}\n`,
      );
      process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = 'http://127.0.0.1:9';
      assert.equal(await at.list(at.open({ profile: 'r' })), 'credentialsMissing', name);
    }
  });

  test('the token file of a web identity that is not there is named', async () => {
    const file = path.join(at.home.folder, 'token');
    at.home.writeConfig(
      `[profile w]\nrole_arn = ${roleArn('cluster')}\nweb_identity_token_file = ${file}\n`,
    );
    const access = at.open({ profile: 'w' });
    assert.equal(await at.list(access), 'configUnusable');
    const cause = { type: 'configFile', path: path.join('~', 'token'), systemCode: 'ENOENT' };
    assert.deepEqual(at.failure?.cause, cause);
    at.home.writeFile('token', at.services.webIdentityToken('pod', 0));
    assert.equal(await at.list(access), 'credentialsExpired');
    at.home.writeFile('token', 'not-one');
    assert.equal(await at.list(access), 'credentialsInvalid');
    at.home.writeFile('token', at.services.webIdentityToken('pod'));
    assert.equal(await at.list(access), 'theirs');
  });
});
