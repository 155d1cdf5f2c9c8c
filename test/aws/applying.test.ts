import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openAws } from '../../src/aws/openAws';
import type { ApplyResult } from '../../src/core/policyStore';
import { functionArn, layerArn, statement } from '../conformance/seed';
import type { FaultAnswer } from '../faults/faultProxy';
import {
  failureCode,
  functionNamed,
  layerVersion,
  patience,
  qualified,
  queueNamed,
  requestsOf,
  signal,
  withStores,
} from './stores';

const remove = (statementId: string) => ({ type: 'removeStatement', statementId }) as const;

suite('Stores: the request that leaves', () => {
  const at = withStores();

  test('function: statement ID in the path, revision in the query, no qualifier', async () => {
    await at.all.lambdaFunction.apply(
      functionNamed('shop'),
      remove('dot.ted'),
      'rev-shop',
      signal(),
    );
    const [request] = at.proxy.requests;
    assert.equal(request?.method, 'DELETE');
    assert.deepEqual(partsOf(request.path), [
      `/2015-03-31/functions/${functionArn}:shop/policy/dot.ted`,
      { RevisionId: 'rev-shop' },
    ]);
    assert.equal(request.body, '');
    assert.equal(request.status, 204);
  });

  for (const [name, revision] of [
    ['live', 'rev-live'],
    ['1', 'rev-1'],
  ] as const) {
    // prettier-ignore
    test(`qualifier ${name}: Qualifier and RevisionId are sent`, async () => {
      const resource = qualified(`shop:${name}`);
      const result = await at.all.lambdaFunction.apply(resource, remove('one'), revision, signal());
      assert.deepEqual(result, { applied: true });
      assert.deepEqual(partsOf(at.proxy.requests[0]?.path ?? ''), [
        `/2015-03-31/functions/${functionArn}:shop/policy/one`,
        { Qualifier: name, RevisionId: revision },
      ]);
    });
  }

  test('layer version: number and statement ID in the path, revision in the query', async () => {
    const resource = layerVersion('tools', 2);
    const result = await at.all.layerVersion.apply(resource, remove('one'), 'rev-layer', signal());
    assert.deepEqual(result, { applied: true });
    assert.deepEqual(partsOf(at.proxy.requests[0]?.path ?? ''), [
      `/2018-10-31/layers/${layerArn}:tools/versions/2/policy/one`,
      { RevisionId: 'rev-layer' },
    ]);
  });

  test('queue: URL and label in the body, to the endpoint and not to the host of the URL', async () => {
    const resource = queueNamed('shared');
    const result = await at.all.sqsQueue.apply(resource, remove('once'), undefined, signal());
    assert.deepEqual(result, { applied: true });
    const [request] = at.proxy.requests;
    assert.equal(request?.headers['host'], new URL(at.proxy.endpoint).host);
    assert.equal(request.headers['x-amz-target'], 'AmazonSQS.RemovePermission');
    assert.deepEqual(JSON.parse(request.body), { QueueUrl: resource.queueUrl, Label: 'once' });
  });

  test('it is signed with the key of the connection', async () => {
    await at.all.sqsQueue.apply(queueNamed('shared'), remove('once'), undefined, signal());
    const { accessKeyId } = at.account.credentials;
    assert.match(at.proxy.requests[0]?.headers['authorization'] ?? '', new RegExp(accessKeyId));
  });
});

interface Row {
  readonly fact: string;
  readonly apply: () => Promise<ApplyResult>;
  readonly code: string;
}

suite('Stores: what AWS refuses', () => {
  const at = withStores();
  const lambda = (name: string, sid: string, revision?: string) => () =>
    at.all.lambdaFunction.apply(
      name.includes(':') ? qualified(name) : functionNamed(name),
      remove(sid),
      revision,
      signal(),
    );
  const layer = (version: number, sid: string, revision?: string) => () =>
    at.all.layerVersion.apply(layerVersion('tools', version), remove(sid), revision, signal());
  const queue = (name: string, sid: string) => () =>
    at.all.sqsQueue.apply(queueNamed(name), remove(sid), undefined, signal());

  const rows: readonly Row[] = [
    { fact: 'function: stale revision (412)', apply: lambda('shop', 'one', 'old'), code: 'revisionMismatch' },
    { fact: 'alias: the function’s revision (412)', apply: lambda('shop:live', 'one', 'rev-shop'), code: 'revisionMismatch' },
    { fact: 'layer version: stale revision (412)', apply: layer(2, 'one', 'old'), code: 'revisionMismatch' },
    { fact: 'function: unknown statement', apply: lambda('shop', 'nope', 'rev-shop'), code: 'statementNotFound' },
    { fact: 'function without a policy', apply: lambda('bare', 'one'), code: 'statementNotFound' },
    { fact: 'function that is gone', apply: lambda('nope', 'one'), code: 'statementNotFound' },
    { fact: 'layer version: unknown statement', apply: layer(2, 'nope', 'rev-layer'), code: 'statementNotFound' },
    { fact: 'queue: unknown label', apply: queue('shared', 'nope'), code: 'statementNotFound' },
    { fact: 'queue without a policy', apply: queue('bare', 'nope'), code: 'statementNotFound' },
    { fact: 'queue that is gone', apply: queue('nope', 'one'), code: 'resourceNotFound' },
    { fact: 'statement ID outside the pattern', apply: lambda('shop', 'a b'), code: 'badRequest' },
  ]; // prettier-ignore
  for (const { fact, apply, code } of rows) {
    test(`${fact}: ${code}, nothing is changed, and the call is made once`, async () => {
      const before = at.account.state();
      const result = await apply();
      assert.equal(failureCode(result), code);
      assert.equal(!result.applied && result.mayHaveApplied, false);
      assert.deepEqual(at.account.state(), before);
      assert.equal(at.proxy.requests.length, 1);
    });
  }
});

suite('Stores: writes when things go wrong', function () {
  this.timeout(30_000);
  const at = withStores();
  const writes = [
    {
      kind: 'function',
      operation: 'Lambda.RemovePermission',
      apply: (abort = signal()) =>
        at.all.lambdaFunction.apply(functionNamed('shop'), remove('one'), 'rev-shop', abort),
    },
    {
      kind: 'layer version',
      operation: 'Lambda.RemoveLayerVersionPermission',
      apply: (abort = signal()) =>
        at.all.layerVersion.apply(layerVersion('tools', 2), remove('one'), 'rev-layer', abort),
    },
    {
      kind: 'queue',
      operation: 'SQS.RemovePermission',
      apply: (abort = signal()) =>
        at.all.sqsQueue.apply(queueNamed('shared'), remove('once'), undefined, abort),
    },
  ];

  interface Case {
    readonly what: string;
    readonly answer: FaultAnswer;
    readonly codes: readonly string[];
    readonly mayHaveApplied: boolean;
    readonly applied: boolean;
  }
  const cases: readonly Case[] = [
    {
      what: 'an internal error is not repeated, and may have been applied',
      answer: { type: 'error', status: 500, name: 'ServiceException', message: 'oops' },
      codes: ['serviceFault'],
      mayHaveApplied: true,
      applied: false,
    },
    {
      what: 'an error without a known name and status 503',
      answer: { type: 'error', status: 503, name: 'Whatever', message: '' },
      codes: ['serviceFault'],
      mayHaveApplied: true,
      applied: false,
    },
    {
      what: 'a connection cut before it was applied',
      answer: { type: 'reset' },
      codes: ['timeout', 'unreachable'],
      mayHaveApplied: true,
      applied: false,
    },
    {
      what: 'a connection cut after it was applied',
      answer: { type: 'resetAfter' },
      codes: ['timeout', 'unreachable'],
      mayHaveApplied: true,
      applied: true,
    },
    {
      what: 'AccessDenied',
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: '' },
      codes: ['accessDenied'],
      mayHaveApplied: false,
      applied: false,
    },
    {
      what: 'expired credentials',
      answer: { type: 'error', status: 403, name: 'ExpiredTokenException', message: '' },
      codes: ['credentialsExpired'],
      mayHaveApplied: false,
      applied: false,
    },
  ];
  for (const { kind, operation, apply } of writes) {
    for (const { what, answer, codes, mayHaveApplied, applied } of cases) {
      test(`${kind}: ${what}`, async () => {
        const before = at.account.exportState();
        at.proxy.addFault({ operation, answer });
        const result = await apply();
        assert.ok(!result.applied);
        assert.ok(codes.includes(result.failure.code), result.failure.code);
        assert.equal(result.mayHaveApplied, mayHaveApplied);
        assert.equal(requestsOf(at.proxy, operation).length, 1);
        assert.equal(at.account.exportState() !== before, applied);
      });
    }

    test(`${kind}: throttled twice, then applied`, async () => {
      at.proxy.addFault({ operation, times: 2, answer: throttled(operation) });
      assert.deepEqual(await apply(), { applied: true });
      assert.equal(requestsOf(at.proxy, operation).length, 3);
    });

    test(`${kind}: without an answer, cancelled: may have been applied`, async () => {
      at.proxy.addFault({ operation, answer: { type: 'hang' } });
      const cancelling = new AbortController();
      setTimeout(() => cancelling.abort(), 50);
      const result = await apply(cancelling.signal);
      assert.equal(failureCode(result), 'cancelled');
      assert.equal(!result.applied && result.mayHaveApplied, true);
    });
  }

  test('nobody is there to be asked: surely not applied, and named by what Node says', async () => {
    const nobody = createServer();
    nobody.listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port } = nobody.address() as AddressInfo;
    nobody.close();
    const target = { region: at.account.region, ...at.account.credentials };
    const access = openAws(() => undefined, { patience }).open({
      ...target,
      endpoint: `http://127.0.0.1:${port}`,
    });
    const { lambdaFunction } = access.stores;
    const shop = functionNamed('shop');
    const result = await lambdaFunction.apply(shop, remove('one'), 'rev-shop', signal());
    access.close();
    assert.ok(!result.applied);
    const { code, errorName } = result.failure;
    assert.deepEqual(
      [code, errorName, result.mayHaveApplied],
      ['unreachable', 'ECONNREFUSED', false],
    );
  });

  test('throttled to the end: tried with growing pauses, then reported', async () => {
    const operation = 'Lambda.RemovePermission';
    at.proxy.addFault({ operation, answer: throttled(operation) });
    const result = await writes[0]?.apply();
    assert.ok(result && !result.applied);
    assert.deepEqual([result.failure.code, result.mayHaveApplied], ['throttled', false]);
    const times = requestsOf(at.proxy, operation).map((request) => request.at);
    const gaps = times.slice(1).map((time, n) => time - (times[n] ?? 0));
    const { firstPauseMs, longestPauseMs, totalMs } = patience;
    const wanted = gaps.map((_, n) => Math.min(firstPauseMs * 2 ** n, longestPauseMs));
    assert.ok(wanted.reduce((sum, pause) => sum + pause, 0) >= totalMs);
    // Half of a pause is left to chance.
    gaps.forEach((gap, n) => assert.ok(gap >= (wanted[n] ?? 0) / 2 - 2, gaps.join()));
  });

  test('another operation in progress is waited out', async () => {
    const operation = 'Lambda.PutResourcePolicy';
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement('new')] });
    const conflict = { status: 409, name: 'ResourceConflictException', message: 'in progress' };
    at.proxy.addFault({ operation, times: 3, answer: { type: 'error', ...conflict } });
    const call = { type: 'putPolicy', text } as const;
    const { lambdaFunction } = at.all;
    const result = await lambdaFunction.apply(functionNamed('shop'), call, 'rev-shop', signal());
    assert.equal(result.applied, true);
    assert.equal(requestsOf(at.proxy, operation).length, 4);
  });

  test('cancelling ends the pause of a throttled write', async () => {
    const operation = 'Lambda.RemovePermission';
    const cancelling = new AbortController();
    const cancel = () => cancelling.abort();
    at.proxy.addFault({ operation, skip: 2, answer: { type: 'before', run: cancel } });
    at.proxy.addFault({ operation, answer: throttled(operation) });
    const result = await writes[0]?.apply(cancelling.signal);
    assert.ok(result && !result.applied);
    assert.equal(requestsOf(at.proxy, operation).length, 3);
  });
});

function throttled(operation: string): FaultAnswer {
  const lambda = operation.startsWith('Lambda');
  const name = lambda ? 'TooManyRequestsException' : 'RequestThrottled';
  return { type: 'error', status: lambda ? 429 : 403, name, message: 'slow down' };
}

function partsOf(path: string): [string, Record<string, string>] {
  const url = new URL(path, 'http://x');
  return [decodeURIComponent(url.pathname), Object.fromEntries(url.searchParams)];
}
