import assert from 'node:assert/strict';
import type { ChangeRecord } from '../../src/core/changeRecord';
import type { Resource } from '../../src/core/resource';
import { isOpen } from '../../src/history/recovery';
import { functionNamed, queueNamed } from '../aws/stores';
import { policyWith } from './records';

import { recoveryBench } from './recoveryBench';
suite('recovery of an end that nobody knew', function () {
  this.timeout(30_000);
  const { at, clock, files, interrupted, onDisk, recover, removal, shop, textOf } = recoveryBench();

  const unreachable = {
    code: 'unreachable',
    operation: 'lambda:RemovePermission',
    errorName: 'ECONNRESET',
    message: '',
  } as const;

  /** A window that is still there sends so many calls, and neither they nor reads are answered. */
  async function uncertain(
    resource: Resource,
    made: number,
    state: 'unknown' | 'accepted' = 'unknown',
  ): Promise<ChangeRecord> {
    const sid = resource.kind === 'sqsQueue' ? 'only' : 'one';
    const record = await interrupted(resource, await removal(resource, sid), made);
    const failure = state === 'unknown' ? { failure: unreachable } : {};
    const ended = { ...record, ...failure, state, endedAt: clock.now() };
    await files().write(ended);
    return ended;
  }

  test('it is open, whosever it is; what is gone is not', async () => {
    const record = await uncertain(shop, 1);
    const liveness = { window: 'gone', staleMs: 30_000 };
    assert.equal(isOpen(record, liveness, clock.now()), true);
    const gone = { ...record, failure: { ...unreachable, code: 'resourceNotFound' } as const };
    assert.equal(isOpen(gone, liveness, clock.now()), false);
    assert.equal(isOpen({ ...record, state: 'failed' }, liveness, clock.now()), false);
  });

  test('it was made: applied, and nothing went wrong', async () => {
    const record = await uncertain(shop, 1);
    await recover(record);
    const { after, endedAt, failure, seen, state } = await onDisk();
    assert.deepEqual([state, failure], ['applied', undefined]);
    assert.deepEqual([after, endedAt], [record.after, record.endedAt]);
    assert.equal(seen?.text, await textOf(shop));
  });

  test('it was not made: failed, with the reason', async () => {
    const record = await uncertain(shop, 0);
    await recover(record);
    const { after, failure, state } = await onDisk();
    assert.deepEqual([state, after, failure], ['failed', record.before, unreachable]);
  });

  test('the request may still be on its way', async () => {
    const record = await uncertain(shop, 0);
    const at = (record.endedAt ?? 0) + 10_000;
    assert.deepEqual(await recover(record, {}, 9_000), { type: 'later', at });
    await recover(record, {}, 1_000);
    assert.equal((await onDisk()).state, 'failed');
  });

  test('a queue may show it a minute later', async () => {
    const record = await uncertain(queueNamed('single'), 0);
    const at = (record.endedAt ?? 0) + 60_000;
    assert.deepEqual(await recover(record, {}, 59_000), { type: 'later', at });
    await recover(record, {}, 1_000);
    assert.equal((await onDisk()).state, 'failed');
  });

  test('what shows neither stays as it is, and nothing is written', async () => {
    const record = {
      ...(await uncertain(shop, 1)),
      // One write that is there by halves.
      before: policyWith('a', 'b'),
      after: policyWith('c'),
    };
    await files().write(record);
    const disk = files();
    const full = {
      reread: (id: string) => disk.byId(id),
      write: () => Promise.reject(new Error('written')),
    };
    const text = policyWith('a');
    const seenSince = () => ({ state: 'policy', text, readAt: clock.now() }) as const;
    assert.deepEqual(await recover(record, { files: full, seenSince }), { type: 'undecided' });
    assert.deepEqual(await onDisk(), record);
  });

  test('what is unreadable still stays open; what is gone by now is closed', async () => {
    const record = await uncertain(shop, 1);
    const end = at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    });
    const recovery = await recover(record);
    assert.equal(recovery.type === 'notFound' && recovery.failure?.code, 'accessDenied');
    assert.deepEqual(await onDisk(), record);
    end();
    const gone = { ...record, resource: functionNamed('no-such-function') };
    await files().write(gone);
    await recover(gone);
    const { failure, state } = await onDisk();
    assert.deepEqual([state, failure?.code], ['unknown', 'resourceNotFound']);
  });

  test('what the history itself saw since decides, without AWS', async () => {
    const record = await uncertain(shop, 1);
    const text = record.before ?? assert.fail('no policy');
    // By now it is gone; the next change still found it.
    await recover(record, {
      seenSince: () => ({ state: 'policy', text, readAt: clock.now() }),
      storeOf: () => Promise.reject(new Error('asked')),
    });
    const { seen, state } = await onDisk();
    assert.deepEqual([state, seen?.text], ['failed', text]);
  });

  test('the end of this window’s own change that could not be written', async () => {
    const record = await interrupted(shop, await removal(shop, 'one'), 1);
    const known = { ...record, state: 'unknown', endedAt: clock.now() } as const;
    await recover(known, { window: 'gone' });
    assert.equal((await onDisk()).state, 'applied');
  });

  test('what another window found out has the last word', async () => {
    const record = await uncertain(shop, 1);
    const found: ChangeRecord = { ...record, state: 'partly' };
    await files().write(found);
    assert.deepEqual(await recover(record), { type: 'established', record: found });
    assert.deepEqual(await onDisk(), found);
  });

  test('accepted, and seen by now: applied', async () => {
    const record = await uncertain(shop, 1, 'accepted');
    await recover(record);
    assert.equal((await onDisk()).state, 'applied');
  });

  test('accepted, and still not seen: as it was', async () => {
    const record = await uncertain(shop, 0, 'accepted');
    assert.deepEqual(await recover(record), { type: 'undecided' });
    assert.deepEqual(await onDisk(), record);
  });
});
