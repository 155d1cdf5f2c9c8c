import assert from 'node:assert/strict';
import type { PolicyProblem } from '../../src/core/policy';
import { byteLength, parsePolicy, statementsOf } from '../../src/core/policy';
import { oddText } from '../conformance/seed';
import { mutations, Random } from './mutations';
import { policyWith, wellFormed } from './statements';

const full = {
  Sid: 'all',
  Effect: 'Deny',
  Principal: { AWS: ['123456789012', '*'], Service: 's3.amazonaws.com' },
  NotAction: ['lambda:InvokeFunction', 'lambda:Get*'],
  Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
  Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-a', 'o-b'] }, Bool: { x: true, y: 3 } },
};

suite('parsePolicy: what a policy says', () => {
  test('every element of a statement is read', () => {
    const [statement] = policyWith(full).statements;
    assert.deepEqual(
      { ...statement, text: '', canonical: '', identity: '', offset: 0, length: 0 },
      {
        index: 0,
        offset: 0,
        length: 0,
        sid: 'all',
        effect: 'Deny',
        principals: [
          { kind: 'account', accountId: '123456789012' },
          { kind: 'everyone' },
          { kind: 'service', service: 's3.amazonaws.com' },
        ],
        exceptPrincipals: false,
        actions: ['lambda:InvokeFunction', 'lambda:Get*'],
        exceptActions: true,
        resources: ['arn:aws:lambda:eu-west-1:123456789012:function:shop'],
        exceptResources: false,
        conditions: [
          { operator: 'StringEquals', key: 'aws:PrincipalOrgID', values: ['o-a', 'o-b'] },
          { operator: 'Bool', key: 'x', values: ['true'] },
          { operator: 'Bool', key: 'y', values: ['3'] },
        ],
        text: '',
        canonical: '',
        identity: '',
      },
    );
  });

  test('version and ID are read, and are absent when they are no text', () => {
    const named = wellFormed('{"Version":"2008-10-17","Id":"default","Statement":[]}');
    assert.deepEqual([named.version, named.id], ['2008-10-17', 'default']);
    const odd = wellFormed('{"Version":8,"Id":null,"Statement":[]}');
    assert.deepEqual([odd.version, odd.id], [undefined, undefined]);
  });

  test('an empty list of statements is a policy without statements', () => {
    assert.deepEqual(wellFormed('{"Statement":[]}').statements, []);
  });

  test('a single statement outside a list is a list of one', () => {
    const { statements } = wellFormed('{ "Statement": {"Sid":"alone"} }');
    assert.deepEqual(
      statements.map(({ sid, index, text }) => [sid, index, text]),
      [['alone', 0, '{"Sid":"alone"}']],
    );
  });

  test('hundreds of statements in 20 KB are all read, in order', () => {
    const sids = Array.from({ length: 400 }, (_, at) => `s${at}`);
    const { statements } = policyWith(...sids.map((Sid) => ({ Sid, Effect: 'Allow' })));
    assert.deepEqual(
      statements.map(({ sid }) => sid),
      sids,
    );
  });

  const duplicates: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
    ['Sid', '{"Statement":[{"Sid":"first","Sid":"last"}]}', ['last']],
    ['Sid, the last of which is no text', '{"Statement":[{"Sid":"first","Sid":1}]}', [undefined]],
    ['Statement', '{"Statement":[{"Sid":"a"}],"Statement":[{"Sid":"b"}]}', ['b']],
  ];
  for (const [what, text, sids] of duplicates) {
    test(`of a repeated key the last counts: ${what}`, () => {
      assert.deepEqual(
        wellFormed(text).statements.map(({ sid }) => sid),
        sids,
      );
    });
  }

  test('a key that differs in case is another key', () => {
    const [statement] = policyWith('{"sid":"a","EFFECT":"Allow"}').statements;
    assert.deepEqual([statement?.sid, statement?.effect], [undefined, 'unknown']);
  });
});

suite('parsePolicy: the text is kept', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['odd spacing', '\t{ \n"Statement" :[ {"Sid" : "a"}\n\n, {"Sid":"b" } ] } \n'],
    ['CRLF', '{\r\n  "Statement": [\r\n    {\r\n "Sid": "a"\r\n},\r\n{ "Sid": "b" }\r\n]\r\n}\r\n'],
    ['unicode before and within', '{"Id":"é😀\u2028","Statement":[{"Sid":"日本😀"},{"Sid":"ñ"}]}'],
    ['escapes', '{"Statement":[{"Sid":"\\u0061\\n\\"}"},{"Sid":"\\ud83d\\ude00 ]"}]}'],
    ['unknown fields', '{"X":{"Statement":1},"Statement":[{"Y":[{}],"Sid":"a"},{"Sid":"b"}]}'],
  ];
  for (const [name, text] of texts) {
    test(`statements are slices of it by offset: ${name}`, () => {
      const policy = wellFormed(text);
      assert.equal(policy.text, text);
      assert.equal(policy.statements.length, 2);
      let from = 0;
      for (const { offset, length, text: own, sid } of policy.statements) {
        assert.equal(own, text.slice(offset, offset + length));
        assert.ok(offset > from, 'they follow each other');
        from = offset + length;
        assert.deepEqual([own.at(0), own.at(-1)], ['{', '}']);
        assert.equal((JSON.parse(own) as { Sid: string }).Sid, sid);
      }
    });
  }

  test('text that is no policy is kept too', () => {
    assert.equal(parsePolicy('{"Statement": [').text, '{"Statement": [');
    assert.deepEqual(statementsOf(parsePolicy('{"Statement": [')), []);
  });

  test('bytes are counted as UTF-8', () => {
    const sizes = ['', 'a', 'é', '日', '😀', '\r\n'].map(byteLength);
    assert.deepEqual(sizes, [0, 1, 2, 3, 4, 2]);
  });
});

suite('parsePolicy: what is no policy', () => {
  type Expected = Pick<PolicyProblem, 'code' | 'line' | 'column'> & { readonly detail?: string };
  const rows: readonly (readonly [string, string, Expected])[] = [
    ['empty', '', { code: 'syntax', detail: 'ValueExpected', line: 1, column: 1 }],
    ['only spaces', ' \n ', { code: 'syntax', detail: 'ValueExpected', line: 2, column: 2 }],
    ['a list', ' []', { code: 'notAnObject', line: 1, column: 2 }],
    ['null', 'null', { code: 'notAnObject', line: 1, column: 1 }],
    ['a text', '"x"', { code: 'notAnObject', line: 1, column: 1 }],
    ['an object without Statement', '\n{}', { code: 'noStatements', line: 2, column: 1 }],
    ['Statement is a text', '{"Statement":"x"}', { code: 'noStatements', line: 1, column: 14 }],
    ['Statement is null', '{"Statement":null}', { code: 'noStatements', line: 1, column: 14 }],
    [
      'a comma is missing',
      '{"Version":"1"\n "Statement":[]}',
      { code: 'syntax', detail: 'CommaExpected', line: 2, column: 2 },
    ],
    [
      'a comma too many',
      '{"Statement":[{},]}',
      { code: 'syntax', detail: 'ValueExpected', line: 1, column: 18 },
    ],
    [
      'cut off',
      '{"Statement":[\r\n{"Sid":"a"}',
      { code: 'syntax', detail: 'CloseBracketExpected', line: 2, column: 12 },
    ],
    [
      'a comment',
      '{\n// x\n"Statement":[]}',
      { code: 'syntax', detail: 'InvalidCommentToken', line: 2, column: 1 },
    ],
    [
      'more after its end',
      '{"Statement":[]}\n{}',
      { code: 'syntax', detail: 'EndOfFileExpected', line: 2, column: 1 },
    ],
    [
      'an open string',
      '{"Statement":[{"Sid":"a}]}',
      { code: 'syntax', detail: 'UnexpectedEndOfString', line: 1, column: 22 },
    ],
    ['a byte order mark', oddText, { code: 'syntax', detail: 'InvalidSymbol', line: 1, column: 1 }],
  ];
  for (const [name, text, { detail, ...place }] of rows) {
    test(`${name}: says what and where`, () => {
      const policy = parsePolicy(text);
      if (policy.wellFormed) assert.fail('read as a policy');
      const { code, line, column } = policy.problem;
      assert.deepEqual({ code, line, column }, place);
      assert.equal(policy.problem.detail, detail);
    });
  }

  const breaks: readonly (readonly [string, string])[] = [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ];
  for (const [name, end] of breaks) {
    test(`lines end with ${name}`, () => {
      const policy = parsePolicy(['{', '"Statement": [', ' !'].join(end));
      assert.ok(!policy.wellFormed);
      assert.deepEqual([policy.problem.line, policy.problem.column], [3, 2]);
    });
  }
});

suite('parsePolicy never throws', () => {
  const nested = (depth: number, open: string, inside: string, close: string) =>
    open.repeat(depth) + inside + close.repeat(depth);

  test('20 KB of opening brackets', () => {
    assert.equal(parsePolicy('['.repeat(20_480)).wellFormed, false);
    assert.equal(parsePolicy('{"Statement":'.repeat(1_600)).wellFormed, false);
  });

  const deep: readonly (readonly [string, (depth: number) => string])[] = [
    ['lists', (depth) => `{"Statement":${nested(depth, '[', '', ']')}}`],
    ['objects', (depth) => `{"Statement":[${nested(depth, '{"a":', '1', '}')}]}`],
    ['conditions', (depth) => `{"Statement":{"Condition":${nested(depth, '{"a":[', '', ']}')}}}`],
  ];
  for (const [name, make] of deep) {
    test(`well-formed, but nested to any depth: ${name}`, function () {
      this.timeout(10_000);
      for (const depth of [100, 500, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 10_000]) {
        const text = make(depth);
        assert.equal(parsePolicy(text).text, text);
      }
    });
  }

  test('a problem is too deep, not a syntax error, when only the depth is wrong', () => {
    const policy = parsePolicy(`{"Statement":${nested(50_000, '[', '', ']')}}`);
    assert.ok(!policy.wellFormed);
    assert.equal(policy.problem.code, 'tooDeep');
  });

  const types: readonly unknown[] = [null, true, 0, -1.5, '', 'x', [], {}, [[]], [{}], { x: [1] }];
  for (const key of Object.keys(full)) {
    test(`${key} of every type`, () => {
      for (const value of types) {
        const [statement] = policyWith({ ...full, [key]: value }).statements;
        assert.ok(statement);
        for (const list of [statement.actions, statement.resources]) {
          assert.ok(list.every((item) => typeof item === 'string'));
        }
        assert.ok(statement.sid === undefined || typeof statement.sid === 'string');
        assert.ok(['Allow', 'Deny', 'unknown'].includes(statement.effect));
      }
    });
  }

  test('statements that are no objects keep their place and say nothing', () => {
    const { statements } = policyWith('1', 'null', '"x"', '[]', '{"Sid":"a"}', 'true');
    assert.deepEqual(
      statements.map(({ sid, text, effect, principals }) => [sid, text, effect, principals.length]),
      [
        [undefined, '1', 'unknown', 0],
        [undefined, 'null', 'unknown', 0],
        [undefined, '"x"', 'unknown', 0],
        [undefined, '[]', 'unknown', 0],
        ['a', '{"Sid":"a"}', 'unknown', 0],
        [undefined, 'true', 'unknown', 0],
      ],
    );
  });

  test('__proto__, constructor and the like are keys as any other', () => {
    const text =
      '{"__proto__":{"Statement":1},"Statement":[{"__proto__":{"Sid":"no"},"constructor":1,' +
      '"Principal":{"__proto__":"x","toString":"y"},"Condition":{"__proto__":{"k":"v"}}}]}';
    const [statement] = wellFormed(text).statements;
    assert.deepEqual(statement?.principals, [
      { kind: 'other', type: '__proto__', value: 'x' },
      { kind: 'other', type: 'toString', value: 'y' },
    ]);
    assert.deepEqual(statement.conditions, [{ operator: '__proto__', key: 'k', values: ['v'] }]);
    assert.equal(statement.sid, undefined);
    assert.equal(({} as { Sid?: string }).Sid, undefined);
  });

  test('400 mutated texts: kept as they are, right where they are well-formed, or placed', function () {
    this.timeout(10_000);
    const random = new Random(20_260_801);
    const texts = [JSON.stringify({ Version: '2012-10-17', Statement: [full, full] }), oddText];
    let good = 0;
    for (const text of mutations(texts, 400, random)) {
      const policy = parsePolicy(text);
      assert.equal(policy.text, text);
      if (policy.wellFormed) {
        good++;
        assert.doesNotThrow(() => JSON.parse(text) as unknown, text);
        for (const { offset, length, text: own } of policy.statements) {
          assert.equal(own, text.slice(offset, offset + length));
        }
      } else {
        const { offset, line, column } = policy.problem;
        assert.ok(offset >= 0 && offset <= text.length && line >= 1 && column >= 1, text);
      }
    }
    assert.ok(good > 30 && good < 370, `both kinds occur: ${good} of 400 are well-formed`);
  });
});
