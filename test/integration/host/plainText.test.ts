import assert from 'node:assert/strict';
import { plainText, shortText } from '../../../src/host/plainText';

const joiner = '\u2060';

suite('plainText', () => {
  const escaped: readonly (readonly [string, string, string])[] = [
    ['an icon', '$(zap) now', `$${joiner}(zap) now`],
    ['a spinning icon', 'a $(sync~spin)', `a $${joiner}(sync~spin)`],
    ['a command link', '[x](command:y)', `[x]${joiner}(command:y)`],
    ['a link with a title', '[x](https://e.org "t")', `[x]${joiner}(https://e.org "t")`],
    ['two links', '[a](b)[c](d)', `[a]${joiner}(b)[c]${joiner}(d)`],
    ['an icon in a link', '[$(zap)](x)', `[$${joiner}(zap)]${joiner}(x)`],
    ['line breaks', 'a\r\nb\tc', 'a\\u000d\\u000ab\\u0009c'],
    ['separators of lines', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['text turned around', 'a\u202eb\u2066c\u2069', 'a\\u202eb\\u2066c\\u2069'],
    ['marks of direction', 'a\u200eb\u200fc\u061c', 'a\\u200eb\\u200fc\\u061c'],
    [
      'characters without width',
      'a\u200bb\u200cc\u200dd\ufeff',
      'a\\u200bb\\u200cc\\u200dd\\ufeff',
    ],
    ['control characters', '\u0000\u001b[31m\u007f\u0085', '\\u0000\\u001b[31m\\u007f\\u0085'],
  ];
  for (const [what, text, plain] of escaped) {
    test(`${what} can be seen and does nothing`, () => assert.equal(plainText(text), plain));
  }

  test('an escaped text keeps its meaning to nobody, however often it is escaped', () => {
    const once = plainText('$(a) [b](c) \u202e');
    assert.equal(plainText(once), once);
  });

  for (const text of ['', 'orders', 'a (b) [c] $d', 'Größe 日本 🚲', '<b>&amp;</b>', 'a] (b)']) {
    test(`stays as it is: "${text}"`, () => assert.equal(plainText(text), text));
  }

  test('shortText keeps what fits, else ends with an ellipsis', () => {
    assert.equal(shortText('x'.repeat(80)), 'x'.repeat(80));
    assert.equal(shortText('x'.repeat(81)), `${'x'.repeat(79)}…`);
    assert.equal(shortText('abcdef', 4), 'abc…');
    assert.equal(shortText('$(zap)'), `$${joiner}(zap)`);
  });
});
