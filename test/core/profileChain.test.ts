import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChainProblem, CredentialSource } from '../../src/core/profileChain';
import {
  configuredEndpointOf,
  credentialSource,
  linksOf,
  loginOf,
  sourceFingerprint,
} from '../../src/core/profileChain';
import { parseSharedConfig } from '../../src/core/sharedConfig';

const roleA = 'arn:aws:iam::210987654321:role/A';
const roleB = 'arn:aws:iam::210987654321:role/B';
const session =
  '[sso-session corp]\nsso_start_url = https://corp.example\nsso_region = eu-west-1\n';

/** Profiles by name, each the text of its settings. `more`: other sections. */
type Profiles = Readonly<Record<string, string>>;

function configOf(profiles: Profiles, more = session) {
  const sections = Object.entries(profiles).map(([name, text]) => `[profile ${name}]\n${text}\n`);
  return parseSharedConfig({ config: sections.join('') + more });
}

function find(profiles: Profiles, profile = 'a', more = session) {
  return credentialSource(configOf(profiles, more), profile);
}

function sourceOf(profiles: Profiles, profile = 'a'): CredentialSource {
  const found = find(profiles, profile);
  if ('problem' in found) assert.fail(JSON.stringify(found));
  return found.source;
}

const keysText = (name: string) =>
  `aws_access_key_id = AKIA${name}\naws_secret_access_key = s${name}`;
const keys = (profile: string) =>
  ({
    type: 'keys',
    profile,
    accessKeyId: `AKIA${profile}`,
    secretAccessKey: `s${profile}`,
  }) as const;
const roleText = (source: string, arn = roleA) => `role_arn = ${arn}\nsource_profile = ${source}`;
const role = (profile: string, source: CredentialSource, roleArn = roleA) =>
  ({ type: 'assumeRole', profile, roleArn, source }) as const;
const ssoText = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin';
const sso = {
  type: 'sso',
  profile: 'a',
  session: 'corp',
  startUrl: 'https://corp.example',
  ssoRegion: 'eu-west-1',
  accountId: '123456789012',
  roleName: 'Admin',
} as const;
const webText = `role_arn = ${roleA}\nweb_identity_token_file = /token`;
const web = { type: 'webIdentity', profile: 'a', roleArn: roleA, tokenFile: '/token' } as const;
const processText = 'credential_process = tool --json "a b"';
const process = { type: 'process', profile: 'a', command: 'tool --json "a b"' } as const;
const loginText = 'login_session = arn:aws:iam::123456789012:user/ann';
const login = {
  type: 'login',
  profile: 'a',
  loginSession: 'arn:aws:iam::123456789012:user/ann',
} as const;

suite('Profile chain: each kind of credentials', () => {
  const rows: readonly (readonly [string, Profiles, CredentialSource])[] = [
    ['keys', { a: keysText('a') }, keys('a')],
    [
      'keys with a token and an account',
      { a: `${keysText('a')}\naws_session_token = t==\naws_account_id = 123456789012` },
      { ...keys('a'), sessionToken: 't==', accountId: '123456789012' },
    ],
    ['a role', { a: roleText('b'), b: keysText('b') }, role('a', keys('b'))],
    [
      'a role with all that belongs to it',
      {
        a:
          `${roleText('b')}\nrole_session_name = ann\nexternal_id = x/1\nduration_seconds = 43200\n` +
          'mfa_serial = arn:aws:iam::1:mfa/ann\nregion = eu-west-1',
        b: keysText('b'),
      },
      {
        ...role('a', keys('b')),
        roleSessionName: 'ann',
        externalId: 'x/1',
        durationSeconds: 43_200,
        mfaSerial: 'arn:aws:iam::1:mfa/ann',
        region: 'eu-west-1',
      },
    ],
    [
      'a role by a role, each in its region',
      { a: `${roleText('b')}\nregion = r1`, b: `${roleText('c', roleB)}\nregion = r2`, c: keysText('c') },
      { ...role('a', { ...role('b', keys('c'), roleB), region: 'r2' }), region: 'r1' },
    ],
    ...(
      [
        ['Environment', 'environment'],
        ['EcsContainer', 'container'],
        ['Ec2InstanceMetadata', 'instance'],
      ] as const
    ).map(
      ([value, type]) =>
        [
          `a role by ${value}`,
          { a: `role_arn = ${roleA}\ncredential_source = ${value}` },
          role('a', { type, profile: 'a' }),
        ] as const,
    ),
    [
      'a role by a profile that has a credential_source and no role',
      { a: roleText('b'), b: 'credential_source = EcsContainer' },
      role('a', { type: 'container', profile: 'b' }),
    ],
    ['web identity', { a: webText }, web],
    [
      'web identity with all that belongs to it',
      { a: `${webText}\nrole_session_name = ann\nregion = eu-west-1` },
      { ...web, roleSessionName: 'ann', region: 'eu-west-1' },
    ],
    ['a role by web identity', { b: roleText('a', roleB), a: webText }, role('b', web, roleB)],
    ['a process', { a: processText }, process],
    [
      'a process of a known account',
      { a: `${processText}\naws_account_id = 123456789012` },
      { ...process, accountId: '123456789012' },
    ],
    ['SSO by a session', { a: ssoText }, sso],
    [
      'SSO by a session: start URL and region of the profile do not count',
      { a: `${ssoText}\nsso_start_url = https://other\nsso_region = us-east-1\nregion = eu-west-3` },
      sso,
    ],
    [
      'SSO in the older form',
      {
        a: 'sso_start_url = https://old\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = R',
      },
      {
        type: 'sso',
        profile: 'a',
        startUrl: 'https://old',
        ssoRegion: 'us-east-1',
        accountId: '1',
        roleName: 'R',
      },
    ],
    ['a role by SSO', { b: roleText('a', roleB), a: ssoText }, role('b', sso, roleB)],
    ['aws login', { a: loginText }, login],
    [
      'aws login in a region',
      { a: `${loginText}\nregion = eu-west-1` },
      { ...login, region: 'eu-west-1' },
    ],
    ['odd names', { 'my profile': roleText('日本 @/.'), '日本 @/.': keysText('日本 @/.') }, role(
      'my profile',
      keys('日本 @/.'),
    )],
  ]; // prettier-ignore
  for (const [name, profiles, expected] of rows) {
    test(name, () => {
      assert.deepEqual(sourceOf(profiles, expected.profile), expected);
    });
  }

  test('names that objects have', () => {
    const profiles = {
      ['__proto__']: roleText('constructor'),
      constructor: keysText('constructor'),
    };
    const expected = role('__proto__', keys('constructor'));
    assert.deepEqual(sourceOf(profiles, '__proto__'), expected);
    assert.deepEqual(find({}, 'toString'), {
      problem: { code: 'profileUnknown', profile: 'toString' },
    });
  });

  test('keys of the credentials file, a role of the config file', () => {
    const config = parseSharedConfig({
      config: `[default]\n${roleText('b')}\n[profile b]\nregion = eu-west-1`,
      credentials: `[b]\n${keysText('b')}`,
    });
    assert.deepEqual(credentialSource(config, 'default'), { source: role('default', keys('b')) });
  });
});

suite('Profile chain: what comes first', () => {
  const b = keysText('b');
  const rows: readonly (readonly [string, Profiles, CredentialSource])[] = [
    [
      'a role before all else',
      { a: [roleText('b'), keysText('a'), webText, processText, ssoText, loginText].join('\n'), b },
      role('a', keys('b')),
    ],
    [
      'keys before all but a role',
      { a: [keysText('a'), webText, processText, ssoText, loginText].join('\n') },
      keys('a'),
    ],
    [
      'web identity before a process',
      { a: [webText, processText, ssoText, loginText].join('\n') },
      web,
    ],
    ['a process before SSO', { a: [processText, ssoText, loginText].join('\n') }, process],
    ['SSO before a login', { a: [ssoText, loginText].join('\n') }, sso],
    [
      'at the source of a role, keys before a further role',
      { a: roleText('b'), b: `${roleText('c', roleB)}\n${b}`, c: keysText('c') },
      role('a', keys('b')),
    ],
    [
      'at the source of a role, a further role before a process',
      { a: roleText('b'), b: `${roleText('c', roleB)}\n${processText}`, c: keysText('c') },
      role('a', role('b', keys('c'), roleB)),
    ],
    [
      'at the source of a role, a credential_source before a process',
      { a: roleText('b'), b: `credential_source = Environment\n${processText}` },
      role('a', { type: 'environment', profile: 'b' }),
    ],
    ['its own source, by keys', { a: `${roleText('a')}\n${keysText('a')}` }, role('a', keys('a'))],
    [
      'keys end a chain that comes again to the first profile',
      { a: `${roleText('b')}\n${keysText('a')}`, b: roleText('a', roleB) },
      role('a', role('b', keys('a'), roleB)),
    ],
    ['a role without a source leaves it to keys', { a: `role_arn = x\n${keysText('a')}` }, keys('a')],
    ['two sources of a role leave it to keys', {
      a: `${roleText('b')}\ncredential_source = Environment\n${keysText('a')}`, b,
    }, keys('a')],
    ['half the keys leave it to SSO', { a: `aws_access_key_id = A\n${ssoText}` }, sso],
    ['half a web identity leaves it to a login', {
      a: `web_identity_token_file = /token\n${loginText}`,
    }, login],
    ['empty settings count as none', {
      a: 'role_arn =\nsource_profile =\naws_access_key_id =\nsso_session =\ncredential_process =\n' +
        loginText,
    }, login],
  ]; // prettier-ignore
  for (const [name, profiles, expected] of rows) {
    test(name, () => {
      assert.deepEqual(sourceOf(profiles, expected.profile), expected);
    });
  }
});

suite('Profile chain: problems', () => {
  const incomplete = (...missing: readonly string[]) =>
    ({ code: 'incomplete', profile: 'a', missing }) as const;
  const invalid = (key: string, value: string) =>
    ({ code: 'invalidValue', profile: 'a', key, value }) as const;
  const loop = (...profiles: readonly string[]) => ({ code: 'loop', profiles }) as const;
  const duration = (value: string) => `${roleText('b')}\nduration_seconds = ${value}`;
  const b = keysText('b');

  const rows: readonly (readonly [string, Profiles, ChainProblem])[] = [
    ['no such profile', {}, { code: 'profileUnknown', profile: 'a' }],
    [
      'no such source',
      { a: roleText('b') },
      { code: 'profileUnknown', profile: 'b', neededBy: 'a' },
    ],
    [
      'no such source of a source',
      { a: roleText('b'), b: roleText('c') },
      { code: 'profileUnknown', profile: 'c', neededBy: 'b' },
    ],
    ['an empty profile', { a: '' }, { code: 'noCredentials', profile: 'a' }],
    ['no credentials', { a: 'region = x' }, { code: 'noCredentials', profile: 'a' }],
    [
      'a source without credentials',
      { a: roleText('b'), b: 'region = x' },
      { code: 'noCredentials', profile: 'b' },
    ],
    ['a loop of one', { a: roleText('a') }, loop('a', 'a')],
    ['a loop of two', { a: roleText('b'), b: roleText('a') }, loop('a', 'b', 'a')],
    [
      'a loop of three',
      { a: roleText('b'), b: roleText('c'), c: roleText('a') },
      loop('a', 'b', 'c', 'a'),
    ],
    [
      'a loop that begins later',
      { a: roleText('b'), b: roleText('c'), c: roleText('b') },
      loop('b', 'c', 'b'),
    ],
    ['its own source, not by SSO', { a: `${roleText('a')}\n${ssoText}` }, loop('a', 'a')],
    [
      'its own source, by half the keys',
      { a: `${roleText('a')}\naws_access_key_id = A` },
      incomplete('aws_secret_access_key'),
    ],
    ['no secret key', { a: 'aws_access_key_id = A' }, incomplete('aws_secret_access_key')],
    ['no access key', { a: 'aws_secret_access_key = A' }, incomplete('aws_access_key_id')],
    [
      'a token alone',
      { a: 'aws_session_token = A' },
      incomplete('aws_access_key_id', 'aws_secret_access_key'),
    ],
    ['a role without a source', { a: `role_arn = ${roleA}` }, incomplete('source_profile')],
    ['a source without a role', { a: 'source_profile = b', b }, incomplete('role_arn')],
    [
      'a credential_source without a role',
      { a: 'credential_source = Environment' },
      incomplete('role_arn'),
    ],
    ['a token file without a role', { a: 'web_identity_token_file = x' }, incomplete('role_arn')],
    [
      'SSO without its role',
      { a: 'sso_session = corp\nsso_account_id = 1' },
      incomplete('sso_role_name'),
    ],
    [
      'SSO by a session alone',
      { a: 'sso_session = corp' },
      incomplete('sso_account_id', 'sso_role_name'),
    ],
    [
      'SSO in the older form, incomplete',
      { a: 'sso_start_url = x\nsso_account_id = 1' },
      incomplete('sso_region', 'sso_role_name'),
    ],
    [
      'SSO that is incomplete is not left to a login',
      { a: `sso_region = x\n${loginText}` },
      incomplete('sso_start_url', 'sso_account_id', 'sso_role_name'),
    ],
    [
      'SSO by a session that is not there',
      { a: ssoText.replace('corp', 'other') },
      { code: 'sessionUnknown', profile: 'a', session: 'other' },
    ],
    [
      'two sources of a role',
      { a: `${roleText('b')}\ncredential_source = Environment`, b },
      { code: 'conflict', profile: 'a', keys: ['source_profile', 'credential_source'] },
    ],
    [
      'an unknown credential_source',
      { a: `role_arn = x\ncredential_source = environment\n${keysText('a')}` },
      invalid('credential_source', 'environment'),
    ],
    ...['abc', '3600s', '0', '899', '43201', '-3600', '1e4', '3600.5'].map(
      (value) =>
        [
          `a duration of ${value}`,
          { a: duration(value), b },
          invalid('duration_seconds', value),
        ] as const,
    ),
  ];
  for (const [name, profiles, expected] of rows) {
    test(name, () => {
      assert.deepEqual(find(profiles), { problem: expected });
    });
  }

  test('a session without its start URL', () => {
    assert.deepEqual(find({ a: ssoText }, 'a', '[sso-session corp]\nsso_region = x'), {
      problem: {
        code: 'incomplete',
        profile: 'a',
        session: 'corp',
        missing: ['sso_start_url'],
      },
    });
  });
});

suite('Profile chain: what is asked of a source', () => {
  const chain = sourceOf({
    a: `${roleText('b')}\nmfa_serial = m1`,
    b: `${roleText('c', roleB)}\nmfa_serial = m2\nexternal_id = hidden`,
    c: ssoText,
  });

  test('the login, at the end of the chain', () => {
    assert.deepEqual(loginOf(chain), { type: 'sso', profile: 'c', session: 'corp' });
    assert.deepEqual(loginOf({ ...login, region: 'x' }), { type: 'login', profile: 'a' });
    const old = { ...sso, session: undefined };
    assert.deepEqual(loginOf(old), { type: 'sso', profile: 'a' });
    for (const other of [keys('a'), web, process, role('a', { type: 'instance', profile: 'a' })]) {
      assert.equal(loginOf(other), undefined);
    }
  });

  test('its fingerprint stays when nothing that matters changes', () => {
    const text = `${roleText('b')}\nmfa_serial = m`;
    const print = (profiles: Profiles) => sourceFingerprint(sourceOf(profiles));
    const before = print({ a: text, b: keysText('b'), c: '' });
    assert.equal(print({ c: 'x = 1', b: `output = json\n${keysText('b')}`, a: text }), before);
    assert.equal(print({ a: text.split('\n').reverse().join('\n'), b: keysText('b') }), before);
  });

  const changes: readonly (readonly [string, CredentialSource])[] = [
    ['keys', { ...keys('a'), sessionToken: 't', accountId: '1' }],
    [
      'a role',
      {
        ...role('a', keys('b')),
        roleSessionName: 'n',
        externalId: 'x',
        durationSeconds: 900,
        mfaSerial: 'm',
        region: 'r',
      },
    ],
    ['web identity', { ...web, roleSessionName: 'n', region: 'r' }],
    ['SSO', sso],
    ['a login', { ...login, region: 'r' }],
    ['a process', { ...process, accountId: '1' }],
    ['the environment', { type: 'environment', profile: 'a' }],
  ];
  for (const [name, source] of changes) {
    test(`its fingerprint changes with anything of ${name}`, () => {
      const prints = new Set([sourceFingerprint(source)]);
      const parts = Object.entries(source).filter(([key]) => key !== 'source' && key !== 'type');
      for (const [key, value] of parts) {
        const other = typeof value === 'number' ? value + 1 : `${JSON.stringify(value)}2`;
        prints.add(sourceFingerprint({ ...source, [key]: other }));
        prints.add(sourceFingerprint({ ...source, [key]: undefined }));
      }
      assert.equal(prints.size, 1 + 2 * parts.length);
    });
  }

  test('its fingerprint changes with the end of the chain', () => {
    const prints = [
      role('a', keys('b')),
      role('a', { ...keys('b'), secretAccessKey: 'other' }),
      role('a', role('b', keys('b'))),
      role('a', { type: 'environment', profile: 'a' }),
      role('a', { type: 'instance', profile: 'a' }),
      keys('b'),
    ].map(sourceFingerprint);
    assert.equal(new Set(prints).size, prints.length);
  });
});

suite('Profile chain: configured endpoints', () => {
  const services = '[services s]\nlambda =\n  endpoint_url = http://service\nsts =\n  x = 1\n';
  type Env = Readonly<Record<string, string>>;
  const at = (text: string, env: Env = {}, profile: string | undefined = 'a') =>
    (['lambda', 'sqs', 'sts'] as const).map(
      (service) =>
        configuredEndpointOf(configOf({ a: text }, services), profile, service, env) ?? '-',
    );
  const own = 'endpoint_url = http://profile';
  const both = `services = s\n${own}`;
  const [s, p, e, l] = ['http://service', 'http://profile', 'http://env', 'http://lambda'];

  const rows: readonly (readonly [string, string, Env, readonly string[]])[] = [
    ['none', 'region = x', {}, ['-', '-', '-']],
    ['of the profile', own, {}, [p, p, p]],
    ['of a service', 'services = s', {}, [s, '-', '-']],
    ['of a service before the profile’s', both, {}, [s, p, p]],
    ['of services that are not there', `services = t\n${own}`, {}, [p, p, p]],
    ['of the environment', both, { AWS_ENDPOINT_URL: e }, [e, e, e]],
    [
      'of a service in the environment',
      both,
      { AWS_ENDPOINT_URL: e, AWS_ENDPOINT_URL_LAMBDA: l },
      [l, e, e],
    ],
    ['an empty variable is none', own, { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_SQS: '' }, [p, p, p]],
    ['an empty variable of a service leaves it to the other', own, {
      AWS_ENDPOINT_URL: e, AWS_ENDPOINT_URL_SQS: '',
    }, [e, e, e]],
    ['an empty setting is none', 'endpoint_url =', {}, ['-', '-', '-']],
    ['ignored in the profile', `${both}\nignore_configured_endpoint_urls = True`, {}, [
      '-', '-', '-',
    ]],
    ['ignored in the profile, the environment with it', `${own}\nignore_configured_endpoint_urls=true`, {
      AWS_ENDPOINT_URL: e, AWS_ENDPOINT_URL_STS: e,
    }, ['-', '-', '-']],
    ['the environment says whether it is ignored', `${own}\nignore_configured_endpoint_urls=true`, {
      AWS_ENDPOINT_URL_STS: e, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    }, [p, p, e]],
    ['ignored in the environment', both, {
      AWS_ENDPOINT_URL: e, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE',
    }, ['-', '-', '-']],
    ['not ignored', `${own}\nignore_configured_endpoint_urls = false`, {
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    }, [p, p, p]],
  ]; // prettier-ignore
  for (const [name, text, env, expected] of rows) {
    test(name, () => {
      assert.deepEqual(at(text, env), expected);
    });
  }

  test('of the profile that is used when none is named', () => {
    const config = configOf({ default: 'endpoint_url = http://default', a: own });
    const found = (profile: string | undefined, env: Env) =>
      configuredEndpointOf(config, profile, 'sqs', env);
    assert.equal(found(undefined, {}), 'http://default');
    assert.equal(found(undefined, { AWS_PROFILE: '' }), 'http://default');
    assert.equal(found(undefined, { AWS_PROFILE: 'a' }), p);
    assert.equal(found('default', { AWS_PROFILE: 'a' }), 'http://default');
    assert.equal(found('b', {}), undefined);
  });
});

suite('Profile chain: any files', () => {
  const names = fc.constantFrom('a', 'b', 'c', '__proto__');
  const lines = fc.oneof(
    names.map((name) => `source_profile = ${name}`),
    fc.constantFrom(
      `role_arn = ${roleA}`, 'credential_source = Environment', 'credential_source = x',
      'aws_access_key_id = A', 'aws_secret_access_key = SECRET', 'aws_session_token = SECRET',
      'duration_seconds = x', 'mfa_serial = m', ssoText, 'sso_session = gone', 'sso_region = r',
      loginText, processText, 'web_identity_token_file = /t', 'region =',
    ),
  ); // prettier-ignore
  const profiles = fc.dictionary(
    names,
    fc.array(lines, { maxLength: 5 }).map((found) => found.join('\n')),
  );

  test('never throws; neither a problem nor a way to sign in holds a secret', () => {
    fc.assert(
      fc.property(profiles, names, (texts, profile) => {
        const found = find(texts, profile);
        if ('problem' in found) {
          assert.ok(!JSON.stringify(found).includes('SECRET'));
          return;
        }
        const shown = [loginOf(found.source)];
        assert.ok(!JSON.stringify(shown).includes('SECRET'));
        assert.equal(typeof sourceFingerprint(found.source), 'string');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a chain of 5,000 profiles, with an end and without', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `p${index}`);
    const next = (index: number) => names[index + 1] ?? 'a';
    const links = Object.fromEntries(names.map((name, index) => [name, roleText(next(index))]));
    const source = sourceOf({ ...links, a: ssoText }, 'p0');
    assert.equal(linksOf(source).length, 5_001);
    assert.deepEqual(loginOf(source), { type: 'sso', profile: 'a', session: 'corp' });
    assert.ok(sourceFingerprint(source).includes('corp'));
    const found = find({ ...links, a: roleText('p0') }, 'p0');
    assert.ok('problem' in found && found.problem.code === 'loop');
    assert.equal(found.problem.profiles.length, 5_002);
  });
});
