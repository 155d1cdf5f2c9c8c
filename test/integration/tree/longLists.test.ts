import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../eventually';
import { expectTree, findRow, keepOpen, treeText } from './expectTree';
import { denied, treeBench } from './treeBench';
import { functionArn, pagesSeed, policyText, versionsSeed } from './treeSeed';

const sample = 'Sample Account';
const functions = 'Lambda functions';
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

suite('a list of several pages', () => {
  const at = treeBench(pagesSeed);
  const names = (from: number, to: number) => range(from, to).map((n) => `f${n.padStart(2, '0')}`);
  const group = () => findRow(at.tree, sample, functions);
  const closed = { open: () => false };

  test('shows the first page while the next is under way', async () => {
    const release = at.hold('Lambda.ListFunctions', 1);
    const below = await group();
    const first = await treeText(at.tree, { below, ...closed });
    assert.deepEqual(first.split('\n'), [...names(1, 50), 'Loading more… (50 so far)']);
    assert.equal(at.tree.getTreeItem(below).description, '50…');
    release();
    await expectTree(at.tree, names(1, 55).join('\n'), { below, ...closed });
    assert.equal(at.tree.getTreeItem(below).description, '55');
    assert.deepEqual(
      at.requested().filter((name) => name !== 'GetCallerIdentity'),
      ['ListFunctions', 'ListFunctions'],
    );
  });

  test('the view hears of a page when it comes', async () => {
    const release = at.hold('Lambda.ListFunctions', 1);
    const below = await group();
    // VS Code has drawn the group by then; before, a refresh would be lost.
    await sleep(1_200);
    const drawn: unknown[] = [];
    at.tree.onDidChangeTreeData((elements) => drawn.push(...(elements ?? ['everything'])));
    await at.tree.getChildren(below);
    // Of the first page, which VS Code gets by asking, and then of the second.
    await eventually(() => assert.ok(drawn.includes(below)));
    drawn.length = 0;
    release();
    await eventually(() => assert.ok(drawn.includes(below)));
    assert.equal((await at.tree.getChildren(below)).length, 55);
  });

  test('a second page of aliases joins the first', async () => {
    const release = at.hold('Lambda.ListAliases', 1);
    const f01 = await findRow(at.tree, sample, functions, 'f01');
    const shown = keepOpen(at.tree, f01);
    await eventually(() => assert.ok(shown.labels.includes('Loading more… (50 so far)')));
    release();
    // No policy, 55 aliases, Versions.
    await eventually(() => assert.equal(shown.labels.length, 57));
  });

  test('a second page that fails leaves the first, and says so', async () => {
    const allow = at.proxy.addFault({ operation: 'Lambda.ListFunctions', skip: 1, answer: denied });
    const below = await group();
    const note =
      'Lambda functions could not be listed: access denied to lambda:ListFunctions · ' +
      'Ask for the IAM permission lambda:ListFunctions, then refresh.';
    await expectTree(at.tree, [...names(1, 50), note].join('\n'), { below, ...closed });
    allow();
    at.tree.refresh((await at.tree.getChildren(below)).at(-1));
    await expectTree(at.tree, names(1, 55).join('\n'), { below, ...closed });
  });

  test('a filter that finds nothing in the first page goes on loading', async () => {
    const release = at.hold('Lambda.ListFunctions', 1);
    at.tree.filter = 'F54';
    const below = await group();
    assert.equal(await treeText(at.tree, { below, ...closed }), 'Loading more… (50 so far)');
    release();
    await expectTree(at.tree, 'f54', { below, ...closed });
  });

  test('a group that was refreshed while it loaded ends with all, each once', async () => {
    at.proxy.addFault({
      operation: 'Lambda.ListFunctions',
      answer: { type: 'delay', ms: 150 },
    });
    const below = await group();
    await at.tree.getChildren(below);
    at.tree.refresh(below);
    await expectTree(at.tree, names(1, 55).join('\n'), { below, ...closed });
  });
});

suite('a long list of versions', () => {
  const at = treeBench(versionsSeed);
  const versions = (name: string) => findRow(at.tree, sample, functions, name, 'Versions');
  const reads = () => at.requested().filter((name) => name.includes('Policy'));
  const put = async (qualified: string) => {
    const arn = `${functionArn}:${qualified}`;
    const path = `/2026-07-09/resource-policy/${encodeURIComponent(arn)}`;
    const answer = await at.elsewhere.lambda('PUT', path, { Policy: policyText(arn, 'late') });
    assert.equal(answer.status, 200);
  };

  test('at first all are folded as not read; in the end those with a policy stand on top', async () => {
    const below = await versions('many');
    const open = (label: string) => !label.startsWith('Version ');
    const first = await treeText(at.tree, { below, open: () => false });
    assert.match(first, /^(Version .*\n)*2\d versions not read yet/);
    await expectTree(
      at.tree,
      [
        'Version 20 · 1 statement',
        'Version 4 · 1 statement',
        '23 versions without a policy',
        ...range(1, 25)
          .filter((version) => !['4', '20'].includes(version))
          .reverse()
          .map((version) => `  Version ${version} · no policy`),
      ].join('\n'),
      { below, open },
    );
    assert.equal(at.tree.getTreeItem(below).description, '25');
    assert.deepEqual(reads().filter((name) => /many:\d/.test(name)).length, 25);
  });

  test('none is left out at any time', async () => {
    const below = await versions('many');
    await eventually(async () => {
      const text = await treeText(at.tree, {
        below,
        open: (label) => !label.startsWith('Version '),
      });
      const found = [...text.matchAll(/Version (\d+)/g)].map(([, version]) => Number(version));
      assert.deepEqual(
        found.sort((a, b) => a - b),
        range(1, 25).map(Number),
      );
      assert.ok(!text.includes('not read yet'), 'still reading');
    });
  });

  test('a list of ten is not folded', async () => {
    const below = await versions('few');
    await expectTree(
      at.tree,
      range(1, 10)
        .reverse()
        .map((version) => `Version ${version} · no policy`)
        .join('\n'),
      { below, open: () => false },
    );
  });

  test('one that could not be read stands on top too', async () => {
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path }) => path.endsWith('Qualifier=7'),
      answer: denied,
    });
    const below = await versions('more');
    await expectTree(
      at.tree,
      `
      Version 12 · 1 statement
      Version 7 · could not be read
        Could not be read: access denied to lambda:GetPolicy · Ask for the IAM permission lambda:GetPolicy, then refresh.
      10 versions without a policy
      `,
      { below, open: (label) => label === 'Version 7' },
    );
  });

  test('versions of a layer are folded alike', async () => {
    const below = await findRow(at.tree, sample, 'Lambda layers', 'old');
    await expectTree(
      at.tree,
      'Version 3 · 1 statement\n  one · Amazon S3 → InvokeFunction\n11 versions without a policy',
      { below, open: (label) => label === 'Version 3' },
    );
  });

  test('closing the row ends the reading in the background, opening it goes on', async () => {
    const below = await versions('many');
    await at.tree.getChildren(below);
    await sleep(300);
    at.tree.collapsed(below);
    await sleep(300);
    at.requested();
    await sleep(400);
    assert.deepEqual(reads(), []);
    let drawn = false;
    at.tree.onDidChangeTreeData((elements) => (drawn ||= elements?.includes(below) ?? false));
    at.tree.expanded(below);
    await eventually(() => assert.ok(drawn));
    await expectTree(
      at.tree,
      'Version 20 · 1 statement\nVersion 4 · 1 statement\n23 versions without a policy',
      { below, open: () => false },
    );
  });

  test('closed and opened again, a function goes on reading its aliases', async () => {
    const many = await findRow(at.tree, sample, functions, 'many');
    let drawn = false;
    at.tree.onDidChangeTreeData((elements) => (drawn ||= elements?.includes(many) ?? false));
    await at.tree.getChildren(many);
    at.tree.collapsed(many);
    await sleep(500);
    at.tree.expanded(many);
    // VS Code asks again for the children only of a row that was announced as changed.
    await eventually(() => assert.ok(drawn));
    await at.tree.getChildren(many);
    await eventually(() => {
      const read = at.proxy.requests.filter(({ path }) => /many\/policy\?Qualifier=a/.test(path));
      assert.equal(read.length, 3);
    });
  });

  test('closed and opened again while another list is read, the reading goes on', async () => {
    const many = await versions('many');
    const more = await versions('more');
    keepOpen(at.tree, many);
    const shown = keepOpen(at.tree, more);
    await eventually(() => assert.equal(shown.labels.length, 1));
    at.tree.collapsed(more);
    at.tree.expanded(more);
    const labels = ['Version 12', '11 versions without a policy'];
    await eventually(() => assert.deepEqual(shown.labels, labels));
  });

  const folded = 'Version 12 · 1 statement\n11 versions without a policy';

  test('refresh of the versions reads the folded ones again', async () => {
    const below = await versions('more');
    await expectTree(at.tree, folded, { below, open: () => false });
    await put('more:5');
    at.tree.refresh(below);
    await expectTree(
      at.tree,
      'Version 12 · 1 statement\nVersion 5 · 1 statement\n10 versions without a policy',
      { below, open: () => false },
    );
  });

  test('refresh of a fold reads its versions again', async () => {
    const below = await versions('more');
    const shown = keepOpen(at.tree, below);
    await eventually(() => assert.equal(shown.labels.at(-1), '11 versions without a policy'));
    const fold = (await at.tree.getChildren(below)).at(-1);
    assert.ok(fold);
    keepOpen(at.tree, fold);
    // Until nothing is left to be drawn.
    await sleep(2_500);
    await put('more:5');
    at.tree.refresh(fold);
    await eventually(() => assert.ok(shown.labels.includes('Version 5'), shown.labels.join()));
  });

  test('refresh of the group of layers lists their versions again', async () => {
    const group = await findRow(at.tree, sample, 'Lambda layers');
    const layer = await findRow(at.tree, sample, 'Lambda layers', 'old');
    const rows = 'Version 3 · 1 statement\n11 versions without a policy';
    await expectTree(at.tree, rows, { below: layer, open: () => false });
    at.requested();
    at.tree.refresh(group);
    await at.tree.getChildren(group);
    await at.tree.getChildren(layer);
    assert.deepEqual(
      at.requested().filter((name) => name.startsWith('List')),
      ['ListLayers', 'ListLayerVersions old'],
    );
  });
});
