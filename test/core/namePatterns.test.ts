import assert from 'node:assert/strict';
import { isMeant } from '../../src/core/namePatterns';

const usual = ['*prod*', '!*nonprod*', '!*preprod*'];

suite('Patterns of names', () => {
  const cases: readonly (readonly [name: string, patterns: readonly string[], meant: boolean])[] = [
    // As the setting has them at first.
    ['prod', usual, true],
    ['shop-prod', usual, true],
    ['production-admin', usual, true],
    ['PROD', usual, true],
    ['acme.Prod:eu', usual, true],
    ['nonprod', usual, false],
    ['shop-NonProd-admin', usual, false],
    ['preprod', usual, false],
    ['dev', usual, false],
    ['pro', usual, false],
    ['p-r-o-d', usual, false],
    ['', usual, false],
    // The last one that fits decides.
    ['nonprod', ['!*nonprod*', '*prod*'], true],
    ['prod-nonprod-prod', [...usual, '*-prod'], true],
    ['prod', ['prod', '!prod', 'prod'], true],
    ['prod', ['prod', '!prod'], false],
    ['dev-1', ['*', '!dev*'], false],
    ['stage', ['*', '!dev*'], true],
    // Nothing is meant by nothing, nor by what only takes out.
    ['prod', [], false],
    ['prod', ['!dev'], false],
    ['prod', ['!*prod*'], false],
    ['anything', ['!'], false],
    ['', ['!'], false],
    // Without a star, the whole name.
    ['admin', ['admin'], true],
    ['admin2', ['admin'], false],
    ['my-admin', ['admin'], false],
    ['', [''], true],
    ['x', [''], false],
    // Stars at all places.
    ['admin-eu', ['admin*'], true],
    ['my-admin', ['admin*'], false],
    ['my-admin', ['*admin'], true],
    ['admin-eu', ['*admin'], false],
    ['', ['*'], true],
    ['anything', ['**'], true],
    ['abc', ['a*c'], true],
    ['ac', ['a*c'], true],
    ['abcd', ['a*c'], false],
    ['a-b-c', ['a*b*c'], true],
    ['a-c-b', ['a*b*c'], false],
    // No character counts twice.
    ['aba', ['ab*ba'], false],
    ['abba', ['ab*ba'], true],
    ['aa', ['a*a*a'], false],
    ['aaa', ['a*a*a'], true],
    ['xprod', ['*prod*prod'], false],
    // Only the star is special.
    ['prod', ['p?od'], false],
    ['prod', ['[p]rod'], false],
    ['a.b', ['a.b'], true],
    ['axb', ['a.b'], false],
    ['we+ird (1)', ['we+ird (1)'], true],
    ['!prod', ['!!prod'], false],
    ['!prod', ['*', '!!prod'], false],
    // Blanks around a pattern come from lists that people type.
    ['prod', [' prod '], true],
    ['prod', ['*', '! prod '], false],
  ];
  for (const [name, patterns, meant] of cases) {
    test(`"${name}" is ${meant ? '' : 'not '}meant by ${JSON.stringify(patterns)}`, () => {
      assert.equal(isMeant(name, patterns), meant);
    });
  }

  test('the same as what a regular expression finds, for all short names and patterns', () => {
    const texts = (letters: string, most: number): readonly string[] =>
      most === 0
        ? ['']
        : texts(letters, most - 1).flatMap((text) =>
            text.length === most - 1
              ? [text, ...letters.split('').map((letter) => text + letter)]
              : [text],
          );
    for (const pattern of texts('ab*', 5)) {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      for (const name of texts('ab', 5)) {
        assert.equal(isMeant(name, [pattern]), expression.test(name), `${name} by ${pattern}`);
      }
    }
  });

  test('a pattern of many stars takes no time', () => {
    const began = performance.now();
    assert.equal(isMeant(`${'a'.repeat(50_000)}b`, ['a*'.repeat(200) + 'c']), false);
    assert.ok(performance.now() - began < 1_000);
  });
});
