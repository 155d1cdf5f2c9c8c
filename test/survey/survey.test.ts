import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { createClients } from '../../src/aws/clients';
import { lambdaFunctionStore } from '../../src/aws/lambdaFunction';
import { Pacers } from '../../src/aws/pacers';
import type { PolicyReading, PolicyStores } from '../../src/core/policyStore';
import type { Resource } from '../../src/core/resource';
import type { SampleState } from '../../src/sample/state';
import type { SurveyEnd, SurveyGap } from '../../src/survey/survey';
import { survey } from '../../src/survey/survey';
import { patience as short, withStores } from '../aws/stores';
import { conformanceSeed, policyOf, statement } from '../conformance/seed';

const patience = { ...short, readsMs: 60_000 };

const names = (count: number, form: string) =>
  Array.from({ length: count }, (_, at) => `${form}-${String(at).padStart(3, '0')}`);

/** 60 functions with a version and an alias, 3 layers of 2 versions, 30 queues: 216 policies. */
const seed: SampleState = {
  ...conformanceSeed,
  functions: names(60, 'fn').map((name) => ({
    name,
    versions: ['1'],
    aliases: { live: '1' },
    policies: { '': policyOf(`rev-${name}`, statement('one')) },
  })),
  layers: names(3, 'layer').map((name) => ({
    name,
    versions: [{ version: 1 }, { version: 2, policy: policyOf(name, statement('one')) }],
  })),
  queues: names(30, 'queue').map((name) => ({ name })),
  eventSourceMappings: [],
};
const all = 60 * 3 + 3 * 2 + 30;

suite('A survey of an account', function () {
  this.timeout(60_000);
  const at = withStores(seed);

  /** What a survey told, and what the next is to know of it. */
  class Notes {
    readonly listed: Resource[] = [];
    readonly read = new Map<string, PolicyReading>();
    readonly gaps: SurveyGap[] = [];
    readings = 0;

    constructor(private readonly stores: PolicyStores = at.all) {}

    allListedAfter: number | undefined;

    async run(
      ending = new AbortController(),
      onRead?: (count: number) => void,
    ): Promise<SurveyEnd> {
      const { signal } = ending;
      // Each read that is under way listens to it.
      setMaxListeners(0, signal);
      const { stores } = this;
      return survey(
        {
          stores,
          read: (resource) =>
            stores[resource.kind].read(resource as never, {
              signal,
              justListed: true,
              urgency: 'background',
            }),
          isRead: ({ arn }) => {
            const reading = this.read.get(arn);
            return reading !== undefined && reading.state !== 'unreadable';
          },
          onListed: (resource) => this.listed.push(resource),
          onReading: () => this.readings++,
          onRead: ({ arn }, reading) => {
            this.read.set(arn, reading);
            onRead?.(this.read.size);
          },
          onGap: (gap) => this.gaps.push(gap),
          onAllListed: () => (this.allListedAfter = this.listed.length),
        },
        signal,
      );
    }

    count(state: PolicyReading['state']): number {
      return [...this.read.values()].filter((reading) => reading.state === state).length;
    }
  }

  function calls(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { operation } of at.proxy.requests) {
      counts[operation] = (counts[operation] ?? 0) + 1;
    }
    return counts;
  }

  /** Requests for one policy: how often the same one was sent. */
  function mostOften(): number {
    const counts = new Map<string, number>();
    for (const { method, path, body, status } of at.proxy.requests) {
      if (status !== undefined && status >= 429) continue;
      const key = `${method} ${path} ${body}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return Math.max(...counts.values());
  }

  test('every policy is read once, by as few calls as there can be', async () => {
    const notes = new Notes();
    assert.deepEqual(await notes.run(), { state: 'complete' });
    assert.equal(notes.listed.length, all);
    assert.equal(notes.allListedAfter, all);
    assert.deepEqual([notes.count('policy'), notes.count('none')], [60 + 3, all - 63]);
    assert.deepEqual(calls(), {
      'Lambda.ListFunctions': 3,
      'Lambda.ListAliases': 60,
      'Lambda.ListLayers': 1,
      'Lambda.ListLayerVersions': 3,
      'Lambda.GetPolicy': 180,
      'Lambda.GetLayerVersionPolicy': 6,
      'SQS.ListQueues': 1,
      'SQS.GetQueueAttributes': 30,
    });
    assert.equal(mostOften(), 1);
    const versions = notes.listed.filter(
      (resource) => resource.kind === 'lambdaFunction' && resource.qualifier?.type === 'version',
    );
    assert.equal(versions.length, 60);
    assert.ok(notes.listed.every(({ arn }) => !arn.includes('$LATEST')));
  });

  test('what AWS throttles is read all the same', async () => {
    at.proxy.addFault({
      operation: /^Lambda\.(GetPolicy|ListAliases)$/,
      answer: { type: 'quota', ratePerSecond: 60, burst: 10 },
    });
    // It is less than what is reckoned with.
    const pacers = new Pacers({ ratePerSecond: 120, burst: 20 });
    const { region, credentials } = at.account;
    const clients = createClients(
      { region, endpoint: at.proxy.endpoint, ...credentials },
      { get: () => Promise.resolve(credentials), ended: () => undefined },
      () => undefined,
      patience,
      () => pacers.pacersFor('here'),
    );
    const notes = new Notes({ ...at.all, lambdaFunction: lambdaFunctionStore(clients) });
    assert.deepEqual(await notes.run(), { state: 'complete' });
    clients.close();
    const throttled = at.proxy.requests.filter(({ status }) => status === 429).length;
    assert.ok(throttled > 0);
    assert.deepEqual([notes.read.size, notes.count('unreadable'), notes.gaps.length], [all, 0, 0]);
  });

  test('AccessDenied on half of the functions: those are told, the others are read', async () => {
    at.proxy.addFault({
      operation: 'Lambda.GetPolicy',
      match: ({ path }) => /fn-\d\d[02468]/.test(path),
      answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: 'no' },
    });
    const notes = new Notes();
    assert.deepEqual(await notes.run(), { state: 'complete' });
    assert.deepEqual([notes.read.size, notes.count('unreadable')], [all, 90]);
    at.proxy.clear();
    assert.deepEqual(await notes.run(), { state: 'complete' });
    assert.equal(notes.count('unreadable'), 0);
    assert.equal(calls()['Lambda.GetPolicy'], 90, 'only what was not read is asked for again');
  });

  test('aliases and queues that may not be listed are gaps, and nothing else is missing', async () => {
    const denied = {
      type: 'error',
      status: 403,
      name: 'AccessDeniedException',
      message: 'no',
    } as const;
    at.proxy.addFault({
      operation: 'Lambda.ListAliases',
      match: ({ path }) => path.includes('fn-007'),
      answer: denied,
    });
    at.proxy.addFault({ operation: 'SQS.ListQueues', answer: denied });
    const notes = new Notes();
    assert.deepEqual(await notes.run(), { state: 'complete' });
    assert.equal(notes.read.size, all - 1 - 30);
    assert.deepEqual(
      notes.gaps
        .map(({ kind, under, failure }) => [kind, under?.arn.slice(-6), failure.code])
        .sort(),
      [
        ['lambdaFunction', 'fn-007', 'accessDenied'],
        ['sqsQueue', undefined, 'accessDenied'],
      ],
    );
  });

  test('credentials that end stop it, and it goes on where it was', async () => {
    at.proxy.addFault({
      operation: /./,
      skip: 120,
      answer: { type: 'error', status: 403, name: 'ExpiredTokenException', message: 'over' },
    });
    const notes = new Notes();
    const end = await notes.run();
    assert.ok(end.state === 'stopped' && end.failure.code === 'credentialsExpired', end.state);
    const known = notes.count('policy') + notes.count('none');
    assert.ok(known > 20 && known < 120, `${known} were read`);
    assert.ok(at.proxy.requests.length < 260, `${at.proxy.requests.length} calls`);
    at.proxy.clear();
    assert.deepEqual(await notes.run(), { state: 'complete' });
    assert.deepEqual([notes.read.size, notes.count('unreadable')], [all, 0]);
    const { 'Lambda.GetPolicy': policies = 0, 'SQS.GetQueueAttributes': queues = 0 } = calls();
    const layers = calls()['Lambda.GetLayerVersionPolicy'] ?? 0;
    assert.equal(policies + queues + layers, all - known);
  });

  test('it can be cancelled, and says no more than it read', async () => {
    at.proxy.addFault({ operation: /./, answer: { type: 'delay', ms: 15 } });
    const ending = new AbortController();
    const notes = new Notes();
    const end = await notes.run(ending, (count) => {
      if (count === 40) ending.abort();
    });
    assert.deepEqual(end, { state: 'cancelled' });
    assert.ok(notes.read.size >= 40 && notes.read.size < all);
    assert.equal(notes.count('unreadable'), 0);
    assert.ok(notes.readings < all, 'what waited was not begun');
    await at.proxy.settled();
    at.proxy.clear();
    assert.deepEqual(await notes.run(), { state: 'complete' });
    assert.equal(notes.read.size, all);
  });

  test('an endpoint that is gone is not asked for each policy', async () => {
    at.proxy.addFault({ operation: /Get/, answer: { type: 'reset' } });
    const notes = new Notes();
    const end = await notes.run();
    assert.ok(end.state === 'stopped' && end.failure.code === 'unreachable');
    assert.ok(notes.read.size < all);
  });

  test('nothing is asked once it is cancelled', async () => {
    const ending = new AbortController();
    ending.abort();
    assert.deepEqual(await new Notes().run(ending), { state: 'cancelled' });
    assert.equal(at.proxy.requests.length, 0);
  });
});
