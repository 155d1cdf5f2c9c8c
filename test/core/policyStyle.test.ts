import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromEditable, toEditable } from '../../src/core/policyStyle';
import { sampleCompany } from '../../src/sample/company';
import { mutations, Random } from './mutations';

/** As Python's `json.dumps` writes it. */
const spaced = (text: string) => text.replace(/([,:])(?=(?:[^"]|"[^"]*")*$)/g, '$1 ');

const policies = sampleCompany()
  .functions.flatMap(({ policies: all }) => Object.values(all).map(({ text }) => text))
  .slice(0, 20);

/** All line ends alike, as an editor's model has them. */
const asInModel = (text: string) => text.replace(/\r\n|\r/g, '\n');

suite('the style of a policy', () => {
  const compact =
    '{"Version":"2012-10-17","Statement":[{"Sid":"a","Action":["x","y"],"E":{},"F":[]}]}';
  const broken = [
    '{',
    '  "Version": "2012-10-17",',
    '  "Statement": [',
    '    {',
    '      "Sid": "a",',
    '      "Action": [',
    '        "x",',
    '        "y"',
    '      ],',
    '      "E": {},',
    '      "F": []',
    '    }',
    '  ]',
    '}',
  ].join('\n');

  test('one line is broken into lines, whichever of two ways it is written', () => {
    assert.equal(toEditable(compact), broken);
    assert.equal(toEditable(spaced(compact)), broken);
    assert.notEqual(spaced(compact), compact);
  });

  test('what was edited is sent as the policy was written; without one, in one line', () => {
    const edited = broken.replace('"y"', '"y",\n\t"z" , 1e0').replace('2012', '20\\u00312');
    const expected = compact.replace('"y"', '"y","z",1e0').replace('2012', '20\\u00312');
    assert.equal(fromEditable(edited, compact), expected);
    assert.equal(fromEditable(edited, spaced(compact)), spaced(expected));
    assert.equal(fromEditable(edited, undefined), expected);
  });

  test('anything else is shown and sent as it is', () => {
    for (const text of [
      '{"a":1, "b":2}',
      '{ "a":1}',
      '{"a":1} ',
      '{"a": 1,"b": 2}',
      broken,
      '{"a":1,}',
      '{"a":1/**/}',
      '',
      'oops',
    ]) {
      assert.equal(toEditable(text), text);
      assert.equal(fromEditable(`x${text}`, text), `x${text}`);
    }
  });

  test('edited text that is no JSON is left alone', () => {
    assert.equal(fromEditable('{\n  "a": ,\n}', compact), '{\n  "a": ,\n}');
    assert.equal(fromEditable('{ "a": 1 // one\n}', undefined), '{ "a": 1 // one\n}');
  });

  test('line ends that an editor made alike come back where the lines are the same', () => {
    const base = '{\r\n\t"a" : [1,\n 2],\r "b":3 }\n\n';
    assert.equal(fromEditable(asInModel(base), base), base);
    const edited = asInModel(base).replace(' 2', ' 2,\n 4').replace('3', '5');
    assert.equal(fromEditable(edited, base), '{\r\n\t"a" : [1,\n 2,\r\n 4],\r\n "b":5 }\n\n');
    // One that was put at the end by a setting of the editor.
    assert.equal(fromEditable('{ }\n', '{ }'), '{ }');
    assert.equal(fromEditable('{ }\n{ }', '{ }\r\n'), '{ }\n{ }\r\n');
  });

  test('a long text takes no longer than its length', () => {
    const items = Array.from({ length: 40_000 }, (_, index) => `{"Sid":"s${index}"}`);
    const text = `{"Statement":[${items.join()}]}`;
    const began = performance.now();
    assert.equal(fromEditable(toEditable(text), text), text);
    assert.ok(performance.now() - began < 5_000);
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    assert.equal(fromEditable(toEditable(deep), deep), deep);
  });

  suite('there and back is the same, byte for byte', () => {
    const same = (text: string) => {
      assert.equal(fromEditable(toEditable(text), text), text);
      assert.equal(fromEditable(asInModel(toEditable(text)), text), text);
    };

    test('for policies, and for policies with something broken', () => {
      policies.forEach(same);
      for (const text of mutations(policies, 3_000, new Random(7))) same(text);
    });

    test('for any JSON, in each style', () => {
      fc.assert(
        fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
          const text = JSON.stringify(value, undefined, indent);
          same(text);
          same(spaced(text));
        }),
      );
    });

    test('for any text', () => {
      const scrap = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\r', '\n', ' ', '\t', '1');
      fc.assert(fc.property(fc.string({ unit: scrap }), same));
      fc.assert(fc.property(fc.string({ unit: 'binary' }), same));
    });
  });

  test('breaking into lines changes white space alone', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        assert.equal(
          JSON.stringify(JSON.parse(toEditable(text))),
          JSON.stringify(JSON.parse(text)),
        );
        assert.equal(toEditable(text), JSON.stringify(JSON.parse(text), undefined, 2));
      }),
    );
  });
});
