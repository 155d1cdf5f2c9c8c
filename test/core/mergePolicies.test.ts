import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergePolicies } from '../../src/core/mergePolicies';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import { toEditable } from '../../src/core/policyStyle';

/** A statement of a Sid; `way` tells two of the same Sid apart. */
const st = (Sid: string, way = 'x') => ({ Sid, Effect: 'Allow', Action: way });
const doc = (statements: readonly unknown[], more: object = {}) =>
  toEditable(JSON.stringify({ Version: '2012-10-17', ...more, Statement: statements }));

/** Sid and action of each statement, in order. */
const shape = (text: string) =>
  statementsOf(parsePolicy(text)).map(({ sid, actions }) => `${sid ?? '-'}=${actions.join()}`);

const merge = (
  base: readonly unknown[] | undefined,
  theirs: readonly unknown[] | undefined,
  mine: readonly unknown[],
) => {
  const { text, conflicts } = mergePolicies(base && doc(base), theirs && doc(theirs), doc(mine));
  return {
    shape: shape(text),
    conflicts: conflicts.map((conflict) => [
      conflict.mine?.actions.join() ?? 'gone',
      conflict.theirs?.actions.join() ?? 'gone',
    ]),
    text,
  };
};

suite('mergePolicies', () => {
  const [a, b, c] = [st('a'), st('b'), st('c')];

  test('what each side did stands beside the other', () => {
    const merged = merge([a, b, c], [a, st('t'), c], [st('a', 'mine'), b, st('m'), c]);
    assert.deepEqual(merged.shape, ['a=mine', 'm=x', 't=x', 'c=x']);
    assert.deepEqual(merged.conflicts, []);
    assert.deepEqual(merge([a, b, c], [a, b, c, st('t')], [a, c]).shape, ['a=x', 'c=x', 't=x']);
  });

  test('the bytes of what I did not touch stay as they are there', () => {
    const theirs = '{ "Statement" :[{"Sid":"a", "Action":"x","Effect":"Allow"},\t{"Sid" : "t"}] }';
    const { text } = mergePolicies(doc([a]), theirs, doc([a, st('m')]));
    assert.deepEqual(shape(text), ['a=x', 'm=x', 't=']);
    for (const kept of ['{ "Statement" :[{"Sid":"a", "Action":"x"', '\t{"Sid" : "t"}] }']) {
      assert.ok(text.includes(kept), text);
    }
  });

  test('what both changed: mine stands, and it is said', () => {
    const both = merge([a, b], [st('a', 'theirs'), b], [st('a', 'mine'), b]);
    assert.deepEqual(both.shape, ['a=mine', 'b=x']);
    assert.deepEqual(both.conflicts, [['mine', 'theirs']]);
    const removed = merge([a, b], [st('a', 'theirs'), b], [b]);
    assert.deepEqual([removed.shape, removed.conflicts], [['b=x'], [['gone', 'theirs']]]);
    const gone = merge([a, b], [b], [st('a', 'mine'), b]);
    assert.deepEqual([gone.shape, gone.conflicts], [['a=mine', 'b=x'], [['mine', 'gone']]]);
    const added = merge([b], [b, st('n', 'theirs')], [b, st('n', 'mine')]);
    assert.deepEqual([added.shape, added.conflicts], [['b=x', 'n=mine'], [['mine', 'theirs']]]);
  });

  test('what both did alike is done once, without a word', () => {
    const same = merge([a, b], [st('a', 'new'), st('n')], [st('a', 'new'), st('n')]);
    assert.deepEqual([same.shape, same.conflicts], [['a=new', 'n=x'], []]);
  });

  test('statements without a Sid are found by what they say', () => {
    const bare = (Action: string) => ({ Effect: 'Allow', Action });
    const merged = merge(
      [bare('1'), bare('2'), bare('2')],
      [bare('2'), bare('2'), bare('3')],
      [bare('1'), bare('2')],
    );
    assert.deepEqual(merged.shape, ['-=2', '-=3']);
  });

  test('where they removed the policy only what I made remains; where all goes, an empty list', () => {
    assert.deepEqual(merge([a, b], undefined, [a, st('b', 'mine'), st('m')]).shape, [
      'b=mine',
      'm=x',
    ]);
    const none = merge([a], undefined, [a]);
    assert.deepEqual((JSON.parse(none.text) as { Statement: unknown }).Statement, []);
    assert.deepEqual(
      (JSON.parse(merge([a], [a], []).text) as { Statement: unknown }).Statement,
      [],
    );
    assert.deepEqual(merge(undefined, [a], [b]).shape, ['b=x', 'a=x']);
  });

  test('elements beside the statements: those I changed are as I wrote them', () => {
    const [base, theirs] = [doc([a], { Id: 'old', Old: 1 }), doc([a], { Id: 'theirs', Old: 1 })];
    const fields = (mine: object) => {
      const { text } = mergePolicies(base, theirs, doc([a], mine));
      const { Statement, ...others } = JSON.parse(text) as Record<string, unknown>;
      assert.ok(Statement);
      return others;
    };
    const Version = '2012-10-17';
    assert.deepEqual(fields({ Id: 'old', Old: 1 }), { Version, Id: 'theirs', Old: 1 });
    assert.deepEqual(fields({ Id: 'mine', New: [2] }), { Version, Id: 'mine', New: [2] });
    assert.equal(mergePolicies(base, theirs, base).text, theirs);
  });

  test('a text that is no policy gives way to mine', () => {
    assert.equal(mergePolicies(doc([a]), '{"Statement": oops', doc([b])).text, doc([b]));
  });

  test('for any three policies', () => {
    const statement = fc
      .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('1', '2', '3'))
      .map(([sid, way]) => st(sid, way));
    const statements = fc.uniqueArray(statement, { selector: ({ Sid }) => Sid });
    fc.assert(
      fc.property(statements, statements, statements, (base, theirs, mine) => {
        const [old, there, wanted] = [base, theirs, mine].map((each) => new Set(shape(doc(each))));
        const merged = new Set(merge(base, theirs, mine).shape);
        for (const each of wanted ?? []) {
          // What I wrote is there; what I left alone is there unless they changed it.
          if (!old?.has(each)) assert.ok(merged.has(each), each);
          else assert.equal(merged.has(each), there?.has(each), each);
        }
        // Nothing comes from nowhere, and what I removed stays removed.
        for (const each of merged) assert.ok(wanted?.has(each) || there?.has(each), each);
        const kept = new Set(mine.map(({ Sid }) => Sid));
        for (const { Sid } of base) {
          if (!kept.has(Sid)) assert.ok(![...merged].some((each) => each.startsWith(Sid)), Sid);
        }
        assert.equal(mergePolicies(doc(base), doc(theirs), doc(base)).text, doc(theirs));
        const alone = mergePolicies(doc(base), doc(base), doc(mine));
        assert.deepEqual(shape(alone.text).sort(), shape(doc(mine)).sort());
        assert.deepEqual(alone.conflicts, []);
      }),
      { numRuns: 500 },
    );
  });
});
