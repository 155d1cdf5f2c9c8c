import assert from 'node:assert/strict';
import type { RemovalRefusal } from '../../src/core/plan';
import { planRemoval } from '../../src/core/plan';
import type { PolicyCapabilities } from '../../src/core/policyStore';
import type { ResourceKind } from '../../src/core/resource';
import { resourceKinds } from '../../src/core/resource';
import { withStores } from '../aws/stores';
import { policyWith } from './statements';

suite('planRemoval', () => {
  const stores = withStores();
  const plan = (kind: ResourceKind, statements: readonly unknown[], at = 0) => {
    const policy = policyWith(...statements);
    const statement = policy.statements[at];
    assert.ok(statement);
    const capabilities: PolicyCapabilities = stores.all[kind].capabilities;
    return planRemoval(policy, statement, capabilities);
  };

  for (const kind of resourceKinds) {
    test(`${kind}: a legal Sid of its own is what the call takes`, () => {
      const planning = plan(kind, [{ Sid: 'a' }, { Sid: 'b-_9' }], 1);
      assert.ok(planning.possible);
      assert.deepEqual(planning.plan.change, { type: 'removeStatement', statementId: 'b-_9' });
      assert.equal(planning.plan.statement.index, 1);
      assert.deepEqual([planning.plan.lastStatement, planning.plan.widensAccess], [false, false]);
    });
  }

  const refusals: readonly (readonly [string, readonly unknown[], RemovalRefusal])[] = [
    ['no Sid', [{ Effect: 'Allow' }], { code: 'noStatementId' }],
    ['an empty Sid', [{ Sid: '' }], { code: 'noStatementId' }],
    ['a Sid that is no text', [{ Sid: 7 }], { code: 'noStatementId' }],
    [
      'a shared Sid',
      [{ Sid: 'x' }, {}, { Sid: 'x' }],
      { code: 'sharedStatementId', sid: 'x', count: 2 },
    ],
    [
      'a Sid of three equal statements',
      [{ Sid: 'x' }, { Sid: 'x' }, { Sid: 'x' }],
      { code: 'sharedStatementId', sid: 'x', count: 3 },
    ],
    [
      'a shared Sid that is illegal as well',
      [{ Sid: 'x y' }, { Sid: 'x y' }],
      { code: 'sharedStatementId', sid: 'x y', count: 2 },
    ],
  ];
  for (const kind of resourceKinds) {
    for (const [name, statements, refusal] of refusals) {
      test(`${kind}: refused for ${name}`, () => {
        assert.deepEqual(plan(kind, statements), { possible: false, refusal });
      });
    }
  }

  const legal: readonly (readonly [string, string, Readonly<Record<ResourceKind, boolean>>])[] = [
    ['letters, digits, dash, underscore', 'aZ09-_', all(true)],
    ['a dot', 'a.b', { lambdaFunction: true, layerVersion: false, sqsQueue: false }],
    ['80 characters', 'x'.repeat(80), all(true)],
    ['81 characters', 'x'.repeat(81), { ...all(true), sqsQueue: false }],
    ['100 characters', 'x'.repeat(100), { ...all(true), sqsQueue: false }],
    ['101 characters', 'x'.repeat(101), all(false)],
    ['a space', 'a b', all(false)],
    ['a line break at its end', 'a\n', all(false)],
    ['a slash', 'a/b', all(false)],
    ['a letter with an accent', 'é', all(false)],
    ['HTML', '<img src=x onerror=alert(1)>', all(false)],
  ];
  for (const [name, sid, kinds] of legal) {
    for (const kind of resourceKinds) {
      test(`${kind}: a Sid with ${name} is ${kinds[kind] ? 'legal' : 'refused'}`, () => {
        const planning = plan(kind, [{ Sid: sid }]);
        assert.equal(planning.possible, kinds[kind]);
        if (!planning.possible) {
          assert.deepEqual(planning.refusal, { code: 'illegalStatementId', sid });
        }
      });
    }
  }

  test('the last statement is told', () => {
    const planning = plan('sqsQueue', [{ Sid: 'only' }]);
    assert.equal(planning.possible && planning.plan.lastStatement, true);
  });

  test('removing a Deny widens access', () => {
    const planning = plan('sqsQueue', [{ Sid: 'no', Effect: 'Deny' }, { Sid: 'yes' }]);
    assert.equal(planning.possible && planning.plan.widensAccess, true);
  });

  test('Sids that differ in case are two', () => {
    assert.equal(plan('lambdaFunction', [{ Sid: 'a' }, { Sid: 'A' }]).possible, true);
  });
});

function all(value: boolean): Readonly<Record<ResourceKind, boolean>> {
  return { lambdaFunction: value, layerVersion: value, sqsQueue: value };
}
