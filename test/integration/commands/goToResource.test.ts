import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CommandDeps } from '../../../src/commands/deps';
import { askIdentifier, itemsFor } from '../../../src/commands/goTo/askIdentifier';
import { goToResource } from '../../../src/commands/goTo/goToResource';
import { openLink } from '../../../src/commands/goTo/openLink';
import type { LambdaFunction } from '../../../src/core/resource';
import { accountIds, accountsBench, idOf, region } from '../connections/accountsBench';
import { eventually } from '../eventually';
import { findRow } from '../tree/expectTree';
import { commandBench } from './commandBench';

const { a, b } = accountIds;
const arnOf = (account: string, rest: string) => `arn:aws:lambda:${region}:${account}:${rest}`;
const queueArn = `arn:aws:sqs:${region}:${b}:jobs`;
const queueUrl = `https://sqs.${region}.amazonaws.com/${b}/jobs`;
const home = `https://${region}.console.aws.amazon.com`;
const config = {
  profiles: [{ name: 'a', region, source: 'keys' }],
  problems: [],
  failures: [],
} as const;

suite('going to a resource', () => {
  const at = commandBench(config);
  const identified = async () => {
    for (const connection of at.connections.all) await connection.identity();
  };
  const itemTexts = (text: string) =>
    itemsFor(at.deps(), text).map(({ label, description }) =>
      description ? `${label} · ${description}` : label,
    );
  const place = (account: 'a' | 'b') => `${account} · ${region} · ${accountIds[account]}`;

  /** What is typed, what it is taken for, and what is opened over `b` then. */
  const identifiers: readonly (readonly [text: string, label: string, arn: string])[] = [
    ['only-b', 'Function only-b', arnOf(b, 'function:only-b')],
    ['shop:live', 'Function shop, qualifier live', arnOf(b, 'function:shop:live')],
    ['shop:1', 'Function shop, qualifier 1', arnOf(b, 'function:shop:1')],
    [`${b}:function:shop`, 'Function shop', arnOf(b, 'function:shop')],
    [
      `${region}:${b}:function:shop:live`,
      'Function shop, qualifier live',
      arnOf(b, 'function:shop:live'),
    ],
    [arnOf(b, 'function:shop'), 'Function shop', arnOf(b, 'function:shop')],
    [`  "${arnOf(b, 'function:shop')}",`, 'Function shop', arnOf(b, 'function:shop')],
    [arnOf(b, 'function:shop:$LATEST'), 'Function shop', arnOf(b, 'function:shop')],
    [
      arnOf(b, 'function:shop:live'),
      'Function shop, qualifier live',
      arnOf(b, 'function:shop:live'),
    ],
    [arnOf(b, 'function:shop:1'), 'Function shop, qualifier 1', arnOf(b, 'function:shop:1')],
    [arnOf(b, 'layer:tools:1'), 'Layer tools, version 1', arnOf(b, 'layer:tools:1')],
    ['layer:tools:1', 'Layer tools, version 1', arnOf(b, 'layer:tools:1')],
    ['jobs', 'Queue jobs', queueArn],
    [queueUrl, 'Queue jobs', queueArn],
    [queueArn, 'Queue jobs', queueArn],
    [
      `${home}/lambda/home?region=${region}#/functions/only-b?tab=configure`,
      'Function only-b',
      arnOf(b, 'function:only-b'),
    ],
    [
      `${home}/lambda/home?region=${region}#/functions/shop/aliases/live`,
      'Function shop, qualifier live',
      arnOf(b, 'function:shop:live'),
    ],
    [
      `${home}/lambda/home?region=${region}#/layers/tools/versions/1`,
      'Layer tools, version 1',
      arnOf(b, 'layer:tools:1'),
    ],
    [
      `${home}/sqs/v3/home?region=${region}#/queues/${encodeURIComponent(queueUrl)}`,
      'Queue jobs',
      queueArn,
    ],
  ];
  for (const [text, label, arn] of identifiers) {
    test(`${text} leads to ${arn}`, async () => {
      await identified();
      const items = itemsFor(at.deps(), text);
      const item = items.find(
        ({ label: found, wish }) =>
          found === label &&
          wish?.type === 'lookUp' &&
          wish.destination.connection.id === idOf('b'),
      );
      assert.ok(item, itemTexts(text).join('\n'));
      // One that names an account is looked up there first.
      if (text.includes(b)) assert.equal(items[0], item);
      at.stub.picks.push(`${label} · ${item.description}`);
      await goToResource(at.deps(), text);
      assert.deepEqual(
        [at.told, at.opened.map((page) => page.split(' ').slice(0, 2).join(' '))],
        [[], [`${idOf('b')} ${arn}`]],
      );
      assert.equal(at.revealed.length, 1);
    });
  }

  test('a layer asks for its version, and without one nothing is shown', async () => {
    await identified();
    at.stub.picks.push('Layer tools', 'version 1');
    await goToResource(at.deps(), arnOf(a, 'layer:tools'));
    assert.deepEqual(at.opened, [`${idOf('a')} ${arnOf(a, 'layer:tools:1')} tools:1`]);
    at.stub.picks.push('Layer tools', undefined);
    await goToResource(at.deps(), arnOf(a, 'layer:tools'));
    assert.deepEqual([at.opened.length, at.revealed], [1, ['Version 1']]);
  });

  test('what was listed already comes first', async () => {
    await identified();
    const all = itemTexts('jobs');
    assert.deepEqual(
      all.map((text) => text.split(' ')[0]),
      ['Function', 'Function', 'Queue', 'Queue', 'Layer', 'Layer'],
    );
    const queues = (await at.tree.getChildren(await findRow(at.tree, `b · ${region}`))).at(-1);
    await at.tree.getChildren(queues);
    assert.equal(itemTexts('jobs')[0], `Queue jobs · ${place('b')}`);
    assert.equal(itemTexts('jobs').length, all.length);
  });

  test('one of another account is offered last, and that it has to be let in', async () => {
    await identified();
    assert.deepEqual(itemTexts(arnOf(b, 'function:shop')), [
      `Function shop · ${place('b')}`,
      `Function shop · ${place('a')} · of account ${b}, if it lets yours look`,
    ]);
  });

  test('of an account that nobody is connected to: over whoever is let in, or a new connection', async () => {
    await identified();
    assert.deepEqual(itemTexts(arnOf('999988887777', 'function:x')), [
      `Function x · ${place('a')} · of account 999988887777, if it lets yours look`,
      `Function x · ${place('b')} · of account 999988887777, if it lets yours look`,
      `$(plug) Connect to ${region}… · with a profile of the account`,
    ]);
  });

  test('one of another account is asked about by its ARN, never by the name of one’s own', async () => {
    await identified();
    const foreign = arnOf('999988887777', 'function:shop:live');
    const before = at.proxies.a.requests.length;
    at.stub.picks.push('Function shop, qualifier live');
    await goToResource(at.deps(), foreign);
    const asked = at.proxies.a.requests.slice(before).filter(({ path }) => path.includes('shop'));
    assert.ok(asked.length > 0);
    const address = foreign.replace(/:live$/, '');
    for (const { path } of asked) assert.ok(decodeURIComponent(path).includes(address), path);
    // What is read is never one's own policy: it is not there, or not to be read.
    const resource: LambdaFunction = { kind: 'lambdaFunction', arn: foreign, functionName: 'shop' };
    const reading = at.connections.byId(idOf('a'))?.readings.current(resource);
    assert.equal(reading?.state, 'unreadable');
    assert.equal(at.told.length, 1);
  });

  test('a layer of another account, and what is not known to be one’s own, too', async () => {
    at.proxies.a.addFault({ operation: 'STS.GetCallerIdentity', answer: { type: 'reset' } });
    const layer = arnOf('999988887777', 'layer:tools:1');
    const own = arnOf(a, 'function:shop');
    for (const [text, label] of [
      [layer, 'Layer tools, version 1'],
      [own, 'Function shop'],
    ] as const) {
      at.stub.picks.push(label);
      await goToResource(at.deps(), text);
      const asked = at.proxies.a.requests.filter(({ operation }) => /Policy/.test(operation));
      const last = decodeURIComponent(asked.at(-1)?.path ?? '') + (asked.at(-1)?.body ?? '');
      assert.ok(last.includes(text.replace(/:1$/, '')), last);
    }
  });

  test('what is not there is told, and not opened', async () => {
    await identified();
    for (const [text, label] of [
      [arnOf(a, 'function:gone'), 'Function gone'],
      [arnOf(a, 'function:shop:gone'), 'Function shop, qualifier gone'],
      [arnOf(a, 'layer:tools:9'), 'Layer tools, version 9'],
      [`arn:aws:sqs:${region}:${a}:gone`, 'Queue gone'],
    ] as const) {
      at.stub.picks.push(label, undefined);
      await goToResource(at.deps(), text);
      assert.equal(at.told.at(-1), `${label} is not there (${a} · a · ${region}).`);
      // What was typed can be mended.
      assert.equal(at.stub.shown.at(-1)?.detail, text);
    }
    assert.deepEqual([at.opened, at.revealed], [[], []]);
  });

  test('what cannot be read is told, and opened all the same', async () => {
    await identified();
    const answer = { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' };
    at.proxies.a.addFault({ operation: /GetPolicy/, answer: { ...answer, type: 'error' } });
    at.stub.picks.push('Function shop');
    await goToResource(at.deps(), arnOf(a, 'function:shop'));
    assert.match(at.told[0] ?? '', /^Could not read the policy of function shop: access denied/);
    assert.equal(at.opened.length, 1);
  });

  test('a region that nobody is connected to: connected to it first, then asked again', async () => {
    await identified();
    const text = 'arn:aws:lambda:us-east-1:123456789012:function:shop';
    assert.deepEqual(itemTexts(text), [
      '$(plug) Connect to us-east-1… · with a profile of the account',
    ]);
    at.stub.picks.push('$(plug) Connect to us-east-1…', 'a', undefined);
    await goToResource(at.deps(), text);
    assert.deepEqual(
      at.connections.all.map(({ id }) => id),
      [idOf('a'), idOf('b'), 'aws:profile=a@us-east-1'],
    );
    const [, profiles, again] = at.stub.shown.filter(({ kind }) => kind === 'pick');
    assert.equal(profiles?.message, 'Connect to us-east-1: Profile');
    // What was typed is still there.
    assert.equal(again?.detail, text);
    assert.deepEqual(again.items, [`Function shop · a · us-east-1 · ${a}`]);
  });

  test('who chooses no profile is not asked again', async () => {
    at.stub.picks.push('$(plug) Connect to us-east-1…', undefined);
    await goToResource(at.deps(), 'arn:aws:lambda:us-east-1:123456789012:function:shop');
    assert.equal(at.stub.shown.length, 2);
    assert.equal(at.connections.all.length, 2);
  });

  test('a region of another partition, and without any connection', async () => {
    await identified();
    assert.deepEqual(itemTexts('arn:aws-cn:lambda:cn-north-1:123456789012:function:x'), [
      '$(plug) Connect to cn-north-1… · with a profile of the account',
    ]);
    await at.setting.set([]);
    for (const text of ['shop', '123456789012:function:shop']) {
      assert.deepEqual(itemTexts(text), [
        '$(plug) Connect to AWS… · with a profile of the account',
      ]);
    }
  });

  test('one whose account is not known may be the one: it comes next, and a connection is offered', async () => {
    at.proxies.a.addFault({ operation: 'STS.GetCallerIdentity', answer: { type: 'reset' } });
    await identified();
    assert.deepEqual(itemTexts(arnOf(b, 'function:shop')), [
      `Function shop · ${place('b')}`,
      `Function shop · a · ${region} · account unknown`,
    ]);
    const connect = '$(plug) Connect to';
    assert.deepEqual(itemTexts(arnOf(a, 'function:shop')), [
      `Function shop · a · ${region} · account unknown`,
      `Function shop · ${place('b')} · of account ${a}, if it lets yours look`,
      `${connect} ${region}… · with a profile of the account`,
    ]);
    assert.equal(
      itemTexts(`${a}:function:shop`).at(-1),
      `${connect} AWS… · with a profile of the account`,
    );
    // A bare name may be in any account: first where it can be looked up.
    assert.deepEqual(itemTexts('function:shop'), [
      `Function shop · ${place('b')}`,
      `Function shop · a · ${region} · account unknown`,
    ]);
  });

  test('the sample account is in a region and an account of its own', async () => {
    await at.setting.set([{ sample: true }]);
    const [connection] = at.connections.all;
    await connection?.identity();
    const sample = `Sample Account · ${a} (sample)`;
    const connectTo = (to: string) => `$(plug) Connect to ${to}… · with a profile of the account`;
    const page = (of: string) =>
      `https://${of}.console.aws.amazon.com/lambda/home?region=${of}#/functions/orders`;
    assert.deepEqual(itemTexts(page('eu-central-1')), [connectTo('eu-central-1')]);
    assert.deepEqual(itemTexts('us-east-1:function:orders'), [connectTo('us-east-1')]);
    assert.deepEqual(itemTexts(page(region)), [`Function orders · ${sample}`, connectTo(region)]);
    assert.deepEqual(itemTexts(arnOf(b, 'function:orders')), [connectTo(region)]);
    assert.deepEqual(itemTexts(arnOf(a, 'function:orders')), [`Function orders · ${sample}`]);
    assert.equal(itemTexts('orders')[0], `Function orders · ${sample}`);
  });

  test('a row that is not drawn does not keep the page from being opened', async () => {
    await identified();
    const order: string[] = [];
    const reveal = (_row: unknown, { focus }: { readonly focus?: boolean }) => {
      order.push(focus ? 'with the focus' : 'without');
      const isDrawn = order.length > 5;
      return isDrawn ? Promise.resolve() : Promise.reject(new Error('no such row'));
    };
    const treeView = { selection: [], reveal } as unknown as CommandDeps['treeView'];
    const pages = { open: () => order.push('page') } as unknown as CommandDeps['pages'];
    at.stub.picks.push('Function shop');
    await goToResource(at.deps({ treeView, pages }), arnOf(a, 'function:shop'));
    assert.ok(order.indexOf('page') < 5, order.join());
    assert.deepEqual([order[0], order.at(-1)], ['with the focus', 'without']);
  });

  test('a bare name in an account that is not known', async () => {
    at.proxies.a.addFault({ operation: 'STS.GetCallerIdentity', answer: { type: 'reset' } });
    await at.connections.remove(idOf('b'));
    at.stub.picks.push('Function shop', undefined);
    await goToResource(at.deps(), 'shop');
    assert.deepEqual(at.told, [`The account of a · ${region} is not known. Use the ARN.`]);
    assert.deepEqual(at.opened, []);
  });

  test('what is being typed, and what is wrong, is said as it is typed', () => {
    assert.deepEqual(itemTexts('arn:aws:lam'), [
      '$(edit) Go on: the service (lambda or sqs) is missing.',
    ]);
    assert.deepEqual(itemTexts('arn:aws:s3:::bucket'), [
      '$(error) This is of s3, not of Lambda or SQS.',
    ]);
    assert.deepEqual(itemTexts('$(zap)'), itemTexts('$(zap)'));
    for (const { label } of itemsFor(at.deps(), '$(zap) x')) assert.ok(!/\$\(zap\)/.test(label));
    // Nothing typed: what is pinned.
    const arn = arnOf(a, 'function:shop');
    const listed: LambdaFunction = { kind: 'lambdaFunction', arn, functionName: 'shop' };
    const pins = { of: (id: string) => (id === idOf('a') ? [listed] : []) };
    const items = itemsFor(at.deps({ pins: pins as never }), '');
    assert.deepEqual(
      items.map(({ label, description, wish }) => [label, description, wish]),
      [
        [
          '$(pinned) shop',
          `Lambda functions · a · ${region}`,
          { type: 'open', connectionId: idOf('a'), listed },
        ],
      ],
    );
  });

  test('a note is no choice', async () => {
    at.stub.picks.push('$(error) This is of s3, not of Lambda or SQS.');
    const going = goToResource(at.deps(), 'arn:aws:s3:::bucket');
    const end = Symbol('still asked');
    const late = new Promise((resolve) => setTimeout(() => resolve(end), 500));
    await eventually(() => assert.equal(at.stub.picks.length, 0));
    assert.equal(await Promise.race([going, late]), end);
    assert.deepEqual([at.opened, at.told], [[], []]);
  });

  test('over a connection that was opened anew while the list was shown', async () => {
    await identified();
    const before = at.connections.byId(idOf('a'));
    const window = vscode.window as unknown as Record<string, () => { show(): void }>;
    const create = window.createQuickPick ?? assert.fail();
    window.createQuickPick = () => {
      const list = create();
      const show = list.show.bind(list);
      list.show = () => {
        at.connections.reopen(idOf('a'));
        show();
      };
      return list;
    };
    at.stub.picks.push('Function shop');
    await goToResource(at.deps(), arnOf(a, 'function:shop'));
    assert.notEqual(at.connections.byId(idOf('a')), before);
    assert.deepEqual([at.told, at.opened.length], [[], 1]);
  });

  test('a connection that does not answer keeps nobody from the others', async () => {
    at.proxies.a.addFault({ operation: 'STS.GetCallerIdentity', answer: { type: 'hang' } });
    at.stub.picks.push(`Function only-b · ${place('b')}`);
    await goToResource(at.deps(), arnOf(b, 'function:only-b'));
    assert.equal(at.opened.length, 1);
  });
});

suite('the list of what a text may name', () => {
  const at = accountsBench();
  const window = vscode.window as unknown as Record<string, unknown>;
  const { createQuickPick } = vscode.window;
  let pick: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  setup(() => {
    window.createQuickPick = () => (pick = createQuickPick());
  });
  teardown(() => {
    pick?.hide();
    window.createQuickPick = createQuickPick;
  });

  test('begins with the likeliest, as VS Code shows it', async () => {
    const rows = await at.tree.getChildren(await findRow(at.tree, `b · ${region}`));
    await at.tree.getChildren(rows.at(-1));
    const { connections, tree } = at;
    const asked = askIdentifier({ connections, tree } as unknown as CommandDeps, 'jobs');
    const items = await eventually(() => {
      assert.equal(pick?.activeItems.length, 1);
      return pick.activeItems;
    });
    assert.equal(items[0]?.label, 'Queue jobs');
    pick?.hide();
    assert.equal(await asked, undefined);
  });
});

suite('a link to a resource', () => {
  const at = commandBench(config);
  const uri = (rest: string) => vscode.Uri.parse(`vscode://resource-policies.x${rest}`);
  const requests = () => at.proxies.a.requests.length + at.proxies.b.requests.length;
  const arn = arnOf(a, 'function:shop:live');

  test('asks before anything is sent, with what it leads to; no is no', async () => {
    await openLink(at.deps(), uri(`/open?arn=${encodeURIComponent(arn)}`));
    const [question] = at.stub.shown;
    assert.ok(question?.isModal);
    assert.equal(question.message, 'Follow a link to a policy?');
    assert.equal(question.detail, `Function shop, qualifier live — ${arn}`);
    assert.deepEqual(question.buttons, ['Go to Resource']);
    assert.deepEqual([requests(), at.stub.shown.length, at.opened], [0, 1, []]);
  });

  test('leads there after a yes and a choice', async () => {
    at.stub.answers.push('Go to Resource');
    at.stub.picks.push('Function shop, qualifier live');
    await openLink(at.deps(), uri(`/open?arn=${encodeURIComponent(arn)}`));
    assert.deepEqual(at.opened, [`${idOf('a')} ${arn} shop:live`]);
  });

  for (const rest of [
    '/open',
    '/open?arn=',
    '/open?name=x',
    '/',
    '/remove?arn=x',
    `/open/more?arn=${arn}`,
    '',
  ]) {
    test(`nothing is made of "${rest}"`, async () => {
      await openLink(at.deps(), uri(rest));
      assert.deepEqual(at.told, ['The link is not understood: it must end with "/open?arn=…".']);
      assert.deepEqual([requests(), at.stub.shown, at.opened], [0, [], []]);
    });
  }

  for (const [text, why] of [
    ['arn:aws:s3:::bucket', 'This is of s3, not of Lambda or SQS.'],
    [
      'https://evil.example/123456789012/jobs',
      'evil.example is neither AWS nor an emulator of it.',
    ],
    ['arn:aws:lambda:', 'Go on: the region is missing.'],
  ] as const) {
    test(`what names no resource is told: ${text}`, async () => {
      await openLink(at.deps(), uri(`/open?arn=${encodeURIComponent(text)}`));
      assert.deepEqual(at.told, [`The link does not name a resource. ${why}`]);
      assert.deepEqual([requests(), at.stub.shown, at.opened], [0, [], []]);
    });
  }

  test('what a link says cannot pass for more than it is', async () => {
    const hostile = `${arn}\n\n[Yes](command:x) $(zap)`;
    await openLink(at.deps(), uri(`/open?arn=${encodeURIComponent(hostile)}`));
    for (const { detail } of at.stub.shown) assert.ok(!/\n|\]\(command|\$\(zap/.test(detail));
    assert.equal(requests(), 0);
  });
});
