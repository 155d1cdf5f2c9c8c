import assert from 'node:assert/strict';
import type { ChangeRecord } from '../../src/core/changeRecord';
import { isInterrupted, recoverChange } from '../../src/history/recovery';
import { functionNamed, layerVersion, queueNamed } from '../aws/stores';
import { policyPath } from '../conformance/harness';
import { SignedRequester } from '../faults/signedRequest';
import { recordOf } from './records';
import { recoveryBench } from './recoveryBench';

suite('recovery', function () {
  this.timeout(30_000);
  const bench = recoveryBench();
  const {
    at,
    clock,
    context,
    files,
    interrupted,
    onDisk,
    recover,
    removal,
    shop,
    sidsIn,
    sidsOf,
    textOf,
  } = bench;

  async function grantMore(name: string): Promise<void> {
    const body = {
      StatementId: 'more',
      Action: 'lambda:InvokeFunction',
      Principal: '210987654321',
    };
    const answer = await new SignedRequester(at.account).lambda('POST', policyPath(name), body);
    assert.equal(answer.status, 201, answer.body);
  }

  suite('which changes were interrupted', () => {
    const running = recordOf('x', { state: 'running', endedAt: undefined, seen: undefined });
    const liveness = { window: 'this window', staleMs: 30_000 };
    const beatAt = running.owner.heartbeatAt;
    const own = { ...running, owner: { ...running.owner, window: 'this window' } };
    const rows: readonly (readonly [string, ChangeRecord, number, boolean])[] = [
      ['another window, silent for long', running, beatAt + 30_001, true],
      ['another window that was heard a moment ago', running, beatAt + 29_999, false],
      ['this window, however long it takes', own, beatAt + 1e9, false],
      ['one that has ended', recordOf('x'), beatAt + 1e9, false],
      ['a heartbeat of tomorrow: the clock was set back', running, beatAt - 1e9, true],
    ];
    for (const [name, record, now, expected] of rows) {
      test(name, () => assert.equal(isInterrupted(record, liveness, now), expected));
    }
  });

  test('before the call: nothing was changed', async () => {
    const record = await interrupted(shop, await removal(shop, 'one'), 0);
    const recovery = await recover(record);
    const { after, before, endedAt, seen, state } = await onDisk();
    assert.deepEqual([state, after, seen?.text], ['failed', before, before]);
    assert.equal(endedAt, clock.now());
    assert.deepEqual(recovery, { type: 'established', record: await onDisk() });
  });

  test('after the call: applied', async () => {
    const record = await interrupted(shop, await removal(shop, 'one'), 1);
    await recover(record);
    const { after, seen, state } = await onDisk();
    assert.equal(state, 'applied');
    assert.equal(after, record.after);
    assert.equal(seen?.text, await textOf(shop));
  });

  test('after the last statement went: applied, and no policy was seen', async () => {
    const tools = layerVersion('tools', 2);
    await recover(await interrupted(tools, await removal(tools, 'one'), 1));
    const { after, seen, state } = await onDisk();
    assert.deepEqual([state, after, seen], ['applied', null, { text: null }]);
  });

  test('half-way through several calls: in part, with what came of it', async () => {
    const record = await interrupted(shop, await removal(shop, 'one', 'dot.ted'), 1);
    await recover(record);
    const { after, before, state } = await onDisk();
    assert.equal(state, 'partly');
    assert.deepEqual(sidsIn(before), ['one', 'two', 'dot.ted']);
    assert.deepEqual(sidsIn(after), ['two', 'dot.ted']);
    assert.deepEqual(await sidsOf(shop), ['two', 'dot.ted']);
  });

  test('half-way, and others changed it too: what came of our calls alone', async () => {
    const record = await interrupted(shop, await removal(shop, 'one', 'dot.ted'), 1);
    await grantMore('shop');
    await recover(record);
    const { after, seen, state } = await onDisk();
    assert.equal(state, 'partly');
    assert.deepEqual(sidsIn(after), ['two', 'dot.ted']);
    assert.deepEqual(sidsIn(seen?.text ?? null), ['two', 'dot.ted', 'more']);
  });

  test('after the call, and others changed it too: applied', async () => {
    const record = await interrupted(shop, await removal(shop, 'one'), 1);
    await grantMore('shop');
    await recover(record);
    const { after, state } = await onDisk();
    assert.deepEqual([state, sidsIn(after)], ['applied', ['two', 'dot.ted']]);
  });

  test('before the call, and others changed it too: nothing was changed by us', async () => {
    const record = await interrupted(shop, await removal(shop, 'one'), 0);
    await grantMore('shop');
    await recover(record);
    assert.equal((await onDisk()).state, 'failed');
  });

  suite('a queue, whose reads lag behind', () => {
    const single = queueNamed('single');

    test('nothing is concluded from "not there" until it has settled', async () => {
      const record = await interrupted(single, await removal(single, 'only'), 0);
      // Its last call may have been sent as late as its last missing heartbeat.
      const settledAt = record.owner.heartbeatAt + 90_000;
      assert.deepEqual(await recover(record, {}, 89_000), { type: 'later', at: settledAt });
      assert.equal((await onDisk()).state, 'running');
      await recover(record, {}, 1_000);
      assert.equal((await onDisk()).state, 'failed');
    });

    test('what is there is there', async () => {
      const record = await interrupted(single, await removal(single, 'only'), 1);
      await recover(record, {}, 31_000);
      assert.equal((await onDisk()).state, 'applied');
    });
  });

  suite('what cannot be known stays open', () => {
    test('no connection to its account', async () => {
      const record = await interrupted(shop, await removal(shop, 'one'), 1);
      const none = { storeOf: () => Promise.resolve(undefined) };
      assert.deepEqual(await recover(record, none), { type: 'notFound' });
      assert.deepEqual(await onDisk(), record);
      await recover(record);
      assert.equal((await onDisk()).state, 'applied');
    });

    test('the policy may not be read', async () => {
      const record = await interrupted(shop, await removal(shop, 'one'), 1);
      at.proxy.addFault({
        operation: 'Lambda.GetPolicy',
        answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
      });
      const recovery = await recover(record);
      assert.ok(recovery.type === 'notFound' && recovery.failure?.code === 'accessDenied');
      assert.deepEqual(await onDisk(), record);
    });

    test('but a resource that is gone will never tell', async () => {
      const record = await interrupted(shop, await removal(shop, 'one'), 1);
      const gone = { ...record, resource: functionNamed('no-such-function') };
      await files().write(gone);
      await recover(gone);
      const { failure, state } = await onDisk();
      assert.deepEqual([state, failure?.code], ['unknown', 'resourceNotFound']);
    });
  });

  suite('other windows', () => {
    test('one that has woken up meanwhile keeps its change', async () => {
      const record = await interrupted(shop, await removal(shop, 'one'), 0);
      const awake = {
        ...record,
        owner: { window: 'gone', heartbeatAt: clock.now() + 30 * 60_000 },
      };
      await files().write(awake);
      const recovery = await recover(record);
      assert.deepEqual(recovery, { type: 'established', record: awake });
      assert.deepEqual(await onDisk(), awake);
    });

    test('one that has ended its change meanwhile has the last word', async () => {
      const record = await interrupted(shop, await removal(shop, 'one'), 0);
      const ended: ChangeRecord = { ...record, state: 'cancelled', endedAt: clock.now() };
      await files().write(ended);
      await recover(record);
      assert.deepEqual(await onDisk(), ended);
    });

    test('two that find the same at the same time say the same', async () => {
      const record = await interrupted(shop, await removal(shop, 'one'), 1);
      clock.advance(60_000);
      const both = await Promise.all([
        recoverChange(record, context()),
        recoverChange(record, context({ window: 'a third' })),
      ]);
      const expected = { type: 'established', record: await onDisk() };
      assert.deepEqual(both, [expected, expected]);
      assert.equal((await onDisk()).state, 'applied');
    });
  });

  test('an outcome that cannot be written is an error', async () => {
    const record = await interrupted(shop, await removal(shop, 'one'), 1);
    const disk = files();
    const full = {
      reread: (id: string) => disk.byId(id),
      write: () => Promise.reject(new Error('ENOSPC')),
    };
    await assert.rejects(recover(record, { files: full }), /ENOSPC/);
    assert.deepEqual(await onDisk(), record);
  });
});
