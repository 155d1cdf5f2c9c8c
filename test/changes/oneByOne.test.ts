import assert from 'node:assert/strict';
import { outcomeOf } from '../../src/core/recordOutcome';
import { layerPath } from '../conformance/harness';
import { policyText, removalOf, sidsIn } from '../core/planning';
import { statementSet, stateWith, targets } from './accountState';
import { statementOf, textOf } from './changeRows';
import { failing, withChanging } from './changing';

const { layer, queue } = targets;
const ten = Array.from({ length: 10 }, (_, at) => `s${at}`);

suite('statements that are removed one after the other', function () {
  this.timeout(30_000);
  const changing = withChanging();

  suite('ten statements of a layer version', () => {
    const operation = 'Lambda.RemoveLayerVersionPermission';
    const read = 'Lambda.GetLayerVersionPolicy';
    const text = textOf(layer, ...ten);
    const all = ten.map((_, at) => at);
    const changeTheirs = async (sid: string) => {
      const gone = await changing().aws.lambda('DELETE', layerPath('tools', 2, `/${sid}`));
      assert.equal(gone.status, 204, gone.body);
      const body = { StatementId: sid, Action: 'lambda:GetLayerVersion', Principal: '*' };
      const back = await changing().aws.lambda('POST', layerPath('tools', 2), body);
      assert.equal(back.status, 201, back.body);
    };
    const addTheirs = async () => {
      const body = { StatementId: 'theirs', Action: 'lambda:GetLayerVersion', Principal: '*' };
      assert.equal((await changing().aws.lambda('POST', layerPath('tools', 2), body)).status, 201);
    };

    test('412 on the third, for a change that does not matter: all are removed', async () => {
      const outcome = await changing().remove(layer, text, all, () =>
        changing().before(operation, addTheirs, 2),
      );
      assert.ok(outcome.type === 'applied', outcome.type);
      assert.equal(outcome.othersChanged, true);
      // All that was done, not only the rest that was planned anew.
      assert.deepEqual([outcome.plan.removed.length, outcome.plan.before], [10, text]);
      assert.deepEqual([outcome.wrote.before, sidsIn(outcome.wrote.after)], [text, []]);
      assert.deepEqual(sidsIn(changing().now(layer)), ['theirs']);
      const statuses = changing().writes.map(({ status }) => status);
      assert.deepEqual(statuses, [204, 204, 412, ...Array.from({ length: 8 }, () => 204)]);
      assert.deepEqual(sidsIn(changing().ending?.after), []);
    });

    test('412 on the third whenever it is sent: two of ten, and recorded so', async () => {
      const outcome = await changing().remove(layer, text, all, () =>
        changing().fault(operation, failing(412, 'PreconditionFailedException'), undefined, 2),
      );
      assert.ok(outcome.type === 'partly', outcome.type);
      assert.deepEqual([outcome.done, outcome.of], [2, 10]);
      assert.equal(outcome.failure.code, 'revisionMismatch');
      assert.deepEqual(sidsIn(changing().now(layer)), ten.slice(2));
      assert.equal(changing().ending?.state, 'partly');
      assert.deepEqual(statementSet(changing().ending?.after), statementSet(changing().now(layer)));
      assert.equal(changing().journal.changes[0]?.plans[0]?.plan.before, text);
    });

    test('others remove the rest meanwhile: it is done, and told', async () => {
      const two = textOf(layer, 'a', 'b', 'c');
      const outcome = await changing().remove(layer, two, [0, 1], () =>
        changing().before(
          operation,
          () => changing().aws.lambda('DELETE', layerPath('tools', 2, '/b')),
          1,
        ),
      );
      assert.ok(outcome.type === 'applied', outcome.type);
      assert.equal(outcome.othersChanged, true);
      // Undone is only what we did.
      assert.deepEqual(sidsIn(changing().ending?.after), ['b', 'c']);
      assert.deepEqual(sidsIn(changing().now(layer)), ['c']);
    });

    test('it stopped half-way: what was done can be taken back', async () => {
      await changing().remove(layer, text, all, () =>
        changing().fault(operation, failing(403, 'AccessDeniedException'), undefined, 4),
      );
      const after = changing().ending?.after;
      assert.equal(sidsIn(after).length, 6);
      const back = await changing().change(layer, { type: 'undo', before: text, after });
      assert.equal(back.type, 'applied');
      assert.deepEqual(statementSet(changing().now(layer)), statementSet(text));
    });

    test('the fifth was changed by others when the third met 412: it and the rest stay', async () => {
      const outcome = await changing().remove(layer, text, all, () =>
        changing().before(operation, () => changeTheirs('s4'), 2),
      );
      assert.ok(outcome.type === 'partly', outcome.type);
      assert.equal(outcome.done, 2);
      assert.deepEqual(sidsIn(changing().now(layer)), [
        's2',
        's3',
        's5',
        's6',
        's7',
        's8',
        's9',
        's4',
      ]);
    });

    for (const [when, operationBefore, skip] of [
      ['after the answer', read, 2],
      ['right before it is sent', operation, 3],
    ] as const) {
      test(`the next one is changed by others ${when}: it is not removed`, async () => {
        const outcome = await changing().remove(layer, text, all, () =>
          changing().before(operationBefore, () => changeTheirs('s3'), skip),
        );
        assert.ok(outcome.type === 'partly', outcome.type);
        assert.deepEqual([outcome.done, outcome.of], [3, 10]);
        assert.match(changing().now(layer) ?? '', /"Sid":"s3","Effect":"Allow","Principal":"\*"/);
        assert.equal(sidsIn(changing().now(layer)).length, 7);
        assert.deepEqual(sidsIn(changing().ending?.after), ten.slice(3));
      });
    }

    test('the next one is changed by others while an answer is lost: it is not removed', async () => {
      const outcome = await changing().remove(layer, text, all, () => {
        changing().fault(operation, { type: 'resetAfter' }, 1, 2);
        changing().before(read, () => changeTheirs('s3'), 2);
      });
      assert.ok(outcome.type === 'partly', outcome.type);
      assert.deepEqual([outcome.done, outcome.of], [3, 10]);
      assert.match(changing().now(layer) ?? '', /"Sid":"s3","Effect":"Allow","Principal":"\*"/);
    });

    test('the connection is lost mid-way: what is not known is not claimed', async () => {
      const outcome = await changing().remove(layer, text, all, () =>
        changing().proxy.addFault({ operation: /./, skip: 6, answer: { type: 'reset' } }),
      );
      assert.ok(outcome.type === 'partly', outcome.type);
      assert.deepEqual([outcome.done, outcome.of, outcome.reading], [3, 10, undefined]);
      assert.equal(changing().ending?.state, 'unknown');
      assert.deepEqual(sidsIn(changing().now(layer)), ten.slice(3));
    });

    test('an answer is lost and nothing can be read: found out later, nothing is lost by an undo', async () => {
      const outcome = await changing().remove(layer, text, all, () => {
        changing().fault(operation, { type: 'resetAfter' }, 1, 1);
        changing().proxy.addFault({ operation: /./, skip: 2, answer: { type: 'reset' } });
      });
      assert.ok(outcome.type === 'partly', outcome.type);
      assert.deepEqual([outcome.done, outcome.reading], [1, undefined]);
      assert.deepEqual(sidsIn(changing().now(layer)), ten.slice(2));
      const [change] = changing().journal.changes;
      assert.equal(change?.ending?.state, 'unknown');
      const recorded = change.plans.at(-1) ?? assert.fail();
      const { before = null } = recorded.plan;
      const { calls, after = null } = recorded.way;
      const now = changing().now(layer);
      const found = outcomeOf({ before, after, calls, state: 'unknown' }, now);
      assert.ok(found.state === 'partly', found.state);
      assert.equal(found.after, now);
      changing().proxy.clear();
      const back = await changing().change(layer, {
        type: 'undo',
        before: before ?? undefined,
        after: found.after,
      });
      assert.equal(back.type, 'applied');
      assert.deepEqual(statementSet(changing().now(layer)), statementSet(text));
    });

    test('the person cancels mid-way: told how far it came', async () => {
      const cancelling = new AbortController();
      changing().fill(stateWith(layer, text));
      const outcome = await changing().change(
        layer,
        removalOf(text, ...all),
        () => changing().before(operation, () => cancelling.abort(), 3),
        { cancelling: cancelling.signal },
      );
      assert.ok(outcome.type === 'partly', outcome.type);
      assert.deepEqual([outcome.done, outcome.failure.code], [4, 'cancelled']);
      assert.deepEqual(sidsIn(changing().now(layer)), ten.slice(4));
      assert.equal(changing().ending?.state, 'partly');
    });
  });

  suite('statements of a queue by their labels', () => {
    const text = textOf(queue, 'a', 'b', 'c');
    const read = 'SQS.GetQueueAttributes';
    const putQueue = async (...statements: readonly object[]) => {
      const Attributes = { Policy: policyText(...statements) };
      const input = { QueueUrl: queue.queueUrl, Attributes };
      assert.equal((await changing().aws.sqs('SetQueueAttributes', input)).status, 200);
    };
    const removeByLabel = async (meanwhile: () => unknown) => {
      changing().fill(stateWith(queue, text));
      changing().storeOf(queue).forgoWholeDocuments();
      return changing().change(queue, removalOf(text, 0, 1), meanwhile);
    };
    const twin = statementOf(queue, 'b', { Effect: 'Deny' });

    test('the label is shared by then: nobody else’s statement goes', async () => {
      const outcome = await removeByLabel(() =>
        changing().before(
          read,
          () => putQueue(statementOf(queue, 'b'), twin, statementOf(queue, 'c')),
          1,
        ),
      );
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(
        statementSet(changing().now(queue)),
        statementSet(policyText(twin, statementOf(queue, 'c'))),
      );
      assert.ok(!changing().writes.some(({ body }) => body.includes('"Label":"b"')));
    });

    test('another statement has the label by then: it stays', async () => {
      const outcome = await removeByLabel(() =>
        changing().before(read, () => putQueue(twin, statementOf(queue, 'c')), 1),
      );
      assert.equal(outcome.type, 'partly');
      assert.deepEqual(
        statementSet(changing().now(queue)),
        statementSet(policyText(twin, statementOf(queue, 'c'))),
      );
    });

    test('whole documents may not be written, and it changed meanwhile: nothing goes', async () => {
      // The first has their meaning by now, under its label.
      const theirs = statementOf(queue, 'a', { Effect: 'Deny' });
      const now = [theirs, statementOf(queue, 'b'), statementOf(queue, 'c')];
      const outcome = await changing().remove(queue, text, [0, 1], () => {
        changing().fault('SQS.SetQueueAttributes', failing(403, 'AccessDenied'));
        changing().before(
          read,
          async () => {
            changing().proxy.clear();
            await putQueue(...now);
          },
          1,
        );
      });
      assert.equal(outcome.type, 'changed');
      assert.equal(changing().now(queue), policyText(...now));
      assert.ok(!changing().writes.some(({ operation }) => /Remove/.test(operation)));
    });

    test('reads lag behind: all the same', async () => {
      const outcome = await removeByLabel(() => changing().fault(read, { type: 'stale' }, 2, 1));
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(sidsIn(changing().now(queue)), ['c']);
    });
  });
});
