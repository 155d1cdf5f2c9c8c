import assert from 'node:assert/strict';
import fc from 'fast-check';
import { consolidate } from '../../src/core/consolidate';
import { decide } from '../../src/core/evaluate/decide';
import type { KeyValues } from '../../src/core/evaluate/request';
import { readCaller } from '../../src/core/evaluate/askPolicy';
import { compareAnswers } from '../../src/core/evaluate/sameAnswers';
import { aFunction, allow, other, own, policyText, third } from './findings/findingsOf';
import { wellFormed } from './statements';

const events = { Service: 'events.amazonaws.com' };
const rule = (name: string) => `arn:aws:events:eu-west-1:${own}:rule/${name}`;
const source = (arn: unknown) => ({ Condition: { ArnLike: { 'AWS:SourceArn': arn } } });

function after(...statements: readonly Readonly<Record<string, unknown>>[]) {
  const text = policyText(statements.map((parts) => allow(aFunction, parts)));
  const found = consolidate(text, own);
  return found && { ...found, values: JSON.parse(found.text) as { Statement: unknown[] } };
}

suite('Consolidating a policy', () => {
  test('sources of one service become a list, under the first ID', () => {
    const found = after(
      { Sid: 'a', Principal: events, ...source(rule('a')) },
      { Sid: 'other', Principal: { AWS: other } },
      { Sid: 'b', Principal: events, ...source([rule('b'), rule('c')]) },
      { Sid: 'c', Principal: events, ...source(rule('c')) },
    );
    assert.deepEqual(
      found?.values.Statement,
      [
        allow(aFunction, {
          Sid: 'a',
          Principal: events,
          ...source([rule('a'), rule('b'), rule('c')]),
        }),
        allow(aFunction, { Sid: 'other', Principal: { AWS: other } }),
      ].map(sidFirst),
    );
    assert.deepEqual([found.before.statements, found.after.statements], [4, 2]);
    assert.ok(found.after.bytes < found.before.bytes);
    assert.equal(found.after.bytes, Buffer.byteLength(found.text));
  });

  test('principals of the same statement become one list, of each type', () => {
    const found = after(
      { Principal: { AWS: other } },
      { Principal: { AWS: [third], Service: 'sns.amazonaws.com' } },
    );
    assert.deepEqual(found?.values.Statement, [
      allow(aFunction, { Principal: { AWS: [other, third], Service: 'sns.amazonaws.com' } }),
    ]);
  });

  test('accounts of sources, and what adds nothing', () => {
    const accounts = (value: unknown) => ({
      Principal: events,
      Condition: { StringEquals: { 'aws:SourceAccount': value } },
    });
    const found = after(accounts(own), accounts(other), accounts(own), { Principal: events });
    assert.deepEqual(found?.values.Statement, [allow(aFunction, { Principal: events })]);
    const two = after(accounts(own), accounts(other));
    assert.deepEqual(two?.values.Statement, [allow(aFunction, accounts([own, other]))]);
  });

  const apart: readonly (readonly [string, readonly Readonly<Record<string, unknown>>[]])[] = [
    ['source and account differ at once', [
      { Principal: events, Condition: { ArnLike: { 'aws:SourceArn': rule('a') }, StringEquals: { 'aws:SourceAccount': own } } },
      { Principal: events, Condition: { ArnLike: { 'aws:SourceArn': rule('b') }, StringEquals: { 'aws:SourceAccount': other } } },
    ]],
    ['another action', [{ Principal: { AWS: own } }, { Principal: { AWS: other }, Action: 'lambda:GetFunction' }]],
    ['a Deny', [{ Principal: { AWS: own } }, { Principal: { AWS: other }, Effect: 'Deny' }]],
    ['a condition that one alone has', [{ Principal: { AWS: own } }, { Principal: { AWS: other }, ...source(rule('a')) }]],
    ['all but a source', [
      { Principal: events, Condition: { ArnNotLike: { 'aws:SourceArn': rule('a') } } },
      { Principal: events, Condition: { ArnNotLike: { 'aws:SourceArn': rule('b') } } },
    ]],
    ['all but a principal', [
      { Principal: undefined, NotPrincipal: { AWS: own } },
      { Principal: undefined, NotPrincipal: { AWS: other } },
    ]],
    ['what cannot be read', [{ Principal: { AWS: own }, Condition: 7 }, { Principal: { AWS: other }, Condition: 7 }]],
  ]; // prettier-ignore
  for (const [name, statements] of apart) {
    test(`${name}: they stay apart`, () => {
      assert.equal(after(...statements), undefined);
    });
  }

  test('what is not merged keeps every byte', () => {
    const odd = `{ "Sid":"odd" , "Effect":"Allow","Principal":{"AWS":"${other}"},"Action":"lambda:GetFunction","Resource":"*"}`;
    const one = (name: string) =>
      JSON.stringify(allow(aFunction, { Principal: events, ...source(rule(name)) }));
    const text = `{"Version":"2012-10-17",\n "Statement":[${one('a')},\n ${odd},\n ${one('b')}] , "Id":"x"}`;
    const found = consolidate(text, own);
    const rewritten = found?.text ?? '';
    assert.ok(rewritten.includes(odd));
    assert.ok(rewritten.startsWith('{"Version":"2012-10-17",\n "Statement":['));
    assert.ok(rewritten.endsWith('] , "Id":"x"}'));
  });

  test('a text that is no policy, and one statement', () => {
    assert.equal(consolidate('oops', own), undefined);
    assert.equal(after({ Principal: { AWS: own } }), undefined);
  });

  const values = fc.constantFrom<unknown>('a', 'b', 'a*', ['a', 'b'], [], '*');
  const statements = fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
      Principal: fc.constantFrom<unknown>(
        '*', events, { Service: ['sns.amazonaws.com'] }, { AWS: own }, { AWS: [other, third] },
        { AWS: `arn:aws:iam::${own}:role/x` }, { AWS: other, Service: 'sns.amazonaws.com' },
      ), // prettier-ignore
      Action: fc.constantFrom<unknown>(
        'lambda:InvokeFunction',
        ['lambda:InvokeFunction'],
        'lambda:*',
      ),
      operator: fc.constantFrom(
        'StringLike',
        'StringLike',
        'StringEquals',
        'StringNotLike',
        'ForAllValues:StringLike',
      ),
      sources: fc.option(values, { nil: undefined }),
      accounts: fc.option(values, { nil: undefined }),
    })
    .map(({ operator, sources, accounts, ...parts }) => {
      const keys = {
        ...(sources === undefined ? {} : { 'aws:SourceArn': sources }),
        ...(accounts === undefined ? {} : { 'aws:SourceAccount': accounts }),
      };
      const isFree = Object.keys(keys).length === 0;
      return { ...parts, Resource: '*', ...(isFree ? {} : { Condition: { [operator]: keys } }) };
    });

  test('never changes an answer', () => {
    const callers = [
      '*',
      own,
      other,
      third,
      `arn:aws:iam::${own}:role/x`,
      'events.amazonaws.com',
      'sns.amazonaws.com',
    ].map((text) => readCaller(text) ?? assert.fail());
    const known = fc.constantFrom<KeyValues>(['a'], ['b'], ['ab'], ['c'], 'absent', 'unknown');
    let merged = 0;
    fc.assert(
      fc.property(
        fc.array(statements, { minLength: 2, maxLength: 7 }),
        fc.array(fc.tuple(fc.constantFrom(...callers), known, known), {
          minLength: 20,
          maxLength: 20,
        }),
        (policy, asked) => {
          const text = policyText(policy);
          const found = consolidate(text, own);
          if (!found) return;
          merged += 1;
          const [before, now] = [wellFormed(text), wellFormed(found.text)];
          assert.equal(now.statements.length, found.after.statements);
          for (const [caller, sources, accounts] of asked) {
            const context = (key: string): KeyValues =>
              key === 'aws:sourcearn' ? sources : key === 'aws:sourceaccount' ? accounts : 'absent';
            const request = {
              caller,
              action: 'lambda:InvokeFunction',
              resource: aFunction.arn,
              context,
            };
            const [one, same] = [decide(before, request, own), decide(now, request, own)];
            assert.deepEqual([same.answer, same.certain], [one.answer, one.certain]);
          }
          const { different } = compareAnswers(before, now, aFunction.arn, own);
          assert.equal(different, undefined);
          assert.equal(consolidate(found.text, own), undefined, 'there is nothing left to merge');
        },
      ),
      { numRuns: 1500 },
    );
    assert.ok(merged > 100, `${merged} were merged`);
  });

  test('the comparison sees a principal, a source and a Deny that are missing', () => {
    const whole = wellFormed(
      policyText([
        allow(aFunction, { Principal: { AWS: [other, third] } }),
        allow(aFunction, { Principal: events, ...source([rule('a'), rule('b')]) }),
        allow(aFunction, { Principal: { AWS: third }, Effect: 'Deny', ...source('x') }),
      ]),
    );
    const [first, second, deny] = whole.statements;
    assert.ok(first && second && deny);
    const without = [
      [second, deny],
      [first, deny],
      [first, second],
    ];
    for (const statements of without) {
      const { different, asked } = compareAnswers(
        whole,
        { ...whole, statements },
        aFunction.arn,
        own,
      );
      assert.ok(different !== undefined && asked > 0);
    }
    const fewer = wellFormed(
      policyText([
        allow(aFunction, { Principal: { AWS: [other, third] } }),
        allow(aFunction, { Principal: events, ...source(rule('a')) }),
        allow(aFunction, { Principal: { AWS: third }, Effect: 'Deny', ...source('x') }),
      ]),
    );
    assert.ok(compareAnswers(whole, fewer, aFunction.arn, own).different);
    assert.equal(compareAnswers(whole, whole, aFunction.arn, own).different, undefined);
  });
});

function sidFirst(statement: unknown): unknown {
  const { Sid, ...rest } = statement as Record<string, unknown>;
  return { Sid, ...rest };
}
