import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clients } from '../../src/aws/clients';
import { createClients } from '../../src/aws/clients';
import { lambdaFunctionStore } from '../../src/aws/lambdaFunction';
import { layerVersionStore } from '../../src/aws/layerVersion';
import type { Quota } from '../../src/aws/pacer';
import { Pacers } from '../../src/aws/pacers';
import { sqsQueueStore } from '../../src/aws/sqsQueue';
import type { CallRecord } from '../../src/core/awsAccess';
import { FailureError } from '../../src/core/errors';
import type { PolicyReading, PolicyStores, Urgency } from '../../src/core/policyStore';
import type { SampleAccount } from '../../src/sample/sampleAccount';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import type { SampleFunction, SampleState } from '../../src/sample/state';
import { conformanceSeed } from '../conformance/seed';
import type { FaultProxy, RecordedRequest } from '../faults/faultProxy';
import { startFaultProxy } from '../faults/faultProxy';
import { functionNamed, layerVersion, queueNamed, signal, summary } from './stores';

const patience = { firstPauseMs: 2, longestPauseMs: 20, totalMs: 200, readsMs: 60_000 };
/** One request now, and none after it for a long time. */
const tight = { ratePerSecond: 0.01, burst: 1 };
/** Nothing waits. */
const plenty = { ratePerSecond: 10_000, burst: 10_000 };
/** What all other calls to Lambda share. */
const control = /^Lambda\.(?!GetPolicy$)/;

const names = (count: number, form: string) =>
  Array.from({ length: count }, (_, at) => `${form}-${String(at).padStart(4, '0')}`);
const functions = names(1_000, 'fn').map(functionNamed);
const policies: SampleFunction['policies'] = { '': { text: '{"Statement":[]}', revisionId: 'r' } };
const seed: SampleState = {
  ...conformanceSeed,
  functions: [
    ...conformanceSeed.functions,
    ...functions.map(({ functionName: name }, at) => ({
      name,
      versions: [],
      aliases: {},
      // Most functions of an account have none, and AWS says so with a failure.
      policies: at % 3 === 0 ? policies : {},
    })),
  ],
};

interface Options {
  readonly pacers: Pacers;
  readonly key?: () => string;
  readonly readsMs?: number;
  /** What looking credentials up waits for. */
  readonly onCredentials?: () => Promise<void> | undefined;
}

interface Connection {
  readonly stores: PolicyStores;
  readonly clients: Clients;
  readonly calls: readonly CallRecord[];
}

/** Connections to one account behind a proxy, each with pacers as the test says. */
function withConnections() {
  let account: SampleAccount | undefined;
  let proxy: FaultProxy | undefined;
  const opened: Clients[] = [];
  const there = <T>(value: T | undefined): T => value ?? assert.fail('read before the setup');
  suiteSetup(async () => {
    account = await startSampleAccount({ seed });
    proxy = await startFaultProxy(account.endpoint);
  });
  setup(() => {
    account?.reset();
    proxy?.clear();
  });
  teardown(async () => {
    for (const clients of opened.splice(0)) clients.close();
    await proxy?.settled();
  });
  suiteTeardown(async () => {
    await proxy?.close();
    await account?.close();
  });
  return {
    get proxy() {
      return there(proxy);
    },
    /** The quota of the service. */
    limit(operation: string | RegExp, quota: Quota): void {
      there(proxy).addFault({ operation, answer: { type: 'quota', ...quota } });
    },
    open({ pacers, key = () => 'here', ...options }: Options): Connection {
      const { region, credentials } = there(account);
      const calls: CallRecord[] = [];
      const clients = createClients(
        { region, endpoint: there(proxy).endpoint, ...credentials },
        {
          get: async () => {
            await options.onCredentials?.();
            return credentials;
          },
          ended: () => undefined,
        },
        (call) => calls.push(call),
        { ...patience, readsMs: options.readsMs ?? patience.readsMs },
        () => pacers.pacersFor(key()),
      );
      opened.push(clients);
      const stores = {
        lambdaFunction: lambdaFunctionStore(clients),
        layerVersion: layerVersionStore(clients),
        sqsQueue: sqsQueueStore(clients),
      };
      return { stores, clients, calls };
    },
  };
}

/** Reads of functions by their number, and in which order they were answered. */
function reader({ stores }: Connection, abort = signal()) {
  const answered: number[] = [];
  const read = async (at: number, urgency?: Urgency): Promise<PolicyReading> => {
    const options = { signal: abort, urgency, justListed: true };
    const reading = await stores.lambdaFunction.read(functions[at] ?? assert.fail(), options);
    answered.push(at);
    return reading;
  };
  const readMany = (count: number, from = 0) =>
    Promise.all(Array.from({ length: count }, (_, at) => read(from + at)));
  return { answered, read, readMany };
}

function refused(proxy: FaultProxy): readonly RecordedRequest[] {
  return proxy.requests.filter(({ status }) => status === 429);
}

/** How many readings there are of each kind. */
function counts(readings: readonly PolicyReading[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const reading of readings) {
    const kind = reading.state === 'unreadable' ? JSON.stringify(reading.failure) : reading.state;
    found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
}

suite('Pacing: reads under a quota', function () {
  this.timeout(120_000);
  const at = withConnections();

  test('a thousand at once: none fails, and the last wish comes first', async () => {
    const quota = { ratePerSecond: 100, burst: 100 };
    at.limit('Lambda.GetPolicy', quota);
    const { answered, read, readMany } = reader(at.open({ pacers: new Pacers(quota) }));
    const all = readMany(999);
    while (answered.length < 200) await sleep(5);
    const before = answered.length;
    await read(999);
    const readings = await all;

    assert.deepEqual(counts(readings), { policy: 333, none: 666 });
    // A handful, as the tests of the pacer say; more when the machine is so busy that it halts.
    assert.ok(refused(at.proxy).length < 100, `${refused(at.proxy).length} refused`);
    // A wish in the middle waits for what is on its way, not for the hundreds before it.
    assert.ok(answered.indexOf(999) - before < 100, `${answered.indexOf(999) - before} before it`);
    const place = (number: number) => answered.indexOf(number);
    for (let number = 100; number < 998; number++) {
      assert.ok(place(number) < place(number - 100), `${number} after ${number - 100}`);
    }
  });

  test('half of the quota is there: slower, and nothing is lost', async () => {
    at.limit('Lambda.GetPolicy', { ratePerSecond: 40, burst: 4 });
    const connection = at.open({ pacers: new Pacers({ ratePerSecond: 80, burst: 8 }) });
    assert.deepEqual(counts(await reader(connection).readMany(300)), { policy: 100, none: 200 });
    const rate = connection.clients.pacers?.()?.getPolicy.ratePerSecond ?? 0;
    assert.ok(rate < 75, `${rate}/s`);
    assert.ok(refused(at.proxy).length < 100, `${refused(at.proxy).length} refused`);
  });

  test('pages of lists, and what shares their quota', async () => {
    at.limit(control, { ratePerSecond: 40, burst: 4 });
    const { stores } = at.open({ pacers: new Pacers({ ratePerSecond: 80, burst: 8 }) });
    const list = async () => {
      let count = 0;
      for await (const page of stores.lambdaFunction.list(signal())) count += page.length;
      return count;
    };
    const versions = Array.from({ length: 20 }, () =>
      stores.layerVersion.read(layerVersion('tools', 2), { signal: signal() }),
    );
    assert.deepEqual(await Promise.all([list(), list()]), Array(2).fill(seed.functions.length));
    assert.deepEqual((await Promise.all(versions)).map(summary), Array(20).fill('policy'));
    assert.ok(refused(at.proxy).length > 0);
  });

  test('what is refused to the end is said so', async () => {
    at.limit(/^Lambda/, { ratePerSecond: 0, burst: 0 });
    const pacers = new Pacers({ ratePerSecond: 600, burst: 1 });
    const connection = at.open({ pacers, readsMs: 200 });
    const started = performance.now();
    assert.equal(summary(await reader(connection).read(0)), 'throttled');
    assert.ok(performance.now() - started >= 199);
    await assert.rejects(next(connection.stores.lambdaFunction.list(signal())), (error) => {
      assert.ok(error instanceof FailureError);
      return error.failure.code === 'throttled';
    });
  });

  test('one that others were let before does not lose patience for it', async () => {
    const pacers = new Pacers({ ratePerSecond: 20, burst: 1 });
    const { answered, read, readMany } = reader(at.open({ pacers, readsMs: 60 }));
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path }) => path.includes('fn-0000'),
      times: 2,
      answer: { type: 'quota', ratePerSecond: 0, burst: 0 },
    });
    const old = read(0);
    while (refused(at.proxy).length === 0) await sleep(5);
    await readMany(20, 1);
    assert.equal(summary(await old), 'policy');
    assert.equal(answered.at(-1), 0);
  });
});

suite('Pacing: who shares what', function () {
  this.timeout(30_000);
  const at = withConnections();
  const shop = functionNamed('shop');
  const queue = queueNamed('shared');

  type Work = (connection: Connection, abort: AbortSignal) => Promise<unknown>;
  const getPolicy: Work = async ({ stores }, abort) =>
    mustBeThere(await stores.lambdaFunction.read(shop, { signal: abort }));
  const others: readonly Work[] = [
    ({ stores }, abort) => next(stores.lambdaFunction.list(abort)),
    ({ stores }, abort) => next(stores.lambdaFunction.listUnder(shop, 'aliases', abort)),
    ({ stores }, abort) => next(stores.lambdaFunction.listUnder(shop, 'versions', abort)),
    ({ stores }, abort) => next(stores.layerVersion.list(abort)),
    async ({ stores }, abort) => {
      const tools = layerVersion('tools', 2);
      mustBeThere(await stores.layerVersion.read(tools, { signal: abort }));
    },
    async ({ stores: { lambdaFunction } }, abort) =>
      mustBeThere((await lambdaFunction.readWhole?.(shop, abort)) ?? assert.fail()),
    async ({ stores }, abort) => {
      const call = { type: 'removeStatement', statementId: 'one' } as const;
      const result = await stores.lambdaFunction.apply(shop, call, 'rev-shop', abort);
      assert.ok(result.applied);
    },
  ];

  /** Sees that it is not done for a while, and ends it. */
  async function waits(connection: Connection, work: Work): Promise<void> {
    const ending = new AbortController();
    const done = work(connection, ending.signal);
    const first = await Promise.race([done.then(() => 'done'), sleep(150, 'waits')]);
    assert.equal(first, 'waits', String(work));
    ending.abort();
    await assert.rejects(done);
  }

  test('GetPolicy has a quota, all other calls to Lambda one, SQS and STS none', async () => {
    const connection = at.open({ pacers: new Pacers(tight) });
    await getPolicy(connection, signal());
    await waits(connection, getPolicy);
    await others[0]?.(connection, signal());
    for (const other of others) await waits(connection, other);
    await waits(connection, getPolicy);
    const { stores, clients } = connection;
    for (let times = 0; times < 3; times++) {
      mustBeThere(await stores.sqsQueue.read(queue, { signal: signal() }));
      await next(stores.sqsQueue.list(signal()));
      await clients.sts.send(new GetCallerIdentityCommand({}));
    }
    const sent = at.proxy.requests.filter(({ operation }) => operation.startsWith('Lambda'));
    assert.deepEqual(
      sent.map(({ operation }) => operation),
      ['Lambda.GetPolicy', 'Lambda.ListFunctions'],
    );
  });

  test('connections to one account and region share it, other regions have their own', async () => {
    const pacers = new Pacers(tight);
    const one = at.open({ pacers, key: () => '1111 eu-west-1' });
    const other = at.open({ pacers, key: () => '1111 eu-west-1' });
    const elsewhere = at.open({ pacers, key: () => '1111 us-east-1' });
    await getPolicy(one, signal());
    await waits(other, getPolicy);
    await getPolicy(elsewhere, signal());
    await waits(elsewhere, getPolicy);
  });

  test('the account counts from when it is known', async () => {
    const pacers = new Pacers(tight);
    let account = 'profile a';
    const known = at.open({ pacers, key: () => '1111' });
    const connection = at.open({ pacers, key: () => account });
    await getPolicy(known, signal());
    await getPolicy(connection, signal());
    account = '2222';
    await getPolicy(connection, signal());
    account = '1111';
    await waits(connection, getPolicy);
  });

  test('no more reads are under way than the SDK has connections for', async () => {
    const { read, readMany, answered } = reader(at.open({ pacers: new Pacers(plenty) }));
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    at.proxy.addFault({ operation: /^Lambda/, answer: { type: 'before', run: () => held } });
    const all = readMany(100);
    while (at.proxy.requests.length < 20) await sleep(5);
    const latest = read(200);
    await sleep(150);
    assert.equal(at.proxy.requests.length, 20);
    release();
    assert.deepEqual(counts(await all), { policy: 34, none: 66 });
    assert.equal(summary(await latest), 'none');
    assert.ok(answered.indexOf(200) < 60, String(answered.indexOf(200)));
  });

  test('reads of queues: twenty at once, then the latest wish of a person', async () => {
    const { stores } = at.open({ pacers: new Pacers(tight) });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    at.proxy.addFault({ operation: /^SQS/, answer: { type: 'before', run: () => held } });
    const answered: number[] = [];
    const all = Array.from({ length: 100 }, async (_, number) => {
      const urgency: Urgency = number < 60 ? 'now' : 'background';
      const reading = await stores.sqsQueue.read(queue, { signal: signal(), urgency });
      answered.push(number);
      return summary(reading);
    });
    while (at.proxy.requests.length < 20) await sleep(5);
    await sleep(150);
    assert.equal(at.proxy.requests.length, 20);
    release();
    assert.deepEqual(await Promise.all(all), Array(100).fill('policy'));
    const place = (number: number) => answered.indexOf(number);
    assert.ok(place(59) < place(20) && place(20) < place(60) + 20, answered.join());
    assert.ok(place(20) < place(99), answered.join());
  });
});

suite('Pacing: ends and repeats', function () {
  this.timeout(30_000);
  const at = withConnections();
  const shop = functionNamed('shop');
  const removal = { type: 'removeStatement', statementId: 'one' } as const;
  const none = { type: 'quota', ratePerSecond: 0, burst: 0 } as const;

  test('cancelling ends all that wait, and nothing more is sent', async () => {
    const connection = at.open({ pacers: new Pacers({ ...tight, burst: 5 }) });
    const cancelling = new AbortController();
    const { answered, readMany } = reader(connection, cancelling.signal);
    const all = readMany(300);
    while (answered.length < 5) await sleep(5);
    cancelling.abort(new Error('The row was closed.'));
    const codes = (await all).map(summary);
    assert.deepEqual(codes.slice(0, 295), Array(295).fill('cancelled'));
    assert.ok(!codes.slice(295).includes('cancelled'), codes.slice(295).join());
    await sleep(150);
    assert.equal(at.proxy.requests.length, 5);
    assert.equal(connection.calls.length, 5);
  });

  test('so it does for the page of a list', async () => {
    const { stores } = at.open({ pacers: new Pacers(tight) });
    const cancelling = new AbortController();
    const pages = stores.lambdaFunction.list(cancelling.signal)[Symbol.asyncIterator]();
    await pages.next();
    const second = pages.next();
    cancelling.abort();
    await assert.rejects(second, (error) => {
      assert.ok(error instanceof FailureError);
      return error.failure.code === 'cancelled';
    });
    assert.equal(at.proxy.requests.length, 1);
  });

  test('a write that is cancelled while it waits was surely not made', async () => {
    const { stores } = at.open({ pacers: new Pacers(tight) });
    await next(stores.lambdaFunction.list(signal()));
    const cancelling = new AbortController();
    const { lambdaFunction } = stores;
    const applying = lambdaFunction.apply(shop, removal, 'r', signal(), cancelling.signal);
    cancelling.abort();
    const result = await applying;
    assert.ok(!result.applied);
    assert.deepEqual([result.failure.code, result.mayHaveApplied], ['cancelled', false]);
    assert.equal(at.proxy.requests.length, 1);
  });

  test('throttled writes slow down what comes after them', async () => {
    const { stores, clients } = at.open({ pacers: new Pacers({ ratePerSecond: 30, burst: 1 }) });
    at.proxy.addFault({ operation: 'Lambda.RemovePermission', times: 2, answer: none });
    const result = await stores.lambdaFunction.apply(shop, removal, 'rev-shop', signal());
    assert.deepEqual(result, { applied: true });
    const rate = clients.pacers?.()?.control.ratePerSecond ?? 0;
    assert.ok(rate < 25, `${rate}/s`);
  });

  test('that there is no policy is an answer like any other: the rate rises again', async () => {
    const connection = at.open({ pacers: new Pacers({ ratePerSecond: 60, burst: 1 }) });
    const { getPolicy } = connection.clients.pacers?.() ?? assert.fail();
    at.proxy.addFault({ operation: 'Lambda.GetPolicy', times: 2, answer: none });
    const { read } = reader(connection);
    assert.equal(summary(await read(1)), 'none');
    const slowed = getPolicy.ratePerSecond;
    assert.equal(summary(await read(2)), 'none');
    assert.ok(slowed < 50 && getPolicy.ratePerSecond > slowed);
  });

  test('the SDK’s own repeated tries wait for a turn as well', async () => {
    const answer = { type: 'reset' } as const;
    at.proxy.addFault({ operation: 'Lambda.GetPolicy', times: 1, answer });
    const two = at.open({ pacers: new Pacers({ ...tight, burst: 2 }) });
    assert.equal(
      summary(await two.stores.lambdaFunction.read(shop, { signal: signal() })),
      'policy',
    );
    assert.deepEqual(
      two.calls.map(({ attempts, failure }) => [attempts, failure]),
      [[2, undefined]],
    );
    at.proxy.addFault({ operation: 'Lambda.GetPolicy', times: 1, answer });
    const one = at.open({ pacers: new Pacers(tight) });
    const cancelling = new AbortController();
    const reading = one.stores.lambdaFunction.read(shop, { signal: cancelling.signal });
    while (at.proxy.requests.length < 3) await sleep(5);
    await sleep(500);
    cancelling.abort();
    assert.equal(summary(await reading), 'cancelled');
    assert.equal(at.proxy.requests.length, 3);
  });

  test('however requests end, they make room for others', async () => {
    const { stores } = at.open({ pacers: new Pacers(plenty) });
    const { lambdaFunction } = stores;
    const many = async (work: (abort: AbortSignal) => Promise<unknown>) => {
      await Promise.all(Array.from({ length: 25 }, () => work(signal())));
      at.proxy.clear();
    };
    const read = async (abort: AbortSignal) =>
      summary(await lambdaFunction.read(shop, { signal: abort }));
    const operation = 'Lambda.GetPolicy';
    at.proxy.addFault({ operation, answer: { type: 'reset' } });
    await many(read);
    at.proxy.addFault({ operation, times: 25, answer: { type: 'reset' } });
    await many(read);
    at.proxy.addFault({ operation, answer: { type: 'hang' } });
    await many((abort) => read(AbortSignal.any([abort, AbortSignal.timeout(300)])));
    assert.equal(await read(signal()), 'policy');

    const put = { type: 'putPolicy', text: '{"Statement":[]}' } as const;
    const write = (abort: AbortSignal) => lambdaFunction.apply(shop, put, undefined, abort);
    at.proxy.addFault({ operation: 'Lambda.PutResourcePolicy', answer: { type: 'reset' } });
    await many(write);
    at.proxy.addFault({ operation: 'Lambda.PutResourcePolicy', answer: none });
    await many(write);
    await many(write);
    assert.equal((await write(signal())).applied, true);
  });

  test('what fails for good is not repeated without end', async () => {
    const { stores, calls } = at.open({ pacers: new Pacers() });
    const answer = { type: 'error', status: 500, name: 'ServiceException', message: '' } as const;
    at.proxy.addFault({ operation: 'Lambda.GetPolicy', answer });
    const reading = await stores.lambdaFunction.read(shop, { signal: signal() });
    assert.equal(summary(reading), 'serviceFault');
    assert.equal(at.proxy.requests.length, 4);
    assert.deepEqual(
      calls.map(({ attempts, failure }) => [attempts, failure?.code]),
      [[4, 'serviceFault']],
    );
  });

  test('the log has each refused try', async () => {
    const { stores, calls } = at.open({ pacers: new Pacers() });
    at.proxy.addFault({ operation: 'Lambda.GetPolicy', times: 2, answer: none });
    await stores.lambdaFunction.read(shop, { signal: signal() });
    assert.deepEqual(
      calls.map(({ operation, attempts, failure }) => [operation, attempts, failure?.code]),
      [
        ['lambda:GetPolicy', 1, 'throttled'],
        ['lambda:GetPolicy', 1, 'throttled'],
        ['lambda:GetPolicy', 1, undefined],
      ],
    );
  });

  test('who waits for credentials keeps nobody from a turn, and can be cancelled', async () => {
    const pacers = new Pacers({ ratePerSecond: 100, burst: 5 });
    const never = new Promise<void>(() => undefined);
    const cancelling = new AbortController();
    const stuck = reader(at.open({ pacers, onCredentials: () => never }), cancelling.signal);
    const waiting = Array.from({ length: 40 }, (_, index) => stuck.read(index));
    mustBeAnswered(await reader(at.open({ pacers })).read(1));
    cancelling.abort();
    for (const reading of await Promise.all(waiting)) assert.equal(summary(reading), 'cancelled');
  });

  test('credentials that end while a turn is waited for are looked up without it', async () => {
    const pacers = new Pacers({ ratePerSecond: 100, burst: 1 });
    let isOver = false;
    let renew: () => void = () => undefined;
    const renewed = new Promise<void>((resolve) => (renew = resolve));
    let lookUps = 0;
    const onCredentials = () => {
      if (!isOver) return undefined;
      lookUps++;
      return renewed;
    };
    const one = reader(at.open({ pacers, onCredentials }));
    const other = reader(at.open({ pacers }));
    await other.read(0);
    const mayBeUnderWay = 20;
    const waiting = Array.from({ length: 1.5 * mayBeUnderWay }, (_, index) => one.read(index));
    while (at.proxy.requests.length < 3) await sleep(1);
    isOver = true;
    while (lookUps < mayBeUnderWay) await sleep(1);
    mustBeAnswered(await other.read(2));
    renew();
    for (const reading of await Promise.all(waiting)) mustBeAnswered(reading);
  });
});

async function next(pages: AsyncIterable<unknown>): Promise<unknown> {
  return pages[Symbol.asyncIterator]().next();
}

function mustBeAnswered(reading: PolicyReading): void {
  assert.match(summary(reading), /^(policy|none)$/);
}

function mustBeThere(reading: PolicyReading): void {
  assert.equal(summary(reading), 'policy');
}
