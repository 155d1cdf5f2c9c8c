import assert from 'node:assert/strict';
import { FailureError } from '../../src/core/errors';
import { conformanceSeed, layerArn } from '../conformance/seed';
import { functionNamed, qualified, queueNamed, requestsOf, signal, withStores } from './stores';

const names = (count: number, form: string) =>
  Array.from({ length: count }, (_, at) => `${form}-${String(at).padStart(4, '0')}`);
const functions = names(120, 'fn');
const layers = names(60, 'layer');
const queues = names(1_005, 'queue');

async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<(readonly T[])[]> {
  const found: (readonly T[])[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

suite('Stores: listing an account', () => {
  const at = withStores({
    ...conformanceSeed,
    functions: functions.map((name) => ({ name, versions: [], aliases: {}, policies: {} })),
    layers: layers.map((name) => ({ name, versions: [{ version: 1 }] })),
    queues: queues.map((name) => ({ name })),
    eventSourceMappings: [],
  });

  test('functions come in pages of 50, all of them, in order', async () => {
    const pages = await collect(at.all.lambdaFunction.list(signal()));
    assert.deepEqual(
      pages.map((page) => page.length),
      [50, 50, 20],
    );
    assert.deepEqual(pages.flat(), functions.map(functionNamed));
  });

  test('a page is there before the next is asked for', async () => {
    const pages = at.all.lambdaFunction.list(signal())[Symbol.asyncIterator]();
    await pages.next();
    assert.equal(requestsOf(at.proxy, 'Lambda.ListFunctions').length, 1);
    await pages.next();
    const [first, second] = requestsOf(at.proxy, 'Lambda.ListFunctions');
    assert.doesNotMatch(first?.path ?? '', /Marker/);
    assert.match(second?.path ?? '', /Marker=/);
  });

  test('layers too', async () => {
    const found = (await collect(at.all.layerVersion.list(signal()))).flat();
    assert.deepEqual(
      found.map(({ kind, layerName }) => [kind, layerName]),
      layers.map((name) => ['layer', name]),
    );
    assert.equal(requestsOf(at.proxy, 'Lambda.ListLayers').length, 2);
  });

  test('more than 1,000 queues: MaxResults is sent, or there would be no NextToken', async () => {
    const found = await collect(at.all.sqsQueue.list(signal()));
    assert.deepEqual(found.flat(), queues.map(queueNamed));
    const [first, second] = requestsOf(at.proxy, 'SQS.ListQueues');
    assert.deepEqual(JSON.parse(first?.body ?? ''), { MaxResults: 1000 });
    assert.match(second?.body ?? '', /NextToken/);
  });

  test('a failure on a later page is thrown, after the pages before it', async () => {
    at.proxy.addFault({
      operation: 'Lambda.ListFunctions',
      skip: 1,
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    });
    let seen = 0;
    await assert.rejects(
      async () => {
        for await (const page of at.all.lambdaFunction.list(signal())) seen += page.length;
      },
      (error) => {
        assert.ok(error instanceof FailureError);
        assert.equal(error.failure.code, 'accessDenied');
        assert.equal(error.failure.operation, 'lambda:ListFunctions');
        return true;
      },
    );
    assert.equal(seen, 50);
  });

  test('cancelling ends a listing that gets no answer', async () => {
    at.proxy.addFault({ operation: 'SQS.ListQueues', answer: { type: 'hang' } });
    const cancelling = new AbortController();
    setTimeout(() => cancelling.abort(), 50);
    await assert.rejects(collect(at.all.sqsQueue.list(cancelling.signal)), (error) => {
      assert.ok(error instanceof FailureError);
      return error.failure.code === 'cancelled';
    });
  });
});

suite('Stores: listing what stands under a resource', () => {
  const at = withStores();
  const shop = functionNamed('shop');

  test('aliases, with the version that each points at', async () => {
    const found = (
      await collect(at.all.lambdaFunction.listUnder(shop, 'aliases', signal()))
    ).flat();
    assert.deepEqual(found, [
      qualified('shop:live'),
      { ...qualified('shop:plain'), qualifier: { type: 'alias', name: 'plain', version: '3' } },
    ]);
  });

  test('versions, without $LATEST', async () => {
    const found = (
      await collect(at.all.lambdaFunction.listUnder(shop, 'versions', signal()))
    ).flat();
    assert.deepEqual(found, ['shop:1', 'shop:2', 'shop:3'].map(qualified));
  });

  test('120 versions, page by page', async () => {
    const pages = await collect(
      at.all.lambdaFunction.listUnder(functionNamed('many'), 'versions', signal()),
    );
    assert.ok(pages.length > 1);
    assert.equal(new Set(pages.flat().map(({ arn }) => arn)).size, 120);
  });

  test('versions of a layer', async () => {
    const layer = { kind: 'layer', arn: `${layerArn}:tools`, layerName: 'tools' } as const;
    const found = (
      await collect(at.all.layerVersion.listUnder(layer, 'versions', signal()))
    ).flat();
    assert.deepEqual(
      found.map(({ kind, layerName, version }) => [kind, layerName, version]).sort(),
      [
        ['layerVersion', 'tools', 1],
        ['layerVersion', 'tools', 2],
      ],
    );
    assert.deepEqual(await collect(at.all.layerVersion.listUnder(layer, 'aliases', signal())), []);
  });

  test('nothing under a queue, and nothing is asked', async () => {
    const queue = queueNamed('shared');
    assert.deepEqual(await collect(at.all.sqsQueue.listUnder(queue, 'versions', signal())), []);
    assert.equal(at.proxy.requests.length, 0);
  });

  test('under a function that is gone: resourceNotFound', async () => {
    const pages = at.all.lambdaFunction.listUnder(functionNamed('nope'), 'aliases', signal());
    await assert.rejects(collect(pages), (error) => {
      assert.ok(error instanceof FailureError);
      return error.failure.code === 'resourceNotFound';
    });
  });
});
