import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import { authorization, send, SignedRequester } from '../faults/signedRequest';
import { bench, grant, policyPath, statementPath } from './harness';
import { conformanceSeed } from './seed';

const sqs = { 'x-amz-target': 'AmazonSQS.ListQueues' };

interface Door {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly error: string;
}

/** Sends bytes that need not be HTTP; resolves with what came back when the connection ends. */
function sendBytes(endpoint: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(endpoint);
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.end(text));
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => resolve(received));
    socket.on('close', () => resolve(received));
  });
}

suite('Sample account: who is answered', () => {
  const at = bench();

  const doors: readonly Door[] = [
    {
      service: 'Lambda',
      method: 'GET',
      path: '/2015-03-31/functions/',
      headers: {},
      error: 'UnrecognizedClientException',
    },
    { service: 'SQS', method: 'POST', path: '/', headers: sqs, error: 'InvalidClientTokenId' },
    { service: 'STS', method: 'POST', path: '/', headers: {}, error: 'InvalidClientTokenId' },
  ];
  for (const { service, method, path, headers, error } of doors) {
    const keys: readonly (readonly [string, (own: string) => string | undefined])[] = [
      ['no Authorization', () => undefined],
      ['another access key ID', () => authorization('AKIASOMEONEELSE')],
      ['a key ID that only begins like the own', (own) => authorization(`${own}X`)],
      ['no SigV4', (own) => `Bearer ${own}`],
      ['a broken signature', (own) => authorization(own).slice(0, -1)],
    ];
    for (const [what, header] of keys) {
      test(`${service}: ${what} is refused`, async () => {
        const value = header(at.account.credentials.accessKeyId);
        const signed: Record<string, string> = value === undefined ? {} : { authorization: value };
        const raw = { method, path, headers: { ...headers, ...signed }, body: '' };
        const answer = await send(at.account.endpoint, raw);
        assert.deepEqual([answer.status, answer.error], [403, error]);
      });
    }
    test(`${service}: a Host that is not loopback is refused`, async () => {
      const raw = { method, path, headers: { ...headers, host: 'rebound.example:80' }, body: '' };
      assert.equal((await at.aws.send('lambda', raw)).status, 403);
    });
  }

  test('SQS: the new name of the error is UnrecognizedClientException', async () => {
    const answer = await send(at.account.endpoint, { method: 'POST', path: '/', headers: sqs });
    assert.match(String(answer.json['__type']), /#UnrecognizedClientException$/);
  });

  test('STS GetCallerIdentity tells account and ARN, escaped for XML', async () => {
    const { status, body } = await at.aws.sts('GetCallerIdentity');
    assert.equal(status, 200);
    assert.match(body, /<Account>123456789012<\/Account>/);
    assert.match(
      body,
      /<Arn>arn:aws:sts::123456789012:assumed-role\/Tester\/&#60;me &#38; you&#62;</,
    );
  });

  test('STS, unknown action', async () => {
    const { status, error } = await at.aws.sts('Nope');
    assert.deepEqual([status, error], [400, 'InvalidAction']);
  });

  for (const [what, bytes] of [
    ['bytes that are no HTTP', '\u0000\u0001\u0002 garbage\r\n\r\n'],
    ['half a request', 'POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['an empty connection', ''],
  ] as const) {
    test(`${what} does no harm`, async () => {
      await sendBytes(at.account.endpoint, bytes);
      assert.equal((await at.aws.lambda('GET', policyPath('shop'))).status, 200);
    });
  }

  test('a body without end is cut off', async () => {
    const body = 'x'.repeat(2 * 1024 * 1024);
    const answer = await at.aws.lambda('POST', policyPath('shop'), body).catch(() => undefined);
    assert.ok(answer === undefined || answer.status === 413);
    assert.equal((await at.aws.lambda('GET', policyPath('shop'))).status, 200);
  });
});

suite('Sample account: its state', () => {
  const at = bench();

  test('state() is a deep copy that equals the seed', () => {
    const state = at.account.state() as unknown as { functions: { name: string }[] };
    state.functions[0]!.name = 'changed';
    assert.equal(at.account.state().functions[0]?.name, 'shop');
  });

  test('reset() puts the seed back', async () => {
    const before = at.account.state();
    await at.aws.lambda('DELETE', statementPath('shop', 'one'));
    assert.notDeepEqual(at.account.state(), before);
    at.account.reset();
    assert.deepEqual(at.account.state(), before);
  });

  test('a saved state is taken up, and reset() still goes back to the seed', async () => {
    await at.aws.lambda('DELETE', statementPath('shop', 'one'));
    const savedState = at.account.exportState();
    const second = await startSampleAccount({ seed: conformanceSeed, savedState });
    try {
      assert.deepEqual(second.state(), at.account.state());
      second.reset();
      at.account.reset();
      assert.deepEqual(second.state(), at.account.state());
    } finally {
      await second.close();
    }
  });

  for (const savedState of ['', '{', 'null', '{"functions":[]}', '{"__proto__":null}']) {
    test(`unusable saved state ${JSON.stringify(savedState)} is passed over`, async () => {
      const other = await startSampleAccount({ seed: conformanceSeed, savedState });
      try {
        assert.deepEqual(other.state(), at.account.state());
      } finally {
        await other.close();
      }
    });
  }

  test('onChange is called after each successful write and for nothing else', async () => {
    let changes = 0;
    const other = await startSampleAccount({ seed: conformanceSeed, onChange: () => changes++ });
    try {
      const aws = new SignedRequester(other);
      await aws.lambda('GET', policyPath('shop'));
      await aws.lambda('DELETE', statementPath('shop', 'nope'));
      assert.equal(changes, 0);
      await aws.lambda('DELETE', statementPath('shop', 'one'));
      await aws.lambda('POST', policyPath('shop'), grant);
      assert.equal(changes, 2);
    } finally {
      await other.close();
    }
  });

  test('credentials are random, a given port and key are kept, a closed account is gone', async () => {
    const first = await startSampleAccount();
    const { accessKeyId } = first.credentials;
    assert.notEqual(accessKeyId, at.account.credentials.accessKeyId);
    await first.close();
    await assert.rejects(new SignedRequester(first).lambda('GET', policyPath('shop')));
    const port = Number(new URL(first.endpoint).port);
    const second = await startSampleAccount({ port, credentials: first.credentials });
    assert.equal(second.endpoint, first.endpoint);
    assert.equal((await new SignedRequester(first).sts('GetCallerIdentity')).status, 200);
    await second.close();
    await second.close();
  });
});
