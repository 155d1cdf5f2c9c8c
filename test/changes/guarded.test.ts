import assert from 'node:assert/strict';
import { PolicyTraffic } from '../../src/changes/policyTraffic';
import type { PolicyReading } from '../../src/core/policyStore';
import { removalOf, sidsIn } from '../core/planning';
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
