import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Insertion } from '../../src/core/policyEdit';
import { newPolicy, withoutStatements, withStatements } from '../../src/core/policyEdit';
import { statementsIn } from './planning';
import type { RandomPolicy } from './randomPolicies';
import { oddStatements, partsOf, policies } from './randomPolicies';
import { wellFormed } from './statements';

const without = (text: string, ...indexes: readonly number[]) =>
  withoutStatements(text, new Set(indexes));

/** With tabs, CRLF, escapes, a number as an account, repeated and unknown members. */
const odd = [
  '\t{"Version" : "2008-10-17", "Statement": [{"Sid": "shadowed"}],\r',
  ' "Statement"\t:[',
  '\t{"Sid":"a", "Sid" :"b", "Principal":{"AWS" : 123456789012}} ,',
  '  { "Sid": "c\\u00e9", "x-unknown": [1.50, 1e3, "\\/"] }',
  '\t, {"Effect":"Deny"}  ] , "Id": "\\u0069d", "Extra":{"Statement":[{}, {}]}}',
  '',
].join('\r\n');

suite('withoutStatements', () => {
  const rows: readonly (readonly [string, readonly number[], string, string])[] = [
    ['the first', [0], '{"Sid":"a", "Sid" :"b", "Principal":{"AWS" : 123456789012}} ,\r\n  ', ''],
    [
      'one in the middle',
      [1],
      ' ,\r\n  { "Sid": "c\\u00e9", "x-unknown": [1.50, 1e3, "\\/"] }',
      '',
    ],
    ['the last', [2], '\r\n\t, {"Effect":"Deny"}', ''],
    [
      'the first two',
      [0, 1],
      '{"Sid":"a", "Sid" :"b", "Principal":{"AWS" : 123456789012}} ,\r\n  { "Sid": "c\\u00e9", "x-unknown": [1.50, 1e3, "\\/"] }\r\n\t, ',
      '',
    ],
    [
      'the last two',
      [1, 2],
      ' ,\r\n  { "Sid": "c\\u00e9", "x-unknown": [1.50, 1e3, "\\/"] }\r\n\t, {"Effect":"Deny"}',
      '',
    ],
  ];
  for (const [name, indexes, cut, put] of rows) {
    test(`${name}: only that, its comma and its blanks`, () => {
      assert.equal(odd.split(cut).length, 2);
      assert.equal(without(odd, ...indexes), odd.replace(cut, put));
    });
  }

  test('the first and the last: what stands between stays', () => {
    const first = '{"Sid":"a", "Sid" :"b", "Principal":{"AWS" : 123456789012}} ,\r\n  ';
    const expected = odd.replace(first, '').replace('\r\n\t, {"Effect":"Deny"}', '');
    assert.equal(without(odd, 0, 2), expected);
  });

  test('none: the text; all: no policy', () => {
    assert.equal(without(odd), odd);
    assert.equal(without(odd, 0, 1, 2), undefined);
    assert.equal(without('{"Statement":[]}'), undefined);
  });

  test('one that stands outside a list', () => {
    const text = '{ "Statement" : {"Sid":"a"}\n}';
    assert.equal(without(text), text);
    assert.equal(without(text, 0), undefined);
  });

  test('what is in a string is no comma and no bracket', () => {
    const text = '{"Statement":[{"Sid":"}],[{"},{"Sid":",\\","}]}';
    assert.equal(without(text, 0), '{"Statement":[{"Sid":",\\","}]}');
    assert.equal(without(text, 1), '{"Statement":[{"Sid":"}],[{"}]}');
  });

  test('a byte order mark and characters of two units stay in their places', () => {
    const text = '\ufeff{"Id":"😀","Statement":[{"Sid":"😀"},{"Sid":"b"}]}';
    assert.equal(without(text, 0), '\ufeff{"Id":"😀","Statement":[{"Sid":"b"}]}');
  });
});

suite('withStatements', () => {
  const put = (text: string, ...insertions: readonly Insertion[]) =>
    withStatements(text, insertions);
  const x = '{"Sid":"x"}';

  const rows: readonly (readonly [string, string, readonly Insertion[], string])[] = [
    ['into an empty list', '{"Statement":[ ]}', [{ text: x, at: 0 }], `{"Statement":[${x} ]}`],
    ['last, without blanks', '{"Statement":[{}]}', [{ text: x, at: 1 }], `{"Statement":[{},${x}]}`],
    [
      'first, without blanks',
      '{"Statement":[{}]}',
      [{ text: x, at: 0 }],
      `{"Statement":[${x},{}]}`,
    ],
    [
      'with the blanks of its neighbours',
      '{"Statement":[{ } ,\t{}]}',
      [{ text: x, at: 1 }],
      `{"Statement":[{ },\t${x} ,\t{}]}`,
    ],
    [
      'beside one that stands outside a list',
      '{"Statement" : {"Sid":"a"} }',
      [{ text: x, at: 1 }],
      `{"Statement" : [{"Sid":"a"},${x}] }`,
    ],
    [
      'before one that stands outside a list',
      '{"Statement" : {"Sid":"a"} }',
      [{ text: x, at: 0 }],
      `{"Statement" : [${x},{"Sid":"a"}] }`,
    ],
    [
      'several at one place, in their order',
      '{"Statement":[{"Sid":"a"},{"Sid":"b"}]}',
      [
        { text: '{"Sid":"1"}', at: 1 },
        { text: '{"Sid":"2"}', at: 1 },
      ],
      '{"Statement":[{"Sid":"a"},{"Sid":"1"},{"Sid":"2"},{"Sid":"b"}]}',
    ],
    [
      'several into an empty list, in their order',
      '{"Statement":[]}',
      [
        { text: '{"Sid":"1"}', at: 0 },
        { text: '{"Sid":"2"}', at: 0 },
      ],
      '{"Statement":[{"Sid":"1"},{"Sid":"2"}]}',
    ],
    [
      'at places that count the text as it was',
      '{"Statement":[{"Sid":"a"},{"Sid":"b"}]}',
      [
        { text: '{"Sid":"3"}', at: 2 },
        { text: '{"Sid":"1"}', at: 0 },
        { text: '{"Sid":"2"}', at: 1 },
      ],
      '{"Statement":[{"Sid":"1"},{"Sid":"a"},{"Sid":"2"},{"Sid":"b"},{"Sid":"3"}]}',
    ],
  ];
  for (const [name, text, insertions, expected] of rows) {
    test(name, () => assert.equal(put(text, ...insertions), expected));
  }

  const broken = ['{', '  "Statement": [', '    {', '      "Sid": "a"', '    }', '  ]', '}'];

  for (const [name, unit, eol] of [
    ['two blanks', '  ', '\n'],
    ['four blanks and CRLF', '    ', '\r\n'],
    ['tabs', '\t', '\n'],
  ] as const) {
    test(`broken into lines as its neighbours are: ${name}`, () => {
      const styled = (lines: readonly string[]) =>
        lines.map((line) => line.replaceAll('  ', unit)).join(eol);
      const added = put(styled(broken), { text: '{"Sid":"x","Action":["y"]}', at: 1 });
      const lines = [
        ...broken.slice(0, 4),
        '    },',
        '    {',
        '      "Sid": "x",',
        '      "Action": [',
        '        "y"',
        '      ]',
        ...broken.slice(4),
      ];
      assert.equal(added, styled(lines));
    });
  }

  test('verbatim: not a byte of it changes', () => {
    const text = '{ "Sid" : "x",\r\n"Action":["y"]}';
    const added = put(broken.join('\n'), { text, at: 1, verbatim: true });
    assert.equal(statementsIn(added)[1]?.text, text);
  });

  test('one in a line stays in it where others are so', () => {
    const text = '{"Statement": [\n  {"Sid": "a"}\n]}';
    assert.equal(put(text, { text: x, at: 1 }), `{"Statement": [\n  {"Sid": "a"},\n  ${x}\n]}`);
  });

  test('nothing: the text', () => assert.equal(put(odd), odd));
});

suite('newPolicy', () => {
  test('the version, an Id where there is one, and the statements as they are', () => {
    assert.equal(newPolicy(['{}', '{ }']), '{"Version":"2012-10-17","Statement":[{},{ }]}');
    assert.equal(
      newPolicy([], { version: '2008-10-17', id: 'a"b' }),
      '{"Version":"2008-10-17","Id":"a\\"b","Statement":[]}',
    );
  });
});

suite('policyEdit: whatever the policy', () => {
  /** Which of the statements, as bits. */
  const choice = fc.integer({ min: 0, max: 2 ** 6 - 1 });
  const chosen = ({ statements }: RandomPolicy, bits: number) =>
    new Set(statements.map((_, index) => index).filter((index) => (bits >> index) & 1));

  test('the random policies are policies, with all that is odd among them', () => {
    const seen = { crlf: 0, bare: 0, empty: 0, shadowed: 0, escaped: 0, number: 0, twin: 0 };
    fc.assert(
      fc.property(policies(oddStatements), ({ text, statements }) => {
        assert.deepEqual(
          wellFormed(text).statements.map((statement) => statement.text),
          statements,
        );
        JSON.parse(text);
        if (text.includes('\r\n')) seen.crlf++;
        if (/"Statement"\s*:\s*\{"Sid/.test(text)) seen.bare++;
        if (statements.length === 0) seen.empty++;
        if (text.includes('shadowed')) seen.shadowed++;
        if (text.includes('\\u00')) seen.escaped++;
        if (/"AWS"\s*:\s*1234/.test(text)) seen.number++;
        if (text.split('twin').length > 2) seen.twin++;
      }),
      { numRuns: 500, seed: 1 },
    );
    for (const [name, count] of Object.entries(seen)) {
      assert.ok(count > 0, `none of the policies is ${name}`);
    }
  });

  test('without some: these are gone, and every other byte stays', () => {
    fc.assert(
      fc.property(policies(oddStatements), choice, (policy, bits) => {
        const gone = chosen(policy, bits);
        const rest = policy.statements.filter((_, index) => !gone.has(index));
        const text = withoutStatements(policy.text, gone);
        if (rest.length === 0) {
          assert.equal(text, undefined);
          return;
        }
        assert.ok(text !== undefined, 'something is left');
        const before = partsOf(policy.text);
        const after = partsOf(text);
        assert.deepEqual(after.statements, rest);
        assert.deepEqual([after.prefix, after.suffix], [before.prefix, before.suffix]);
        for (const blank of after.between) assert.ok(before.between.includes(blank), blank);
        assert.deepEqual(JSON.parse(text), valueWithout(policy.text, gone));
      }),
      { numRuns: 2_000 },
    );
  });

  test('with more: these are there as they were given, and every byte stays', () => {
    const additions = fc.array(
      fc.record({
        text: policies(oddStatements, { minLength: 1, maxLength: 1 }).map(
          ({ statements }) => statements[0] ?? '',
        ),
        at: fc.integer({ min: 0, max: 6 }),
        verbatim: fc.boolean(),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(policies(oddStatements), additions, (policy, added) => {
        const { length } = policy.statements;
        const insertions = added.map((item) => ({ ...item, at: Math.min(item.at, length) }));
        const text = withStatements(policy.text, insertions);
        const now = partsOf(text);
        const slots = policy.statements.map((statement, at) => [
          ...insertions.filter((item) => item.at === at),
          { text: statement, verbatim: true },
        ]);
        const expected = [...slots.flat(), ...insertions.filter((item) => item.at === length)];
        assert.deepEqual(
          now.statements.map((statement) => JSON.stringify(JSON.parse(statement))),
          expected.map((item) => JSON.stringify(JSON.parse(item.text))),
        );
        for (const [index, item] of expected.entries()) {
          if (item.verbatim) assert.equal(now.statements[index], item.text);
        }
        const isList = !/"Statement"\s*:\s*$/.test(partsOf(policy.text).prefix);
        if (length === 0 || !isList) return;
        const news = expected.flatMap((item, index) => ('at' in item ? [index] : []));
        assert.equal(withoutStatements(text, new Set(news)), policy.text);
      }),
      { numRuns: 2_000 },
    );
  });
});

function valueWithout(text: string, gone: ReadonlySet<number>): unknown {
  const value = JSON.parse(text) as { Statement: unknown };
  if (!Array.isArray(value.Statement)) return value;
  return { ...value, Statement: value.Statement.filter((_, index) => !gone.has(index)) };
}
