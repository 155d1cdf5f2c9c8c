import assert from 'node:assert/strict';
import { applyChange } from '../../src/changes/applyChange';
import type { ChangeContext } from '../../src/changes/changeContext';
import type { ChangeOutcome } from '../../src/changes/changeOutcome';
import { parsePolicy } from '../../src/core/policy';
import type { PolicyStore } from '../../src/core/policyStore';
import type { Resource } from '../../src/core/resource';
import type { SampleState } from '../../src/sample/state';
import {
  functionNamed,
  layerVersion,
  qualified,
  queueNamed,
  requestsOf,
  signal,
  withStores,
} from '../aws/stores';
import { policyPath, resourcePolicyPath } from '../conformance/harness';
import { functionArn, queueArn, queueUrl, statement } from '../conformance/seed';
import { SignedRequester } from '../faults/signedRequest';
import { MemoryJournal } from './memoryJournal';

const removeCall = 'Lambda.RemovePermission';
const policyRead = 'Lambda.GetPolicy';

suite('applyChange: one statement is removed', function () {
  this.timeout(30_000);
  const at = withStores();
  let pauses: number[] = [];
  let journal = new MemoryJournal();
  setup(() => {
    pauses = [];
    journal = new MemoryJournal();
  });

  function contextOf(resource: Resource, changes: Partial<ChangeContext> = {}): ChangeContext {
    const store = at.all[resource.kind] as PolicyStore;
    const wait = (ms: number) => Promise.resolve(pauses.push(ms) > 0);
    return { store, resource, journal, signal: signal(), wait, ...changes };
  }

  /** Reads, agrees to the statement, then does what `meanwhile` does, and removes. */
  async function remove(
    resource: Resource,
    sid: string,
    meanwhile: () => unknown = () => undefined,
    changes: Partial<ChangeContext> = {},
  ): Promise<ChangeOutcome> {
    const context = contextOf(resource, changes);
    const base = await context.store.read(resource, { signal: signal() });
    assert.ok(base.state === 'policy');
    const policy = parsePolicy(base.text);
    const agreed = policy.wellFormed && policy.statements.find((each) => each.sid === sid);
    assert.ok(agreed);
    at.proxy.clear();
    await meanwhile();
    return applyChange(context, base, { type: 'remove', statements: [agreed] });
  }

  const aws = () => new SignedRequester(at.account);
  const shop = functionNamed('shop');
  const shared = queueNamed('shared');

  async function putPolicy(name: string, ...statements: readonly object[]): Promise<void> {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    const path = resourcePolicyPath(`${functionArn}:${name}`);
    const answer = await aws().lambda('PUT', path, { Policy });
    assert.equal(answer.status, 200, answer.body);
  }

  async function putQueue(name: string, ...statements: readonly object[]): Promise<void> {
    const Policy = JSON.stringify({ Version: '2008-10-17', Statement: statements });
    const QueueUrl = `${queueUrl}/${name}`;
    const answer = await aws().sqs('SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
    assert.equal(answer.status, 200, answer.body);
  }

  async function grantMore(name: string): Promise<void> {
    const body = {
      StatementId: 'more',
      Action: 'lambda:InvokeFunction',
      Principal: '210987654321',
    };
    assert.equal((await aws().lambda('POST', policyPath(name), body)).status, 201);
  }

  const queueStatement = (sid: string, extra: object = {}) =>
    statement(sid, { Action: 'SQS:SendMessage', Resource: `${queueArn}:shared`, ...extra });

  const before = (run: () => unknown, operation = removeCall) =>
    at.proxy.addFault({
      operation,
      times: 1,
      answer: {
        type: 'before',
        run: async () => {
          await run();
        },
      },
    });

  suite('exactly this statement goes', () => {
    const rows: readonly (readonly [string, Resource, string])[] = [
      ['function', shop, 'dot.ted'],
      ['function, the first of three', shop, 'one'],
      ['alias', qualified('shop:live'), 'one'],
      ['version', qualified('shop:1'), 'one'],
      ['layer version', layerVersion('tools', 2), 'one'],
      ['queue', shared, 'once'],
      ['queue, its last statement', queueNamed('single'), 'only'],
    ];
    for (const [name, resource, sid] of rows) {
      test(name, async () => {
        const expected = without(at.account.state(), resource, sid);
        const outcome = await remove(resource, sid);
        assert.ok(outcome.type === 'applied', outcome.type);
        assert.equal(outcome.othersChanged, false);
        assert.deepEqual(withoutRevisions(at.account.state()), withoutRevisions(expected));
        assert.deepEqual(pauses, []);
      });
    }

    test('the outcome brings the policy as it is read afterwards', async () => {
      const outcome = await remove(shop, 'one');
      assert.ok(outcome.type === 'applied' && outcome.reading.state === 'policy');
      const { text, revisionId } = at.account.state().functions[0]?.policies[''] ?? {};
      assert.deepEqual([outcome.reading.text, outcome.reading.revision], [text, revisionId]);
    });

    test('the last statement: no policy afterwards', async () => {
      const outcome = await remove(qualified('shop:live'), 'one');
      assert.ok(outcome.type === 'applied');
      assert.equal(outcome.reading.state, 'none');
    });

    test('the write is tied to the revision that was read', async () => {
      await remove(qualified('shop:live'), 'one');
      const [request] = requestsOf(at.proxy, removeCall);
      const query = new URL(request?.path ?? '', 'http://x').searchParams;
      assert.deepEqual([query.get('RevisionId'), query.get('Qualifier')], ['rev-live', 'live']);
    });

    test('a queue is read again right before', async () => {
      await remove(shared, 'once');
      assert.deepEqual(
        at.proxy.requests.map(({ operation }) => operation),
        ['SQS.GetQueueAttributes', 'SQS.RemovePermission', 'SQS.GetQueueAttributes'],
      );
    });
  });

  suite('the policy changed meanwhile', () => {
    test('stale revision, same statement: one silent retry with the new revision', async () => {
      const outcome = await remove(shop, 'one', async () => {
        await aws().lambda('POST', '/2015-03-31/functions/shop/versions', {});
      });
      assert.ok(outcome.type === 'applied');
      assert.equal(outcome.othersChanged, false);
      const tried = requestsOf(at.proxy, removeCall);
      assert.deepEqual(
        tried.map(({ status }) => status),
        [412, 204],
      );
      assert.notEqual(tried[0]?.path, tried[1]?.path);
    });

    test('another statement was added: it stays, and the retry removes the agreed one', async () => {
      const outcome = await remove(shop, 'one', () => grantMore('shop'));
      assert.ok(outcome.type === 'applied');
      assert.equal(outcome.othersChanged, false);
      assert.deepEqual(sidsOf(at.account.state(), shop), ['two', 'dot.ted', 'more']);
    });

    test('the statement moved and is written in another way: still the same', async () => {
      const one = Object.fromEntries(Object.entries(statement('one')).reverse());
      const outcome = await remove(shop, 'one', () => putPolicy('shop', statement('two'), one));
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(sidsOf(at.account.state(), shop), ['two']);
    });

    test('the statement itself changed: nothing is removed, and it is shown as it is now', async () => {
      const other = statement('one', { Principal: { AWS: '210987654321' } });
      const outcome = await remove(shop, 'one', () => putPolicy('shop', other, statement('two')));
      assert.ok(outcome.type === 'changed' && outcome.refusal.code === 'changed');
      assert.deepEqual(outcome.refusal.now.principals, [
        { kind: 'account', accountId: '210987654321' },
      ]);
      assert.deepEqual(sidsOf(at.account.state(), shop), ['one', 'two']);
      assert.equal(requestsOf(at.proxy, removeCall).length, 1);
    });

    test('a queue’s statement changed: nothing is even sent', async () => {
      const other = queueStatement('once', {
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      });
      const outcome = await remove(shared, 'once', () => putQueue('shared', other));
      assert.equal(outcome.type, 'changed');
      assert.equal(requestsOf(at.proxy, 'SQS.RemovePermission').length, 0);
      assert.deepEqual(sidsOf(at.account.state(), shared), ['once']);
    });

    test('stale twice: failed, and the statement is still there', async () => {
      const outcome = await remove(shop, 'one', () =>
        at.proxy.addFault({ operation: removeCall, answer: { type: 'before', run: publish } }),
      );
      assert.ok(outcome.type === 'failed');
      assert.equal(outcome.failure.code, 'revisionMismatch');
      assert.equal(outcome.reading?.state, 'policy');
      assert.equal(requestsOf(at.proxy, removeCall).length, 2);
      assert.deepEqual(sidsOf(at.account.state(), shop), ['one', 'two', 'dot.ted']);
    });

    test('stale twice, and another statement by then: shown as it is now', async () => {
      let writes = 0;
      const meanwhile = async () => {
        const narrowed = statement('one', { Principal: { Service: 'sns.amazonaws.com' } });
        if (++writes === 1) await publish();
        else await putPolicy('shop', narrowed, statement('two'));
      };
      const outcome = await remove(shop, 'one', () =>
        at.proxy.addFault({ operation: removeCall, answer: { type: 'before', run: meanwhile } }),
      );
      assert.equal(outcome.type, 'changed');
      assert.deepEqual(sidsOf(at.account.state(), shop), ['one', 'two']);
    });

    test('the statement is gone meanwhile: nothing to do, with and without a stale revision', async () => {
      const gone = await remove(shop, 'one', () => putPolicy('shop', statement('two')));
      assert.equal(gone.type, 'nothingToDo');
      const queue = await remove(shared, 'once', () => putQueue('shared', queueStatement('x')));
      assert.equal(queue.type, 'nothingToDo');
      assert.equal(requestsOf(at.proxy, 'SQS.RemovePermission').length, 0);
    });

    test('the whole policy is gone meanwhile: nothing to do', async () => {
      const outcome = await remove(shop, 'one', async () => {
        await aws().lambda('DELETE', resourcePolicyPath(`${functionArn}:shop`));
      });
      assert.ok(outcome.type === 'nothingToDo', outcome.type);
      assert.equal(outcome.reading.state, 'none');
    });

    test('a queue’s statement goes between the read and the write: nothing to do', async () => {
      const outcome = await remove(shared, 'once', () =>
        before(() => putQueue('shared', queueStatement('x')), 'SQS.RemovePermission'),
      );
      assert.equal(outcome.type, 'nothingToDo');
      assert.deepEqual(sidsOf(at.account.state(), shared), ['x']);
    });

    test('the Sid is shared meanwhile: written whole, and the twin stays', async () => {
      const twin = statement('one', { Action: 'lambda:GetFunction' });
      const outcome = await remove(shop, 'one', () => putPolicy('shop', statement('one'), twin));
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(statementsOf(at.account.state(), shop), [twin]);
    });

    test('a queue’s Sid is shared meanwhile: written whole, and the twin stays', async () => {
      const twin = queueStatement('once', { Effect: 'Deny' });
      const outcome = await remove(shared, 'once', () =>
        putQueue('shared', queueStatement('once'), twin),
      );
      assert.equal(outcome.type, 'applied');
      assert.equal(requestsOf(at.proxy, 'SQS.RemovePermission').length, 0);
      assert.deepEqual(statementsOf(at.account.state(), shared), [twin]);
    });

    test('others change between write and verification: told', async () => {
      const outcome = await remove(shop, 'one', () => before(() => grantMore('shop'), policyRead));
      assert.ok(outcome.type === 'applied');
      assert.equal(outcome.othersChanged, true);
    });
  });

  suite('AWS says no', () => {
    const refusals: readonly (readonly [string, number, string, string])[] = [
      ['AccessDenied', 403, 'AccessDeniedException', 'accessDenied'],
      ['expired credentials', 403, 'ExpiredTokenException', 'credentialsExpired'],
      ['throttled to the end', 429, 'TooManyRequestsException', 'throttled'],
      ['public access is blocked', 400, 'PublicPolicyException', 'publicAccessBlocked'],
      ['an internal error before it was applied', 500, 'ServiceException', 'serviceFault'],
    ];
    for (const [what, status, name, code] of refusals) {
      test(`${what}: ${code}, and nothing else changes`, async () => {
        const state = at.account.state();
        const outcome = await remove(shop, 'one', () =>
          at.proxy.addFault({
            operation: removeCall,
            answer: { type: 'error', status, name, message: 'm' },
          }),
        );
        assert.ok(outcome.type === 'failed');
        assert.equal(outcome.failure.code, code);
        assert.equal(outcome.reading?.state, 'policy');
        assert.deepEqual(at.account.state(), state);
      });
    }

    test('a queue that may not be read right before: failed, nothing is sent', async () => {
      const outcome = await remove(shared, 'once', () =>
        at.proxy.addFault({
          operation: 'SQS.GetQueueAttributes',
          answer: { type: 'error', status: 403, name: 'AccessDenied', message: '' },
        }),
      );
      assert.ok(outcome.type === 'failed');
      assert.equal(outcome.failure.code, 'accessDenied');
      assert.equal(requestsOf(at.proxy, 'SQS.RemovePermission').length, 0);
    });

    test('the function is deleted meanwhile: resourceNotFound', async () => {
      const outcome = await remove(shop, 'one', () =>
        at.proxy.addFault({
          operation: /^Lambda/,
          answer: { type: 'error', status: 404, name: 'ResourceNotFoundException', message: '' },
        }),
      );
      assert.ok(outcome.type === 'failed');
      assert.equal(outcome.failure.code, 'resourceNotFound');
    });

    test('the queue is deleted meanwhile: resourceNotFound', async () => {
      const outcome = await remove(shared, 'once', () =>
        at.proxy.addFault({
          operation: /^SQS/,
          answer: { type: 'error', status: 400, name: 'QueueDoesNotExist', message: '' },
        }),
      );
      assert.ok(outcome.type === 'failed');
      assert.equal(outcome.failure.code, 'resourceNotFound');
    });
  });

  suite('answers that are lost', () => {
    for (const [name, resource, sid, operation] of [
      ['function', shop, 'one', removeCall],
      ['layer version', layerVersion('tools', 2), 'one', 'Lambda.RemoveLayerVersionPermission'],
      ['queue', shared, 'once', 'SQS.RemovePermission'],
    ] as const) {
      test(`${name}: lost after it was applied: removed`, async () => {
        const outcome = await remove(resource, sid, () =>
          at.proxy.addFault({ operation, answer: { type: 'resetAfter' } }),
        );
        assert.ok(outcome.type === 'applied');
        assert.equal(outcome.othersChanged, false);
        assert.equal(requestsOf(at.proxy, operation).length, 1);
      });

      test(`${name}: lost before it was applied: failed and still there`, async () => {
        const state = at.account.state();
        const outcome = await remove(resource, sid, () =>
          at.proxy.addFault({ operation, answer: { type: 'reset' } }),
        );
        assert.ok(outcome.type === 'failed');
        assert.equal(outcome.reading?.state, 'policy');
        assert.deepEqual(at.account.state(), state);
      });
    }

    test('lost, and the read after it fails: failed, and nothing is claimed', async () => {
      const outcome = await remove(shop, 'one', () => {
        at.proxy.addFault({ operation: removeCall, answer: { type: 'resetAfter' } });
        at.proxy.addFault({
          operation: policyRead,
          answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: '' },
        });
      });
      assert.ok(outcome.type === 'failed');
      assert.equal(outcome.reading, undefined);
      assert.ok(['timeout', 'unreachable'].includes(outcome.failure.code));
    });

    test('cancelled while it gets no answer: failed, and nothing is claimed', async () => {
      const cancelling = new AbortController();
      const hang = () => {
        at.proxy.addFault({ operation: removeCall, answer: { type: 'hang' } });
        setTimeout(() => cancelling.abort(), 50);
      };
      const outcome = await remove(shop, 'one', hang, { signal: cancelling.signal });
      assert.ok(outcome.type === 'failed');
      assert.deepEqual([outcome.failure.code, outcome.reading], ['cancelled', undefined]);
    });

    test('the person cancels while a queue is read before the write: nothing is sent', async () => {
      const cancelling = new AbortController();
      const hang = () => {
        at.proxy.addFault({ operation: 'SQS.GetQueueAttributes', answer: { type: 'hang' } });
        setTimeout(() => cancelling.abort(), 50);
      };
      const outcome = await remove(shared, 'once', hang, { cancelling: cancelling.signal });
      assert.deepEqual(outcome, { type: 'cancelled' });
      assert.equal(requestsOf(at.proxy, 'SQS.RemovePermission').length, 0);
    });

    test('the person cancels between the tries of a throttled write: no more are sent', async () => {
      const cancelling = new AbortController();
      const throttle = () => {
        const name = 'TooManyRequestsException';
        at.proxy.addFault({
          operation: removeCall,
          skip: 2,
          answer: { type: 'before', run: () => cancelling.abort() },
        });
        at.proxy.addFault({
          operation: removeCall,
          answer: { type: 'error', status: 429, name, message: '' },
        });
      };
      const outcome = await remove(shop, 'one', throttle, { cancelling: cancelling.signal });
      assert.deepEqual(outcome, { type: 'cancelled' });
      assert.equal(requestsOf(at.proxy, removeCall).length, 3);
    });

    test('the person cancels while the write is under way: it is followed to its end', async () => {
      const cancelling = new AbortController();
      const cancel = () => before(() => cancelling.abort());
      const outcome = await remove(shop, 'one', cancel, { cancelling: cancelling.signal });
      assert.equal(outcome.type, 'applied');
    });

    test('a policy that was read without a revision is read again right before', async () => {
      const context = contextOf(shop);
      const base = await context.store.read(shop, { signal: signal() });
      assert.ok(base.state === 'policy');
      const policy = parsePolicy(base.text);
      const agreed = policy.wellFormed && policy.statements.find(({ sid }) => sid === 'one');
      assert.ok(agreed);
      at.proxy.clear();
      const outcome = await applyChange(
        context,
        { ...base, revision: undefined },
        { type: 'remove', statements: [agreed] },
      );
      assert.equal(outcome.type, 'applied');
      assert.equal(at.proxy.requests[0]?.operation, policyRead);
      assert.match(requestsOf(at.proxy, removeCall)[0]?.path ?? '', /RevisionId=/);
    });

    test('applied, but it may not be read again: accepted', async () => {
      const outcome = await remove(shop, 'one', () =>
        at.proxy.addFault({
          operation: policyRead,
          answer: { type: 'error', status: 403, name: 'AccessDeniedException', message: '' },
        }),
      );
      assert.ok(outcome.type === 'accepted');
      assert.equal(outcome.reading.state, 'unreadable');
    });
  });

  suite('a queue whose reads are stale', () => {
    // The read right before the write is let through, so that the proxy has an answer to repeat.
    const stale = (times?: number) => () =>
      at.proxy.addFault({
        operation: 'SQS.GetQueueAttributes',
        skip: 1,
        times,
        answer: { type: 'stale' },
      });

    test('waits until the removal is seen', async () => {
      const outcome = await remove(shared, 'once', stale(3));
      assert.ok(outcome.type === 'applied');
      assert.equal(outcome.othersChanged, false);
      assert.deepEqual(pauses, [500, 1_000, 2_000]);
    });

    test('an answer that is lost after it was applied waits for the reads too', async () => {
      const outcome = await remove(shared, 'once', () => {
        at.proxy.addFault({ operation: 'SQS.RemovePermission', answer: { type: 'resetAfter' } });
        stale(2)();
      });
      assert.ok(outcome.type === 'applied');
      assert.deepEqual(pauses, [500, 1_000]);
    });

    test('a label that somebody else removed is nothing to do, as soon as reads show it', async () => {
      const outcome = await remove(shared, 'once', () => {
        before(() => putQueue('shared', queueStatement('x')), 'SQS.RemovePermission');
        stale(2)();
      });
      assert.equal(outcome.type, 'nothingToDo');
      assert.deepEqual(sidsOf(at.account.state(), shared), ['x']);
    });

    test('after 60 s it is accepted, not a failure', async () => {
      const outcome = await remove(shared, 'once', stale());
      assert.equal(outcome.type, 'accepted');
      const waited = pauses.reduce((sum, ms) => sum + ms, 0);
      assert.ok(waited >= 60_000 && waited < 75_000, `${waited}`);
      assert.equal(requestsOf(at.proxy, 'SQS.RemovePermission').length, 1);
    });

    test('cancelled waiting: accepted', async () => {
      let turns = 0;
      const wait = () => Promise.resolve(++turns < 2);
      const outcome = await remove(shared, 'once', stale(), { wait });
      assert.equal(outcome.type, 'accepted');
      assert.equal(turns, 2);
      assert.deepEqual(sidsOf(at.account.state(), shared).includes('once'), false);
    });

    test('a function does not wait: its reads are never stale', async () => {
      const outcome = await remove(shop, 'one', async () => {
        await at.all.lambdaFunction.read(shop, { signal: signal() });
        at.proxy.addFault({ operation: policyRead, answer: { type: 'stale' } });
      });
      assert.equal(outcome.type, 'accepted');
      assert.deepEqual(pauses, []);
    });
  });

  async function publish(): Promise<void> {
    await aws().lambda('POST', '/2015-03-31/functions/shop/versions', {});
  }
});

/** The text of a resource's policy, and the state with another one in its place. */
function placeOf(
  state: SampleState,
  resource: Resource,
): readonly [string, (text: string | undefined) => SampleState] {
  switch (resource.kind) {
    case 'lambdaFunction': {
      const key = resource.qualifier?.name ?? '';
      const found = state.functions.find(({ name }) => name === resource.functionName);
      const put = (text: string | undefined): SampleState => ({
        ...state,
        functions: state.functions.map((item) => {
          if (item !== found) return item;
          const { [key]: own, ...policies } = item.policies;
          if (text === undefined || !own) return { ...item, policies };
          return { ...item, policies: { ...policies, [key]: { ...own, text } } };
        }),
      });
      return [found?.policies[key]?.text ?? '', put];
    }
    case 'layerVersion': {
      const layer = state.layers.find(({ name }) => name === resource.layerName);
      const found = layer?.versions.find(({ version }) => version === resource.version);
      const put = (text: string | undefined): SampleState => ({
        ...state,
        layers: state.layers.map((item) => ({
          ...item,
          versions: item.versions.map((each) =>
            each === found
              ? { ...each, policy: text === undefined ? undefined : { text, revisionId: '' } }
              : each,
          ),
        })),
      });
      return [found?.policy?.text ?? '', put];
    }
    case 'sqsQueue': {
      const found = state.queues.find(({ name }) => name === resource.queueName);
      const put = (policy: string | undefined): SampleState => ({
        ...state,
        queues: state.queues.map((item) => (item === found ? { ...item, policy } : item)),
      });
      return [found?.policy ?? '', put];
    }
  }
}

interface Document {
  Statement: readonly { readonly Sid?: string }[];
}

function sidsOf(state: SampleState, resource: Resource): readonly (string | undefined)[] {
  return statementsOf(state, resource).map(({ Sid }) => Sid);
}

function statementsOf(state: SampleState, resource: Resource): Document['Statement'] {
  const [text] = placeOf(state, resource);
  return (JSON.parse(text) as Document).Statement;
}

function without(state: SampleState, resource: Resource, sid: string): SampleState {
  const [text, put] = placeOf(state, resource);
  const document = JSON.parse(text) as Document;
  const rest = document.Statement.filter(({ Sid }) => Sid !== sid);
  assert.equal(rest.length, document.Statement.length - 1);
  return put(rest.length === 0 ? undefined : JSON.stringify({ ...document, Statement: rest }));
}

/** The state as JSON would hold it, policies parsed, without revision IDs. */
function withoutRevisions(state: SampleState): unknown {
  return JSON.parse(JSON.stringify(state), (key, value: unknown) => {
    if (key === 'revisionId' || key === 'revisionIds') return undefined;
    if ((key === 'text' || key === 'policy') && typeof value === 'string') {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        return value;
      }
    }
    return value;
  });
}
