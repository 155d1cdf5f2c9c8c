import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CommandDeps } from '../../../src/commands/deps';
import { acceptAccount } from '../../../src/commands/connection/acceptAccount';
import { openAws } from '../../../src/aws/openAws';
import { Connections } from '../../../src/connections/connections';
import { connectionWays } from '../../../src/connections/connectionWays';
import { KnownAccounts } from '../../../src/connections/knownAccounts';
import type { SampleAccountHost } from '../../../src/connections/sampleAccountHost';
import type { LambdaFunction } from '../../../src/core/resource';
import { connectionNode } from '../../../src/tree/nodes';
import { ResourcesTree } from '../../../src/tree/resourcesTree';
import { withAwsHome } from '../../identity/awsHome';
import { eventually } from '../eventually';
import { labelOf } from '../tree/expectTree';
import { memento, treeParts } from '../tree/treeParts';
import { windowStub } from '../windowStub';
import type { AccountName } from './accountsBench';
import { accountIds, accountsBench, idOf, region } from './accountsBench';

const mine = idOf('mine');
const groups = ['Lambda functions', 'Lambda layers', 'SQS queues'];
const shop: LambdaFunction = {
  kind: 'lambdaFunction',
  arn: `arn:aws:lambda:${region}:${accountIds.a}:function:shop`,
  functionName: 'shop',
};
const stopped = ['Stopped: another account'];

suite('the account that a profile is expected to lead to', () => {
  const at = accountsBench();
  const home = withAwsHome();
  const front = frontOf(at);
  const stub = windowStub();
  let accounts: KnownAccounts;
  let held: ReturnType<typeof memento>;
  let connections: Connections;
  let tree: ResourcesTree;
  let parts: ReturnType<typeof treeParts>;
  const told: string[] = [];
  const tell = (words: string) => told.push(words);

  setup(async () => {
    lead('a');
    await at.setting.set([{ profile: 'mine', region }]);
    held = memento();
    told.length = 0;
    open();
  });
  teardown(close);

  /** What a window holds, over the real way to AWS; it looks at the files every moment. */
  function open() {
    const aws = openAws(() => undefined, { watchEveryMs: 100 });
    accounts = new KnownAccounts(held);
    const none = {} as unknown as SampleAccountHost;
    const ways = connectionWays(() => Promise.resolve(aws), none, accounts);
    connections = new Connections(at.setting, ways);
    parts = treeParts(connections);
    tree = new ResourcesTree(parts);
  }

  function close() {
    tree.dispose();
    parts.dispose();
    connections.dispose();
  }

  /** The keys of the profile become those of an account. */
  function lead(to: AccountName, profile = 'mine') {
    const { accessKeyId, secretAccessKey } = at.accounts[to].credentials;
    home.writeConfig(`[profile ${profile}]\nendpoint_url = ${front.endpoint}\n`);
    home.writeCredentials(
      `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
  }

  const rows = async (id = mine) => {
    await tree.getChildren();
    return tree.getChildren(connectionNode(id));
  };
  const labels = async (id?: string) => (await rows(id)).map((row) => labelOf(tree, row));
  const known = async () => {
    await rows();
    await eventually(() => assert.equal(accounts.of('mine', front.endpoint), accountIds.a));
  };
  const deps = () =>
    ({
      connections,
      accounts,
      reporter: { info: tell, warn: tell },
    }) as unknown as CommandDeps;
  const asked = (account: AccountName) =>
    at.proxies[account].requests
      .map(({ operation }) => operation)
      .filter((operation) => operation !== 'STS.GetCallerIdentity');

  test('is the first that was seen; another one stops the connection before anything is asked', async () => {
    await known();
    const old = connections.byId(mine);
    lead('b');
    // Nobody does anything: the files are looked at.
    await eventually(async () => assert.deepEqual(await labels(), stopped));
    assert.notEqual(connections.byId(mine), old);
    const [row] = await rows();
    assert.ok(row);
    const item = tree.getTreeItem(row);
    assert.equal(item.contextValue, 'note.account');
    assert.equal(
      item.description,
      `mine leads to account ${accountIds.b} now, no longer to ${accountIds.a}. ` +
        'Nothing is read or changed until you say that this is right.',
    );
    // Nor is anything that asks all the same: a page that is open, say.
    const reading = await connections.byId(mine)?.readings.read(shop);
    assert.ok(reading?.state === 'unreadable');
    assert.equal(reading.failure.code, 'accountChanged');
    assert.deepEqual(asked('b'), []);
    // Back again, it goes on by itself.
    lead('a');
    await eventually(async () => assert.deepEqual(await labels(), groups));
    assert.equal(accounts.of('mine', front.endpoint), accountIds.a);
  });

  test('is remembered over a restart', async () => {
    await known();
    close();
    lead('b');
    open();
    await eventually(async () => assert.deepEqual(await labels(), stopped));
    assert.deepEqual(asked('b'), []);
  });

  test('is another one once a person says so, for all regions of the profile', async () => {
    await known();
    await at.setting.set([
      { profile: 'mine', region },
      { profile: 'mine', region: 'us-east-1' },
    ]);
    lead('b');
    const other = 'aws:profile=mine@us-east-1';
    for (const id of [mine, other]) {
      await eventually(async () => assert.deepEqual(await labels(id), stopped));
    }
    const yes = `Use Account ${accountIds.b}`;
    stub.answers.push(undefined, yes);
    const [row] = await rows();
    await acceptAccount(deps(), row);
    assert.deepEqual(await labels(), stopped);
    await acceptAccount(deps(), row);
    assert.deepEqual(
      stub.shown.map(({ message, buttons }) => [message, buttons]),
      [0, 1].map(() => [
        `mine · ${region} leads to account ${accountIds.b} now. Is that right?`,
        [yes],
      ]),
    );
    assert.match(stub.shown[0]?.detail ?? '', new RegExp(`It was account ${accountIds.a} before`));
    for (const id of [mine, other]) {
      await eventually(async () => assert.deepEqual(await labels(id), groups));
    }
    assert.equal(accounts.of('mine', front.endpoint), accountIds.b);
    assert.deepEqual(told, []);
  });

  test('is that of the setting, if it has one: only there it can be changed', async () => {
    await at.setting.set([{ profile: 'mine', region, accountId: accountIds.b }]);
    await eventually(async () => assert.deepEqual(await labels(), stopped));
    assert.deepEqual(asked('a'), []);
    await acceptAccount(deps(), (await rows())[0]);
    assert.deepEqual(stub.shown, []);
    assert.match(
      told[0] ?? '',
      new RegExp(`says that mine · ${region} is of account ${accountIds.b}`),
    );
    // What another account said is not what was seen first of this profile.
    assert.equal(accounts.of('mine', front.endpoint), undefined);
    await at.setting.set([{ profile: 'mine', region, accountId: accountIds.a }]);
    await eventually(async () => assert.deepEqual(await labels(), groups));
  });

  test('accepting one that is as expected says so; who chooses no connection hears nothing', async () => {
    await known();
    await acceptAccount(deps(), connectionNode(mine));
    assert.deepEqual(told, ['This connection leads to the account that it is expected to.']);
    told.length = 0;
    stub.picks.push(undefined);
    await acceptAccount(deps());
    assert.deepEqual(told, []);
  });
});

suite('accounts that are known', () => {
  test('the first stays unless it is to be another; profiles are apart from the default chain', async () => {
    const held = memento();
    const known = new KnownAccounts(held);
    const of = (profile: string | undefined, endpoint?: string) =>
      new KnownAccounts(held).of(profile, endpoint);
    await known.remember('x', undefined, accountIds.a);
    await known.remember('x', undefined, accountIds.b);
    assert.equal(of('x'), accountIds.a);
    await known.remember('x', undefined, accountIds.b, true);
    assert.equal(of('x'), accountIds.b);
    await known.remember(undefined, undefined, accountIds.a);
    assert.equal(of(undefined), accountIds.a);
    assert.equal(of('default chain'), undefined);
  });

  test('what stands in for AWS has accounts of its own', async () => {
    const known = new KnownAccounts(memento());
    const emulator = 'http://localhost:4566';
    await known.remember('x', undefined, accountIds.a);
    assert.equal(known.of('x', emulator), undefined);
    await known.remember('x', emulator, '000000000000');
    assert.equal(known.of('x', emulator), '000000000000');
    assert.equal(known.of('x', undefined), accountIds.a);
  });

  for (const value of ['x', [], { 'profile:x': 7 }, null]) {
    test(`nothing is made of ${JSON.stringify(value)}`, async () => {
      const held = memento();
      await held.update('knownAccounts', value);
      assert.equal(new KnownAccounts(held).of('x', undefined), undefined);
    });
  }
});

/** One endpoint, as AWS is one: it leads to the account whose key a request is signed with. */
function frontOf(at: ReturnType<typeof accountsBench>): { readonly endpoint: string } {
  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const isOfB = headers.authorization?.includes(at.accounts.b.credentials.accessKeyId);
    const target = new URL(url, at.proxies[isOfB ? 'b' : 'a'].endpoint);
    const passed = request(target, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  let endpoint = '';
  suiteSetup(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  suiteTeardown(() => server.close());
  return {
    get endpoint() {
      return endpoint;
    },
  };
}
