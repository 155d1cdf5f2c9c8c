import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../eventually';
import { findRow, keepOpen } from './expectTree';
import { treeBench } from './treeBench';
import { treeSeed } from './treeSeed';

const sample = 'Sample Account';
const functions = 'Lambda functions';
const loading = 'Loading…';

suite('rows whose answer is due', () => {
  const at = treeBench(treeSeed);

  /** What is held back, the row that is opened, and its rows before and after the answer. */
  const cases: readonly {
    readonly what: string;
    readonly operation: string;
    readonly path: readonly string[];
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[] = [
    {
      what: 'the list of a group',
      operation: 'Lambda.ListFunctions',
      path: [sample, functions],
      before: [loading],
      after: ['bare', 'broken', 'empty', 'hostile', 'Secret', 'shop'],
    },
    {
      what: 'the policy of a function',
      operation: 'Lambda.GetPolicy',
      path: [sample, functions, 'shop'],
      before: [loading, 'live', 'plain', 'Versions'],
      after: ['one', 'two', 'live', 'plain', 'Versions'],
    },
    {
      what: 'the aliases of a function',
      operation: 'Lambda.ListAliases',
      path: [sample, functions, 'shop'],
      before: ['one', 'two', loading, 'Versions'],
      after: ['one', 'two', 'live', 'plain', 'Versions'],
    },
    {
      what: 'the versions of a function',
      operation: 'Lambda.ListVersionsByFunction',
      path: [sample, functions, 'shop', 'Versions'],
      before: [loading],
      after: ['Version 3', 'Version 2', 'Version 1'],
    },
    {
      what: 'the versions of a layer',
      operation: 'Lambda.ListLayerVersions',
      path: [sample, 'Lambda layers', 'tools'],
      before: [loading],
      after: ['Version 2', 'Version 1'],
    },
    {
      what: 'the policy of a queue',
      operation: 'SQS.GetQueueAttributes',
      path: [sample, 'SQS queues', 'single'],
      before: [loading],
      after: ['only'],
    },
  ];
  for (const { what, operation, path, before, after } of cases) {
    test(`${what}: said to be loading, and drawn when it has come`, async () => {
      const row = await findRow(at.tree, ...path);
      const release = at.hold(operation);
      const shown = keepOpen(at.tree, row);
      // In about a second; never when AWS is waited for.
      await eventually(() => assert.deepEqual(shown.labels, before), 5_000);
      release();
      await eventually(() => assert.deepEqual(shown.labels, after));
    });
  }

  test('a refresh of what stands above is not held up', async () => {
    const group = await findRow(at.tree, sample, functions);
    const shop = await findRow(at.tree, sample, functions, 'shop');
    const release = at.hold('Lambda.GetPolicy');
    // VS Code has drawn the rows by then; before, a refresh would be lost.
    await sleep(1_200);
    const drawn: unknown[] = [];
    at.tree.onDidChangeTreeData((elements) => drawn.push(...(elements ?? ['everything'])));
    keepOpen(at.tree, shop);
    at.tree.refresh(group);
    await eventually(() => assert.ok(drawn.includes(group)), 6_000);
    release();
  });
});
