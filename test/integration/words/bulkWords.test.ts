import assert from 'node:assert/strict';
import type { ChangeIntent } from '../../../src/core/plan';
import type { Resource } from '../../../src/core/resource';
import { bulkQuestion, bulkText } from '../../../src/words/bulkWords';
import { fitLines } from '../../../src/words/changeText';
import { changeQuestion } from '../../../src/words/changeWords';
import { functionNamed, layerVersion, queueNamed } from '../../aws/stores';
import { removalOf } from '../../core/planning';
import { place, planFor, policyFor, statementFor } from './plans';

const shop = functionNamed('shop');

/** A removal of the first statement, of a function of its own. */
function removal(name: string, ...statements: readonly object[]) {
  const resource = functionNamed(name);
  const text = policyFor(...statements);
  return { plan: planFor(resource, text, removalOf(text, 0)), place };
}

suite('the question before changes to several policies', () => {
  const deny = statementFor(shop, 'no', { Effect: 'Deny' });
  const [one, two] = [statementFor(shop, 'one'), statementFor(shop, 'two')];

  test('account first, then each policy with its call and its statements', () => {
    const { head, lines, message } = bulkQuestion(
      [removal('a', one, two), removal('b', two, one)],
      'remove',
    );
    assert.equal(message, 'Remove 2 permissions from 2 policies?');
    assert.deepEqual(head, ['Account: 123456789012 · prod-admin · eu-west-1']);
    assert.deepEqual(lines, [
      '',
      'function a (Request: lambda:RemovePermission)',
      '  − one: Amazon S3 → InvokeFunction',
      '',
      'function b (Request: lambda:RemovePermission)',
      '  − two: Amazon S3 → InvokeFunction',
    ]);
  });

  test('the gravest first, of whichever policy; that nothing remains is counted', () => {
    const { head } = bulkQuestion(
      [removal('a', one), removal('b', one), removal('c', one), removal('d', deny, one)],
      'remove',
    );
    assert.match(head[1] ?? '', /^⚠ function d: This WIDENS access/);
    assert.equal(head[2], '⚠ No policy remains on 3 of them.');
    assert.equal(head.length, 3);
    const few = bulkQuestion([removal('a', one), removal('b', one)], 'remove');
    assert.equal(few.head[2], '⚠ function b: It is the last statement: no policy remains.');
  });

  test('many warnings leave room for what is to be done', () => {
    const many = Array.from({ length: 30 }, (_, at) => removal(`f${at}`, deny, one));
    const { head, lines } = bulkQuestion(many, 'remove');
    assert.match(head[1] ?? '', /WIDENS/);
    assert.match(head.at(-1) ?? '', /^⚠ … and 2\d more warnings$/);
    const shown = fitLines([...head, ...lines], 0, 26).lines;
    assert.ok(shown.includes(head.at(-1) ?? ''));
    assert.ok(shown.some((line) => line.startsWith('  − no')));
  });

  test('all of it: sizes, and the whole of what is added', () => {
    const jobs = queueNamed('jobs');
    const text = policyFor(statementFor(jobs, 'old'));
    const added = statementFor(jobs, 'new', { Principal: { AWS: manyAccounts } });
    const intent: ChangeIntent = { type: 'insert', texts: [JSON.stringify(added)] };
    const all = bulkText([{ plan: planFor(jobs, text, intent), place }]).join('\n');
    assert.match(all, /Size: \d+ → \d+ of 8,192 bytes/);
    for (const account of manyAccounts) assert.ok(all.includes(account), account);
    assert.match(all, /\n {2}"Sid": "new",\n/);
  });
});

const manyAccounts = Array.from({ length: 40 }, (_, at) => `2109876543${10 + at}`);

suite('the question before an addition', () => {
  test('nothing of the statement is left out of its lines', () => {
    const jobs = queueNamed('jobs');
    const added = statementFor(jobs, 'new', { Principal: { AWS: manyAccounts } });
    const intent: ChangeIntent = { type: 'insert', texts: [JSON.stringify(added)] };
    const { lines } = changeQuestion(planFor(jobs, undefined, intent), 'add', place);
    for (const account of manyAccounts) assert.ok(lines.join('\n').includes(account), account);
  });

  test('says in words what is then there as JSON', () => {
    const jobs = queueNamed('jobs');
    const added = statementFor(jobs, 'new', { Principal: { AWS: '210987654321' } });
    const intent: ChangeIntent = { type: 'insert', texts: [JSON.stringify(added)] };
    const { lines } = changeQuestion(planFor(jobs, undefined, intent), 'add', place);
    assert.match(lines[0] ?? '', /^Allows Account 210987654321: /);
    assert.deepEqual(lines.slice(1, 4), ['', JSON.stringify(added), '']);
  });

  test('everyone is whom the service means by it', () => {
    const opened = (resource: Resource) => {
      const added = statementFor(resource, 'new', { Principal: '*' });
      const intent: ChangeIntent = { type: 'insert', texts: [JSON.stringify(added)] };
      return changeQuestion(planFor(resource, undefined, intent), 'add', place).head.join('\n');
    };
    assert.match(opened(queueNamed('jobs')), /callers without one, the whole internet\.$/);
    assert.match(opened(functionNamed('shop')), /where a function URL asks for no signature/);
    const words = opened(layerVersion('tools', 1));
    assert.match(words, /"new" holds for every AWS account\.$/);
  });
});
