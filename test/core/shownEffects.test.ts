import assert from 'node:assert/strict';
import { shownEffects } from '../../src/core/shownEffects';
import { outcomeOf } from '../../src/core/recordOutcome';
import { policyText, statementOf, statementsIn } from './planning';

const kind = 'lambdaFunction';
const one = (sid: string | undefined, extra: object = {}) => statementOf(kind, sid, extra);

/** What of `added` is seen in `now`, where `old` was before. */
function shown(
  [old, now, added]: readonly (readonly object[])[],
  isAcknowledged: boolean,
): { readonly come: number; readonly isDoubtful: boolean } {
  const [was, is, sought] = [old, now, added].map((all = []) => statementsIn(policyText(...all)));
  const effects = { old: was ?? [], now: is ?? [], added: sought ?? [], removed: [] };
  const { come, isDoubtful } = shownEffects({ ...effects, isAcknowledged });
  return { come: come.length, isDoubtful };
}

suite('what of a change a policy shows', () => {
  const role = { Principal: { AWS: 'arn:aws:iam::210987654321:role/r' } };
  const id = { Principal: { AWS: 'AROAEXAMPLEGONE000001' } };

  test('an addition as it was sent', () => {
    assert.deepEqual(shown([[], [one('a')], [one('a')]], false), { come: 1, isDoubtful: false });
    assert.deepEqual(shown([[], [], [one('a')]], true), { come: 0, isDoubtful: false });
  });

  test('one in a form of its own: alike, under a Sid that was not there', () => {
    const rows = [[], [one('a', id)], [one('a', role)]];
    assert.equal(shown(rows, false).come, 1);
    // Others allowed something else under this name.
    const theirs = [[], [one('a', { ...id, Action: 'lambda:GetAlias' })], [one('a', role)]];
    assert.equal(shown(theirs, true).come, 0);
    // It was edited, and nobody heard of it: it may be the edit of others.
    const edited = [[one('a')], [one('a', id)], [one('a', role)]];
    assert.equal(shown(edited, false).come, 0);
    assert.equal(shown(edited, true).come, 1);
  });

  test('one without a Sid that has one there: ours if AWS took it, else nobody knows', () => {
    const rows = [[], [one('given')], [one(undefined)]];
    assert.deepEqual(shown(rows, true), { come: 1, isDoubtful: false });
    assert.deepEqual(shown(rows, false), { come: 0, isDoubtful: true });
    const before = policyText(one('kept'));
    const record = {
      before,
      after: policyText(one('kept'), one(undefined)),
      calls: [{ type: 'putPolicy', text: '' }],
      state: 'running',
    } as const;
    assert.equal(outcomeOf(record, policyText(one('kept'), one('given'))).state, 'unknown');
    assert.equal(outcomeOf(record, before).state, 'failed');
  });
});
