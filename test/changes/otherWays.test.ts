import assert from 'node:assert/strict';
import type { ChangeIntent } from '../../src/core/plan';
import { policyPath, resourcePolicyPath, statementPath } from '../conformance/harness';
import { policyText, removalOf, sidsIn } from '../core/planning';
import type { FaultAnswer } from '../faults/faultProxy';
import { stateWith, targets } from './accountState';
import { grantOn, statementOf, textOf } from './changeRows';
import { failing, sentPolicy, withChanging } from './changing';

const { function: shop, queue } = targets;

suite('changes that need another way, or meet others', function () {
  this.timeout(30_000);
  const changing = withChanging();

  suite('the calls for whole documents are not there', () => {
    const put = 'Lambda.PutResourcePolicy';
    const text = textOf(shop, 'a', 'b', 'c');
    const unknown: readonly (readonly [string, FaultAnswer])[] = [
      ['404 of a web server', { type: 'raw', status: 404, body: '<h1>Not Found</h1>' }],
      ['404 with JSON', { type: 'raw', status: 404, body: '{"message":"no such route"}' }],
      ['404 without anything', { type: 'raw', status: 404, body: '' }],
      ['404 as AWS says it of resources', failing(404, 'ResourceNotFoundException')],
      ['500 InternalFailure', failing(500, 'InternalFailure')],
      ['500 of a web server', { type: 'raw', status: 500, body: 'not implemented' }],
      ['501', { type: 'raw', status: 501, body: '' }],
      ['501 with a name', failing(501, 'InternalFailure')],
      ['UnknownOperationException', failing(400, 'UnknownOperationException')],
      ['UnknownOperationException as 404', failing(404, 'UnknownOperationException')],
      ['405', { type: 'raw', status: 405, body: 'Method Not Allowed' }],
      ['AccessDenied', failing(403, 'AccessDeniedException')],
      ['403 without a name', { type: 'raw', status: 403, body: '' }],
    ];
    for (const [what, answer] of unknown) {
      test(`${what}: by their IDs; and so at once the next time`, async () => {
        const outcome = await changing().remove(shop, text, [0, 1], () =>
          changing().fault(put, answer),
        );
        assert.equal(outcome.type, 'applied');
        assert.deepEqual(sidsIn(changing().now(shop)), ['c']);
        assert.deepEqual(
          changing().writes.map(({ operation }) => operation),
          [put, 'Lambda.RemovePermission', 'Lambda.RemovePermission'],
        );
        const [change] = changing().journal.changes;
        assert.deepEqual(
          change?.plans.map(({ way }) => way.calls.map(({ type }) => type)),
          [['putPolicy'], ['removeStatement', 'removeStatement']],
        );
        assert.equal(change.ending?.state, 'applied');
        // Without filling it anew: what the store has learned stays.
        const body = {
          StatementId: 'd',
          Action: 'lambda:InvokeFunction',
          Principal: '210987654321',
        };
        assert.equal((await changing().aws.lambda('POST', policyPath('shop'), body)).status, 201);
        const again = await changing().change(shop, removalOf(changing().now(shop) ?? '', 0, 1));
        assert.equal(again.type, 'applied');
        assert.deepEqual(
          changing().writes.map(({ operation }) => operation),
          ['Lambda.RemovePermission', 'Lambda.RemovePermission'],
        );
      });

      test(`${what}: where there is no other way, failed and nothing is changed`, async () => {
        const noSid = textOf(shop, 'a', undefined);
        const outcome = await changing().remove(shop, noSid, [1], () =>
          changing().fault(put, answer),
        );
        assert.ok(outcome.type === 'failed', outcome.type);
        assert.equal(changing().now(shop), noSid);
        assert.equal(changing().writes.length, 1);
        assert.equal(changing().ending?.state, 'failed');
      });
    }

    test('deleting: by their IDs as well', async () => {
      const outcome = await changing().remove(shop, text, [0, 1, 2], () =>
        changing().fault('Lambda.DeleteResourcePolicy', failing(501, 'InternalFailure')),
      );
      assert.equal(outcome.type, 'applied');
      assert.equal(changing().now(shop), undefined);
    });

    test('a document that AWS refuses for something in it: by their IDs, and it is not remembered', async () => {
      const gone = statementOf(shop, 'gone', { Principal: { AWS: ['AROAEXAMPLEGONE000001'] } });
      const was = policyText(statementOf(shop, undefined), statementOf(shop, 'b'), gone);
      // With the unresolved one, the whole document is the last resort; without a Sid, the only one.
      const only = await changing().remove(shop, was, [0]);
      assert.ok(only.type === 'failed', only.type);
      assert.equal(only.failure.code, 'badRequest');
      assert.equal(changing().now(shop), was);
      assert.equal(changing().storeOf(shop).capabilities.wholeDocument, 'yes');
      const refused = failing(400, 'InvalidParameterValueException');
      const outcome = await changing().remove(shop, text, [0, 1], () =>
        changing().fault(put, refused),
      );
      assert.equal(outcome.type, 'applied');
      assert.equal(changing().storeOf(shop).capabilities.wholeDocument, 'yes');
    });

    test('the function is gone: that is what is told', async () => {
      const missing = failing(404, 'ResourceNotFoundException');
      const outcome = await changing().remove(shop, text, [0, 1], () =>
        changing().proxy.addFault({ operation: /^Lambda/, answer: missing }),
      );
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(outcome.failure.code, 'resourceNotFound');
      assert.equal(changing().storeOf(shop).capabilities.wholeDocument, 'yes');
    });
  });

  suite('the label of a queue may not be removed, but its policy be written', () => {
    const text = textOf(queue, 'a', 'b', 'c');
    const deny = () => changing().fault('SQS.RemovePermission', failing(403, 'AccessDenied'));

    test('the whole policy is written, and nothing is remembered', async () => {
      const outcome = await changing().remove(queue, text, [0], deny);
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(sidsIn(changing().now(queue)), ['b', 'c']);
      assert.equal(changing().storeOf(queue).capabilities.wholeDocument, 'yes');
    });

    test('what others added in between stays', async () => {
      const theirs = textOf(queue, 'a', 'b', 'c', 'theirs');
      const outcome = await changing().remove(queue, text, [0], () => {
        deny();
        changing().before(
          'SQS.GetQueueAttributes',
          () =>
            changing().aws.sqs('SetQueueAttributes', {
              QueueUrl: queue.queueUrl,
              Attributes: { Policy: theirs },
            }),
          1,
        );
      });
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(sidsIn(changing().now(queue)), ['b', 'c', 'theirs']);
    });

    test('neither may be: failed, and nothing is changed', async () => {
      const outcome = await changing().remove(queue, text, [0], () => {
        deny();
        changing().fault('SQS.SetQueueAttributes', failing(403, 'AccessDenied'));
      });
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(outcome.failure.code, 'accessDenied');
      assert.equal(changing().now(queue), text);
    });
  });

  test('a fault of our own leaves no record that runs for ever', async () => {
    const text = textOf(shop, 'a', 'b');
    changing().fill(stateWith(shop, text));
    const real = changing().storeOf(shop);
    const store = {
      ...real,
      capabilities: real.capabilities,
      apply: () => Promise.reject(new TypeError('a fault of ours')),
    };
    const changed = changing().change(shop, removalOf(text, 0), undefined, { store });
    await assert.rejects(changed, /a fault of ours/);
    assert.equal(changing().ending?.state, 'unknown');
  });

  suite('others write at the same time', () => {
    const text = textOf(shop, 'a', 'b', 'c');
    const grant = async () => {
      const body = {
        StatementId: 'more',
        Action: 'lambda:InvokeFunction',
        Principal: '210987654321',
      };
      assert.equal((await changing().aws.lambda('POST', policyPath('shop'), body)).status, 201);
    };

    test('after our answer was lost: told, although the read found ours', async () => {
      const outcome = await changing().remove(shop, text, [0, 1], () => {
        changing().fault('Lambda.PutResourcePolicy', { type: 'resetAfter' });
        changing().before('Lambda.GetPolicy', grant);
      });
      assert.ok(outcome.type === 'applied', outcome.type);
      assert.equal(outcome.othersChanged, true);
      assert.deepEqual(sidsIn(changing().now(shop)), ['c', 'more']);
      assert.deepEqual(sidsIn(changing().ending?.after), ['c']);
    });

    test('AWS gives an added statement a Sid: by the revision, it is ours, and can be undone', async () => {
      changing().fill(stateWith(shop, textOf(shop, 'a')));
      const bare = statementOf(shop, undefined);
      const Policy = policyText(statementOf(shop, 'a'), { Sid: 'given', ...bare });
      const intent: ChangeIntent = { type: 'insert', texts: [JSON.stringify(bare)] };
      const outcome = await changing().change(shop, intent, () => {
        const raw = (body: object) =>
          ({ type: 'raw', status: 200, body: JSON.stringify(body) }) as const;
        changing().fault('Lambda.PutResourcePolicy', raw({ RevisionId: 'ours' }));
        changing().fault('Lambda.GetPolicy', raw({ Policy, RevisionId: 'ours' }));
      });
      assert.ok(outcome.type === 'applied', outcome.type);
      assert.equal(outcome.othersChanged, false);
      assert.equal(changing().ending?.after, Policy);
    });

    test('AWS writes more into it than was sent, by the revision it gave us: nobody else', async () => {
      for (const [revision, othersChanged] of [
        ['ours', false],
        ['theirs', true],
      ] as const) {
        const kept = statementOf(shop, undefined);
        const was = policyText(kept, statementOf(shop, 'b'), statementOf(shop, 'c'));
        const raw = (body: object) =>
          ({ type: 'raw', status: 200, body: JSON.stringify(body) }) as const;
        const Policy = policyText({ Sid: 'given', ...kept });
        const outcome = await changing().remove(shop, was, [1, 2], () => {
          changing().fault('Lambda.PutResourcePolicy', raw({ RevisionId: 'ours' }));
          changing().fault('Lambda.GetPolicy', raw({ Policy, RevisionId: revision }));
        });
        assert.ok(outcome.type === 'applied', outcome.type);
        assert.equal(outcome.othersChanged, othersChanged, revision);
      }
    });

    const write = async (Policy: string) => {
      const answer = await changing().aws.lambda('PUT', resourcePolicyPath(shop.arn), { Policy });
      assert.equal(answer.status, 200);
    };

    test('our edit was lost, and others edited the same statement: theirs is not called ours', async () => {
      const [mine, theirs] = ['lambda:GetFunction', 'lambda:GetAlias'].map((Action) =>
        policyText(statementOf(shop, 'a', { Action }), statementOf(shop, 'b')),
      );
      const base = textOf(shop, 'a', 'b');
      changing().fill(stateWith(shop, base));
      const intent: ChangeIntent = { type: 'replace', base, text: mine };
      const outcome = await changing().change(shop, intent, () => {
        changing().fault('Lambda.PutResourcePolicy', { type: 'reset' });
        changing().before('Lambda.GetPolicy', () => write(theirs ?? ''));
      });
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.deepEqual([outcome.reading, changing().ending?.state], [undefined, 'unknown']);
    });

    test('our addition was lost, and others took its statement ID: ours was not made', async () => {
      changing().fill(stateWith(shop, text));
      const intent: ChangeIntent = { type: 'add', grants: [grantOn(shop, 'x')] };
      const outcome = await changing().change(shop, intent, () => {
        changing().fault('Lambda.AddPermission', { type: 'reset' });
        changing().before('Lambda.GetPolicy', () =>
          changing().aws.lambda('POST', policyPath('shop'), {
            StatementId: 'x',
            Action: 'lambda:GetFunction',
            Principal: '210987654321',
          }),
        );
      });
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(changing().ending?.state, 'failed');
    });

    test('only the version was edited, it was lost, and others added: nothing is claimed', async () => {
      changing().fill(stateWith(shop, text));
      const older = text.replace('2012-10-17', '2008-10-17');
      const intent: ChangeIntent = { type: 'replace', base: text, text: older };
      const outcome = await changing().change(shop, intent, () => {
        changing().fault('Lambda.PutResourcePolicy', { type: 'reset' });
        changing().before('Lambda.GetPolicy', grant);
      });
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(changing().ending?.state, 'unknown');
    });

    test('half of it, while our request was lost: nothing is claimed', async () => {
      const theirs = async () => {
        const path = statementPath('shop', 'a');
        assert.equal((await changing().aws.lambda('DELETE', path)).status, 204);
      };
      const outcome = await changing().remove(shop, text, [0, 1], () => {
        changing().fault('Lambda.PutResourcePolicy', { type: 'reset' });
        changing().before('Lambda.GetPolicy', theirs);
      });
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.deepEqual([outcome.reading, changing().ending?.state], [undefined, 'unknown']);
      assert.deepEqual(sidsIn(changing().now(shop)), ['b', 'c']);
    });

    test('the same statement, byte for byte: nothing to do, nothing is sent twice', async () => {
      const outcome = await changing().remove(shop, text, [0], async () => {
        const Policy = textOf(shop, 'b', 'c');
        const path = resourcePolicyPath(shop.arn);
        assert.equal((await changing().aws.lambda('PUT', path, { Policy })).status, 200);
      });
      assert.equal(outcome.type, 'nothingToDo');
      assert.deepEqual(sidsIn(changing().now(shop)), ['b', 'c']);
      assert.equal(changing().ending?.state, 'failed');
    });

    test('a whole text was made from another one: shown, never written over', async () => {
      const mine = textOf(shop, 'mine');
      changing().fill(stateWith(shop, text));
      const intent: ChangeIntent = { type: 'replace', base: text, text: mine };
      const outcome = await changing().change(shop, intent, grant);
      assert.ok(outcome.type === 'changed', outcome.type);
      assert.equal(outcome.refusal.code, 'conflict');
      assert.deepEqual(sidsIn(changing().now(shop)), ['a', 'b', 'c', 'more']);
      assert.deepEqual(changing().writes.map(sentPolicy), [mine]);
      assert.equal(changing().writes[0]?.status, 412);
    });
  });

  suite('what comes late, or not yet', () => {
    const put = 'Lambda.PutResourcePolicy';
    const text = textOf(shop, 'a', 'b', 'c');
    const grant = async () => {
      const body = { StatementId: 'more', Action: 'lambda:InvokeFunction', Principal: '*' };
      assert.equal((await changing().aws.lambda('POST', policyPath('shop'), body)).status, 201);
    };
    const insert = (): ChangeIntent => ({
      type: 'insert',
      texts: [JSON.stringify(statementOf(shop, undefined))],
    });

    test('a request without an answer is carried out after the first read: applied', async () => {
      const late = async () => {
        const Policy = textOf(shop, 'c');
        const answer = await changing().aws.lambda('PUT', resourcePolicyPath(shop.arn), { Policy });
        assert.equal(answer.status, 200);
      };
      const outcome = await changing().remove(shop, text, [0, 1], () => {
        changing().fault(put, { type: 'reset' });
        changing().before('Lambda.GetPolicy', late, 1);
      });
      assert.equal(outcome.type, 'applied');
      assert.equal(changing().writes.length, 1);
    });

    test('nobody waits any more for what may come late: nothing is claimed', async () => {
      changing().fill(stateWith(shop, text));
      const outcome = await changing().change(
        shop,
        removalOf(text, 0, 1),
        () => changing().fault(put, { type: 'reset' }),
        { wait: () => Promise.resolve(false) },
      );
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.deepEqual([outcome.reading, changing().ending?.state], [undefined, 'unknown']);
    });

    test('a first policy meets another operation: what that one added stays', async () => {
      changing().fill(stateWith(shop, undefined));
      const outcome = await changing().change(shop, insert(), () => {
        changing().before(put, grant);
        changing().fault(put, failing(409, 'ResourceConflictException'), 1);
      });
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(sidsIn(changing().now(shop)), ['more', undefined]);
    });

    test('a statement that is added meets another operation: waited out', async () => {
      changing().fill(stateWith(shop, text));
      const intent: ChangeIntent = { type: 'add', grants: [grantOn(shop, 'x')] };
      const outcome = await changing().change(shop, intent, () =>
        changing().fault('Lambda.AddPermission', failing(409, 'ResourceConflictException'), 2),
      );
      assert.equal(outcome.type, 'applied');
      assert.deepEqual(sidsIn(changing().now(shop)), ['a', 'b', 'c', 'x']);
    });

    test('another operation that does not end: failed, nothing is changed', async () => {
      changing().fill(stateWith(shop, text));
      const intent: ChangeIntent = { type: 'add', grants: [grantOn(shop, 'x')] };
      const outcome = await changing().change(shop, intent, () =>
        changing().fault('Lambda.AddPermission', failing(409, 'ResourceConflictException')),
      );
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.deepEqual([outcome.failure.code, changing().now(shop)], ['statementExists', text]);
      assert.equal(changing().ending?.state, 'failed');
    });

    test('the statement ID was taken meanwhile: refused, and theirs stays', async () => {
      changing().fill(stateWith(shop, undefined));
      const intent: ChangeIntent = { type: 'add', grants: [grantOn(shop, 'more')] };
      const outcome = await changing().change(shop, intent, () =>
        changing().before('Lambda.AddPermission', grant),
      );
      assert.ok(outcome.type === 'failed', outcome.type);
      assert.equal(outcome.failure.code, 'statementExists');
      assert.match(changing().now(shop) ?? '', /"Sid":"more","Effect":"Allow","Principal":"\*"/);
    });

    test('whole documents have revisions of their own: that one is named', async () => {
      const ownRevision = () => {
        const body = JSON.stringify({ Policy: text, RevisionId: 'rev-whole' });
        changing().fault('Lambda.GetResourcePolicy', { type: 'raw', status: 200, body });
        const operation = put;
        const isOwn = ({ body: sent }: { body: string }) => sent.includes('rev-whole');
        const write = async () => {
          const Policy = textOf(shop, 'c');
          await changing().aws.lambda('PUT', resourcePolicyPath(shop.arn), { Policy });
        };
        changing().proxy.addFault({
          operation,
          match: isOwn,
          answer: { type: 'before', run: write },
        });
        changing().proxy.addFault({
          operation,
          match: isOwn,
          answer: { type: 'raw', status: 200, body: '{}' },
        });
        changing().fault(put, failing(412, 'PreconditionFailedException'));
      };
      const outcome = await changing().remove(shop, text, [0, 1], ownRevision);
      assert.equal(outcome.type, 'applied');
      assert.equal(changing().writes.length, 2);
      assert.deepEqual(sidsIn(changing().now(shop)), ['c']);
    });
  });
});
