import assert from 'node:assert/strict';
import { PolicyTraffic } from '../../../src/changes/policyTraffic';
import {
  renameConnection,
  setConnectionColor,
} from '../../../src/commands/connection/dressConnection';
import { removePermission } from '../../../src/commands/removePermission';
import { parsePolicy, statementsOf } from '../../../src/core/policy';
import type { LambdaFunction } from '../../../src/core/resource';
import { PolicyTexts } from '../../../src/documents/policyTexts';
import { connectionNode } from '../../../src/tree/nodes';
import type { AccountName } from '../connections/accountsBench';
import { accountIds, idOf, region } from '../connections/accountsBench';
import { treeParts } from '../tree/treeParts';
import { commandBench } from './commandBench';

suite('the account in a question', () => {
  const at = commandBench();
  let parts: ReturnType<typeof treeParts> | undefined;
  let texts: PolicyTexts | undefined;
  setup(() => {
    parts = treeParts(at.connections);
    texts = new PolicyTexts();
  });
  teardown(() => {
    parts?.dispose();
    texts?.dispose();
  });
  const deps = () => at.deps({ guards: parts?.guards, texts, traffic: new PolicyTraffic() });
  const rowOf = async (name: AccountName) => {
    const arn = `arn:aws:lambda:${region}:${accountIds[name]}:function:shop`;
    const resource: LambdaFunction = { kind: 'lambdaFunction', arn, functionName: 'shop' };
    const connection = at.connections.byId(idOf(name)) ?? assert.fail();
    const reading = await connection.readings.read(resource);
    assert.ok(reading.state === 'policy');
    const [statement] = statementsOf(parsePolicy(reading.text));
    return { connectionId: connection.id, resource, reading, statement };
  };
  const question = (name: AccountName) => `Remove the permission "of-${name}" from function shop?`;

  test('stands among the lines, also of a connection whose account nobody asked for yet', async () => {
    await at.connections.remove(idOf('b'));
    await removePermission(deps(), await rowOf('a'));
    const [asked] = at.stub.shown;
    assert.equal(asked?.message, question('a'));
    assert.ok(asked.isModal);
    assert.ok(asked.detail.split('\n').includes(`Account: ${accountIds.a}`), asked.detail);
  });

  test('comes first once connections of two accounts are open', async () => {
    for (const connection of at.connections.all) await connection.identity();
    await at.connections.dress(idOf('b'), { name: 'Billing $(zap)' });
    for (const name of ['a', 'b'] as const) await removePermission(deps(), await rowOf(name));
    assert.deepEqual(
      at.stub.shown.map(({ message }) => message),
      [
        `Account ${accountIds.a} (a · ${region}): ${question('a')}`,
        `Account ${accountIds.b} (Billing $\u2060(zap)): ${question('b')}`,
      ],
    );
  });

  test('one that is not known may be another: it comes first as well, and counts for itself', async () => {
    const rows = [await rowOf('a'), await rowOf('b')];
    for (const name of ['a', 'b'] as const) {
      const answer = { type: 'error', status: 403, name: 'AccessDenied', message: 'no' } as const;
      at.proxies[name].addFault({ operation: 'STS.GetCallerIdentity', answer });
    }
    await removePermission(deps(), rows[0]);
    await removePermission(deps(), rows[0], rows);
    assert.deepEqual(
      at.stub.shown.map(({ message }) => message.slice(0, message.indexOf(':'))),
      [`Unknown account (a · ${region})`, 'In 2 accounts'],
    );
  });

  test('changes in both say so', async () => {
    for (const connection of at.connections.all) await connection.identity();
    const rows = [await rowOf('a'), await rowOf('b')];
    await removePermission(deps(), rows[0], rows);
    const [asked] = at.stub.shown;
    assert.match(asked?.message ?? '', /^In 2 accounts: /);
    for (const name of ['a', 'b'] as const) {
      assert.ok(asked?.detail.includes(accountIds[name]), asked?.detail);
    }
  });

  test('is that of this moment: what was read in another account is not changed', async () => {
    const row = await rowOf('a');
    at.lead('a', 'b');
    at.connections.reopen(idOf('a'));
    await removePermission(deps(), row);
    assert.deepEqual(at.stub.shown, []);
    assert.equal(at.told.length, 1);
    for (const account of Object.values(accountIds)) assert.ok(at.told[0]?.includes(account));
  });

  test('a connection is called by its own name, and coloured, by commands', async () => {
    const row = connectionNode(idOf('a'));
    at.stub.typed.push('  Shop  ', undefined, '');
    await renameConnection(deps(), row);
    const config = () => at.connections.byId(idOf('a'))?.config;
    assert.deepEqual(config(), { type: 'aws', profile: 'a', region, name: 'Shop' });
    // Escape changes nothing; an empty name takes it away.
    await renameConnection(deps(), row);
    assert.equal(config()?.name, 'Shop');
    await renameConnection(deps(), row);
    assert.equal(config()?.name, undefined);
    at.stub.picks.push('Red', undefined, 'No color');
    await setConnectionColor(deps(), row);
    assert.equal(config()?.color, 'red');
    await setConnectionColor(deps(), row);
    assert.equal(config()?.color, 'red');
    await setConnectionColor(deps(), row);
    assert.equal(config()?.color, undefined);
    assert.deepEqual(at.setting.get(), [
      { profile: 'a', region },
      { profile: 'b', region },
    ]);
  });
});
