import assert from 'node:assert/strict';
import type { PolicyReading, PolicyStores } from '../../src/core/policyStore';
import type { SampleState } from '../../src/sample/state';
import { conformanceSeed, functionArn, oddText } from '../conformance/seed';
import {
  functionNamed,
  layerVersion,
  qualified,
  queueNamed,
  requestsOf,
  signal,
  summary,
  withStores,
} from './stores';

type Read = (stores: PolicyStores, justListed?: boolean) => Promise<PolicyReading>;

const lambda =
  (name: string): Read =>
  ({ lambdaFunction }, justListed) => {
    const resource = name.includes(':') ? qualified(name) : functionNamed(name);
    return lambdaFunction.read(resource, { signal: signal(), justListed });
  };
const layer =
  (name: string, version: number): Read =>
  (stores, justListed) =>
    stores.layerVersion.read(layerVersion(name, version), { signal: signal(), justListed });
const queue =
  (name: string): Read =>
  (stores, justListed) =>
    stores.sqsQueue.read(queueNamed(name), { signal: signal(), justListed });

const kinds: readonly (readonly [string, Read, string, RegExp | undefined, string])[] = [
  ['function', lambda('bare'), 'Lambda.GetPolicy', /GetFunctionConfiguration$/, 'lambda:GetPolicy'],
  ['alias', lambda('bare:live'), 'Lambda.GetPolicy', /GetFunctionConfiguration$/, 'lambda:GetPolicy'],
  ['layer version', layer('tools', 1), 'Lambda.GetLayerVersionPolicy', /^Lambda\.GetLayerVersion$/, 'lambda:GetLayerVersionPolicy'],
  ['queue', queue('bare'), 'SQS.GetQueueAttributes', undefined, 'sqs:GetQueueAttributes'],
]; // prettier-ignore

suite('Stores: reading a policy', () => {
  const at = withStores();

  const rows: readonly (readonly [string, Read, string])[] = [
    ['a function with a policy', lambda('shop'), 'policy'],
    ['an alias with its own', lambda('shop:live'), 'policy'],
    ['a version with its own', lambda('shop:1'), 'policy'],
    ['an alias without, which inherits none', lambda('shop:plain'), 'none'],
    ['a version without, which inherits none', lambda('shop:2'), 'none'],
    ['a function without', lambda('bare'), 'none'],
    ['a layer version with a policy', layer('tools', 2), 'policy'],
    ['a layer version without', layer('tools', 1), 'none'],
    ['a queue with a policy', queue('shared'), 'policy'],
    ['a queue without', queue('bare'), 'none'],
    ['a deleted function', lambda('nope'), 'resourceNotFound'],
    ['a deleted alias', lambda('shop:nope'), 'resourceNotFound'],
    ['a deleted version', lambda('shop:99'), 'resourceNotFound'],
    ['a deleted layer', layer('nope', 1), 'resourceNotFound'],
    ['a deleted layer version', layer('tools', 9), 'resourceNotFound'],
    ['a deleted queue', queue('nope'), 'resourceNotFound'],
  ];
  for (const [name, read, expected] of rows) {
    test(`${name}: ${expected}`, async () => {
      const before = Date.now();
      const reading = await read(at.all);
      assert.equal(summary(reading), expected);
      assert.ok(reading.readAt >= before && reading.readAt <= Date.now());
    });
  }

  test('the revision is the policy’s own', async () => {
    const revisions: unknown[] = [];
    for (const read of [lambda('shop'), lambda('shop:live'), lambda('shop:1'), layer('tools', 2)]) {
      const reading = await read(at.all);
      revisions.push(reading.state === 'policy' && reading.revision);
    }
    assert.deepEqual(revisions, ['rev-shop', 'rev-live', 'rev-1', 'rev-layer']);
  });

  test('a queue’s policy has none', async () => {
    const reading = await queue('shared')(at.all);
    assert.ok(reading.state === 'policy');
    assert.equal(reading.revision, undefined);
  });

  test('the qualifier is sent, and none for the function itself', async () => {
    await lambda('shop:live')(at.all);
    await lambda('shop')(at.all);
    assert.deepEqual(
      at.proxy.requests.map(({ path }) => path),
      [`${functionPath('shop')}/policy?Qualifier=live`, `${functionPath('shop')}/policy`],
    );
  });

  test('one request is all it takes when there is a policy', async () => {
    await layer('tools', 2)(at.all);
    await queue('shared')(at.all);
    assert.equal(at.proxy.requests.length, 2);
  });
});

suite('Stores: no policy, or not known', () => {
  const at = withStores();

  for (const [kind, read, operation, exists, action] of kinds) {
    test(`${kind}: AccessDenied is never "no policy"`, async () => {
      at.proxy.addFault({
        operation,
        answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'not you' },
      });
      for (const justListed of [true, false]) {
        const reading = await read(at.all, justListed);
        assert.ok(reading.state === 'unreadable');
        const { failure } = reading;
        assert.deepEqual(
          [failure.code, failure.operation, failure.errorName, failure.message, failure.httpStatus],
          ['accessDenied', action, 'AccessDeniedException', 'not you', 403],
        );
      }
    });

    test(`${kind}: no failure of the read but not-found is "no policy"`, async () => {
      for (const [status, name] of [
        [400, 'InvalidParameterValueException'],
        [400, 'ValidationException'],
        [404, 'UnknownOperationException'],
        [404, 'SomethingElse'],
        [400, 'ExpiredTokenException'],
      ] as const) {
        const remove = at.proxy.addFault({
          operation,
          answer: { type: 'error', status, name, message: '' },
        });
        assert.equal((await read(at.all)).state, 'unreadable', name);
        remove();
      }
    });

    test(`${kind}: an answer that says nothing is not "no policy"`, async () => {
      at.proxy.addFault({ operation, answer: { type: 'empty' } });
      const reading = await read(at.all);
      assert.ok(reading.state === 'unreadable');
      assert.equal(reading.failure.errorName, 'IncompleteAnswer');
    });

    if (!exists) continue;

    test(`${kind}: a resource that was just listed is not looked for again`, async () => {
      assert.equal((await read(at.all, true)).state, 'none');
      assert.deepEqual(
        at.proxy.requests.map((request) => request.operation),
        [operation],
      );
    });

    const looks: readonly (readonly [number, string, string])[] = [
      [403, 'AccessDeniedException', 'none'],
      [501, 'NotImplemented', 'none'],
      [404, 'ResourceNotFoundException', 'resourceNotFound'],
      [400, 'ExpiredTokenException', 'credentialsExpired'],
    ];
    for (const [status, name, expected] of looks) {
      test(`${kind}: when looking for it ends with ${name}: ${expected}`, async () => {
        at.proxy.addFault({
          operation: exists,
          answer: { type: 'error', status, name, message: '' },
        });
        assert.equal(summary(await read(at.all)), expected);
        assert.ok(at.proxy.requests.some((request) => exists.test(request.operation)));
      });
    }
  }

  test('the existence of an alias is asked with its qualifier', async () => {
    await lambda('bare:live')(at.all);
    assert.deepEqual(
      at.proxy.requests.map(({ path }) => path),
      [
        `${functionPath('bare')}/policy?Qualifier=live`,
        `${functionPath('bare')}/configuration?Qualifier=live`,
      ],
    );
  });
});

suite('Stores: repeated and cancelled reads', function () {
  this.timeout(30_000);
  const at = withStores();

  for (const [kind, read, operation] of kinds) {
    test(`${kind}: a throttled read is repeated until it is answered`, async () => {
      at.proxy.addFault({
        operation,
        times: 1,
        answer: { type: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow' },
      });
      assert.equal((await read(at.all)).state, 'none');
      assert.equal(requestsOf(at.proxy, operation).length, 2);
    });
  }

  test('throttled to the end: reported after four tries', async () => {
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      answer: { type: 'error', status: 429, name: 'TooManyRequestsException', message: 'slow' },
    });
    assert.equal(summary(await lambda('shop')(at.all)), 'throttled');
    assert.equal(requestsOf(at.proxy, 'Lambda.GetPolicy').length, 4);
  });

  test('internal errors and cut connections are repeated too', async () => {
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      times: 1,
      answer: { type: 'error', status: 500, name: 'ServiceException', message: '' },
    });
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      skip: 1,
      times: 1,
      answer: { type: 'reset' },
    });
    assert.equal((await lambda('shop')(at.all)).state, 'policy');
    assert.equal(requestsOf(at.proxy, 'Lambda.GetPolicy').length, 3);
  });

  test('a read without an answer ends when it is cancelled', async () => {
    at.proxy.addFault({ operation: /.*/, answer: { type: 'hang' } });
    const cancelling = new AbortController();
    setTimeout(() => cancelling.abort(), 50);
    const options = { signal: cancelling.signal };
    const readings = await Promise.all([
      at.all.lambdaFunction.read(functionNamed('shop'), options),
      at.all.layerVersion.read(layerVersion('tools', 2), options),
      at.all.sqsQueue.read(queueNamed('shared'), options),
    ]);
    assert.deepEqual(readings.map(summary), ['cancelled', 'cancelled', 'cancelled']);
  });

  test('a read that is cancelled before it begins sends nothing', async () => {
    const reading = await at.all.lambdaFunction.read(functionNamed('shop'), {
      signal: AbortSignal.abort(),
    });
    assert.equal(summary(reading), 'cancelled');
    assert.equal(at.proxy.requests.length, 0);
  });

  test('every call is told to the log, without policy or secret', async () => {
    await lambda('shop')(at.all);
    await lambda('nope')(at.all, true);
    assert.deepEqual(
      at.calls.map(({ operation, failure }) => [operation, failure?.errorName]),
      [
        ['lambda:GetPolicy', undefined],
        ['lambda:GetPolicy', 'ResourceNotFoundException'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(at.calls), /Statement|secret/i);
    assert.ok(at.calls.every(({ durationMs }) => durationMs >= 0));
  });
});

const texts: readonly (readonly [string, string])[] = [
  ['odd spacing, escapes, key order and a byte order mark', oddText],
  [
    'control characters and line separators',
    '{"Statement":[],"Id":"\u0001\u007f\u0085\u2028\u2029"}',
  ],
  ['characters beyond the BMP', '{"Id":"😀𝒳🏴󠁧󠁢󠁥󠁮󠁧󠁿","Statement":[]}'],
  ['XML and entities', '{"Id":"</Policy>&lt;&amp;<![CDATA[x]]>","Statement":[]}'],
  ['20 KB', `{"Id":"${'é'.repeat(10_200)}","Statement":[]}`],
  ['no JSON at all', 'not JSON \\u0041 \t '],
  ['numbers that a parser would change', '{"Statement":[],"n":[1.0,1e3,12345678901234567890,-0]}'],
];

suite('Stores: exact bytes', () => {
  const policy = (text: string) => ({ '': { text, revisionId: 'r' } });
  const seed: SampleState = {
    ...conformanceSeed,
    functions: texts.map(([, text], n) => ({
      name: `f${n}`,
      versions: [],
      aliases: {},
      policies: policy(text),
    })),
    layers: texts.map(([, text], n) => ({
      name: `l${n}`,
      versions: [{ version: 1, policy: { text, revisionId: 'r' } }],
    })),
    queues: texts.map(([, text], n) => ({ name: `q${n}`, policy: text })),
    eventSourceMappings: [],
  };
  const at = withStores(seed);

  texts.forEach(([name, text], n) => {
    test(`${name}: as the server has it, for all three kinds`, async () => {
      for (const read of [lambda(`f${n}`), layer(`l${n}`, 1), queue(`q${n}`)]) {
        const reading = await read(at.all);
        assert.equal(reading.state === 'policy' && reading.text, text);
      }
    });
  });
});

function functionPath(name: string): string {
  return `/2015-03-31/functions/${encodeURIComponent(`${functionArn}:${name}`)}`;
}
