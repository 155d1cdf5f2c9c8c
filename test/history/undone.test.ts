import assert from 'node:assert/strict';
import type { ChangeRecord, ChangeState } from '../../src/core/changeRecord';
import { daysOf } from '../../src/history/retention';
import { isUndoable, undoChain, undoneIds } from '../../src/history/undone';
import { recordOf } from './records';

/** The records of a history that is told from the oldest to the newest, e.g. `b takes back a`. */
function history(...lines: readonly string[]): readonly ChangeRecord[] {
  return lines
    .map((line, at) => {
      const [id = '', undoes, state = 'applied'] = line.split(' ');
      const what = undoes === '-' ? 'remove' : 'undo';
      const takesBack = undoes === '-' ? undefined : undoes;
      return recordOf(id, { startedAt: at, what, undoes: takesBack, state: state as ChangeState });
    })
    .reverse();
}

suite('undone', () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['nothing', ['a -'], []],
    ['one', ['a -', 'b -', 'c a'], ['a']],
    ['an undo that AWS took, not seen yet', ['a -', 'b a accepted'], ['a']],
    [
      'an undo that failed, runs or was made in part',
      ['a -', 'b a failed', 'c a running', 'd a partly'],
      [],
    ],
    ['an undo of the undo: made again', ['a -', 'b a', 'c b'], ['b']],
    ['and that taken back: undone again', ['a -', 'b a', 'c b', 'd c'], ['a', 'c']],
    ['undone, made again, undone', ['a -', 'b a', 'c b', 'd a'], ['a', 'b']],
    ['two undos of one', ['a -', 'b a', 'c a'], ['a']],
  ];
  for (const [name, lines, expected] of rows) {
    test(name, () => assert.deepEqual([...undoneIds(history(...lines))].sort(), expected));
  }

  test('what a change takes back, and what that took back', () => {
    const records = history('a -', 'b a', 'c b');
    const byId = (id: string) => records.find((record) => record.id === id);
    const chain = undoChain(records[0] ?? assert.fail(), byId);
    assert.deepEqual(
      chain.map(({ id }) => id),
      ['b', 'a'],
    );
    // Records on the disk can say anything.
    const circle = history('a b', 'b a');
    const chainOf = undoChain(circle[0] ?? assert.fail(), (id) =>
      circle.find((record) => record.id === id),
    );
    assert.equal(chainOf.length, 2);
  });

  test('only what changed something can be undone', () => {
    const states = ['running', 'applied', 'accepted', 'partly', 'failed', 'cancelled', 'unknown'];
    const undoable = states.filter((state) =>
      isUndoable(recordOf('x', { state: state as ChangeState })),
    );
    assert.deepEqual(undoable, ['applied', 'accepted', 'partly']);
  });

  test('the setting of the days, whatever stands in it', () => {
    const values = [30, 1, 0, -1, NaN, Infinity, '30', undefined, null];
    assert.deepEqual(values.map(daysOf), [30, 1, 365, 365, 365, 365, 365, 365, 365]);
  });
});
