import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import type { SessionKeys } from './identityBench';
import { dev, first, identityBench, region } from './identityBench';

suite('Identity services: Lambda and SQS', function () {
  this.timeout(30_000);
  const at = identityBench();

  const lambda = (credentials: SessionKeys) =>
    new LambdaClient({ region, credentials, maxAttempts: 1 });
  const functionsOf = async (credentials: SessionKeys) => {
    const { Functions = [] } = await lambda(credentials).send(new ListFunctionsCommand({}));
    return Functions.map(({ FunctionName }) => FunctionName);
  };
  const queuesOf = async (credentials: SessionKeys) => {
    const client = new SQSClient({ region, credentials, maxAttempts: 1 });
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
    return QueueUrls.length;
  };

  test('are those of the account of whoever asks', async () => {
    at.writeRole('reader');
    const role = await fromIni({ profile: 'r' })();
    assert.deepEqual(await functionsOf(dev), ['mine']);
    assert.deepEqual(await functionsOf(role), ['theirs']);
    assert.ok((await queuesOf(role)) > 0);
    assert.deepEqual(at.operations().slice(1), [
      'Lambda.ListFunctions',
      'Lambda.ListFunctions',
      'SQS.ListQueues',
    ]);
    assert.equal(at.services.requests.at(-1)?.accessKeyId, first);
  });

  test('refuse a session that has ended, each in its own form', async () => {
    const session = at.services.startSession(dev);
    at.services.expireNow(session.accessKeyId);
    const message = 'The security token included in the request is expired';
    await assert.rejects(functionsOf(session), { name: 'ExpiredTokenException', message });
    await assert.rejects(queuesOf(session), { name: 'ExpiredToken', message });
    assert.deepEqual(
      at.services.requests.map(({ status }) => status),
      [403, 403],
    );
    assert.equal(await queryError(session), 'ExpiredToken;Sender');
  });

  test('refuse keys that nobody knows', async () => {
    const unknown = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' };
    await assert.rejects(functionsOf(unknown), { name: 'UnrecognizedClientException' });
    await assert.rejects(queuesOf(unknown), { name: 'InvalidClientTokenId' });
    assert.equal(await queryError(unknown), 'InvalidClientTokenId;Sender');
    const path = '/2015-03-31/functions/';
    const unsigned = await fetch(`${at.services.endpoint}${path}`);
    assert.equal(unsigned.headers.get('x-amzn-errortype'), 'MissingAuthenticationTokenException');
  });

  test('an account that does not stand behind: AccessDeniedException', async () => {
    const session = at.services.startSession({ accountId: '999999999999', arn: dev.arn });
    await assert.rejects(functionsOf(session), { name: 'AccessDeniedException' });
  });

  async function queryError(keys: SessionKeys) {
    const credential = `${keys.accessKeyId}/20260101/${region}/sqs/aws4_request`;
    const answer = await fetch(at.services.endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonSQS.ListQueues',
        authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=x, Signature=x`,
        ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
      },
    });
    return answer.headers.get('x-amzn-query-error');
  }
});

suite('Identity services: Faults', function () {
  this.timeout(30_000);
  const at = identityBench();

  test('hold: nothing is answered until it is released', async () => {
    const held = at.services.hold('STS.GetCallerIdentity');
    let answered = false;
    const asked = at.identity(dev).then(() => (answered = true));
    await held.reached;
    assert.equal(at.services.requests[0]?.status, undefined);
    assert.equal(answered, false);
    held.release();
    await asked;
  });

  test('hang: until one gives up', async () => {
    at.services.addFault({ operation: /^STS/, answer: { type: 'hang' } });
    const abort = new AbortController();
    const client = new STSClient({ region, credentials: dev });
    const asked = client.send(new GetCallerIdentityCommand({}), { abortSignal: abort.signal });
    while (at.services.requests.length === 0) await sleep(5);
    abort.abort();
    await assert.rejects(asked, { name: 'AbortError' });
  });

  test('errors, a number of times, in the form of the service', async () => {
    const answer = { type: 'error', status: 400, name: 'Throttling', message: 'Slow' } as const;
    const remove = at.services.addFault({ operation: 'STS.GetCallerIdentity', skip: 1, answer });
    const client = new STSClient({ region, credentials: dev, maxAttempts: 1 });
    const ask = () => client.send(new GetCallerIdentityCommand({}));
    await ask();
    await assert.rejects(ask(), { name: 'Throttling', message: 'Slow' });
    remove();
    await ask();
  });

  test('a cut connection, a delay', async () => {
    at.services.addFault({ operation: /./, times: 1, answer: { type: 'reset' } });
    at.services.addFault({ operation: /./, answer: { type: 'delay', ms: 1 } });
    await at.identity(dev);
    assert.deepEqual(
      at.services.requests.map(({ status }) => status),
      [undefined, 200],
    );
  });
});
