import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../../src/connections/connection';
import type { ChangeRecord } from '../../../src/core/changeRecord';
import type { ChangePlan } from '../../../src/core/plan';
import { planChange } from '../../../src/core/planChange';
import { parsePolicy, statementsOf } from '../../../src/core/policy';
import type { LambdaFunction } from '../../../src/core/resource';
import type { ChangeHistory } from '../../../src/history/changeHistory';
import { recordOf } from '../../history/records';
import { eventually } from '../eventually';
import { denied } from '../tree/treeBench';
import { functionArn, policyText, treeSeed } from '../tree/treeSeed';
import { historyBench, recent } from './historyBench';

const shop: LambdaFunction = {
  kind: 'lambdaFunction',
  arn: `${functionArn}:shop`,
  functionName: 'shop',
};

suite('changeHistory', () => {
  const at = historyBench(treeSeed);
  const before = policyText(shop.arn, 'one', 'two');
  const after = policyText(shop.arn, 'two');
  /** What a window left behind that ended while it removed `one`. */
  const left: ChangeRecord = recent(
    recordOf('left', {
      resource: shop,
      connection: { id: 'sample', title: 'Sample Account', accountId: '123456789012' },
      state: 'running',
      endedAt: undefined,
      seen: undefined,
      before,
      after,
    }),
  );

  function connection(): Connection {
    return at.connections.all[0] ?? assert.fail();
  }

  async function plan(): Promise<ChangePlan> {
    const { lambdaFunction } = await connection().stores();
    const reading = await lambdaFunction.read(shop, { signal: connection().signal });
    assert.ok(reading.state === 'policy');
    const statements = statementsOf(parsePolicy(reading.text)).slice(0, 1);
    const intent = { type: 'remove', statements } as const;
    const planning = planChange(shop, reading.text, intent, lambdaFunction.capabilities);
    assert.ok(planning.possible);
    return planning.plan;
  }

  async function stateOf(history: ChangeHistory, id: string): Promise<string | undefined> {
    return (await history.byId(id))?.state;
  }

  test('a record names connection, account and caller, and the window that owns it', async () => {
    const history = at.open();
    await connection().identity();
    const wanted = await plan();
    const [way] = wanted.ways;
    const journal = history.journalFor(connection(), { resource: shop, what: 'remove' });
    const entry = await journal.begin(wanted, way);
    assert.equal(await stateOf(history, entry.id), 'running');
    const record = await at.files.byId(entry.id);
    assert.deepEqual(record?.connection, {
      id: 'sample',
      title: 'Sample Account',
      accountId: '123456789012',
      callerArn: treeSeed.callerArn,
    });
    await entry.end({ state: 'applied', after: way.after, seen: { text: way.after } });
    assert.equal(await stateOf(history, entry.id), 'applied');
    assert.equal((await at.files.byId(entry.id))?.state, 'applied');
  });

  test('a second window sees a running change as running, and never touches it', async () => {
    const first = at.open();
    const wanted = await plan();
    const journal = first.journalFor(connection(), { resource: shop, what: 'remove' });
    const entry = await journal.begin(wanted, wanted.ways[0]);
    const second = at.open();
    await second.recover();
    const seen = await second.byId(entry.id);
    assert.ok(seen?.state === 'running' && !second.isInterrupted(seen));
    await entry.end({ state: 'cancelled', after: before });
    await eventually(async () => assert.equal(await stateOf(second, entry.id), 'cancelled'));
    assert.deepEqual(at.told, []);
  });

  test('what came of an interrupted change is found out at the start', async () => {
    await at.files.write(left);
    const history = at.open();
    await eventually(async () => assert.equal(await stateOf(history, 'left'), 'failed'));
    assert.equal((await at.files.byId('left'))?.state, 'failed');
    const told = () => at.told.map(({ id, state }) => [id, state]);
    await eventually(() => assert.deepEqual(told(), [['left', 'failed']]));
  });

  test('one that was made meanwhile', async () => {
    const path = `/2015-03-31/functions/shop/policy/one`;
    assert.equal((await at.elsewhere.lambda('DELETE', path)).status, 204);
    await at.files.write(left);
    const history = at.open();
    await eventually(async () => assert.equal(await stateOf(history, 'left'), 'applied'));
  });

  test('when the policy may not be read it stays open, with the reason, and is tried again', async () => {
    await at.files.write(left);
    const end = at.proxy.addFault({ operation: 'Lambda.GetPolicy', answer: denied });
    const history = at.open();
    await eventually(() => {
      const attempt = history.attempt('left');
      assert.equal(attempt?.type === 'notFound' && attempt.failure?.code, 'accessDenied');
    });
    const record = await history.byId('left');
    assert.ok(record && history.isInterrupted(record));
    end();
    await history.recover();
    assert.equal(await stateOf(history, 'left'), 'failed');
    assert.equal(history.attempt('left'), undefined);
    // That nobody knows, and then what came of it.
    assert.deepEqual(
      at.told.map(({ id, state }) => [id, state]),
      [
        ['left', 'running'],
        ['left', 'failed'],
      ],
    );
  });

  test('not over a connection to another account', async () => {
    const other = { ...left.connection, accountId: '999988887777' };
    await at.files.write({ ...left, connection: other });
    const history = at.open();
    await history.recover();
    assert.equal(await stateOf(history, 'left'), 'running');
    assert.ok(!at.requested().some((name) => name.startsWith('GetPolicy')));
  });

  test('once its connection is there', async () => {
    const aws = { id: 'aws:@eu-central-1', title: 'default credentials · eu-central-1' };
    await at.files.write({ ...left, connection: { ...left.connection, ...aws } });
    const history = at.open();
    await history.recover();
    assert.equal(await stateOf(history, 'left'), 'running');
    await at.connect([{ sample: true }, { region: 'eu-central-1' }]);
    await eventually(async () => assert.equal(await stateOf(history, 'left'), 'failed'));
  });

  suite('an end that nobody knew', () => {
    const uncertain: ChangeRecord = { ...left, state: 'unknown', endedAt: left.startedAt + 700 };

    test('is found out at the start', async () => {
      await at.files.write(uncertain);
      const history = at.open();
      await eventually(async () => assert.equal(await stateOf(history, 'left'), 'failed'));
      assert.equal((await at.files.byId('left'))?.state, 'failed');
    });

    test('of this window, once more after a while', async () => {
      const history = at.open({ retryMs: 500 });
      await connection().identity();
      const wanted = await plan();
      const journal = history.journalFor(connection(), { resource: shop, what: 'remove' });
      const entry = await journal.begin(wanted, wanted.ways[0]);
      await at.elsewhere.lambda('DELETE', '/2015-03-31/functions/shop/policy/one');
      await entry.end({ state: 'unknown' });
      assert.equal(await stateOf(history, entry.id), 'unknown');
      await eventually(async () => assert.equal(await stateOf(history, entry.id), 'applied'));
      assert.equal((await at.files.byId(entry.id))?.state, 'applied');
    });

    test('stays so when the policy does not tell, and is not asked for again and again', async () => {
      // One write that is there by halves.
      const halves = { before: policyText(shop.arn, 'one', 'x'), after: policyText(shop.arn, 'y') };
      await at.files.write({ ...uncertain, ...halves });
      const history = at.open({ retryMs: 50 });
      await history.recover();
      assert.equal(history.attempt('left')?.type, 'undecided');
      assert.equal(await stateOf(history, 'left'), 'unknown');
      assert.notDeepEqual(at.requested(), []);
      await sleep(500);
      // Since then.
      assert.deepEqual(at.requested(), []);
    });
  });

  test('a window that falls silent while we look', async () => {
    const history = at.open();
    await history.records();
    // 28 s ago: in two seconds it is interrupted.
    const owner = { window: 'another', heartbeatAt: Date.now() - 28_000 };
    await at.files.write({ ...left, owner });
    await eventually(async () => assert.equal(await stateOf(history, 'left'), 'running'));
    await eventually(async () => assert.equal(await stateOf(history, 'left'), 'failed'));
  });

  test('records older than the setting says are dropped at the start', async () => {
    const old = recent(recordOf('old'), 366 * 24 * 60);
    await at.files.write(old);
    await at.files.write(recent(recordOf('young'), 364 * 24 * 60));
    const records = await at.open().records();
    assert.deepEqual(
      records.map(({ id }) => id),
      ['young'],
    );
  });

  test('nothing is said of what has not changed', async () => {
    const history = at.open();
    await history.records();
    await history.recover();
    let count = 0;
    history.onDidChange(() => count++);
    await at.files.write({ ...left, owner: { window: 'another', heartbeatAt: Date.now() } });
    await eventually(() => assert.equal(count, 1));
    const later = Date.now() + 5;
    await at.files.write({ ...left, owner: { window: 'another', heartbeatAt: later } });
    await eventually(async () => {
      assert.equal((await history.byId('left'))?.owner.heartbeatAt, later);
    });
    await sleep(300);
    assert.equal(count, 1);
  });
});
