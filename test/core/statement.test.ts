import assert from 'node:assert/strict';
import { findSame } from '../../src/core/statement';
import { policyWith, statementFrom } from './statements';

const base = {
  Sid: 's',
  Effect: 'Allow',
  Principal: { AWS: ['111111111111', '222222222222'], Service: 's3.amazonaws.com' },
  Action: ['lambda:InvokeFunction', 'lambda:GetFunction'],
  Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
  Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2'] }, Bool: { x: 'true' } },
};

suite('Statement: what is the same', () => {
  const same: readonly (readonly [string, unknown])[] = [
    ['keys in another order', Object.fromEntries(Object.entries(base).reverse())],
    ['lists in another order', { ...base, Action: [...base.Action].reverse() }],
    ['a text as a list of one', { ...base, Resource: [base.Resource] }],
    [
      'condition keys and values in another order',
      {
        ...base,
        Condition: { Bool: { x: ['true'] }, StringEquals: { 'aws:SourceAccount': ['2', '1'] } },
      },
    ],
    [
      'principals in another order',
      {
        ...base,
        Principal: { Service: ['s3.amazonaws.com'], AWS: ['222222222222', '111111111111'] },
      },
    ],
    ['other spacing', JSON.stringify(base, null, '\t')],
    ['escapes for the same characters', JSON.stringify(base).replace('"s"', '"\\u0073"')],
  ];
  for (const [name, statement] of same) {
    test(name, () => {
      assert.equal(statementFrom(statement).canonical, statementFrom(base).canonical);
      assert.equal(statementFrom(statement).identity, statementFrom(base).identity);
    });
  }

  const different: readonly (readonly [string, unknown])[] = [
    ['another Sid', { ...base, Sid: 'S' }],
    ['no Sid', { ...base, Sid: undefined }],
    ['an empty Sid', { ...base, Sid: '' }],
    ['another effect', { ...base, Effect: 'Deny' }],
    ['a condition value more', { ...base, Condition: { Bool: { x: ['true', 'false'] } } }],
    ['another condition operator', { ...base, Condition: { BoolIfExists: base.Condition.Bool } }],
    ['no condition', { ...base, Condition: undefined }],
    ['an action less', { ...base, Action: [base.Action[0]] }],
    ['NotAction for Action', { ...base, Action: undefined, NotAction: base.Action }],
    ['a principal of another type', { ...base, Principal: { AWS: 's3.amazonaws.com' } }],
    ['an unknown field', { ...base, Note: 1 }],
    ['a number for a text', { ...base, Condition: { Bool: { x: true } } }],
  ];
  for (const [name, statement] of different) {
    test(`not with ${name}`, () => {
      assert.notEqual(statementFrom(statement).canonical, statementFrom(base).canonical);
      assert.notEqual(statementFrom(statement).identity, statementFrom(base).identity);
    });
  }

  const confusable: readonly (readonly [string, unknown, unknown])[] = [
    ['a text with a comma and two texts', ['a","b'], ['a', 'b']],
    ['a text that looks like an object', '{"a":1}', { a: 1 }],
    ['an empty list and an empty object', [], {}],
    ['null and the text null', null, 'null'],
  ];
  for (const [name, one, other] of confusable) {
    test(`not confused: ${name}`, () => {
      const forms = [one, other].map((Action) => statementFrom({ Action }).canonical);
      assert.notEqual(forms[0], forms[1]);
    });
  }
});

suite('Statement: identity', () => {
  test('two equal statements have two identities, since their places differ', () => {
    const [first, second] = policyWith(base, base).statements;
    assert.equal(first?.canonical, second?.canonical);
    assert.notEqual(first?.identity, second?.identity);
  });

  test('it stays when other statements change', () => {
    const before = policyWith(base, { Sid: 'other' }).statements[0];
    const after = policyWith(base, { Sid: 'changed' }, { Sid: 'more' }).statements[0];
    assert.equal(before?.identity, after?.identity);
  });

  test('it is safe to use as a key in an id: index, dash, hex digits', () => {
    assert.match(statementFrom({ Sid: '<b>"/\\ \n' }).identity, /^0-[0-9a-f]{16}$/);
  });

  test('1,000 statements have 1,000 digests', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({ Sid: `s${at}` }));
    const digests = policyWith(...many).statements.map(({ identity }) => identity.split('-')[1]);
    assert.equal(new Set(digests).size, 1_000);
  });
});

suite('findSame', () => {
  const wanted = policyWith({ Sid: 'a' }, base, { Sid: 'c' }).statements[1];
  assert.ok(wanted);
  const rows: readonly (readonly [string, readonly unknown[], number | undefined])[] = [
    ['in its place', [{ Sid: 'x' }, base, { Sid: 'y' }], 1],
    ['moved to the front', [base, { Sid: 'a' }], 0],
    ['moved to the end', [{ Sid: 'a' }, { Sid: 'b' }, { Sid: 'c' }, base], 3],
    ['of two equal ones the one in its place', [base, base, base], 1],
    ['of two equal ones elsewhere the first', [base, { Sid: 'x' }, base], 0],
    ['written in another way', [JSON.stringify(base, null, 2)], 0],
    ['not one with the same Sid and another condition', [{ ...base, Condition: {} }], undefined],
    ['not in an empty policy', [], undefined],
  ];
  for (const [name, statements, index] of rows) {
    test(name, () => {
      assert.equal(findSame(policyWith(...statements).statements, wanted)?.index, index);
    });
  }
});
