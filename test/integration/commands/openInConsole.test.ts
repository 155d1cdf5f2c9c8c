import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openInConsole } from '../../../src/commands/openInConsole';
import type { Connection } from '../../../src/connections/connection';
import type { TreeNode } from '../../../src/tree/nodes';
import { accountIds, idOf, region } from '../connections/accountsBench';
import { findRow } from '../tree/expectTree';
import { commandBench } from './commandBench';

const { a } = accountIds;
const lambda = `https://${region}.console.aws.amazon.com/lambda/home?region=${region}#`;
const connection = `a · ${region}`;
const policyTab = '?subtab=permissions&tab=configure';
const queue = encodeURIComponent(`https://sqs.${region}.amazonaws.com/${a}/jobs`);
const first = `https://${region}.console.aws.amazon.com/console/home?region=${region}`;

suite('the page of the AWS console', () => {
  const at = commandBench();
  const env = vscode.env as unknown as Record<string, unknown>;
  const { openExternal } = env;
  const links: unknown[] = [];
  setup(() => {
    links.length = 0;
    env.openExternal = (link: unknown) => Promise.resolve(links.push(link) > 0);
  });
  teardown(() => (env.openExternal = openExternal));

  const rows: readonly (readonly [what: string, path: readonly string[], link: string])[] = [
    ['a connection', [], first],
    ['a group', ['Lambda functions'], first],
    ['a function', ['Lambda functions', 'shop'], `${lambda}/functions/shop${policyTab}`],
    [
      'an alias',
      ['Lambda functions', 'shop', 'live'],
      `${lambda}/functions/shop/aliases/live${policyTab}`,
    ],
    [
      'the versions',
      ['Lambda functions', 'shop', 'Versions'],
      `${lambda}/functions/shop${policyTab}`,
    ],
    [
      'a version',
      ['Lambda functions', 'shop', 'Versions', 'Version 1'],
      `${lambda}/functions/shop/versions/1${policyTab}`,
    ],
    ['a statement', ['Lambda functions', 'shop', 'of-a'], `${lambda}/functions/shop${policyTab}`],
    [
      'a note',
      ['Lambda functions', 'only-a', 'No policy'],
      `${lambda}/functions/only-a${policyTab}`,
    ],
    ['a layer', ['Lambda layers', 'tools'], `${lambda}/layers/tools`],
    [
      'a version of a layer',
      ['Lambda layers', 'tools', 'Version 1'],
      `${lambda}/layers/tools/versions/1`,
    ],
    [
      'a queue',
      ['SQS queues', 'jobs'],
      `https://${region}.console.aws.amazon.com/sqs/v3/home?region=${region}#/queues/${queue}`,
    ],
  ];
  for (const [what, path, link] of rows) {
    test(`of ${what}`, async () => {
      await openInConsole(at.deps(), await findRow(at.tree, connection, ...path));
      // A text: a Uri would decode what the console wants encoded.
      assert.deepEqual([links, at.told], [[link], []]);
    });
  }

  const notInAws = 'What is shown here is not in AWS, so it has no page in the AWS Console.';
  /** The row of a connection that has been made to look like another one. */
  const rowOf = async (parts: Partial<Connection>): Promise<readonly [object, TreeNode]> => {
    const row = await findRow(at.tree, connection, 'Lambda functions', 'shop');
    const real = at.connections.byId(idOf('a')) ?? assert.fail('no connection');
    const like = Object.create(real, Object.getOwnPropertyDescriptors(parts)) as Connection;
    return [{ connections: { byId: () => like } }, row];
  };

  test('there is none of the sample account', async () => {
    const [deps, row] = await rowOf({ config: { type: 'sample' } });
    await openInConsole(at.deps(deps), row);
    assert.deepEqual([links, at.told], [[], [notInAws]]);
  });

  test('there is none of an emulator', async () => {
    const [deps, row] = await rowOf({ endpoint: 'http://localhost:4566' });
    await openInConsole(at.deps(deps), row);
    assert.deepEqual([links, at.told], [[], [notInAws]]);
  });

  test('nor is there one when nobody has asked yet what answers', async () => {
    let endpoint: string | undefined;
    const [deps, row] = await rowOf({
      get currentIdentity() {
        return undefined;
      },
      get endpoint() {
        return endpoint;
      },
      identity: () => {
        endpoint = 'http://localhost:4566';
        return Promise.reject(new Error('cannot be opened'));
      },
    });
    assert.ok(row.type === 'resource');
    const { connectionId, resource } = row;
    await openInConsole(at.deps(deps), { connectionId, resource });
    assert.deepEqual([links, at.told], [[], [notInAws]]);
  });

  test('there is none where the address of the console is not known', async () => {
    await at.setting.set([{ profile: 'a', region: 'eu-isoe-west-1' }]);
    const isolated = 'arn:aws-iso-e:lambda:eu-isoe-west-1:123456789012:function:shop';
    await openInConsole(at.deps(), {
      connectionId: 'aws:profile=a@eu-isoe-west-1',
      resource: { kind: 'lambdaFunction', arn: isolated, functionName: 'shop' },
    });
    const words = 'The address of the AWS Console of this partition is not known.';
    assert.deepEqual([links, at.told], [[], [words]]);
  });

  test('a row of a connection that is gone opens nothing', async () => {
    const row = await findRow(at.tree, connection, 'Lambda functions', 'shop');
    await at.connections.remove(idOf('a'));
    await openInConsole(at.deps(), row);
    assert.deepEqual(links, []);
  });
});
