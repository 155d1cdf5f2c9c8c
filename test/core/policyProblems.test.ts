import assert from 'node:assert/strict';
import { matchesPattern } from '../../src/core/actionPatterns';
import type { PolicyIssue } from '../../src/core/policyIssue';
import { policyProblems } from '../../src/core/policyProblems';
import type { PolicyContext } from '../../src/core/policyProblems';
import { toEditable } from '../../src/core/policyStyle';
import type { ResourceKind } from '../../src/core/resource';
import { sampleCompany } from '../../src/sample/company';
import { mutations, Random } from './mutations';

const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:shop';
const arns = { sqsQueue: queueArn, lambdaFunction: functionArn, layerVersion: functionArn };
const actions = {
  sqsQueue: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:SetQueueAttributes'],
  lambdaFunction: ['lambda:InvokeFunction', 'lambda:RemovePermission'],
  layerVersion: [],
};

function find(
  text: string,
  kind: ResourceKind = 'sqsQueue',
  context: Partial<PolicyContext> = {},
): readonly PolicyIssue[] {
  const whole = { resourceArn: arns[kind], actions: actions[kind], ...context };
  return policyProblems(text, kind, whole);
}

/** `code`, with `!` for an error, and the text that it points at. */
function shown(text: string, issues: readonly PolicyIssue[]): readonly string[] {
  return issues.map(({ code, severity, offset, length }) => {
    const mark = severity === 'error' ? '!' : '';
    return `${code}${mark} ${text.slice(offset, offset + length)}`;
  });
}

/** The text after the fix of its only problem. */
function fixed(text: string, issues: readonly PolicyIssue[]): string {
  assert.equal(issues.length, 1, JSON.stringify(issues));
  const edit = issues[0]?.fix?.edit ?? assert.fail('no fix');
  return text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
}

const good = {
  Sid: 'a',
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'sqs:SendMessage',
  Resource: queueArn,
};
const doc = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
const without = (name: keyof typeof good) =>
  doc(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)));

suite('policyProblems', () => {
  test('finds nothing wrong with the policies of the sample account, but for the one that is to be found', () => {
    const company = sampleCompany();
    for (const { name, policies } of company.functions) {
      const arn = `arn:aws:lambda:${company.region}:${company.accountId}:function:${name}`;
      for (const [qualifier, { text }] of Object.entries(policies)) {
        const resourceArn = qualifier === '' ? arn : `${arn}:${qualifier}`;
        const issues = find(text, 'lambdaFunction', { resourceArn, actions: undefined });
        const errors = issues.filter(({ severity }) => severity === 'error');
        assert.deepEqual(errors, [], text);
      }
    }
    for (const { name, policy } of company.queues) {
      const resourceArn = `arn:aws:sqs:${company.region}:${company.accountId}:${name}`;
      const issues = find(policy ?? doc(good), 'sqsQueue', { resourceArn, actions: undefined });
      const errors = issues.filter(({ severity }) => severity === 'error');
      const wrong = name === 'legacy-import' ? ['principalWildcard'] : [];
      assert.deepEqual(
        errors.map(({ code }) => code),
        wrong,
        policy,
      );
    }
    assert.deepEqual(find(doc(good)), []);
    assert.deepEqual(find(toEditable(JSON.stringify(JSON.parse(doc(good))))), []);
  });

  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['a comma too many', '{"Statement": [],}', ['syntax! }']],
    ['a comment', doc(good).replace('{', '{ // mine'), ['syntax! // mine']],
    ['no text', '', ['syntax! ']],
    ['no object', '[]', ['notAnObject! []']],
    ['no list', '{"Version":"2012-10-17"}', ['missingElement! {']],
    ['a list of one', doc(good).replace(/\[\n|\n {2}\]/g, ''), []],
    ['no statements', doc(), ['emptyStatements! []']],
    ['a statement that is none', doc(good).replace(/\[/, '["x",'), ['wrongType! "x"']],
    ['a name twice', doc(good).replace('"Sid"', '"Sid": "b", "Sid"'), ['duplicateName! "Sid"']],
    [
      'a name twice further in',
      doc(good).replace('"AWS"', '"AWS": "*", "AWS"'),
      ['duplicateName! "AWS"'],
    ],
    ['an element nobody knows', doc({ ...good, Note: 1 }), ['unknownElement! "Note"']],
    ['one beside the statements', doc(good).replace('{', '{"X":1,'), ['unknownElement! "X"']],
    ['an unknown version', doc(good).replace('2012', '2020'), ['wrongVersion! "2020-10-17"']],
    ['an effect in small letters', doc({ ...good, Effect: 'allow' }), ['wrongEffect! "allow"']],
    ['no effect', without('Effect'), ['missingElement! {']],
    ['no principal', without('Principal'), ['missingElement! {']],
    ['no action', without('Action'), ['missingElement! {']],
    ['no resource', without('Resource'), ['missingElement! {']],
    ['both forms', doc({ ...good, NotAction: 'sqs:*' }), ['bothForms! {']],
    ['another queue', doc({ ...good, Resource: 'arn:x' }), ['otherResource "arn:x"']],
    ['a pattern of this queue', doc({ ...good, Resource: `${queueArn.slice(0, -2)}*` }), []],
    ['no list of resources', doc({ ...good, Resource: [] }), ['emptyElement! []']],
    ['a Sid with a blank', doc({ ...good, Sid: 'a b' }), ['sidNotRemovable "a b"']],
    ['a Sid that is a number', doc({ ...good, Sid: 1 }), ['wrongType! 1']],
    ['a Sid twice', doc(good, good), ['sharedSid "a"', 'sharedSid "a"']],
    ['everyone', doc({ ...good, Principal: '*' }), []],
    ['a bare principal', doc({ ...good, Principal: 'root' }), ['barePrincipal! "root"']],
    ['a list of principals', doc({ ...good, Principal: ['*'] }), ['wrongType! [\n        "*"\n      ]']],
    ['a type nobody knows', principal('Aws', '*'), ['unknownElement! "Aws"']],
    ['an account as a number', principal('AWS', 111122223333), ['numericAccount! 111122223333']],
    ['an account too short', principal('AWS', '1111'), ['invalidAccount! "1111"']],
    ['an ARN of nobody', principal('AWS', 'arn:aws:s3:::b'), ['invalidPrincipalArn! "arn:aws:s3:::b"']],
    ['a role', principal('AWS', 'arn:aws:iam::111122223333:role/a/b'), []],
    ['a session', principal('AWS', 'arn:aws:sts::111122223333:assumed-role/a/b'), []],
    ['an origin', principal('AWS', 'arn:aws:iam::cloudfront:user/CloudFront Origin X'), []],
    ['any role', principal('AWS', 'arn:aws:iam::111122223333:role/*'), ['principalWildcard! "arn:aws:iam::111122223333:role/*"']],
    ['an account in an ARN', principal('AWS', 'arn:aws:iam::11:root'), ['invalidAccount! "arn:aws:iam::11:root"']],
    ['a deleted role', principal('AWS', 'AROAEXAMPLEEXAMPLE12'), ['unresolvedPrincipal "AROAEXAMPLEEXAMPLE12"']],
    ['a service', principal('Service', 'events.amazonaws.com'), []],
    ['the service of Alexa', principal('Service', 'alexa-appkit.amazon.com'), []],
    ['a service in the European cloud', principal('Service', 'events.amazonaws-eusc.eu'), []],
    ['half a service', principal('Service', 'events'), ['notAService "events"']],
    ['all but', doc({ ...good, Principal: undefined, NotPrincipal: { AWS: '111122223333' } }), ['allowsAllBut {\n        "AWS": "111122223333"\n      }']],
    ['any action', doc({ ...good, Action: ['*', 'SQS:send*', 'sqs:???dMessage'] }), []],
    ['a slip in an action', doc({ ...good, Action: 'sqs:SendMesage' }), ['unknownAction "sqs:SendMesage"']],
    ['an action without service', doc({ ...good, Action: 'SendMessage' }), ['bareAction! "SendMessage"']],
    ['an action of another', doc({ ...good, Action: 'sns:Publish' }), ['foreignAction "sns:Publish"']],
    ['no actions', doc({ ...good, Action: [] }), ['emptyElement! []']],
    ['an unknown operator', condition('StringEqual'), ['unknownOperator! "StringEqual"']],
    ['operators with all their forms', condition('ForAnyValue:stringLikeIfExists'), []],
    ['a condition that is none', doc({ ...good, Condition: 'x' }), ['wrongType! "x"']],
    ['an operator without keys', doc({ ...good, Condition: { Bool: true } }), ['wrongType! true']],
  ]; // prettier-ignore

  for (const [name, text, expected] of cases) {
    test(name, () => assert.deepEqual(shown(text, find(text)), expected));
  }

  test('no version: the one for new policies goes before all else', () => {
    const text = doc(good).replace('\n  "Version": "2012-10-17",', '');
    const issues = find(text);
    assert.deepEqual(shown(text, issues), ['missingElement {']);
    assert.equal(fixed(text, issues), doc(good));
  });

  suite('what mends it', () => {
    const mended: readonly (readonly [string, string])[] = [
      ['"Efect"', '"Effect"'],
      ['"resource"', '"Resource"'],
      ['"ALLOW"', '"Allow"'],
      ['111122223333', '"111122223333"'],
      ['11122223333', '"011122223333"'],
      ['"1111-2222-3333"', '"111122223333"'],
      ['"SendMessage"', '"sqs:SendMessage"'],
      ['"sqs:SendMesage"', '"sqs:SendMessage"'],
      ['"2012-10-18"', '"2012-10-17"'],
      ['"arn:aws:sqs:eu-west-1:123456789012:job"', JSON.stringify(queueArn)],
    ];
    for (const [wrong, right] of mended) {
      test(`${wrong} → ${right}`, () => {
        const text = doc(good)
          .replace('"111122223333"', right.includes('0111') ? '"011122223333"' : '"111122223333"')
          .replace(right, wrong);
        const issue = find(text).find(({ fix }) => fix?.put === right);
        assert.ok(issue?.fix, JSON.stringify(find(text)));
        const { offset, length, text: put } = issue.fix.edit;
        assert.equal(text.slice(offset, offset + length), wrong);
        assert.equal(put, right);
      });
    }

    test('the resource is put in as the others stand', () => {
      const text = without('Resource');
      assert.equal(fixed(text, find(text)), doc(good));
      const line = JSON.stringify(JSON.parse(text));
      assert.deepEqual(JSON.parse(fixed(line, find(line))), JSON.parse(doc(good)));
      const none = doc({});
      const fix = find(none).find(({ fix: each }) => each)?.fix;
      assert.equal(fix?.put, `"Resource": "${queueArn}"`);
    });

    test('a name is not mended into one that is there already', () => {
      const text = doc({ ...good, Actions: 'x' });
      assert.deepEqual(shown(text, find(text)), ['unknownElement! "Actions"']);
      assert.equal(find(text)[0]?.fix, undefined);
    });
  });

  test('for a function an empty list means that the policy goes', () => {
    const issues = find(doc(), 'lambdaFunction');
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [['emptyStatements', 'warning']],
    );
  });

  suite('a Deny that locks the owner out', () => {
    const locks = (statement: object, kind: ResourceKind = 'sqsQueue') => {
      const base = { ...good, Sid: 'd', Effect: 'Deny', Resource: arns[kind] };
      const text = doc({ ...base, Principal: '*', Action: 'sqs:*', ...statement });
      return find(text, kind).some(({ code }) => code === 'locksOwnerOut');
    };

    test('everyone or the own account, without a condition, by any pattern', () => {
      assert.equal(locks({}), true);
      assert.equal(locks({ Action: 'SQS:Set*' }), true);
      assert.equal(locks({ Action: '*' }), true);
      assert.equal(locks({ Principal: { AWS: ['111122223333', '123456789012'] } }), true);
      assert.equal(locks({ Principal: { AWS: 'arn:aws:iam::123456789012:root' } }), true);
      assert.equal(locks({ Action: undefined, NotAction: 'sqs:SendMessage' }), true);
      assert.equal(locks({ Action: 'lambda:Remove*' }, 'lambdaFunction'), true);
    });

    test('others, other actions, or with a condition: not', () => {
      assert.equal(locks({ Effect: 'Allow' }), false);
      assert.equal(locks({ Action: 'sqs:SendMessage' }), false);
      assert.equal(locks({ Principal: { AWS: '111122223333' } }), false);
      assert.equal(locks({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), false);
      assert.equal(locks({ Action: undefined, NotAction: 'sqs:*' }), false);
      const NotPrincipal = { AWS: 'arn:aws:iam::123456789012:root' };
      assert.equal(locks({ Principal: undefined, NotPrincipal }), false);
      assert.equal(locks({ Action: 'lambda:InvokeFunction' }, 'lambdaFunction'), false);
    });
  });

  suite('a Deny that may lock the owner out', () => {
    const found = (Condition: object, more: object = {}, kind: ResourceKind = 'sqsQueue') => {
      const base = { ...good, Sid: 'd', Effect: 'Deny', Resource: arns[kind] };
      const text = doc({ ...base, Principal: '*', Action: 'sqs:*', Condition, ...more });
      return shown(text, find(text, kind));
    };
    const may = ['mayLockOwnerOut "Deny"'];

    test('it spares only those who come from somewhere, or are somebody', () => {
      for (const condition of [
        { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
        { StringNotEqualsIfExists: { 'AWS:SourceVpc': ['vpc-1', 'vpc-2'] } },
        { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
        {
          StringNotEquals: { 'aws:PrincipalOrgID': 'o-1', 'aws:PrincipalAccount': '111122223333' },
        },
        { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/Admin' } },
        { ArnNotEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:t' } },
        { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-1/*' } },
        { Null: { 'aws:SourceVpce': 'true' } },
        {
          StringNotEquals: { 'aws:SourceVpc': 'vpc-1' },
          BoolIfExists: { 'aws:ViaAWSService': 'false' },
        },
      ]) {
        assert.deepEqual(found(condition), may, JSON.stringify(condition));
      }
      const condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };
      assert.deepEqual(found(condition, { Action: 'lambda:*' }, 'lambdaFunction'), may);
    });

    test('anything else narrows it, or spares the owner', () => {
      for (const condition of [
        { Bool: { 'aws:SecureTransport': 'false' } },
        { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
        { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
        { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        { StringNotEquals: { 'aws:PrincipalAccount': ['123456789012', '111122223333'] } },
        { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:*' } },
        {
          StringNotEquals: { 'aws:SourceVpce': 'vpce-1' },
          Bool: { 'aws:SecureTransport': 'false' },
        },
      ]) {
        assert.deepEqual(found(condition), [], JSON.stringify(condition));
      }
      const condition = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } };
      for (const more of [
        { Effect: 'Allow' },
        { Action: 'sqs:SendMessage' },
        { Principal: { AWS: '111122223333' } },
      ]) {
        assert.deepEqual(found(condition, more), [], JSON.stringify(more));
      }
    });
  });

  test('which IDs the calls take depends on the kind', () => {
    const illegal = (Sid: string, kind: ResourceKind) =>
      find(doc({ ...good, Sid }), kind).some(({ code }) => code === 'sidNotRemovable');
    const kinds: readonly ResourceKind[] = ['lambdaFunction', 'layerVersion', 'sqsQueue'];
    const refusedBy = (Sid: string) => kinds.filter((kind) => illegal(Sid, kind));
    assert.deepEqual(refusedBy('a-b_C1'), []);
    assert.deepEqual(refusedBy('a.b'), ['layerVersion', 'sqsQueue']);
    assert.deepEqual(refusedBy('x'.repeat(80)), []);
    assert.deepEqual(refusedBy('x'.repeat(81)), ['sqsQueue']);
    assert.deepEqual(refusedBy('x'.repeat(101)), kinds);
    assert.deepEqual(refusedBy('a b'), kinds);
  });

  test('of a text many times too long only that is said, and at once', () => {
    const many = (count: number) => doc(...Array.from({ length: count }, () => good));
    const began = performance.now();
    const issues = find(many(20_000));
    assert.deepEqual(
      issues.map(({ code, severity }) => [code, severity]),
      [['overLimit', 'error']],
    );
    // Blanks are not sent.
    const blank = doc(good).replace('{', `{${' '.repeat(400_000)}`);
    assert.deepEqual(find(blank), []);
    assert.equal(find(many(900)).filter(({ code }) => code === 'sharedSid').length, 900);
    const took = performance.now() - began;
    assert.ok(took < 2_000, `${took} ms`);
  });

  suite('limits', () => {
    const over = (text: string, kind?: ResourceKind, base?: string) =>
      find(text, kind, { base }).flatMap((issue) =>
        issue.code === 'overLimit'
          ? [`${issue.severity} ${issue.what} ${issue.count}/${issue.limit}`]
          : [],
      );
    const many = (count: number, more: object = {}) =>
      doc(...Array.from({ length: count }, (_, index) => ({ ...good, Sid: `s${index}`, ...more })));

    test('each of SQS', () => {
      assert.deepEqual(over(many(20)), []);
      assert.deepEqual(over(many(21)), ['error statements 21/20']);
      const AWS = Array.from({ length: 51 }, (_, index) => String(111122223333 + index));
      assert.deepEqual(over(doc({ ...good, Principal: { AWS } })), ['error principals 51/50']);
      const Action = Array.from({ length: 8 }, () => 'sqs:SendMessage');
      assert.deepEqual(over(doc({ ...good, Action })), ['error actions 8/7']);
      const keys = Object.fromEntries(AWS.slice(0, 11).map((name) => [`aws:${name}`, 'x']));
      assert.deepEqual(over(doc({ ...good, Condition: { StringLike: keys } })), [
        'error conditions 11/10',
      ]);
    });

    test('the bytes are those that would be sent', () => {
      const text = many(1, { Sid: 'é'.repeat(9_000) });
      const compact = JSON.stringify(JSON.parse(text));
      const bytes = Buffer.byteLength(compact);
      assert.deepEqual(over(text, 'lambdaFunction'), []);
      assert.deepEqual(over(text, 'sqsQueue'), [`error bytes ${bytes}/8192`]);
      const roomy = many(19, { Condition: { StringEquals: { 'aws:a': ['x'.repeat(150)] } } });
      assert.ok(roomy.length > 8_192 && JSON.stringify(JSON.parse(roomy)).length < 8_192);
      assert.deepEqual(over(roomy), []);
      assert.equal(over(roomy, 'sqsQueue', roomy).length, 1);
    });

    test('what is over it already is no reason to refuse', () => {
      assert.deepEqual(over(many(22), 'sqsQueue', many(21)), ['warning statements 22/20']);
    });
  });

  test('what AWS holds already is only warned of', () => {
    const held = doc({ ...good, Note: 1 });
    const severities = (text: string) =>
      find(text, 'sqsQueue', { base: held }).map(({ severity }) => severity);
    assert.deepEqual(severities(held), ['warning']);
    assert.deepEqual(severities(doc({ ...good, Note: 1, Other: 2 })), ['warning', 'error']);
    const issues = find('{ oops', 'sqsQueue', { base: '{ oops' });
    assert.deepEqual(issues[0]?.severity, 'error');
  });

  test('never throws, and points into the text', () => {
    const policies = sampleCompany().queues.map(({ policy }) => policy ?? doc(good));
    for (const text of mutations(policies, 2_000, new Random(11))) {
      for (const { offset, length } of find(text)) {
        assert.ok(offset >= 0 && offset + length <= text.length, text);
      }
    }
    const deep = '['.repeat(100_000);
    assert.deepEqual(
      find(deep).map(({ code }) => code),
      ['tooDeep'],
    );
  });
});

test('patterns are matched in a time that the text sets, not the pattern', () => {
  assert.ok(matchesPattern('*', ''));
  assert.ok(matchesPattern('a*b?d*', 'axxbcd'));
  assert.ok(!matchesPattern('a*b', 'axxbc'));
  assert.ok(!matchesPattern('', 'a'));
  assert.ok(!matchesPattern('a?', 'a'));
  assert.ok(matchesPattern('[a].*', '[a].x'));
  const began = performance.now();
  assert.ok(!matchesPattern('*a'.repeat(500) + 'b', 'a'.repeat(2_000)));
  assert.ok(performance.now() - began < 1_000);
});

function principal(type: string, value: unknown): string {
  return doc({ ...good, Principal: { [type]: value } });
}

function condition(operator: string): string {
  return doc({ ...good, Condition: { [operator]: { 'aws:SourceArn': 'arn:aws:s3:::b' } } });
}
