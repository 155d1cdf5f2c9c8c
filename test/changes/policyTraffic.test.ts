import assert from 'node:assert/strict';
import { PolicyTraffic } from '../../src/changes/policyTraffic';
import type { PolicyReading } from '../../src/core/policyStore';

const read = (text: string | undefined): PolicyReading =>
  text === undefined ? { state: 'none', readAt: 1 } : { state: 'policy', text, readAt: 1 };

suite('policyTraffic: turns', () => {
  test('one change of a policy after the other, also when one fails', async () => {
    const traffic = new PolicyTraffic();
    const told: string[] = [];
    const work = (name: string, fails = false) =>
      traffic.inTurn('p', async () => {
        told.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        told.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const all = [work('a'), work('b', true), work('c')];
    const ends = await Promise.allSettled(all);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(told, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('other policies do not wait', async () => {
    const traffic = new PolicyTraffic();
    void traffic.inTurn('one', () => new Promise(() => undefined));
    assert.equal(await traffic.inTurn('other', () => Promise.resolve('done')), 'done');
  });
});

suite('policyTraffic: reads that lag behind', () => {
  let now = 0;
  const traffic = () => {
    now = 1_000;
    const one = new PolicyTraffic(() => now);
    one.wrote('q', { before: 'old', after: 'new' }, 60_000);
    return one;
  };

  test('what was before is old, what we wrote and what others wrote is not', () => {
    const one = traffic();
    assert.equal(one.isLagging('q', read('old')), true);
    assert.equal(one.isLagging('q', read('new')), false);
    assert.equal(one.isLagging('q', read('theirs')), false);
    assert.equal(one.isLagging('q', read(undefined)), false);
    assert.equal(one.isLagging('other', read('old')), false);
  });

  test('shown is what we wrote, until reads have it', () => {
    const one = traffic();
    assert.deepEqual(one.current('q', read('old')), read('new'));
    assert.deepEqual(one.current('q', read('theirs')), read('theirs'));
    assert.deepEqual(one.current('other', read('old')), read('old'));
  });

  test('a policy that came and one that went', () => {
    const one = traffic();
    one.wrote('came', { before: undefined, after: 'new' }, 60_000);
    one.wrote('went', { before: 'old', after: undefined }, 60_000);
    assert.deepEqual(one.current('came', read(undefined)), read('new'));
    assert.deepEqual(one.current('went', read('old')), read(undefined));
  });

  test('after the time in which reads may lag it is somebody else’s doing', () => {
    const one = traffic();
    now += 59_999;
    assert.equal(one.isLagging('q', read('old')), true);
    now += 1;
    assert.equal(one.isLagging('q', read('old')), false);
  });

  test('there and back: what stands there by the last write is not old', () => {
    const one = traffic();
    one.wrote('q', { before: 'new', after: 'old' }, 60_000);
    assert.equal(one.isLagging('q', read('old')), false);
    assert.equal(one.isLagging('q', read('new')), true);
    assert.deepEqual(one.current('q', read('new')), read('old'));
  });

  test('one write after the other: what was before any of them is old', () => {
    const one = traffic();
    one.wrote('q', { before: 'new', after: undefined }, 60_000);
    assert.equal(one.isLagging('q', read('old')), true);
    assert.equal(one.isLagging('q', read('new')), true);
    assert.equal(one.current('q', read('old')).state, 'none');
  });

  test('kinds whose reads never lag are not remembered', () => {
    const one = traffic();
    one.wrote('f', { before: 'old', after: 'new' }, 0);
    assert.equal(one.isLagging('f', read('old')), false);
  });

  test('what could not be read says nothing', () => {
    const one = traffic();
    const failure = { code: 'throttled', operation: '', errorName: '', message: '' } as const;
    const reading: PolicyReading = { state: 'unreadable', readAt: 1, failure };
    assert.equal(one.isLagging('q', reading), false);
    assert.equal(one.current('q', reading), reading);
  });
});
