import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { PacedQueue } from '../../../src/host/pacedQueue';

const interval = 60;
/** Timers may be a little early. */
const slack = 5;

suite('PacedQueue', () => {
  const never = new AbortController().signal;

  test('starts in order, one per interval, also while the work before is not done', async () => {
    const queue = new PacedQueue(interval);
    const starts: { readonly name: string; readonly at: number }[] = [];
    // None is done before all have started.
    let release: () => void = () => undefined;
    const allStarted = new Promise<void>((resolve) => (release = resolve));
    const work = (name: string) => async () => {
      if (starts.push({ name, at: performance.now() }) === 4) release();
      await allStarted;
    };
    const began = performance.now();
    const all = ['a', 'b', 'c', 'd'].map((name) => queue.run(never, work(name)));
    await Promise.all(all);
    assert.equal(starts.map(({ name }) => name).join(''), 'abcd');
    // From the beginning, not from the one before, which may have been late itself.
    const times = starts.map(({ at }) => at - began);
    times.forEach((time, turn) => assert.ok(time >= turn * interval - slack, times.join(', ')));
  });

  test('resolves when the work is done', async () => {
    let done = false;
    await new PacedQueue(interval).run(never, async () => {
      await sleep(20);
      done = true;
    });
    assert.ok(done);
  });

  test('skips what was aborted by its turn, without taking one', async () => {
    const queue = new PacedQueue(500);
    const ending = new AbortController();
    const ran: string[] = [];
    const add = (signal: AbortSignal, name: string) =>
      queue.run(signal, () => Promise.resolve(ran.push(name)));
    const first = add(never, 'first');
    const skipped = Array.from({ length: 20 }, () => add(ending.signal, 'skipped'));
    const last = add(never, 'last');
    ending.abort();
    const started = performance.now();
    await Promise.all([first, ...skipped, last]);
    assert.deepEqual(ran, ['first', 'last']);
    // With a turn each they would take over ten seconds.
    assert.ok(performance.now() - started < 8_000);
  });

  test('work that fails tells its caller and stops nobody', async () => {
    const queue = new PacedQueue(1);
    const failing = queue.run(never, () => Promise.reject(new Error('no')));
    let ran = false;
    const next = queue.run(never, () => Promise.resolve((ran = true)));
    await assert.rejects(failing, /no/);
    await next;
    assert.ok(ran);
  });
});
