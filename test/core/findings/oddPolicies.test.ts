import assert from 'node:assert/strict';
import { Random, mutations } from '../mutations';
import {
  aFunction,
  aLayer,
  allow,
  aQueue,
  brief,
  findingsOf,
  other,
  own,
  policyText,
} from './findingsOf';

const resources = [aFunction, aQueue, aLayer];

suite('Policies that no one writes by hand', () => {
  test('no text is too odd, and none that is broken passes without a word', () => {
    const texts = [
      policyText([allow(aFunction, { Principal: { AWS: [own, other] } }), allow(aQueue)]),
      policyText([
        allow(aFunction, {
          Condition: {
            ArnLike: { 'aws:SourceArn': [`arn:aws:sns:*:${own}:x`] },
            'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a/*' },
            Bool: { 'aws:SecureTransport': true },
          },
        }),
      ]),
    ];
    let broken = 0;
    for (const text of mutations(texts, 3000, new Random(5))) {
      const found = findingsOf(aFunction, text);
      for (const { place } of found) {
        assert.ok(place.offset >= 0 && place.offset + place.length <= text.length, text);
      }
      if (isJson(text)) continue;
      broken += 1;
      assert.match(found.map(brief).join(), /malformed-policy/, text);
    }
    assert.ok(broken > 500);
  });

  const values = [null, true, 7, '', 'x', [], {}, [[]], [{}], { a: 1 }, { AWS: {} }, [null, '*']];
  for (const element of [
    'Effect',
    'Principal',
    'Action',
    'Resource',
    'Condition',
    'Sid',
  ] as const) {
    test(`whatever stands in ${element}, it is not called safe`, () => {
      for (const resource of resources) {
        for (const value of values) {
          const text = policyText([allow(resource, { [element]: value })]);
          const found = findingsOf(resource, text).map(brief).join();
          const means = isHarmless(element, value) ? /^$|public/ : /public|malformed|cannot-tell/;
          assert.match(found, means, `${text}: ${found}`);
        }
      }
    });
  }

  test('400 statements and 1,000 principals', () => {
    const statements = Array.from({ length: 400 }, (_, n) =>
      allow(aFunction, { Sid: `s${n}`, Principal: { AWS: account(n) } }),
    );
    const found = findingsOf(aFunction, policyText(statements)).map(brief);
    assert.equal(found.filter((each) => each.startsWith('other-account')).length, 400);
    const principals = Array.from({ length: 1000 }, (_, n) => account(n));
    const many = findingsOf(
      aQueue,
      policyText([allow(aQueue, { Principal: { AWS: principals } })]),
    );
    assert.equal(many.filter(({ detail }) => detail.rule === 'other-account').length, 1000);
    assert.ok(many.map(brief).includes('near-limit principals'));
  });

  test('a condition with 1,000 values', () => {
    const arns = Array.from({ length: 1000 }, (_, n) => `arn:aws:sns:eu-west-1:${own}:t${n}*`);
    const sources = { ArnLike: { 'aws:SourceArn': arns }, StringLike: { 'aws:SourceArn': arns } };
    const text = policyText([
      allow(aQueue, { Principal: { Service: 'sns.amazonaws.com' }, Condition: sources }),
    ]);
    assert.match(findingsOf(aQueue, text).map(brief).join(), /^(near-limit bytes|cannot-tell.*)/);
  });

  test('what is nested too deep', () => {
    const text = `{"Statement":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    assert.deepEqual(findingsOf(aQueue, text).map(brief), ['malformed-policy tooDeep']);
  });
});

function account(n: number): string {
  return String(200_000_000_000 + n);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What does not matter to who gets in, and resources that are others. */
function isHarmless(element: string, value: unknown): boolean {
  if (element === 'Resource') return typeof value === 'string';
  return element === 'Sid' || (element === 'Condition' && JSON.stringify(value) === '{}');
}
