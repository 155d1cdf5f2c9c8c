import assert from 'node:assert/strict';
import { WorkQueue } from '../../../src/host/workQueue';

suite('WorkQueue', () => {
  const never = new AbortController().signal;

  test('starts in order, so many at once, the next when one has ended', async () => {
    const queue = new WorkQueue(2);
    const started: string[] = [];
    const ends = new Map<string, () => void>();
    const work = (name: string) => () =>
      new Promise<void>((resolve) => {
        started.push(name);
        ends.set(name, resolve);
      });
    const all = ['a', 'b', 'c', 'd'].map((name) => queue.run(never, work(name)));
    await turns();
    assert.equal(started.join(''), 'ab');
    ends.get('b')?.();
    await turns();
    assert.equal(started.join(''), 'abc');
    ends.get('a')?.();
    ends.get('c')?.();
    await turns();
    assert.equal(started.join(''), 'abcd');
    ends.get('d')?.();
    await Promise.all(all);
  });

  test('what was skipped takes nobody’s place', async () => {
    const queue = new WorkQueue(1);
    const ending = new AbortController();
    const ran: string[] = [];
    const add = (signal: AbortSignal, name: string) =>
      queue.run(signal, () => Promise.resolve(ran.push(name)));
    const first = add(never, 'first');
    const skipped = Array.from({ length: 20 }, () => add(ending.signal, 'skipped'));
    const last = add(never, 'last');
    ending.abort();
    await Promise.all([first, ...skipped, last]);
    assert.deepEqual(ran, ['first', 'last']);
  });

  test('work that fails tells its caller and stops nobody', async () => {
    const queue = new WorkQueue(1);
    const failing = queue.run(never, () => Promise.reject(new Error('no')));
    let ran = false;
    const next = queue.run(never, () => Promise.resolve((ran = true)));
    await assert.rejects(failing, /no/);
    await next;
    assert.ok(ran);
  });
});

async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
