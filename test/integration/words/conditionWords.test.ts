import assert from 'node:assert/strict';
import { conditionWords } from '../../../src/words/conditionWords';

/** Operators with what they say of `key` and the values `a` and `b`. */
const comparisons: Readonly<Record<string, readonly string[]>> = {
  'key is "a" or "b"': [
    'StringEquals',
    'StringEqualsIgnoreCase',
    'ArnEquals',
    'NumericEquals',
    'DateEquals',
    'BinaryEquals',
    'Bool',
  ],
  'key is not "a" or "b"': [
    'StringNotEquals',
    'StringNotEqualsIgnoreCase',
    'ArnNotEquals',
    'NumericNotEquals',
    'DateNotEquals',
  ],
  'key matches "a" or "b"': ['StringLike', 'ArnLike'],
  'key does not match "a" or "b"': ['StringNotLike', 'ArnNotLike'],
  'key is in "a" or "b"': ['IpAddress'],
  'key is not in "a" or "b"': ['NotIpAddress'],
  'key is before or below "a" or "b"': ['NumericLessThan', 'DateLessThan'],
  'key is at most "a" or "b"': ['NumericLessThanEquals', 'DateLessThanEquals'],
  'key is after or above "a" or "b"': ['NumericGreaterThan', 'DateGreaterThan'],
  'key is at least "a" or "b"': ['NumericGreaterThanEquals', 'DateGreaterThanEquals'],
  'every value of key matches "a" or "b"': ['ForAllValues:StringLike', 'ForAllValues:ArnLike'],
  'some value of key is "a" or "b"': ['ForAnyValue:StringEquals'],
  'key is "a" or "b" (or the key is absent)': ['StringEqualsIfExists', 'BoolIfExists'],
  'some value of key does not match "a" or "b" (or the key is absent)': [
    'ForAnyValue:StringNotLikeIfExists',
  ],
  // What nobody knows is shown as it stands.
  'key StringSoundsLike "a" or "b"': ['StringSoundsLike'],
  'key ForSomeValues:StringLike "a" or "b"': ['ForSomeValues:StringLike'],
  'every value of key Guess "a" or "b" (or the key is absent)': ['ForAllValues:GuessIfExists'],
};

suite('conditions in words', () => {
  for (const [words, operators] of Object.entries(comparisons)) {
    test(words, () => {
      for (const operator of operators) {
        const condition = { operator, key: 'key', values: ['a', 'b'] };
        assert.equal(conditionWords(condition), words, operator);
      }
    });
  }

  test('Null speaks of presence', () => {
    const words = (value: string) =>
      conditionWords({ operator: 'Null', key: 'aws:SourceArn', values: [value] });
    assert.equal(words('true'), 'aws:SourceArn is absent');
    assert.equal(words('false'), 'aws:SourceArn is present');
  });

  test('one value stands alone, braces in it stay', () => {
    const condition = { operator: 'StringLike', key: '{1}', values: ['{0}'] };
    assert.equal(conditionWords(condition), '{1} matches "{0}"');
  });
});
