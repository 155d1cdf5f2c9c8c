import assert from 'node:assert/strict';
import fc from 'fast-check';
import { laidOut, placesLaidOut } from '../../../src/core/report/laidOut';
import { textPlaces } from '../../../src/core/report/textPlace';
import { policyText, statement } from './reports';

suite('Places in policies', () => {
  const rows: readonly (readonly [string, string, string, readonly number[]])[] = [
    ['one line', '{"a":1}', '1', [1, 6, 1, 7]],
    ['CRLF', '{\r\n  "a": 1\r\n}', '"a"', [2, 3, 2, 6]],
    ['a lone CR', '{\r"a"}', '"a"', [2, 1, 2, 4]],
    ['over lines', 'x{\n}\n', '{\n}', [1, 2, 2, 2]],
    ['behind an astral character, which is two', '"𝔸" b', 'b', [1, 6, 1, 7]],
    ['to the end of a line, with it', 'ab\ncd', 'b\n', [1, 2, 2, 1]],
  ];
  for (const [name, text, what, expected] of rows) {
    test(name, () => {
      const place = textPlaces(text)(text.indexOf(what), what.length);
      const { startLine, startColumn, endLine, endColumn } = place;
      assert.deepEqual([startLine, startColumn, endLine, endColumn], expected);
    });
  }

  test('what reaches over the end is cut off', () => {
    const place = textPlaces('ab')(1, 10);
    assert.deepEqual([place.offset, place.length, place.endColumn], [1, 1, 3]);
    const beyond = textPlaces('')(7, 3);
    assert.deepEqual([beyond.offset, beyond.length, beyond.startLine], [0, 0, 1]);
  });

  test('laid out, a place holds the same JSON, whatever its white space was', () => {
    const sids = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sids, fc.constantFrom('', ' ', '\r\n\t', '\n'), fc.nat(), (all, space, nth) => {
        const sid = all[nth % all.length] ?? '';
        const text = space + policyText(...all).replace('"Statement":', `"Statement"${space}:${space}`); // prettier-ignore
        const laid = laidOut(text);
        const what = statement(sid);
        const place = placesLaidOut(
          text,
          laid,
        )({ offset: text.indexOf(what), length: what.length });
        const found = laid.slice(place.offset, place.offset + place.length);
        assert.deepEqual(JSON.parse(found), JSON.parse(what));
      }),
    );
  });

  test('two ways to write the same policy are laid out the same', () => {
    const compact = policyText('one', 'two');
    const parsed: unknown = JSON.parse(compact);
    for (const text of [
      JSON.stringify(parsed, undefined, 4),
      JSON.stringify(parsed, undefined, '\t'),
    ]) {
      assert.equal(laidOut(text.replaceAll('\n', '\r\n')), laidOut(compact));
    }
  });

  test('what is no JSON, and what is nested too deeply to be shown, is no trouble', () => {
    assert.equal(laidOut('{"a": \r\n nothing'), '{"a": \r\n nothing');
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    assert.ok(laidOut(deep).length <= deep.length);
  });
});
