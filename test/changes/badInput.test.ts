import assert from 'node:assert/strict';
import type { FailureCode } from '../../src/core/errors';
import type { ChangeIntent } from '../../src/core/plan';
import type { Resource } from '../../src/core/resource';
import { policyText, removalOf, sidsIn } from '../core/planning';
import type { FaultAnswer } from '../faults/faultProxy';
import { policyIn, stateWith, targets } from './accountState';
import { grantOn, statementOf, textOf } from './changeRows';
import { Changing, failing, withChanging } from './changing';

const { function: shop, layer, queue } = targets;

suite('changes among bad input', function () {
  this.timeout(30_000);
  const changing = withChanging();

  suite('the server dies between the write and the verification', () => {
    for (const [name, resource] of Object.entries(targets)) {
      test(`${name}: accepted, and recorded with the text from before`, async () => {
        const own = await Changing.start();
        try {
          const text = textOf(resource, 'a', 'b');
          own.fill(stateWith(resource, text));
          const die = { type: 'before', run: () => own.account.close() } as const;
          const reads = /\.Get(Policy|LayerVersionPolicy|QueueAttributes)$/;
          const skip = name === 'queue' ? 1 : 0;
          const outcome = await own.change(resource, removalOf(text, 0), () =>
            own.proxy.addFault({ operation: reads, skip, times: 1, answer: die }),
          );
          assert.equal(outcome.type, 'accepted');
          const [change] = own.journal.changes;
          assert.equal(change?.plans[0]?.plan.before, text);
          assert.equal(change.ending?.state, 'accepted');
          assert.deepEqual(sidsIn(change.ending.after), ['b']);
          assert.equal(change.ending.seen, undefined);
          assert.deepEqual(sidsIn(policyIn(own.account.state(), resource)), ['b']);
        } finally {
          await own.stop();
        }
      });
    }
  });

  test('a text that was written and cannot be read: recorded byte for byte', async () => {
    const text = `\t${textOf(shop, 'a', 'c')}\r\n`;
    changing().fill(stateWith(shop, textOf(shop, 'a', 'b')));
    const intent: ChangeIntent = { type: 'replace', base: textOf(shop, 'a', 'b'), text };
    const outcome = await changing().change(shop, intent, () =>
      changing().fault('Lambda.GetPolicy', failing(403, 'AccessDeniedException')),
    );
    assert.equal(outcome.type, 'accepted');
    assert.equal(changing().ending?.after, text);
    assert.equal(changing().now(shop), text);
  });

  suite('AWS refuses what it is asked for: nothing is changed, nothing else is tried', () => {
    const rows: readonly (readonly [string, Resource, string, string, number, FailureCode])[] = [
      ['too large', shop, 'PutResourcePolicy', 'PolicyLengthExceededException', 400, 'policyTooLarge'],
      ['public access is blocked', shop, 'PutResourcePolicy', 'PublicPolicyException', 400, 'publicAccessBlocked'],
      ['an internal error', shop, 'PutResourcePolicy', 'ServiceException', 500, 'serviceFault'],
      ['overloaded', shop, 'PutResourcePolicy', 'ServiceUnavailableException', 503, 'serviceFault'],
      ['expired credentials', shop, 'PutResourcePolicy', 'ExpiredTokenException', 403, 'credentialsExpired'],
      ['over the limit', queue, 'SetQueueAttributes', 'OverLimit', 403, 'limitExceeded'],
      ['an internal error', queue, 'SetQueueAttributes', 'InternalFailure', 500, 'serviceFault'],
      ['overloaded', queue, 'SetQueueAttributes', 'ServiceUnavailable', 503, 'serviceFault'],
    ]; // prettier-ignore
    for (const [what, resource, name, errorName, status, code] of rows) {
      test(`${name}: ${what}`, async () => {
        const text = textOf(resource, 'a', 'b', 'c');
        const service = resource === queue ? 'SQS' : 'Lambda';
        const outcome = await changing().remove(resource, text, [0, 1], () =>
          changing().fault(`${service}.${name}`, failing(status, errorName)),
        );
        assert.ok(outcome.type === 'failed', outcome.type);
        assert.deepEqual([outcome.failure.code, outcome.reading?.state], [code, 'policy']);
        assert.equal(changing().now(resource), text);
        assert.equal(changing().writes.length, 1);
        assert.equal(changing().storeOf(resource).capabilities.wholeDocument, 'yes');
        assert.deepEqual([changing().ending?.state, changing().ending?.after], ['failed', text]);
      });
    }

    test('a queue with as many principals as it may have: OverLimit of the account itself', async () => {
      const AWS = Array.from({ length: 50 }, (_, at) => String(100_000_000_000 + at));
      const text = policyText(statementOf(queue, 'crowd', { Principal: { AWS } }));
      changing().fill(stateWith(queue, text));
      const intent: ChangeIntent = { type: 'add', grants: [grantOn(queue, 'x')] };
      const outcome = await changing().change(queue, intent);
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(outcome.failure.code, 'limitExceeded');
      assert.equal(changing().now(queue), text);
    });

    test('a function whose public access is blocked: PublicPolicy of the account itself', async () => {
      const state = stateWith(shop, textOf(shop, 'a'));
      const functions = state.functions.map((item) => ({ ...item, blockPublicPolicy: true }));
      changing().fill({ ...state, functions });
      const texts = [JSON.stringify(statementOf(shop, 'open', { Principal: '*' }))];
      const outcome = await changing().change(shop, { type: 'insert', texts });
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(outcome.failure.code, 'publicAccessBlocked');
      assert.equal(changing().now(shop), textOf(shop, 'a'));
    });
  });

  suite('waited out', () => {
    const busy: readonly (readonly [string, Resource, string, FaultAnswer])[] = [
      ['another operation', shop, 'Lambda.PutResourcePolicy', failing(409, 'ResourceConflictException')],
      ['throttled', shop, 'Lambda.PutResourcePolicy', failing(429, 'TooManyRequestsException')],
      ['throttled by name alone', shop, 'Lambda.PutResourcePolicy', failing(400, 'ThrottlingException')],
      ['throttled', queue, 'SQS.SetQueueAttributes', failing(403, 'RequestThrottled')],
    ]; // prettier-ignore
    for (const [what, resource, operation, answer] of busy) {
      test(`${operation}: ${what}, three times: applied by the fourth`, async () => {
        const text = textOf(resource, 'a', 'b', 'c');
        const outcome = await changing().remove(resource, text, [0, 1], () =>
          changing().fault(operation, answer, 3),
        );
        assert.equal(outcome.type, 'applied');
        assert.equal(changing().writes.length, 4);
        assert.deepEqual(sidsIn(changing().now(resource)), ['c']);
        assert.equal(changing().storeOf(resource).capabilities.wholeDocument, 'yes');
      });
    }

    test('a deletion that another operation keeps back', async () => {
      const outcome = await changing().remove(shop, textOf(shop, 'a', 'b'), [0, 1], () =>
        changing().fault(
          'Lambda.DeleteResourcePolicy',
          failing(409, 'ResourceConflictException'),
          2,
        ),
      );
      assert.equal(outcome.type, 'applied');
      assert.equal(changing().now(shop), undefined);
    });

    test('reads that are throttled longer than the SDK waits', async () => {
      const throttled = failing(429, 'TooManyRequestsException');
      const outcome = await changing().remove(shop, textOf(shop, 'a', 'b'), [0], () =>
        changing().fault('Lambda.GetPolicy', throttled, 10),
      );
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(changing().pauses, [500, 1_000]);
    });

    test('throttled to the end: failed, nothing is changed', async () => {
      const text = textOf(shop, 'a', 'b', 'c');
      const outcome = await changing().remove(shop, text, [0, 1], () =>
        changing().fault('Lambda.PutResourcePolicy', failing(429, 'TooManyRequestsException')),
      );
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.deepEqual([outcome.failure.code, changing().now(shop)], ['throttled', text]);
    });
  });

  suite('the history cannot be written', () => {
    const text = textOf(shop, 'a', 'b', 'c');

    for (const resource of [shop, layer, queue]) {
      test(`${resource.kind}: at the beginning: nothing is sent`, async () => {
        const own = textOf(resource, 'a', 'b');
        const outcome = await changing().remove(resource, own, [0], () => {
          changing().journal.failing = 'begin';
        });
        assert.ok(outcome.type === 'notRecorded', outcome.type);
        assert.match(String(outcome.error), /the disk is full/);
        assert.equal(changing().writes.length, 0);
        assert.equal(changing().now(resource), own);
      });
    }

    test('before another way is taken: nothing more is sent', async () => {
      const outcome = await changing().remove(shop, text, [0, 1], () => {
        changing().journal.failing = 'revise';
        changing().fault('Lambda.PutResourcePolicy', failing(403, 'AccessDeniedException'));
      });
      assert.equal(outcome.type, 'notRecorded');
      assert.equal(changing().writes.length, 1);
      assert.equal(changing().now(shop), text);
      assert.deepEqual([changing().ending?.state, changing().ending?.after], ['failed', text]);
    });

    test('before it is tried on the policy as it is by now: nothing more is sent', async () => {
      const outcome = await changing().remove(shop, text, [0], async () => {
        changing().journal.failing = 'revise';
        await changing().aws.lambda('POST', '/2015-03-31/functions/shop/versions', {});
      });
      assert.equal(outcome.type, 'notRecorded');
      assert.deepEqual(
        changing().writes.map(({ status }) => status),
        [412],
      );
      assert.equal(changing().now(shop), text);
    });
  });

  suite('a policy that is no policy', () => {
    const broken = '{"Statement": [';
    const mended = textOf(shop, 'a');
    const mend: ChangeIntent = { type: 'replace', base: broken, text: mended };
    const put = 'Lambda.PutResourcePolicy';

    test('is mended; taking that back is refused by AWS, and nothing is lost', async () => {
      changing().fill(stateWith(shop, broken));
      assert.equal((await changing().change(shop, mend)).type, 'applied');
      assert.equal(changing().now(shop), mended);
      const undo: ChangeIntent = { type: 'undo', before: broken, after: mended };
      const back = await changing().change(shop, undo);
      assert.ok(back.type === 'failed', back.type);
      assert.deepEqual([back.failure.code, changing().now(shop)], ['badRequest', mended]);
    });

    for (const [type, ends] of [
      ['reset', 'failed'],
      ['resetAfter', 'applied'],
    ] as const) {
      test(`${type}: ${ends}, known by reading`, async () => {
        changing().fill(stateWith(shop, broken));
        const outcome = await changing().change(shop, mend, () =>
          changing().fault(put, { type }, 1),
        );
        assert.equal(outcome.type, ends);
        assert.equal(changing().now(shop), ends === 'applied' ? mended : broken);
        if (outcome.type === 'failed') assert.equal(outcome.reading?.state, 'policy');
        assert.equal(changing().ending?.state, ends);
      });
    }
  });
});
