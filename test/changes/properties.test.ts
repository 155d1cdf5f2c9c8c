import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChangeOutcome } from '../../src/changes/changeOutcome';
import type { Resource } from '../../src/core/resource';
import type { RandomPolicy } from '../core/randomPolicies';
import { oddStatements, partsOf, policies, policiesWith } from '../core/randomPolicies';
import { removalOf, statementOf, statementsIn } from '../core/planning';
import type { TargetName } from './accountState';
import { othersIn, policyIn, statementSet, stateWith, targets } from './accountState';
import { sentPolicy, withChanging } from './changing';

// What was sent is taken in front of the server. What is expected is put together from the texts
// that the random policy was made of, without the code that edits policies.

const wholeTargets = ['function', 'alias', 'version', 'queue'] as const;

/** Those that AWS would not take back in a document that is written whole are left out. */
const storable = oddStatements.filter((members) => !JSON.stringify(members).includes('AROA'));

/** What the call that adds one can say, in any order of names. */
const layerStatements = fc
  .tuple(
    fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/), { minLength: 1, maxLength: 6 }),
    fc.array(
      fc.constantFrom<object>(
        { Principal: '*' },
        { Principal: { AWS: 'arn:aws:iam::210987654321:root' } },
        {
          Principal: '*',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        },
      ),
      { minLength: 6, maxLength: 6 },
    ),
  )
  .map(([sids, extras]) =>
    sids.map((sid, at) => Object.entries(statementOf('layerVersion', sid, extras[at])).reverse()),
  );

const choice = fc.integer({ min: 1, max: 2 ** 6 - 1 });

suite('changes to random policies', function () {
  this.timeout(120_000);
  const changing = withChanging();

  /** Puts the policy in place and removes what is chosen; then hands on what came of it. */
  async function remove(
    resource: Resource,
    policy: RandomPolicy,
    bits: number,
    check: (removal: Removal) => Promise<void> | void,
  ): Promise<void> {
    const at = changing();
    const all = policy.statements.map((_, index) => index);
    const gone = all.filter((index) => (bits >> index) & 1);
    fc.pre(gone.length > 0);
    at.fill(stateWith(resource, policy.text));
    const others = othersIn(at.account.state(), resource);
    const outcome = await at.change(resource, removalOf(policy.text, ...gone));
    const rest = policy.statements.filter((_, index) => !gone.includes(index));
    await check({ outcome, gone, rest });
    assert.deepEqual(othersIn(at.account.state(), resource), others);
  }

  interface Removal {
    readonly outcome: ChangeOutcome;
    readonly gone: readonly number[];
    readonly rest: readonly string[];
  }

  const now = (resource: Resource) => policyIn(changing().account.state(), resource);

  /** Takes back what the journal holds of the last change. */
  async function undo(resource: Resource): Promise<ChangeOutcome> {
    const at = changing();
    const written = at.journal.changes.at(-1);
    const before = written?.plans.at(-1)?.plan.before;
    return at.change(resource, { type: 'undo', before, after: written?.ending?.after });
  }

  for (const name of wholeTargets) {
    const resource = targets[name];
    test(`${name}: what is sent is the text without these statements; undo sends the text`, () =>
      fc.assert(
        fc.asyncProperty(policies(storable, { minLength: 1 }), choice, async (policy, bits) => {
          await remove(resource, policy, bits, ({ outcome, gone, rest }) => {
            assert.ok(outcome.type === 'applied', outcome.type);
            assert.equal(outcome.othersChanged, false);
            const { writes } = changing();
            assert.equal(writes.length, 1, 'one write, however many statements');
            const sent = writes[0] && sentPolicy(writes[0]);
            if (sent) expectOnly(sent, policy, rest);
            else expectCall(name, writes[0]?.operation, gone, rest, policy);
            expectState(now(resource), policy, gone, rest);
          });
          const back = await undo(resource);
          assert.equal(back.type, 'applied');
          const { writes } = changing();
          assert.deepEqual(writes.map(sentPolicy), [policy.text]);
          assert.equal(now(resource), policy.text);
          // And again: as it was without them.
          assert.equal((await undo(resource)).type, 'applied');
          const removed = changing().journal.changes[0]?.ending?.after;
          assert.deepEqual(statementSet(now(resource)), statementSet(removed));
        }),
        { numRuns: runs[name] },
      ));
  }

  test('layer: call by call, each with the revision before it; undo adds them again', () =>
    fc.assert(
      fc.asyncProperty(policiesWith(layerStatements), choice, async (policy, bits) => {
        const resource = targets.layer;
        await remove(resource, policy, bits, ({ outcome, gone, rest }) => {
          assert.equal(outcome.type, 'applied');
          const { writes } = changing();
          const sids = gone.map((index) => statementsIn(policy.text)[index]?.sid);
          assert.deepEqual(
            writes.map(({ operation, path, status }) => [
              operation,
              /policy\/([^?]+)\?RevisionId=./.exec(path)?.[1],
              status,
            ]),
            sids.map((sid) => ['Lambda.RemoveLayerVersionPermission', sid, 204]),
          );
          expectState(now(resource), policy, gone, rest);
        });
        assert.equal((await undo(resource)).type, 'applied');
        assert.deepEqual(statementSet(now(resource)), statementSet(policy.text));
        assert.equal((await undo(resource)).type, 'applied');
        const removed = changing().journal.changes[0]?.ending?.after;
        assert.deepEqual(statementSet(now(resource)), statementSet(removed));
      }),
      { numRuns: runs.layer },
    ));

  for (const name of ['function', 'layer', 'queue'] as const) {
    const resource = targets[name];
    test(`${name}: whatever AWS would refuse stands in it: all of it, or nothing, or as told`, () =>
      fc.assert(
        fc.asyncProperty(
          policies(oddStatements, { minLength: 1 }),
          choice,
          async (policy, bits) => {
            await remove(resource, policy, bits, ({ outcome, gone, rest }) => {
              if (outcome.type === 'applied') {
                expectState(now(resource), policy, gone, rest);
              } else if (outcome.type === 'partly') {
                const after = changing().journal.changes[0]?.ending?.after;
                assert.deepEqual(statementSet(now(resource)), statementSet(after));
              } else {
                assert.ok(['refused', 'failed'].includes(outcome.type), outcome.type);
                assert.equal(now(resource), policy.text);
              }
            });
          },
        ),
        { numRuns: runs.refusable },
      ));
  }
});

const runs: Readonly<Record<TargetName | 'refusable', number>> = {
  function: 160,
  alias: 50,
  version: 50,
  queue: 160,
  layer: 80,
  refusable: 100,
};

/** A whole text: the chosen statements are not in it, and every other byte is. */
function expectOnly(sent: string, policy: RandomPolicy, rest: readonly string[]): void {
  const [was, is] = [partsOf(policy.text), partsOf(sent)];
  assert.deepEqual(is.statements, rest);
  assert.deepEqual([is.prefix, is.suffix], [was.prefix, was.suffix]);
  for (const blank of is.between) assert.ok(was.between.includes(blank), JSON.stringify(blank));
}

/** No text was sent: then a policy was deleted, or one statement went by a Sid of its own. */
function expectCall(
  name: TargetName,
  operation: string | undefined,
  gone: readonly number[],
  rest: readonly string[],
  { text }: RandomPolicy,
): void {
  const [service, deletes] =
    name === 'queue' ? ['SQS', 'SetQueueAttributes'] : ['Lambda', 'DeleteResourcePolicy'];
  if (operation === `${service}.RemovePermission`) {
    assert.equal(gone.length, 1);
    const all = statementsIn(text);
    const sid = all[gone[0] ?? -1]?.sid;
    assert.equal(all.filter((statement) => statement.sid === sid).length, 1);
    return;
  }
  assert.equal(operation, `${service}.${deletes}`);
  assert.deepEqual(rest, []);
}

/** The account holds the policy without them, in whatever form, and its head as it was. */
function expectState(
  text: string | undefined,
  policy: RandomPolicy,
  gone: readonly number[],
  rest: readonly string[],
): void {
  if (rest.length === 0) {
    assert.equal(text, undefined);
    return;
  }
  assert.ok(text !== undefined, 'the policy is gone');
  const { Statement, ...head } = JSON.parse(text) as Record<string, unknown>;
  const { Statement: all, ...oldHead } = JSON.parse(policy.text) as Record<string, unknown>;
  assert.deepEqual(head, oldHead);
  const list = (Array.isArray(all) ? all : [all]) as readonly unknown[];
  assert.deepEqual(
    Array.isArray(Statement) ? Statement : [Statement],
    list.filter((_, index) => !gone.includes(index)),
  );
}
