import assert from 'node:assert/strict';
import { planChange } from '../../src/core/planChange';
import { parsePolicy, statementsOf } from '../../src/core/policy';
import type { PolicyCall } from '../../src/core/policyStore';
import { isUncertain, isUnsettled, outcomeOf } from '../../src/core/recordOutcome';
import { policyWith, recordOf, statementOf } from '../history/records';

const remove = (statementId: string): PolicyCall => ({ type: 'removeStatement', statementId });
const put: PolicyCall = { type: 'putPolicy', text: '' };

const sidsOf = (text: string | undefined) =>
  text === undefined ? undefined : statementsOf(parsePolicy(text)).map(({ sid }) => sid);

/** `calls` that make `after` out of `before`, and a look at `current`. */
function outcome(
  before: string | null,
  after: string | null,
  current: string | undefined,
  calls: readonly PolicyCall[] = [put],
) {
  return outcomeOf({ before, after, calls, state: 'running' }, current);
}

const spread = (text: string) => JSON.stringify(JSON.parse(text), undefined, 3);

suite('recordOutcome', () => {
  const [all, two, one] = [policyWith('a', 'b', 'c'), policyWith('b', 'c'), policyWith('c')];
  const rows: readonly (readonly [
    string,
    string | null,
    string | null,
    string | undefined,
    string,
  ])[] = [
    ['as planned', all, two, two, 'applied'],
    ['as planned, in another layout', all, two, spread(two), 'applied'],
    ['as before', all, two, all, 'failed'],
    ['as before, in another layout', all, two, spread(all), 'failed'],
    ['made, and others added', all, two, policyWith('b', 'x', 'c'), 'applied'],
    ['made, and others removed', all, two, one, 'applied'],
    ['not made, and others added', all, two, policyWith('a', 'b', 'c', 'x'), 'failed'],
    ['not made, and others removed', all, two, policyWith('a', 'c'), 'failed'],
    ['made: nothing remains', one, null, undefined, 'applied'],
    ['made: an empty list remains', one, null, '{"Statement": []}', 'applied'],
    ['not made: something remains', one, null, one, 'failed'],
    ['the first policy, made', null, one, spread(one), 'applied'],
    ['the first policy, not made', null, one, undefined, 'failed'],
    ['added, and others added', one, two, policyWith('c', 'b', 'x'), 'applied'],
    ['not added, and others added', one, two, policyWith('c', 'x'), 'failed'],
    ['one write that is there by halves: others had a hand in it', all, one, two, 'unknown'],
    ['only the layout: made', all, spread(all), spread(all), 'applied'],
    ['only the layout: not made', all, spread(all), all, 'failed'],
    ['only the layout: neither', all, spread(all), ` ${all}`, 'unknown'],
    ['no policy any more that can be read', all, two, '{"Statement": [', 'unknown'],
    ['mended: made', '{"Statement": [', all, all, 'applied'],
    ['mended: not made', '{"Statement": [', all, '{"Statement": [', 'failed'],
    ['mended: neither', '{"Statement": [', all, two, 'unknown'],
  ];
  for (const [name, before, after, current, expected] of rows) {
    test(name, () => assert.equal(outcome(before, after, current).state, expected));
  }

  test('two that are the same, of which one goes', () => {
    const [twins, single] = [policyWith('t', 't', 'c'), policyWith('t', 'c')];
    assert.equal(outcome(twins, single, spread(single)).state, 'applied');
    assert.equal(outcome(twins, single, spread(twins)).state, 'failed');
  });

  test('a statement that AWS writes in its own form is known by its new Sid', () => {
    const form = (principal: string) =>
      JSON.stringify({
        Statement: [statementOf('c'), statementOf('new', { Principal: { AWS: principal } })],
      });
    const wanted = form('arn:aws:iam::123456789012:user/me');
    assert.equal(outcome(one, wanted, form('AIDAEXAMPLEEXAMPLE001')).state, 'applied');
    // The Sid was there before: somebody else changed the statement.
    const before = form('arn:aws:iam::123456789012:user/you');
    assert.notEqual(outcome(before, wanted, form('AIDAEXAMPLEEXAMPLE001')).state, 'applied');
  });

  test('which ended changes a look at the policy may tell more of', () => {
    const failure = { code: 'unreachable', operation: 'o', errorName: 'e', message: '' } as const;
    const gone = { ...failure, code: 'resourceNotFound' } as const;
    const rows = [
      [{ state: 'unknown', failure }, true, true],
      [{ state: 'unknown' }, true, true],
      [{ state: 'unknown', failure: gone }, false, false],
      [{ state: 'accepted' }, false, true],
      [{ state: 'applied' }, false, false],
      [{ state: 'failed', failure }, false, false],
      [{ state: 'running' }, false, false],
    ] as const;
    for (const [record, uncertain, unsettled] of rows) {
      const found = [isUncertain(record), isUnsettled(record)];
      assert.deepEqual(found, [uncertain, unsettled], JSON.stringify(record));
    }
  });

  suite('some of several calls', () => {
    const calls = [remove('a'), remove('b')];

    test('the policy as it is, when nobody else changed it', () => {
      const current = spread(two);
      const found = outcome(all, one, current, calls);
      assert.deepEqual(found, { state: 'partly', after: current });
    });

    test('with the change of others: only what our calls made', () => {
      const found = outcome(all, one, policyWith('x', 'b', 'c'), calls);
      assert.ok(found.state === 'partly');
      assert.equal(found.after, two);
    });

    test('one removed, one to be added, and the change of others', () => {
      const after = policyWith('b', 'c', 'new');
      const added = outcome(all, after, policyWith('a', 'b', 'new', 'x'), calls);
      assert.ok(added.state === 'partly');
      assert.deepEqual(sidsOf(added.after), ['a', 'b', 'c', 'new']);
    });

    test('all that was there went, and not all came', () => {
      const found = outcome(one, policyWith('x', 'y'), policyWith('x', 'others'), calls);
      assert.ok(found.state === 'partly');
      assert.deepEqual(sidsOf(found.after), ['x']);
    });

    test('the first policy, in part, with the change of others', () => {
      const found = outcome(null, policyWith('x', 'y'), policyWith('x', 'others'), calls);
      assert.ok(found.state === 'partly');
      assert.deepEqual(sidsOf(found.after), ['x']);
    });

    test('what was made of it can be undone', () => {
      const current = policyWith('others', 'b', 'c');
      const found = outcome(all, one, current, calls);
      assert.ok(found.state === 'partly');
      const { resource } = recordOf('any');
      const intent = { type: 'undo', before: all, after: found.after } as const;
      const planning = planChange(resource, current, intent, {
        removableStatementId: /./,
        wholeDocument: 'yes',
        hasRevision: true,
        settlesWithinMs: 0,
      });
      assert.ok(planning.possible);
      const sids = sidsOf(planning.plan.ways[0].after);
      assert.deepEqual([...(sids ?? [])].sort(), ['a', 'b', 'c', 'others']);
    });
  });
});
