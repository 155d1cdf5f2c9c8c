import assert from 'node:assert/strict';
import { sampleCompany } from '../../src/sample/company';
import { startSampleAccount } from '../../src/sample/sampleAccount';
import { readState } from '../../src/sample/state';
import { SignedRequester } from '../faults/signedRequest';
import { policyPath } from './harness';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: object;
}

suite('Sample account: the sample company', () => {
  const company = sampleCompany();
  const texts = [
    ...company.functions.flatMap(({ policies }) => Object.values(policies).map(({ text }) => text)),
    ...company.layers.flatMap(({ versions }) =>
      versions.flatMap(({ policy }) => policy?.text ?? []),
    ),
    ...company.queues.flatMap(({ policy }) => policy ?? []),
  ];
  const statements = texts.flatMap(
    (text) => (JSON.parse(text) as { Statement: Statement[] }).Statement,
  );
  const asText = statements.map((statement) => JSON.stringify(statement));

  test('is the same every time, and survives being saved', () => {
    assert.deepEqual(sampleCompany(), company);
    assert.deepEqual(readState(JSON.stringify(company)), JSON.parse(JSON.stringify(company)));
  });

  test('has functions, layers and queues enough, each name once', () => {
    const names = [company.functions, company.layers, company.queues].map(
      (list) => new Set(list.map(({ name }) => name)).size,
    );
    assert.deepEqual(names, [21, 6, 9]);
  });

  for (const name of [
    'apigateway',
    's3',
    'events',
    'sns',
    'logs',
    'elasticloadbalancing',
    'cognito-idp',
    'config',
    'iot',
  ]) {
    test(`has a trigger of ${name}`, () => {
      assert.ok(asText.some((text) => text.includes(`"Service":"${name}.`)));
    });
  }

  const traits: readonly (readonly [string, (statement: Statement) => boolean])[] = [
    ['a Deny', ({ Effect }) => Effect === 'Deny'],
    ['no Sid', ({ Sid }) => Sid === undefined],
    [
      'everyone, unconditionally',
      (statement) => statement.Principal === '*' && !statement.Condition,
    ],
    [
      'an organisation',
      (statement) => JSON.stringify(statement.Condition ?? {}).includes('aws:PrincipalOrgID'),
    ],
    ['an unresolved principal', (statement) => /"AROA[A-Z0-9]+"/.test(JSON.stringify(statement))],
    ['a Sid of Terraform', ({ Sid }) => /^terraform-\d+$/.test(Sid ?? '')],
    [
      'a Sid of CloudFormation',
      ({ Sid }) => /^tidewater-shop-\w+-[0-9A-Z]{12,13}$/.test(Sid ?? ''),
    ],
    ['a Sid of the console', ({ Sid }) => /^lambda-[0-9a-f-]{36}$/.test(Sid ?? '')],
  ];
  for (const [trait, has] of traits) {
    test(`has a statement with ${trait}`, () => assert.ok(statements.some(has)));
  }

  test('has a public function URL as a pair of statements', () => {
    const pair = asText.filter((text) =>
      /FunctionUrlAuthType":"NONE"|InvokedViaFunctionUrl/.test(text),
    );
    assert.equal(pair.length, 2);
  });

  test('has a policy near the limit and none over it', () => {
    const sizes = company.functions.flatMap(({ policies }) =>
      Object.values(policies).map(({ text }) => Buffer.byteLength(text)),
    );
    const largest = Math.max(...sizes);
    assert.ok(largest > 17_000 && largest <= 20_480, String(largest));
    for (const { policy = '' } of company.queues) assert.ok(Buffer.byteLength(policy) <= 8_192);
  });

  test('has a function with 60 versions of which two have policies', () => {
    const found = company.functions.find(({ versions }) => versions.length === 60);
    const versions = Object.keys(found?.policies ?? {}).filter((key) => /^\d+$/.test(key));
    assert.equal(versions.length, 2);
  });

  test('every qualifier with a policy is there', () => {
    for (const { versions, aliases, policies } of company.functions) {
      const known = new Set(['', ...versions, ...Object.keys(aliases)]);
      for (const qualifier of Object.keys(policies)) assert.ok(known.has(qualifier), qualifier);
    }
  });

  test('has a function, a layer version and a queue without a policy', () => {
    assert.ok(company.functions.some(({ policies }) => Object.keys(policies).length === 0));
    assert.ok(company.layers.some(({ versions }) => versions.some(({ policy }) => !policy)));
    assert.ok(company.queues.some(({ policy }) => policy === undefined));
  });

  test('is what the account holds by itself', async () => {
    const account = await startSampleAccount();
    try {
      const { json } = await new SignedRequester(account).lambda(
        'GET',
        policyPath('order-api', 'live'),
      );
      const order = company.functions.find(({ name }) => name === 'order-api');
      assert.equal(json['Policy'], order?.policies['live']?.text);
    } finally {
      await account.close();
    }
  });
});
