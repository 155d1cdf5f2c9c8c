import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ConfigProblem, ConfigSection, SharedConfigFiles } from '../../src/core/sharedConfig';
import { parseSharedConfig } from '../../src/core/sharedConfig';

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

function plain(sections: ReadonlyMap<string, ConfigSection>): Sections {
  return Object.fromEntries([...sections].map(([name, held]) => [name, Object.fromEntries(held)]));
}

const profilesOf = (files: SharedConfigFiles) => plain(parseSharedConfig(files).profiles);
const problemsOf = (files: SharedConfigFiles) => parseSharedConfig(files).problems;

suite('Shared config: profiles', () => {
  const rows: readonly (readonly [string, SharedConfigFiles, Sections])[] = [
    ['no files', {}, {}],
    ['empty files', { config: '', credentials: '\n \n' }, {}],
    [
      'of both files, merged by setting; the credentials file wins',
      {
        config: '[profile a]\nregion = eu-west-1\noutput = json\n[profile b]\nregion=us-east-1',
        credentials: '[a]\nregion = us-east-2\naws_access_key_id = A\n[c]\nx = 1',
      },
      {
        a: { region: 'us-east-2', output: 'json', aws_access_key_id: 'A' },
        b: { region: 'us-east-1' },
        c: { x: '1' },
      },
    ],
    [
      'a section again adds to the first; the last setting counts',
      { config: '[profile a]\nx = 1\ny = 1\ny = 2\n[profile b]\n[profile a]\nx = 2\nz = 3' },
      { a: { x: '2', y: '2', z: '3' }, b: {} },
    ],
    [
      'the default profile of both files',
      { config: '[default]\nx = 1', credentials: '[default]\ny = 2' },
      { default: { x: '1', y: '2' } },
    ],
    [
      'settings in any case',
      { config: '[profile A]\nRegion = EU\nREGION = Us' },
      { A: { region: 'Us' } },
    ],
    [
      'equals signs and quotes belong to the value',
      { config: '[profile a]\nx = a=b==\ny="q"\n z = 1' },
      { a: { x: 'a=b==', y: '"q"\nz = 1' } },
    ],
    ['a value may be empty', { config: '[profile a]\nx =\ny = \n' }, { a: { x: '', y: '' } }],
    [
      'an empty one in the credentials file stands in place of the other',
      { config: '[profile a]\nx = 1', credentials: '[a]\nx =' },
      { a: { x: '' } },
    ],
    [
      'a byte order mark, CRLF and lone CR',
      { config: '\uFEFF[profile a]\r\nx = 1\r\n[profile b]\ry = 2\r' },
      { a: { x: '1' }, b: { y: '2' } },
    ],
    ['tabs and blanks', { config: '[\t profile\ta \t]\t\nx\t= \t1\t\n' }, { a: { x: '1' } }],
    [
      'a profile that is indented as a whole',
      { config: '[profile a]\n  x = 1\n  y = 2\n  [profile b]\n\tx = 3' },
      { a: { x: '1', y: '2' }, b: { x: '3' } },
    ],
  ];
  for (const [name, files, expected] of rows) {
    test(name, () => {
      assert.deepEqual(profilesOf(files), expected);
    });
  }

  for (const config of [
    '[default]\nx = 1\ny = 1\n[profile default]\nx = 2',
    '[profile default]\nx = 2\n[default]\nx = 1\ny = 1',
  ]) {
    test(`[profile default] counts alone: ${JSON.stringify(config)}`, () => {
      const line = config.split('\n').indexOf('[default]') + 1;
      const credentials = '[default]\nz = 3';
      assert.deepEqual(profilesOf({ config, credentials }), { default: { x: '2', z: '3' } });
      assert.deepEqual(problemsOf({ config }), [
        { file: 'config', line, code: 'defaultTwice', text: 'default' },
      ]);
    });
  }
});

suite('Shared config: names', () => {
  const names = [
    'a.b', 'me@corp', 'x/y', 'a:b', 'a%b', 'a+b', 'a!b', '日本', 'é', '😀', 'my profile',
    'my  old profile', "it's", 'a"b', '__proto__', 'constructor', 'toString', 'profile', '1',
    'sso-session', 'services', 'Default', 'DEFAULT', 'a#b', 'a;b', 'a=b', 'preview',
  ]; // prettier-ignore
  for (const name of names) {
    test(name, () => {
      const config = parseSharedConfig({
        config: `[profile ${name}]\nx = 1\n[sso-session ${name}]\nx = 2\n[services ${name}]\nx = 3`,
        credentials: `[${name}]\ny = 4`,
      });
      assert.deepEqual([...config.profiles.keys()], [name]);
      assert.deepEqual([...(config.profiles.get(name) ?? [])].flat(), ['x', '1', 'y', '4']);
      assert.deepEqual([...(config.ssoSessions.get(name) ?? [])].flat(), ['x', '2']);
      assert.deepEqual([...(config.services.get(name) ?? [])].flat(), ['x', '3']);
      assert.deepEqual(config.problems, []);
    });
  }

  const quotedNames: readonly (readonly [string, string])[] = [
    ['"my profile"', 'my profile'],
    ["'my profile'", 'my profile'],
    ['" a "', ' a '],
    ['"a]b # c"', 'a]b # c'],
    ['"a\\"b\\\\c"', 'a"b\\c'],
    // As the CLI writes it.
    [`'it'"'"'s mine'`, "it's mine"],
    ['"a"b', '"a"b'],
  ];
  for (const [written, name] of quotedNames) {
    test(`${written} is ${name}`, () => {
      const files = { config: `[profile ${written}]\nx = 1`, credentials: `[${written}]\ny = 2` };
      assert.deepEqual(profilesOf(files), { [name]: { x: '1', y: '2' } });
    });
  }

  test('names of settings that objects have', () => {
    const { profiles } = parseSharedConfig({
      config: '[profile a]\n__proto__ = 1\nconstructor = 2\ntoString = 3',
    });
    assert.deepEqual(
      [...(profiles.get('a') ?? [])],
      [
        ['__proto__', '1'],
        ['constructor', '2'],
        ['tostring', '3'],
      ],
    );
  });
});

suite('Shared config: comments, blocks and long values', () => {
  const rows: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['lines', '# a = 1\n; b = 2\n  # c = 3\nx = 1\n  ; y = 2\n', { x: '1' }],
    ['after a blank', 'x = 1 # a\ny = 2 ; b # c\nz = 3\t#\nw = # none', {
      x: '1', y: '2', z: '3', w: '',
    }],
    ['not without one', 'x = a#b\ny = a;b\nz =#c', { x: 'a#b', y: 'a;b', z: '#c' }],
    ['a block', 's3 =\n  a = 1\n  B = 2 # c\n\n # d\n  c = 3\nx = 1', {
      's3.a': '1', 's3.b': '2', 's3.c': '3', x: '1',
    }],
    ['a block in a profile that is indented', '\ts3 =\n\t\ta = 1\n\tx = 1', {
      's3.a': '1', x: '1',
    }],
    ['what is not indented is no block', 's3 =\na = 1', { s3: '', a: '1' }],
    ['a block may hold empty values', 's3 =\n a =\n b = 1', { 's3.a': '', 's3.b': '1' }],
    ['a long value, comments and all', 'p = x\n  --y # z\n\n  -w ; v\n  # no\nq = 1', {
      p: 'x\n--y # z\n-w ; v', q: '1',
    }],
    ['a long value that looks like a section that is not closed', 'p = x\n  [y', { p: 'x\n[y' }],
  ]; // prettier-ignore
  for (const [name, text, expected] of rows) {
    test(name, () => {
      const found = parseSharedConfig({ config: `[profile a]\n${text}`, credentials: '[b]\n' });
      assert.deepEqual(plain(found.profiles), { a: expected, b: {} });
      assert.deepEqual(found.problems, []);
    });
  }

  test('behind a section', () => {
    const config = '[profile a] # x\na = 1\n[profile b]; [y]\nb = 1\n[profile c] z\nc = 1';
    assert.deepEqual(profilesOf({ config }), { a: { a: '1' }, b: { b: '1' }, c: { c: '1' } });
    assert.deepEqual(problemsOf({ config }), []);
  });

  test('sso-session and services sections', () => {
    const { profiles, ssoSessions, services } = parseSharedConfig({
      config:
        '[sso-session corp]\nsso_region = eu-west-1\n' +
        '[services "my local"]\nlambda =\n  endpoint_url = http://a\nsqs =\n\tendpoint_url = http://b\n' +
        '[profile sso-session]\nx = 1',
    });
    assert.deepEqual(plain(ssoSessions), { corp: { sso_region: 'eu-west-1' } });
    assert.deepEqual(plain(services), {
      'my local': { 'lambda.endpoint_url': 'http://a', 'sqs.endpoint_url': 'http://b' },
    });
    assert.deepEqual(plain(profiles), { 'sso-session': { x: '1' } });
  });
});

suite('Shared config: problems', () => {
  type Row = readonly [string, number, ConfigProblem['code'], string];
  /** Each between two sound profiles, which it must leave alone. */
  const inConfig: readonly Row[] = [
    ['[profile b\nx = 2', 3, 'sectionNotClosed', 'profile b'],
    ['[', 3, 'sectionNotClosed', ''],
    ['s3 =\n  [b', 4, 'noEqualsSign', 'profile a'],
    ['[foo]\nx = 2', 3, 'notAProfile', 'foo'],
    ['[my-profile]', 3, 'notAProfile', 'my-profile'],
    ['[Default]', 3, 'notAProfile', 'Default'],
    ['[profilefoo]', 3, 'notAProfile', 'profilefoo'],
    ['[my profile]\nx = 2', 3, 'unknownSection', 'my profile'],
    ['[Profile b]', 3, 'unknownSection', 'Profile b'],
    ['[sso_session b]', 3, 'unknownSection', 'sso_session b'],
    ['[]\nx = 2', 3, 'emptyName', ''],
    ['[profile]\nx = 2', 3, 'emptyName', 'profile'],
    ['[profile ""]', 3, 'emptyName', 'profile ""'],
    ['[sso-session ]', 3, 'emptyName', 'sso-session'],
    ['= 2', 3, 'emptyName', 'profile a'],
    ['region : x', 3, 'noEqualsSign', 'profile a'],
    ['\n# c\n\nregion', 6, 'noEqualsSign', 'profile a'],
    ['x = 1 \nregion # y = 2', 4, 'noEqualsSign', 'profile a'],
    ['s3 =\n  region', 4, 'noEqualsSign', 'profile a'],
    ['s3 =\n  = 1', 4, 'emptyName', 'profile a'],
    ['region = x\n  output = y', 4, 'settingInValue', 'output'],
  ];
  for (const [text, line, code, shown] of inConfig) {
    test(`config: ${JSON.stringify(text)}`, () => {
      const files = { config: `[profile a]\nx = 1\n${text}\n[profile z]\nx = 26` };
      assert.deepEqual(problemsOf(files), [{ file: 'config', line, code, text: shown }]);
      const { a, z, ...others } = profilesOf(files);
      assert.deepEqual([a?.['x'], z, others], ['1', { x: '26' }, {}]);
    });
  }

  const inCredentials: readonly Row[] = [
    ['[profile b]\nx = 2', 3, 'misplacedSection', 'profile b'],
    ['[sso-session b]\nx = 2', 3, 'misplacedSection', 'sso-session b'],
    ['[services b]', 3, 'misplacedSection', 'services b'],
    ['[b\nx = 2', 3, 'sectionNotClosed', 'b'],
    ['[""]\nx = 2', 3, 'emptyName', '""'],
    ['AKIAEXAMPLE', 3, 'noEqualsSign', 'a'],
  ];
  for (const [text, line, code, shown] of inCredentials) {
    test(`credentials: ${JSON.stringify(text)}`, () => {
      const files = { credentials: `[a]\nx = 1\n${text}\n[z]\nx = 26` };
      assert.deepEqual(problemsOf(files), [{ file: 'credentials', line, code, text: shown }]);
      assert.deepEqual(profilesOf(files), { a: { x: '1' }, z: { x: '26' } });
    });
  }

  test('what stands before any section is told once', () => {
    const text = '\n# c\nregion = x\nAKIAEXAMPLE\n= y\n';
    assert.deepEqual(problemsOf({ config: text, credentials: `x y\n${text}` }), [
      { file: 'config', line: 3, code: 'textBeforeSection', text: 'region' },
      { file: 'credentials', line: 1, code: 'textBeforeSection', text: '' },
    ]);
  });

  test('what is indented deeper than a line that is no setting belongs to no setting', () => {
    const config = '[profile a]\nx = 1\ny\n  z = 2\n= 3\n  w = 4';
    assert.deepEqual(profilesOf({ config }), { a: { x: '1', z: '2', w: '4' } });
  });

  test('a name that is too long for one is not told', () => {
    const name = 'x'.repeat(129);
    const config = `[${name}]\n[${name.slice(1)}]\n[${name}`;
    const told = problemsOf({ config }).map(({ text }) => text);
    assert.deepEqual(told, ['', name.slice(1), '']);
  });

  test('several, in the order of the lines, with every kind of line end', () => {
    const config = '[foo]\r\n[default]\r[profile default]\n\n[x y]\r\n[profile a]\r\ny';
    const found = problemsOf({ config, credentials: '[profile a]' });
    assert.deepEqual(
      found.map(({ file, line, code }) => [file, line, code]),
      [
        ['config', 1, 'notAProfile'],
        ['config', 2, 'defaultTwice'],
        ['config', 5, 'unknownSection'],
        ['config', 7, 'noEqualsSign'],
        ['credentials', 1, 'misplacedSection'],
      ],
    );
  });

  for (const config of ['[plugins]\nx = 1\nno equals', '[preview]\nsdb = true']) {
    test(`none of ${JSON.stringify(config)}: the CLI’s own`, () => {
      const found = parseSharedConfig({ config });
      assert.deepEqual([plain(found.profiles), found.problems], [{}, []]);
    });
  }

  const secrets = [
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'wJalrXUtnFEMIaK7MDENGabPxRfiCYEXAMPLEKEY==',
    'IQoJb3JpZ2luX2VjEHgaCXVzLWVhc3QtMSJHMEUCIQ='.repeat(5),
  ];
  const places = [
    (secret: string) => secret,
    (secret: string) => `= ${secret}`,
    (secret: string) => `aws_secret_access_key = ${secret}`,
    (secret: string) => `aws_secret_access_key : ${secret}`,
    (secret: string) => `[default]\n${secret}`,
    (secret: string) => `[default]\naws_secret_access_key = x\n  ${secret}`,
    (secret: string) => `[default]\naws_session_token =\n  ${secret}`,
    (secret: string) => `[default]\naws_session_token =\n  = ${secret}`,
    (secret: string) => `[default]\n= ${secret}`,
    (secret: string) => `[default]\naws_secret_access_key ${secret}`,
    (secret: string) => `[default aws_secret_access_key = ${secret}`,
    (secret: string) => `[default aws_secret_access_key=${secret}]\nx`,
  ];
  test('never hold what was pasted', () => {
    for (const place of places) {
      for (const secret of secrets) {
        const text = place(secret);
        const told = JSON.stringify(problemsOf({ config: text, credentials: text }));
        assert.ok(!told.includes(secret.replaceAll('=', '').slice(0, 20)), `${text}\n${told}`);
      }
    }
  });
});

suite('Shared config: any text', () => {
  const pieces = fc.constantFrom(
    '[', ']', '[profile ', '[default]', '[profile a]', '[services x]', '"', "'", '\\', '=', ' ', '\t',
    '\n', '\r\n', '\r', '#', ';', 'region', 'a = b', '\n  c = d', 'x =\n', '__proto__', '\uFEFF', '\ud83d',
  ); // prettier-ignore
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(pieces, { maxLength: 40 }).map((found) => found.join('')),
  );

  test('never throws; each problem is of a line that is there', () => {
    fc.assert(
      fc.property(texts, texts, (config, credentials) => {
        const files = { config, credentials };
        for (const { file, line } of parseSharedConfig(files).problems) {
          assert.ok(line >= 1 && line <= files[file].split(/\r\n|\r|\n/).length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('what stands after it is read as it would be alone', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const config = `${text}\n[profile the last]\nx = 1\ns3 =\n  y = 2`;
        const found = profilesOf({ config })['the last'];
        assert.deepEqual(found, { x: '1', 's3.y': '2' });
      }),
      { numRuns: 2_000 },
    );
  });

  test('5,000 profiles', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `profile-${index}`);
    const config = names.map(
      (name, index) =>
        `[profile ${name}]\nrole_arn = arn:aws:iam::123456789012:role/r\n` +
        `source_profile = profile-${index + 1}\nregion = eu-west-1\ns3 =\n  a = ${index}\n`,
    );
    const { profiles } = parseSharedConfig({ config: config.join('\n') });
    assert.equal(profiles.size, 5_000);
    assert.equal(profiles.get('profile-4999')?.get('s3.a'), '4999');
  });

  test('a text of brackets, quotes or blanks alone takes no time to speak of', () => {
    for (const piece of ['[', '"', "[profile '", '[profile ""', '[a "\\', ' ', '\t#', 'a = "']) {
      parseSharedConfig({ config: `[profile a]\n${piece.repeat(50_000)}` });
      parseSharedConfig({ config: `[profile a]\n[profile ${piece.repeat(50_000)}` });
    }
  });
});
