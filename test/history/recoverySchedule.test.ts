import assert from 'node:assert/strict';
import type { ChangeRecord } from '../../src/core/changeRecord';
import { InterruptionNews } from '../../src/history/interruptionNews';
import type { RecoverySchedule } from '../../src/history/recoverySchedule';
import { nextLookAt } from '../../src/history/recoverySchedule';
import { recordOf } from './records';

const schedule: RecoverySchedule = {
  window: 'this window',
  staleMs: 30_000,
  retryMs: 60_000,
  retried: new Set(),
  undone: new Set(),
};
const owner = { window: 'this window', heartbeatAt: 1_000 };
const accepted = recordOf('a', { state: 'accepted', endedAt: 5_000, owner });

suite('when an open change is looked at', () => {
  test('one of this window whose end is not certain: once, after a while', () => {
    assert.equal(nextLookAt([accepted], schedule, 6_000), 65_000);
    const retried = new Set(['a']);
    assert.equal(nextLookAt([accepted], { ...schedule, retried }, 6_000), Infinity);
  });

  test('never one that was taken back: its time would pass again and again', () => {
    const undone = new Set(['a']);
    assert.equal(nextLookAt([accepted], { ...schedule, undone }, 100_000), Infinity);
  });

  test('one that runs elsewhere: when its window would count as gone', () => {
    const elsewhere = { window: 'another', heartbeatAt: 10_000 };
    const running = recordOf('r', { state: 'running', endedAt: undefined, owner: elsewhere });
    assert.equal(nextLookAt([running, accepted], schedule, 12_000), 40_001);
    assert.equal(nextLookAt([running], schedule, 50_000), Infinity);
  });
});

suite('what is told of interrupted changes', () => {
  const day = 24 * 60 * 60 * 1000;
  const told: string[] = [];
  const news = () => new InterruptionNews((all) => told.push(...all.map(nameOf)));
  const nameOf = ({ id, state }: ChangeRecord) => `${id} ${state}`;
  const left = (parts: Partial<ChangeRecord> = {}) =>
    recordOf('left', { state: 'running', endedAt: undefined, owner, ...parts });
  setup(() => (told.length = 0));

  test('that it is not known, once; and then what came of it', () => {
    const one = news();
    one.take([left()], 2_000);
    one.take([left()], 3_000);
    one.take([left({ state: 'applied' })], 4_000);
    one.take([left({ state: 'applied' })], 5_000);
    assert.deepEqual(told, ['left running', 'left applied']);
  });

  test('nothing of what nobody could find out for a week', () => {
    news().take([left()], owner.heartbeatAt + 8 * day);
    assert.deepEqual(told, []);
    news().take([left()], owner.heartbeatAt + 6 * day);
    assert.deepEqual(told, ['left running']);
  });
});
