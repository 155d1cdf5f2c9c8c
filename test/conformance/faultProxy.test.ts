import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultProxy } from '../faults/faultProxy';
import { startFaultProxy } from '../faults/faultProxy';
import { SignedRequester } from '../faults/signedRequest';
import { bench, grant, policyPath, statementPath } from './harness';
import { oddText, queueUrl } from './seed';

suite('Fault proxy', () => {
  const at = bench();
  let proxy: FaultProxy;
  let aws: SignedRequester;

  suiteSetup(async () => {
    proxy = await startFaultProxy(at.account.endpoint);
    const { endpoint } = proxy;
    aws = new SignedRequester({ endpoint, credentials: at.account.credentials });
  });
  setup(() => proxy.clear());
  suiteTeardown(() => proxy.close());

  const sids = (): boolean =>
    /"one"/.test(at.account.state().functions[0]?.policies['']?.text ?? '');

  test('passes bytes on and records them', async () => {
    const answer = await aws.lambda('GET', policyPath('odd'));
    assert.equal(answer.json['Policy'], oddText);
    const [request] = proxy.requests;
    assert.equal(request?.operation, 'Lambda.GetPolicy');
    assert.equal(request.path, policyPath('odd'));
    assert.deepEqual([request.status, request.responseBody], [200, answer.body]);
  });

  test('names operations of all three services', async () => {
    await aws.lambda('DELETE', statementPath('shop', 'one', '?RevisionId=rev-shop'));
    await aws.sqs('GetQueueAttributes', { QueueUrl: `${queueUrl}/bare` });
    await aws.sts('GetCallerIdentity');
    await aws.lambda('GET', '/2015-03-31/nothing');
    assert.deepEqual(
      proxy.requests.map(({ operation }) => operation),
      [
        'Lambda.RemovePermission',
        'SQS.GetQueueAttributes',
        'STS.GetCallerIdentity',
        'Lambda.Unknown',
      ],
    );
    assert.match(proxy.requests[0]?.path ?? '', /RevisionId=rev-shop/);
  });

  test('error: in the form of each protocol, without reaching the account', async () => {
    proxy.addFault({
      operation: /\./,
      answer: { type: 'error', status: 429, name: 'Slow', message: 'a < b' },
    });
    const answers = [
      await aws.lambda('DELETE', statementPath('shop', 'one')),
      await aws.sqs('ListQueues', {}),
      await aws.sts('GetCallerIdentity'),
    ];
    assert.deepEqual(
      answers.map(({ status, error }) => [status, error]),
      Array(3).fill([429, 'Slow']),
    );
    assert.ok(sids());
  });

  test('times, skip and match choose the requests; the returned function ends it', async () => {
    const answer = { type: 'error', status: 500, name: 'ServiceException', message: '' } as const;
    const stop = proxy.addFault({ operation: 'Lambda.GetPolicy', skip: 1, times: 1, answer });
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++) {
      statuses.push((await aws.lambda('GET', policyPath('shop'))).status);
    }
    assert.deepEqual(statuses, [200, 500, 200]);
    stop();
    const never = proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path }) => path.includes('live'),
      answer,
    });
    assert.equal((await aws.lambda('GET', policyPath('shop'))).status, 200);
    assert.equal((await aws.lambda('GET', policyPath('shop', 'live'))).status, 500);
    never();
    assert.equal((await aws.lambda('GET', policyPath('shop', 'live'))).status, 200);
  });

  test('quota: so many at once, shared by what the fault names, and some later', async () => {
    proxy.addFault({
      operation: /^(Lambda|SQS)/,
      answer: { type: 'quota', ratePerSecond: 0, burst: 3 },
    });
    const asks = [
      () => aws.lambda('GET', policyPath('shop')),
      () => aws.lambda('GET', '/2015-03-31/functions/'),
      () => aws.sqs('ListQueues', {}),
      () => aws.lambda('DELETE', statementPath('shop', 'one')),
      () => aws.sqs('ListQueues', {}),
      () => aws.sts('GetCallerIdentity'),
    ];
    const answers = await Promise.all(asks.map((ask) => ask()));
    const refusals = answers.filter(({ status }) => status !== 200 && status !== 204);
    assert.equal(refusals.length, 2);
    for (const { status, error } of refusals) {
      assert.ok(
        ['429 TooManyRequestsException', '403 RequestThrottled'].includes(`${status} ${error}`),
      );
    }
    assert.equal(answers[5]?.status, 200);
    proxy.clear();
    const answer = { type: 'quota', ratePerSecond: 5, burst: 1 } as const;
    proxy.addFault({ operation: 'Lambda.GetPolicy', answer });
    for (let found = 0; found < 3;) {
      const { status } = await aws.lambda('GET', policyPath('shop'));
      if (status === 200) found++;
    }
    assert.ok(proxy.requests.length > 3);
  });

  test('reset: cut before anything is applied', async () => {
    proxy.addFault({ operation: 'Lambda.RemovePermission', answer: { type: 'reset' } });
    await assert.rejects(aws.lambda('DELETE', statementPath('shop', 'one')));
    assert.ok(sids());
  });

  test('resetAfter: applied, then cut', async () => {
    proxy.addFault({ operation: 'Lambda.RemovePermission', answer: { type: 'resetAfter' } });
    await assert.rejects(aws.lambda('DELETE', statementPath('shop', 'one')));
    assert.ok(!sids());
  });

  test('hang: no answer until the proxy closes', async () => {
    const own = await startFaultProxy(at.account.endpoint);
    own.addFault({ operation: 'STS.GetCallerIdentity', answer: { type: 'hang' } });
    const requester = new SignedRequester({ ...at.account, endpoint: own.endpoint });
    const asked = requester.sts('GetCallerIdentity').then(
      () => 'answered',
      () => 'cut',
    );
    assert.equal(await Promise.race([asked, sleep(100, 'waiting')]), 'waiting');
    await own.close();
    assert.equal(await asked, 'cut');
  });

  test('delay: answers late', async () => {
    proxy.addFault({ operation: /^STS/, answer: { type: 'delay', ms: 80 } });
    const start = Date.now();
    assert.equal((await aws.sts('GetCallerIdentity')).status, 200);
    assert.ok(Date.now() - start >= 75);
  });

  test('stale: the last success of the same request, however the account is now', async () => {
    const fresh = await aws.lambda('GET', policyPath('shop'));
    await aws.lambda('POST', policyPath('shop'), grant);
    proxy.addFault({ operation: 'Lambda.GetPolicy', answer: { type: 'stale' }, times: 1 });
    assert.equal((await aws.lambda('GET', policyPath('shop'))).body, fresh.body);
    assert.notEqual((await aws.lambda('GET', policyPath('shop'))).body, fresh.body);
  });

  test('before: a concurrent edit makes the revision stale', async () => {
    proxy.addFault({
      operation: 'Lambda.RemovePermission',
      answer: {
        type: 'before',
        run: async () => {
          await at.aws.lambda('POST', policyPath('shop'), grant);
        },
      },
    });
    const { status } = await aws.lambda(
      'DELETE',
      statementPath('shop', 'one', '?RevisionId=rev-shop'),
    );
    assert.equal(status, 412);
  });
});
