import assert from 'node:assert/strict';
import { PolicyTraffic } from '../../src/changes/policyTraffic';
import type { PolicyReading } from '../../src/core/policyStore';
import { policyText, removalOf, sidsIn } from '../core/planning';
import { stateWith, targets } from './accountState';
import { grantOn, statementOf, textOf } from './changeRows';
import { failing, isWrite, sentPolicy, withChanging } from './changing';

const { function: shop, queue } = targets;

suite('changes that others, or we ourselves, come between', function () {
  this.timeout(30_000);
  const changing = withChanging();
  const writes = () => changing().proxy.requests.filter(isWrite);

  test('a whole text that no revision guards is made anew before it is sent again', async () => {
    const text = textOf(queue, 'a', 'b', 'c');
    const put = 'SQS.SetQueueAttributes';
    const more = textOf(queue, 'a', 'b', 'c', 'theirs');
    const outcome = await changing().remove(queue, text, [0, 1], () => {
      changing().fault(put, failing(403, 'RequestThrottled'), 1);
      // Between the refused try and the next.
      changing().before('SQS.GetQueueAttributes', () => setQueue(more), 1);
    });
    assert.equal(outcome.type, 'applied');
    assert.deepEqual(sidsIn(changing().now(queue)), ['c', 'theirs']);
    assert.deepEqual(
      writes().map(({ status }) => status),
      [403, 200],
    );
  });

  test('a new policy is not sent over one that came while it was throttled', async () => {
    changing().fill(stateWith(shop, undefined));
    const intent = { type: 'insert', texts: [JSON.stringify(statementOf(shop, 'mine'))] } as const;
    const outcome = await changing().change(shop, intent, () => {
      changing().fault('Lambda.PutResourcePolicy', failing(429, 'TooManyRequestsException'), 1);
      changing().before('Lambda.GetPolicy', () => grantElsewhere('theirs'), 1);
    });
    assert.equal(outcome.type, 'applied');
    assert.deepEqual(sidsIn(changing().now(shop)), ['theirs', 'mine']);
  });

  test('cancelled while waiting for that: nothing was sent that counts', async () => {
    const text = textOf(queue, 'a', 'b', 'c');
    changing().fill(stateWith(queue, text));
    const intent = removalOf(text, 0, 1);
    const throttle = () =>
      changing().fault('SQS.SetQueueAttributes', failing(403, 'RequestThrottled'));
    const wait = () => Promise.resolve(false);
    const outcome = await changing().change(queue, intent, throttle, { wait });
    assert.equal(outcome.type, 'cancelled');
    assert.equal(changing().now(queue), text);
    assert.equal(changing().ending?.state, 'cancelled');
  });

  test('a conflict that is no taken statement ID is waited out', async () => {
    changing().fill(stateWith(shop, textOf(shop, 'a')));
    const intent = { type: 'add', grants: [grantOn(shop, 'new')] } as const;
    const outcome = await changing().change(shop, intent, () =>
      changing().fault('Lambda.AddPermission', failing(409, 'ResourceConflictException'), 2),
    );
    assert.equal(outcome.type, 'applied');
    assert.equal(writes().length, 3);
  });

  test('a statement ID that is taken is told at once', async () => {
    changing().fill(stateWith(shop, textOf(shop, 'a')));
    const intent = { type: 'add', grants: [grantOn(shop, 'new')] } as const;
    const outcome = await changing().change(shop, intent, () =>
      changing().before('Lambda.AddPermission', () => grantElsewhere('new')),
    );
    // Their write changed the revision, so it is planned anew on what they made.
    assert.equal(outcome.type, 'refused');
    assert.equal('refusal' in outcome && outcome.refusal.code, 'statementIdTaken');
    assert.equal(writes().length, 1);
  });

  test('where both reads have revisions of their own, the one of the whole document is named', async () => {
    const text = textOf(shop, 'a', 'b', 'c');
    const revisions: string[] = [];
    const stale = failing(412, 'PreconditionFailedException');
    const outcome = await changing().remove(shop, text, [0, 1], () => {
      changing().fault('Lambda.PutResourcePolicy', stale, 1);
    });
    for (const { body } of writes()) {
      revisions.push((JSON.parse(body) as { RevisionId: string }).RevisionId);
    }
    assert.equal(outcome.type, 'applied');
    const asked = changing().proxy.requests.map(({ operation }) => operation);
    assert.equal(asked.filter((name) => name === 'Lambda.GetResourcePolicy').length, 1);
    assert.equal(revisions.length, 2);
  });

  test('a queue is not written back as it was before our own last write', async () => {
    const text = textOf(queue, 'a', 'b', 'c', 'd');
    const first = await changing().remove(queue, text, [0, 1]);
    assert.equal(first.type, 'applied');
    const traffic = new PolicyTraffic();
    const written = changing().now(queue);
    traffic.wrote('queue', { before: text, after: written }, 60_000);
    // What is read at first is older than what we wrote.
    const isLagging = (reading: PolicyReading) => traffic.isLagging('queue', reading);
    setQueueLater(text);
    const outcome = await changing().change(
      queue,
      removalOf(written ?? '', 0),
      () => changing().before('SQS.GetQueueAttributes', () => setQueue(written ?? ''), 1),
      { isLagging },
    );
    assert.equal(outcome.type, 'applied');
    assert.deepEqual(sidsIn(changing().now(queue)), ['d']);
    assert.deepEqual(changing().pauses, [500]);
  });

  test('an unanswered write whose finding out was cut short is not called failed', async () => {
    const text = textOf(queue, 'a', 'b');
    changing().fill(stateWith(queue, text));
    const reset = () => changing().fault('SQS.RemovePermission', { type: 'reset' });
    const wait = () => Promise.resolve(false);
    const outcome = await changing().change(queue, removalOf(text, 0), reset, { wait });
    assert.deepEqual([outcome.type, outcome.reading], ['failed', undefined]);
    assert.equal(changing().ending?.state, 'unknown');
  });

  test('an edit goes by single calls where the whole may not be written', async () => {
    const [before, after] = [textOf(shop, 'a', 'b'), textOf(shop, 'b', 'c')];
    changing().fill(stateWith(shop, before));
    const intent = { type: 'replace', base: before, text: after } as const;
    const outcome = await changing().change(shop, intent, () =>
      changing().fault('Lambda.PutResourcePolicy', failing(403, 'AccessDeniedException')),
    );
    assert.equal(outcome.type, 'applied');
    assert.deepEqual(sidsIn(changing().now(shop)), ['b', 'c']);
  });

  test('a text without statements is mended: nothing fails after the write', async () => {
    const broken = '{"Version":"2012-10-17"}';
    changing().fill(stateWith(queue, broken));
    const text = textOf(queue, 'a');
    const intent = { type: 'replace', base: broken, text } as const;
    const outcome = await changing().change(queue, intent);
    assert.equal(outcome.type, 'applied');
    assert.deepEqual(writes().map(sentPolicy), [text]);
    assert.equal(changing().ending?.state, 'applied');
  });

  const setQueue = (Policy: string) =>
    changing().aws.sqs('SetQueueAttributes', {
      QueueUrl: queue.queueUrl,
      Attributes: { Policy },
    });
  const setQueueLater = (text: string) => changing().fill(stateWith(queue, text));
  const grantElsewhere = (StatementId: string) =>
    changing().aws.lambda('POST', '/2015-03-31/functions/shop/policy', {
      StatementId,
      Action: 'lambda:InvokeFunction',
      Principal: '210987654321',
    });
});

suite('PolicyTraffic', () => {
  test('one change to a policy after the other; others do not wait', async () => {
    const traffic = new PolicyTraffic();
    const events: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = traffic.inTurn('a', async () => {
      events.push('first begins');
      await held;
      events.push('first ends');
      throw new Error('it failed');
    });
    const second = traffic.inTurn('a', () => Promise.resolve(events.push('second')));
    await traffic.inTurn('b', () => Promise.resolve(events.push('other')));
    assert.deepEqual(events, ['first begins', 'other']);
    release();
    await assert.rejects(first, /it failed/);
    await second;
    assert.deepEqual(events, ['first begins', 'other', 'first ends', 'second']);
  });

  test('what was before our writes is lagging, for as long as reads may be', () => {
    let now = 0;
    const traffic = new PolicyTraffic(() => now);
    const reading = (text: string): PolicyReading => ({ state: 'policy', text, readAt: 0 });
    const [one, two, three] = ['1', '2', '3'].map((sid) => policyText({ Sid: sid }));
    traffic.wrote('q', { before: one, after: two }, 60_000);
    traffic.wrote('q', { before: two, after: undefined }, 60_000);
    assert.equal(traffic.isLagging('q', reading(one ?? '')), true);
    assert.equal(traffic.isLagging('q', reading(two ?? '')), true);
    assert.equal(traffic.isLagging('q', reading(three ?? '')), false);
    assert.equal(traffic.isLagging('other', reading(one ?? '')), false);
    assert.equal(traffic.current('q', reading(one ?? '')).state, 'none');
    now = 60_001;
    assert.equal(traffic.isLagging('q', reading(one ?? '')), false);
  });
});
