import assert from 'node:assert/strict';
import { fitLines, shortJson } from '../../../src/words/changeText';

suite('texts in a dialog', () => {
  const long = 'x'.repeat(200);

  test('what fits stays as it is', () => {
    const lines = ['a', '', 'b'];
    assert.deepEqual(fitLines(lines, 1, 10), { lines, isCut: false });
  });

  test('the end is always there, the rest is cut before it', () => {
    const many = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    const { lines, isCut } = fitLines([...many, 'Account: 1', 'Connection: c'], 2, 10);
    assert.equal(isCut, true);
    assert.deepEqual(lines.slice(-3), ['…', 'Account: 1', 'Connection: c']);
    assert.equal(lines[0], 'line 0');
    assert.equal(lines.length, 10);
  });

  test('a line that wraps counts as the rows it takes', () => {
    const { lines, isCut } = fitLines([long, long, long, 'end'], 1, 8);
    assert.equal(isCut, true);
    assert.equal(lines[0], long);
    assert.match(lines[1] ?? '', /^x+…$/);
    assert.equal(lines.at(-1), 'end');
  });

  test('a statement in one line, numbers and escapes as they are', () => {
    assert.equal(
      shortJson('{\n  "Sid" : "a\\u00e9",\r\n\t"n": 1.50 }'),
      '{"Sid":"a\\u00e9","n":1.50}',
    );
    assert.equal(shortJson(`{"Sid":"${'y'.repeat(2_000)}"}`).length, 800);
  });
});
