import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Connections } from '../../../src/connections/connections';
import type { TreeNode } from '../../../src/tree/nodes';
import { ResourcesTree } from '../../../src/tree/resourcesTree';
import { eventually } from '../eventually';
import { allRows, expectTree, findRow, labelOf, treeText } from './expectTree';
import { denied, treeBench } from './treeBench';
import { treeParts } from './treeParts';
import { functionArn, policyText, treeSeed } from './treeSeed';

const sample = 'Sample Account';
const functions = 'Lambda functions';
const secret = (path: string) => path.includes('Secret/');
/** A policy that lets nobody but this statement in, put by somebody else. */
const putPath = (name: string) =>
  `/2026-07-09/resource-policy/${encodeURIComponent(`${functionArn}:${name}`)}`;

suite('the tree of a connection', () => {
  const at = treeBench(treeSeed);

  test('shows functions, layers and queues with their policies; each state is a row of its own', async () => {
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path }) => secret(path),
      answer: denied,
    });
    await expectTree(
      at.tree,
      `
      Sample Account · 123456789012 · made up, nothing leaves this machine
        Lambda functions · 6
          bare · no policy
            No policy · nobody is let in by the resource itself
            Versions · 0
              No published versions
          broken · not well-formed
            The policy is not valid JSON: CloseBracketExpected at line 1, column 16 · Open the policy to see its text.
            Versions · 0
              No published versions
          empty · 0 statements
            Empty policy · a policy without statements
            Versions · 0
              No published versions
          hostile · 3 statements
            $\u2060(zap) [x]\u2060(command:y) · Amazon S3 → InvokeFunction
            <b>\\u202e</b> · Amazon S3 → InvokeFunction
            Statement 3 · Amazon S3 → InvokeFunction
            Versions · 0
              No published versions
          Secret · could not be read
            Could not be read: access denied to lambda:GetPolicy · Ask for the IAM permission lambda:GetPolicy, then refresh.
            Versions · 0
              No published versions
          shop · 2 statements
            one · Amazon S3 → InvokeFunction
            two · Amazon S3 → InvokeFunction
            live · → version 2 · 1 statement
              one · Amazon S3 → InvokeFunction
            plain · → version 3 · no policy
              No policy · nobody is let in by the resource itself
            Versions · 3
              Version 3 · no policy
                No policy · nobody is let in by the resource itself
              Version 2 · no policy
                No policy · nobody is let in by the resource itself
              Version 1 · 1 statement
                one · Amazon S3 → InvokeFunction
        Lambda layers · 2
          other
            Version 1 · no policy
              No policy · nobody is let in by the resource itself
          tools
            Version 2 · 1 statement
              one · Amazon S3 → InvokeFunction
            Version 1 · no policy
              No policy · nobody is let in by the resource itself
        SQS queues · 2
          bare · no policy
            No policy · nobody is let in by the resource itself
          single · 1 statement
            only · Amazon S3 → InvokeFunction
      `,
    );
  });

  test('requests nothing before it is needed', async () => {
    const expand = async (...labels: readonly string[]) => {
      await findRow(at.tree, ...labels).then((row) => at.tree.getChildren(row));
      await sleep(400);
      return [...at.requested()].sort();
    };
    await at.tree.getChildren();
    await sleep(200);
    assert.deepEqual(at.requested(), ['GetCallerIdentity']);
    assert.deepEqual(await expand(sample), []);
    assert.deepEqual(await expand(sample, functions), ['ListFunctions']);
    assert.deepEqual(await expand(sample, functions, 'shop'), [
      'GetPolicy shop',
      'GetPolicy shop:live',
      'GetPolicy shop:plain',
      'ListAliases shop',
    ]);
    assert.deepEqual(await expand(sample, functions, 'shop', 'live'), []);
    assert.deepEqual(await expand(sample, functions, 'shop', 'Versions'), [
      'GetPolicy shop:1',
      'GetPolicy shop:2',
      'GetPolicy shop:3',
      'ListVersionsByFunction shop',
    ]);
    assert.deepEqual(await expand(sample, 'Lambda layers'), ['ListLayers']);
    assert.deepEqual(await expand(sample, 'Lambda layers', 'tools'), [
      'GetLayerVersionPolicy tools:1',
      'GetLayerVersionPolicy tools:2',
      'ListLayerVersions tools',
    ]);
    assert.deepEqual(await expand(sample, 'SQS queues'), ['ListQueues']);
    assert.deepEqual(await expand(sample, 'SQS queues', 'single'), ['GetQueueAttributes single']);
    // Everything that was shown is kept.
    await treeText(at.tree, { open: (label) => !['bare', 'other'].includes(label) });
    assert.deepEqual(
      at
        .requested()
        .filter((request) => /shop|tools|single|List(Functions|Layers|Queues)/.test(request)),
      [],
    );
  });

  test('every row has an id of its own, and its parents lead to the root', async () => {
    // The same account twice: no id may come from the ARN alone.
    await at.connect([{ sample: true }, { region: 'eu-west-1' }]);
    const rows = await allRows(at.tree);
    const ids = rows.map((row) => at.tree.getTreeItem(row).id);
    assert.equal(rows.length % 2, 0);
    assert.ok(rows.length > 80, `${rows.length} rows`);
    assert.equal(new Set(ids).size, ids.length);
    for (const row of rows) {
      let top: TreeNode = row;
      for (let parent = at.tree.getParent(row); parent; parent = at.tree.getParent(parent)) {
        const children = await at.tree.getChildren(parent);
        assert.ok(
          children.some(({ id }) => id === top.id),
          `${parent.id} has no ${top.id}`,
        );
        top = parent;
      }
      assert.equal(top.type, 'connection');
    }
  });

  test('the same row stays the same node while it shows the same', async () => {
    const [first, second] = [await allRows(at.tree), await allRows(at.tree)];
    const resources = (rows: readonly TreeNode[]) => rows.filter(({ type }) => type === 'resource');
    assert.deepEqual(
      resources(second).map((row, index) => row === resources(first)[index]),
      resources(first).map(() => true),
    );
  });

  test('a tooltip is made when asked for, as text without trust', async () => {
    const hostile = await findRow(at.tree, sample, functions, 'hostile');
    const [statement] = await at.tree.getChildren(hostile);
    assert.ok(statement);
    const item = at.tree.getTreeItem(statement);
    assert.equal(item.tooltip, undefined);
    const { tooltip } = at.tree.resolveTreeItem(item, statement);
    assert.ok(typeof tooltip === 'object');
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
    const [title] = tooltip.value.split('\n');
    assert.equal(title, '**$\\(zap\\) \\[x\\]\\(command:y\\)**');
    assert.match(tooltip.value, /"Effect": "Allow"/);
  });

  test('filters by name, without reading again', async () => {
    await treeText(at.tree, { open: (label) => [sample, functions].includes(label) });
    at.requested();
    const open = (label: string) => [sample, functions, 'Lambda layers'].includes(label);
    at.tree.filter = 'E';
    await expectTree(
      at.tree,
      `
      Sample Account · 123456789012 · made up, nothing leaves this machine
        Lambda functions · 5 of 6
          bare
          broken
          empty
          hostile
          Secret
        Lambda layers · 1 of 2
          other
        SQS queues
      `,
      { open },
    );
    at.tree.filter = 'no such';
    await expectTree(
      at.tree,
      `
      Sample Account · 123456789012 · made up, nothing leaves this machine
        Lambda functions · 0 of 6
          No name contains "no such" · 6 are filtered out
        Lambda layers · 0 of 2
          No name contains "no such" · 2 are filtered out
        SQS queues
      `,
      { open },
    );
    assert.deepEqual(at.requested(), ['ListLayers']);
  });

  const put = (name: string, ...sids: readonly string[]) =>
    at.elsewhere.lambda('PUT', putPath(name), {
      Policy: policyText(`${functionArn}:${name}`, ...sids),
    });

  test('refresh of a row reads that row again and no other', async () => {
    const shop = await findRow(at.tree, sample, functions, 'shop');
    await treeText(at.tree, { below: shop });
    await sleep(400);
    assert.equal((await put('shop', 'new')).status, 200);
    at.requested();
    at.tree.refresh(shop);
    await expectTree(
      at.tree,
      'new · Amazon S3 → InvokeFunction\nlive · → version 2 · 1 statement\nplain · → version 3 · no policy\nVersions',
      {
        below: shop,
        open: () => false,
      },
    );
    const requests = at.requested();
    assert.ok(requests.includes('GetPolicy shop') && requests.includes('ListAliases shop'));
    assert.ok(!requests.includes('ListFunctions'));
  });

  test('refresh of a statement or a note reads its resource again', async () => {
    at.proxy.addFault({ operation: 'Lambda.GetPolicy', times: 1, answer: denied });
    const bare = await findRow(at.tree, sample, functions, 'bare');
    const [note] = await at.tree.getChildren(bare);
    assert.ok(note);
    assert.match(labelOf(at.tree, note), /^Could not be read/);
    assert.equal(at.tree.getTreeItem(note).contextValue, 'note.retry');
    at.tree.refresh(note);
    await expectTree(at.tree, 'No policy · nobody is let in by the resource itself\nVersions', {
      below: bare,
      open: () => false,
    });
    assert.equal((await put('bare', 'fresh')).status, 200);
    at.tree.refresh(bare);
    const [statement] = await at.tree.getChildren(bare);
    assert.ok(statement && statement.type === 'statement');
    assert.equal((await put('bare', 'fresher')).status, 200);
    at.tree.refresh(statement);
    await expectTree(at.tree, 'fresher · Amazon S3 → InvokeFunction\nVersions', {
      below: bare,
      open: () => false,
    });
  });

  test('refresh of a group lists again and reads what it shows again', async () => {
    const queues = await findRow(at.tree, sample, 'SQS queues');
    await treeText(at.tree, { below: queues });
    await at.elsewhere.sqs('SetQueueAttributes', {
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/single',
      Attributes: { Policy: '' },
    });
    at.requested();
    at.tree.refresh(queues);
    await expectTree(
      at.tree,
      'bare · no policy\n  No policy · nobody is let in by the resource itself\nsingle · no policy\n  No policy · nobody is let in by the resource itself',
      { below: queues },
    );
    assert.deepEqual([...new Set(at.requested())].sort(), [
      'GetQueueAttributes bare',
      'GetQueueAttributes single',
      'ListQueues',
    ]);
  });

  test('refresh without a row opens every connection anew', async () => {
    await treeText(at.tree, { open: (label) => [sample, functions].includes(label) });
    const before = at.connections.byId('sample');
    // The first rows do not wait for it.
    await eventually(() => assert.ok(before?.currentIdentity));
    at.requested();
    at.tree.refresh();
    assert.notEqual(at.connections.byId('sample'), before);
    await expectTree(
      at.tree,
      `
      Sample Account · 123456789012 · made up, nothing leaves this machine
        Lambda functions
        Lambda layers
        SQS queues
      `,
      { open: (label) => label === sample },
    );
    assert.deepEqual(at.requested(), ['GetCallerIdentity']);
  });

  test('what another connection brings leaves the rows of this one as they are', async () => {
    await treeText(at.tree, { open: (label) => [sample, functions, 'shop'].includes(label) });
    await sleep(400);
    at.requested();
    await at.connect([{ sample: true }, { profile: 'p', region: 'eu-west-1' }]);
    await expectTree(
      at.tree,
      `
      Sample Account · 123456789012 · made up, nothing leaves this machine
      p · eu-west-1 · 123456789012
      `,
      { open: () => false },
    );
  });

  test('a name of its own leaves room for the account: it comes before the profile', async () => {
    await at.connect([{ profile: 'prod-admin', region: 'eu-west-1', name: 'Shop', color: 'red' }]);
    await expectTree(at.tree, 'Shop · 123456789012 · prod-admin · eu-west-1 · protected', {
      open: () => false,
    });
    const { iconPath } = at.tree.getTreeItem(await findRow(at.tree, 'Shop'));
    assert.deepEqual(iconPath, new vscode.ThemeIcon('lock', new vscode.ThemeColor('charts.red')));
  });

  test('the late answers of a removed connection are dropped', async () => {
    const shop = await findRow(at.tree, sample, functions, 'shop');
    const old = at.connections.byId('sample');
    const release = at.hold(/GetPolicy|ListAliases/);
    at.requested();
    const late = at.tree.getChildren(shop);
    await eventually(() => assert.ok(at.proxy.requests.length > 3));
    await at.connect([]);
    await sleep(500);
    const drawn: unknown[] = [];
    at.tree.onDidChangeTreeData((elements) => drawn.push(elements));
    release();
    await late;
    await sleep(700);
    assert.equal(await treeText(at.tree), '');
    assert.deepEqual(drawn, []);
    assert.ok(shop.type === 'resource');
    assert.equal(old?.readings.current(shop.resource), undefined);
    // Opened again, it starts from nothing.
    at.proxy.clear();
    await at.connect([{ sample: true }]);
    const again = await findRow(at.tree, sample, functions, 'shop');
    const rows = await treeText(at.tree, { below: again, open: () => false });
    assert.match(rows, /^one · .*\ntwo · /);
    assert.ok(at.proxy.requests.some(({ operation }) => operation === 'Lambda.GetPolicy'));
  });
});

suite('what keeps a connection from being shown', () => {
  const at = treeBench(treeSeed);

  test('an account that cannot be identified: a row says so, the groups are there', async () => {
    at.proxy.addFault({ operation: 'STS.GetCallerIdentity', answer: denied });
    await expectTree(
      at.tree,
      `
      Sample Account · account unknown (sample) · made up, nothing leaves this machine
        The account could not be identified: access denied to sts:GetCallerIdentity · Ask for the IAM permission sts:GetCallerIdentity, then refresh.
        Lambda functions
        Lambda layers
        SQS queues
      `,
      { open: (label) => label === sample },
    );
    at.proxy.clear();
    const [note] = await at.tree.getChildren(await findRow(at.tree, sample));
    at.tree.refresh(note);
    await expectTree(
      at.tree,
      'Sample Account · 123456789012 · made up, nothing leaves this machine',
      { open: () => false },
    );
  });

  test('expired credentials name the profile, in the remedy too', async () => {
    await at.connect([{ profile: 'prod-admin', region: 'eu-west-1' }]);
    const expired = { ...denied, name: 'ExpiredTokenException', message: 'expired' };
    at.proxy.addFault({ operation: /./, answer: expired });
    await expectTree(
      at.tree,
      `
      prod-admin · eu-west-1 · account unknown · protected
        Session expired · Sign in again; the lists come back by themselves.
      `,
    );
  });

  test('entries of the setting that are no connection are named by their place', async () => {
    await at.connect([{ profile: 'x' }, { sample: true }, 'nonsense']);
    const remedy = 'It needs a "region", and may have a "profile"; or "sample": true.';
    await expectTree(
      at.tree,
      `
      Sample Account · 123456789012 · made up, nothing leaves this machine
      Entry 1 of the setting is no connection · ${remedy}
      Entry 3 of the setting is no connection · ${remedy}
      `,
      { open: () => false },
    );
  });

  test('nobody is asked for a code for a connection that they have not opened', async () => {
    const stores = await at.connections.byId('sample')!.stores();
    let asks = true;
    let asked = 0;
    const connections = new Connections(at.setting, {
      open: ({ type }) =>
        Promise.resolve({
          region: 'eu-west-1',
          stores,
          identity: () => {
            // The code is given.
            asks = false;
            return Promise.resolve({ state: 'known', accountId: String(++asked), type });
          },
          asksPerson: () => Promise.resolve(asks),
          endpoint: () => Promise.resolve(undefined),
          close: () => undefined,
        }),
    });
    await at.setting.set([
      { profile: 'r', region: 'eu-west-1' },
      { profile: 'r', region: 'us-east-1' },
      { profile: 's', region: 'eu-west-1' },
    ]);
    const parts = treeParts(connections);
    const tree = new ResourcesTree(parts);
    try {
      const [first] = await tree.getChildren();
      await connections.identify();
      await sleep(20);
      assert.equal(asked, 0);
      // Who opens one is asked; the others with its credentials have them by then.
      await tree.getChildren(first);
      const known = () => connections.all.map(({ currentIdentity }) => currentIdentity?.state);
      await eventually(() => assert.deepEqual(known(), ['known', 'known', undefined]));
    } finally {
      tree.dispose();
      parts.dispose();
      connections.dispose();
    }
  });

  test('a code that was given serves the others that were left without', async () => {
    const stores = await at.connections.byId('sample')!.stores();
    const failure = { code: 'mfaCancelled', operation: 'x', errorName: 'x', message: '' } as const;
    let isGiven = false;
    const connections = new Connections(at.setting, {
      open: () =>
        Promise.resolve({
          region: 'eu-west-1',
          stores,
          identity: () =>
            Promise.resolve(
              isGiven ? { state: 'known', accountId: '1' } : { state: 'unknown', failure },
            ),
          asksPerson: () => Promise.resolve(false),
          endpoint: () => Promise.resolve(undefined),
          close: () => undefined,
        }),
    });
    await at.setting.set(['eu-west-1', 'us-east-1'].map((region) => ({ profile: 'r', region })));
    try {
      await connections.identify();
      const [first, second] = connections.all;
      assert.equal(second?.obstacle?.code, 'mfaCancelled');
      isGiven = true;
      connections.refresh(first?.id ?? '');
      await connections.all[0]?.identity();
      assert.notEqual(connections.all[1], second);
      assert.equal(connections.all[1]?.obstacle, undefined);
    } finally {
      connections.dispose();
    }
  });

  test('a connection that does not open says why, and opens when asked again', async () => {
    let failing = true;
    const connections = new Connections(at.setting, {
      open: (config) =>
        failing
          ? Promise.reject(new Error('no way in'))
          : at.connections
              .byId('sample')!
              .stores()
              .then((stores) => ({
                region: 'eu-west-1',
                stores,
                identity: () => at.connections.byId('sample')!.identity(),
                asksPerson: () => Promise.resolve(false),
                endpoint: () => Promise.resolve(undefined),
                close: () => assert.equal(config.type, 'sample'),
              })),
    });
    const parts = treeParts(connections);
    const tree = new ResourcesTree(parts);
    try {
      await expectTree(
        tree,
        `
        Sample Account · made up, nothing leaves this machine
          Could not connect · no way in
        `,
      );
      failing = false;
      const [note] = await tree.getChildren(await findRow(tree, sample));
      tree.refresh(note);
      await eventually(async () => {
        const rows = await tree.getChildren(await findRow(tree, sample));
        assert.deepEqual(
          rows.map(({ type }) => type),
          ['group', 'group', 'group'],
        );
      });
    } finally {
      tree.dispose();
      parts.dispose();
      connections.dispose();
    }
  });
});
