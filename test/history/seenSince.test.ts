import assert from 'node:assert/strict';
import type { ChangeRecord } from '../../src/core/changeRecord';
import { seenSince } from '../../src/history/seenSince';
import { policyWith, recordOf } from './records';

suite('seenSince', () => {
  const ours = recordOf('ours', { state: 'unknown' });
  const endedAt = ours.endedAt ?? 0;
  const text = policyWith('then');
  const next = recordOf('next', { startedAt: endedAt + 5, before: text });
  const { resource } = recordOf('any');
  const other = { ...resource, arn: `${resource.arn}:live` };

  const rows: readonly (readonly [string, readonly ChangeRecord[], string | undefined])[] = [
    ['no other change', [ours], undefined],
    ['the next change', [next, ours], text],
    ['one before', [ours, { ...next, startedAt: ours.startedAt - 5 }], undefined],
    ['one at the same time', [{ ...next, startedAt: endedAt - 5 }, ours], undefined],
    ['a change of another policy', [{ ...next, resource: other }, ours], undefined],
    ['one that was not made', [{ ...next, state: 'failed' }, ours], undefined],
    [
      'the first of several',
      [recordOf('last', { startedAt: endedAt + 9, before: policyWith('later') }), next, ours],
      text,
    ],
  ];
  for (const [name, records, expected] of rows) {
    test(name, () => {
      const reading = seenSince(ours, records);
      assert.equal(reading?.state === 'policy' ? reading.text : reading, expected);
    });
  }

  test('no policy is something that was seen', () => {
    const found = seenSince(ours, [{ ...next, before: null }, ours]);
    assert.deepEqual(found, { state: 'none', readAt: next.startedAt });
  });

  test('of one that was interrupted, since its last heartbeat', () => {
    const open = { ...ours, state: 'running', endedAt: undefined } as const;
    assert.equal(seenSince(open, [next, open])?.readAt, next.startedAt);
    const early = { ...next, startedAt: open.owner.heartbeatAt - 1 };
    assert.equal(seenSince(open, [early, open]), undefined);
  });
});
