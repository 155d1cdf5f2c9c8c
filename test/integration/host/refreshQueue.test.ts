import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../eventually';
import { RefreshQueue } from '../../../src/host/refreshQueue';

/** VS Code draws a tree so often at most; timers may be a little early. */
const interval = 300;
const slack = 10;

interface Fire {
  readonly at: number;
  readonly elements: readonly string[] | undefined;
}

suite('RefreshQueue', () => {
  let queue: RefreshQueue<string>;
  let fires: Fire[];

  setup(() => {
    queue = new RefreshQueue();
    fires = [];
    queue.event((elements) => fires.push({ at: performance.now(), elements }));
  });
  teardown(() => queue.dispose());

  const fired = () => fires.map(({ elements }) => elements);

  test('fires once per interval, and nothing that was added is lost', async () => {
    const began = performance.now();
    const added = Array.from({ length: 24 }, (_, index) => `row ${index}`);
    for (const element of added) {
      queue.add(element);
      await sleep(50);
    }
    await sleep(2 * interval);
    assert.ok(fires.length >= 3, `${fires.length} fires`);
    // From the beginning, not from the one before, which may have been late itself.
    const times = fires.map(({ at }) => at - began);
    times.forEach((time, turn) => assert.ok(time >= turn * interval - slack, times.join(', ')));
    assert.deepEqual(fired().flat(), added);
  });

  test('names an element once, however often it was added', async () => {
    for (let count = 0; count < 5; count++) queue.add('a');
    queue.add('b');
    await sleep(3 * interval);
    // Together, but where the clock went on in between.
    assert.deepEqual(fired().flat(), ['a', 'b']);
  });

  test('everything swallows the single ones', async () => {
    queue.add('a');
    queue.add();
    queue.add('b');
    await sleep(2 * interval);
    assert.deepEqual(fired(), [undefined]);
  });

  test('what has patience is drawn when its time has come, not before', async () => {
    const added = performance.now();
    queue.add('patient', 5 * interval);
    queue.add('now');
    // Neither sooner nor later for being added again with more patience.
    queue.add('patient', 500 * interval);
    await eventually(() => assert.deepEqual(fired(), [['now'], ['patient']]));
    assert.ok((fires[1]?.at ?? 0) - added >= 5 * interval - slack);
  });

  test('an element whose children are asked for waits until all answers are given', async () => {
    let answerOne: () => void = () => undefined;
    let answerTwo: () => void = () => undefined;
    const one = queue.during('a', () => new Promise<void>((resolve) => (answerOne = resolve)));
    const two = queue.during('a', () => new Promise<void>((resolve) => (answerTwo = resolve)));
    queue.add('a');
    queue.add('b');
    await sleep(2 * interval);
    assert.deepEqual(fired(), [['b']]);
    answerOne();
    await one;
    await sleep(2 * interval);
    assert.deepEqual(fired(), [['b']]);
    answerTwo();
    await two;
    assert.deepEqual(fired(), [['b']]);
    await sleep(4 * interval);
    assert.deepEqual(fired(), [['b'], ['a']]);
  });

  test('all above an element whose children are asked for wait too', async () => {
    queue.dispose();
    const parents = new Map([
      ['leaf', 'branch'],
      ['branch', 'root'],
      ['sibling', 'root'],
    ]);
    queue = new RefreshQueue((element) => parents.get(element));
    queue.event((elements) => fires.push({ at: performance.now(), elements }));
    let answer: () => void = () => undefined;
    const asked = queue.during('leaf', () => new Promise<void>((resolve) => (answer = resolve)));
    for (const element of ['root', 'branch', 'sibling']) queue.add(element);
    await sleep(2 * interval);
    assert.deepEqual(fired(), [['sibling']]);
    answer();
    await asked;
    await eventually(() => assert.deepEqual(fired(), [['sibling'], ['root', 'branch']]));
  });

  test('an answer that fails passes on its error and holds nothing up', async () => {
    queue.add('a');
    await assert.rejects(
      queue.during('a', () => Promise.reject(new Error('no'))),
      /no/,
    );
    await sleep(4 * interval);
    assert.deepEqual(fired(), [['a']]);
  });

  test('rows that are being drawn wait, and so do those below them', async () => {
    queue.dispose();
    queue = new RefreshQueue((element) => (element === 'child' ? 'parent' : undefined));
    queue.event((elements) => fires.push({ at: performance.now(), elements }));
    await queue.during('parent', () => Promise.resolve());
    const answered = performance.now();
    queue.add('child');
    queue.add('parent');
    queue.add('other');
    await sleep(5 * interval);
    assert.deepEqual(fired(), [['other'], ['child', 'parent']]);
    assert.ok((fires[1]?.at ?? 0) - answered >= 600 - slack);
  });

  test('fires no more after it was disposed', async () => {
    queue.add('a');
    queue.dispose();
    await sleep(2 * interval);
    assert.deepEqual(fired(), []);
  });
});
