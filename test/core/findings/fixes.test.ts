import assert from 'node:assert/strict';
import type { FindingFix } from '../../../src/core/findings/fixes';
import { fixesFor } from '../../../src/core/findings/fixes';
import { isOpenToAnonymous } from '../../../src/core/findings/grantable';
import { grantStatementText } from '../../../src/core/grantStatement';
import type { Trust } from '../../../src/core/findings/finding';
import type { Resource } from '../../../src/core/resource';
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

const nobody: Trust = { accounts: new Set(), organizations: new Set() };
const sns = { Service: 'sns.amazonaws.com' };

function fixesOf(resource: Resource, text: string, trust = nobody): readonly FindingFix[] {
  const [first] = findingsOf(resource, text, { trust });
  return fixesFor(first ?? assert.fail('nothing was found'), text, trust, 0);
}

function narrowed(resource: Resource, text: string, trust = nobody): string {
  const fix = fixesOf(resource, text, trust).find(({ type }) => type === 'narrow');
  return fix?.type === 'narrow' ? fix.text : assert.fail('it is not narrowed');
}

const types = (fixes: readonly FindingFix[]) => fixes.map(({ type }) => type);

suite('Fixes of findings', () => {
  const forms: readonly (readonly [string, string])[] = [
    ['in one line', policyText([allow(aQueue, { Principal: sns }), allow(aQueue, { Sid: 'x', Principal: { AWS: own } })])],
    ['outside a list', JSON.stringify({ Version: '2012-10-17', Statement: allow(aQueue, { Principal: sns }) })],
    ['indented', JSON.stringify({ Statement: [allow(aQueue, { Principal: sns })], Version: '2012-10-17' }, null, 4)],
    ['with tabs and CRLF', JSON.stringify({ Version: '2012-10-17', Statement: [allow(aQueue, { Principal: sns })] }, null, '\t').replaceAll('\n', '\r\n')],
    ['with an empty condition', policyText([allow(aQueue, { Principal: sns, Condition: {} })])],
    ['with other conditions', policyText([allow(aQueue, { Principal: sns, Condition: { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })])],
  ]; // prettier-ignore
  for (const [name, text] of forms) {
    test(`a condition more, ${name}: the finding is gone, and nothing else has changed`, () => {
      assert.match(findingsOf(aQueue, text).map(brief).join(), /^confused-deputy/);
      const after = narrowed(aQueue, text);
      assert.deepEqual(findingsOf(aQueue, after), []);
      const without = after.replace(/,?\s*"Condition":\s*\{\s*"StringEquals":\s*\{\s*"aws:SourceAccount":\s*"\d+"\s*\}\s*\}/, ''); // prettier-ignore
      const plain = (json: string) => json.replace(/\s/g, '');
      if (!/Condition/.test(text)) assert.equal(plain(without), plain(text));
      const line = /\r\n|\n/.exec(text)?.[0];
      if (line) assert.ok(after.split(line).length > text.split(line).length, after);
      else assert.ok(!/[\r\n]/.test(after));
    });
  }

  test('everyone becomes the own account, or the organisation that is trusted', () => {
    const text = policyText([allow(aFunction)]);
    assert.match(narrowed(aFunction, text), /"aws:PrincipalAccount":"123456789012"/);
    const trust = { ...nobody, organizations: new Set(['o-abcdefghij']) };
    const after = narrowed(aFunction, text, trust);
    assert.match(after, /"aws:PrincipalOrgID":"o-abcdefghij"/);
    assert.deepEqual(findingsOf(aFunction, after, { trust }), []);
  });

  test('no condition where it would shut out others, or change something else', () => {
    const texts = [
      policyText([allow(aQueue, { Principal: { ...sns, AWS: `arn:aws:iam::${own}:role/x` } })]),
      policyText([allow(aQueue, { Principal: { AWS: '*', ...sns } })]),
      policyText([allow(aQueue, { Principal: { Service: 'alexa-appkit.amazon.com' } })]),
      policyText([allow(aQueue, { Principal: undefined, NotPrincipal: { AWS: own } })]),
      `{"Statement":[],"Version":"2012-10-17","Statement":[${JSON.stringify(allow(aQueue, { Principal: sns }))}]}`,
    ];
    for (const text of texts) assert.ok(!types(fixesOf(aQueue, text)).includes('narrow'), text);
  });

  test('who is one of several goes alone, first', () => {
    const fixes = (resource: Resource, statement: unknown) =>
      fixesOf(resource, policyText([statement]));
    type Elements = Readonly<Record<string, unknown>>;
    const several: readonly (readonly [Resource, Elements, Elements])[] = [
      [aQueue, { Principal: { AWS: [other, `arn:aws:iam::${own}:role/x`] } }, { Principal: { AWS: [`arn:aws:iam::${own}:role/x`] } }],
      [aFunction, { Principal: { AWS: '*', Service: 'alexa-appkit.amazon.com' } }, { Principal: { Service: 'alexa-appkit.amazon.com' } }],
      [aQueue, { Principal: { AWS: `arn:aws:iam::${own}:role/x`, ...sns } }, { Principal: { AWS: `arn:aws:iam::${own}:role/x` } }],
      [aQueue, { Principal: { AWS: ['AROAEXAMPLEEXAMPLE123', own] } }, { Principal: { AWS: [own] } }],
      [aQueue, { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-aaaaaaaaaa', 'o-bbbbbbbbbb'] } } }, { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-bbbbbbbbbb'] } } }],
    ]; // prettier-ignore
    for (const [resource, before, after] of several) {
      const all = fixes(resource, allow(resource, before));
      const [first] = all.filter(({ type }) => type !== 'narrow');
      assert.ok(first?.type === 'drop', JSON.stringify(before));
      assert.deepEqual(JSON.parse(first.text), JSON.parse(policyText([allow(resource, after)])));
      assert.ok(types(all).includes('remove'));
    }
    assert.ok(!types(fixes(aQueue, allow(aQueue, { Principal: { AWS: other } }))).includes('drop'));
    assert.ok(
      !types(fixes(aLayer, allow(aLayer, { Principal: { AWS: [other, own] } }))).includes('drop'),
    );
  });

  test('half of a function URL becomes a whole, for the same', () => {
    const url = (auth: string, principal: unknown) =>
      allow(aFunction, {
        Sid: 'url', Principal: principal, Action: 'lambda:InvokeFunctionUrl',
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': auth } },
      }); // prettier-ignore
    const call = (principal: unknown, sid = 'call') =>
      allow(aFunction, {
        Sid: sid, Principal: principal,
        Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
      }); // prettier-ignore
    const root = { AWS: `arn:aws:iam::${other}:root` };
    const completed = (statement: unknown) => {
      const text = policyText([statement]);
      const half = findingsOf(aFunction, text).find(
        ({ detail }) => detail.rule === 'function-url-half',
      );
      const fix = fixesFor(half ?? assert.fail('no half'), text, nobody, 0)[0];
      return fix?.type === 'complete' ? fix.grant : undefined;
    };
    const kind = 'lambdaFunction';
    assert.deepEqual(completed(url('NONE', '*')), {
      kind, statementId: 'FunctionURLInvokeAllowPublicAccess', principal: '*',
      action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true,
    }); // prettier-ignore
    assert.deepEqual(completed(url('AWS_IAM', root)), {
      kind, statementId: 'url-call', principal: other,
      action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true,
    }); // prettier-ignore
    assert.deepEqual(completed(call(root)), {
      kind, statementId: 'call-url', principal: other,
      action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'AWS_IAM',
    }); // prettier-ignore
    // Whether the URL is meant to be public nobody said.
    assert.equal(completed(call('*')), undefined);
    const grant = completed(url('AWS_IAM', root)) ?? assert.fail();
    const whole = policyText([
      url('AWS_IAM', root),
      JSON.parse(grantStatementText(grant, aFunction.arn)),
    ]);
    assert.ok(
      !findingsOf(aFunction, whole).some(({ detail }) => detail.rule === 'function-url-half'),
    );
  });

  test('what each rule is mended by, the best first', () => {
    const of = (resource: Resource, ...statements: readonly unknown[]) =>
      types(fixesOf(resource, policyText(statements)));
    assert.deepEqual(of(aFunction, allow(aFunction)), ['remove', 'narrow', 'edit']);
    assert.deepEqual(of(aQueue, allow(aQueue, { Principal: sns })), ['narrow', 'remove', 'edit']);
    assert.deepEqual(of(aLayer, allow(aLayer)), ['remove']);
    const twice = [allow(aFunction, { Principal: sns, Sid: 'a' }), allow(aFunction, { Principal: sns, Sid: 'b' })].map(
      (statement) => ({ ...(statement as object), Condition: { StringEquals: { 'aws:SourceAccount': own } } }),
    ); // prettier-ignore
    assert.deepEqual(of(aFunction, ...twice), ['remove', 'consolidate', 'edit']);
    assert.deepEqual(
      fixesOf(aFunction, 'oops').map(({ type }) => type),
      ['edit'],
    );
  });
});

suite('Callers without an account', () => {
  test('reach queues and function URLs alone', () => {
    assert.ok(isOpenToAnonymous('sqs:SendMessage', 'sqsQueue'));
    assert.ok(isOpenToAnonymous('lambda:InvokeFunctionUrl', 'lambdaFunction'));
    assert.ok(!isOpenToAnonymous('lambda:InvokeFunction', 'lambdaFunction'));
    assert.ok(!isOpenToAnonymous('lambda:GetLayerVersion', 'layerVersion'));
  });
});

suite('Keys of findings', () => {
  const keys = (...statements: readonly unknown[]) =>
    findingsOf(aFunction, policyText(statements)).map(({ key }) => key);
  const open = allow(aFunction, { Sid: 'a' });
  const partner = allow(aFunction, { Sid: 'p', Principal: { AWS: '210987654321' } });

  test('stay the same when a statement moves or gets another ID', () => {
    const moved = { ...(partner as object), Sid: 'q' };
    const without = { ...(open as object), Sid: undefined };
    assert.deepEqual([...keys(moved, without)].sort(), [...keys(open, partner)].sort());
  });

  test('are others when the statement says something else, and for each of two alike', () => {
    const [first] = keys(open);
    const [other] = keys({ ...(open as object), Action: 'lambda:GetFunction' });
    assert.notEqual(first, other);
    const all = keys(open, open);
    assert.equal(new Set(all).size, all.length);
  });
});
