import assert from 'node:assert/strict';
import {
  statementExplanation,
  statementSummary,
  statementTitle,
} from '../../../src/words/statementWords';
import { functionArn, readStatement, readStatements } from './statements';

interface Row {
  readonly what: string;
  readonly source: object;
  readonly summary: string;
  /** The sentence for the effect; `undefined` where the row is not about it. */
  readonly says?: string;
  readonly conditions?: readonly string[];
}

const service = (name: string) => ({ Principal: { Service: name } });
const aws = (value: unknown) => ({ Principal: { AWS: value } });
const equals = (key: string, value: unknown) => ({ Condition: { StringEquals: { [key]: value } } });
const url = { Principal: '*', Action: 'lambda:InvokeFunctionUrl' };
const bucket = 'arn:aws:s3:::reports';

const rows: readonly Row[] = [
  {
    what: 'a service',
    source: {},
    summary: 'Amazon S3 → InvokeFunction',
    says: `Allows Amazon S3: lambda:InvokeFunction on ${functionArn}.`,
  },
  {
    what: 'a service for one source',
    source: { Condition: { ArnLike: { 'AWS:SourceArn': bucket } } },
    summary: 'Amazon S3 → InvokeFunction',
    says: `Allows Amazon S3: lambda:InvokeFunction on ${functionArn}, but only if:`,
    conditions: [`AWS:SourceArn matches "${bucket}"`],
  },
  {
    what: 'a service nobody has named',
    source: service('newthing.amazonaws.com'),
    summary: 'newthing.amazonaws.com → InvokeFunction',
  },
  {
    what: 'a service of one region',
    source: service('logs.eu-central-1.amazonaws.com'),
    summary: 'Amazon CloudWatch Logs (eu-central-1) → InvokeFunction',
  },
  {
    what: 'a service of China',
    source: service('s3.amazonaws.com.cn'),
    summary: 'Amazon S3 → InvokeFunction',
  },
  {
    what: 'a service under another service',
    source: service('lambda.alarms.cloudwatch.amazonaws.com'),
    summary: 'lambda.alarms.cloudwatch.amazonaws.com → InvokeFunction',
  },
  {
    what: 'a name that only looks like a service',
    source: service('s3.amazonaws.com.example.org'),
    summary: 's3.amazonaws.com.example.org → InvokeFunction',
  },
  {
    what: 'a name that every object has',
    source: service('constructor.amazonaws.com'),
    summary: 'constructor.amazonaws.com → InvokeFunction',
  },
  {
    what: 'an account by its root',
    source: aws('arn:aws:iam::210987654321:root'),
    summary: 'Account 210987654321 → InvokeFunction',
  },
  {
    what: 'an account by its ID',
    source: aws('210987654321'),
    summary: 'Account 210987654321 → InvokeFunction',
  },
  {
    what: 'a role with a path',
    source: aws('arn:aws:iam::210987654321:role/ci/deploy/Builder'),
    summary: 'Role Builder of 210987654321 → InvokeFunction',
  },
  {
    what: 'a user',
    source: aws('arn:aws:iam::210987654321:user/ada'),
    summary: 'User ada of 210987654321 → InvokeFunction',
  },
  {
    what: 'a session',
    source: aws('arn:aws:sts::210987654321:assumed-role/Builder/run-7'),
    summary: 'Session Builder/run-7 of 210987654321 → InvokeFunction',
  },
  {
    what: 'an identity of a type of its own',
    source: aws('arn:aws:iam::210987654321:group/people'),
    summary: 'arn:aws:iam::210987654321:group/people → InvokeFunction',
  },
  {
    what: 'an identity provider',
    source: { Principal: { Federated: 'cognito-identity.amazonaws.com' } },
    summary: 'Identity provider cognito-identity.amazonaws.com → InvokeFunction',
  },
  {
    what: 'an unresolved principal',
    source: aws('AROAEXAMPLEGONE000001'),
    summary: 'Unresolved principal AROAEXAMPLEGONE000001 → InvokeFunction',
  },
  {
    what: 'a principal type that is not known',
    source: { Principal: { CanonicalUser: '79a59d' } },
    summary: '79a59d → InvokeFunction',
  },
  {
    what: 'an organisation',
    source: { Principal: '*', ...equals('aws:PrincipalOrgID', 'o-tidewater01') },
    summary: 'Organization o-tidewater01 → InvokeFunction',
    says: `Allows Organization o-tidewater01: lambda:InvokeFunction on ${functionArn}, but only if:`,
    conditions: ['aws:PrincipalOrgID is "o-tidewater01"'],
  },
  {
    what: 'an organisation that may be absent, which limits nobody',
    source: {
      Principal: '*',
      Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-tidewater01' } },
    },
    summary: 'Everyone, with conditions → InvokeFunction',
    conditions: ['aws:PrincipalOrgID is "o-tidewater01" (or the key is absent)'],
  },
  {
    what: 'everyone',
    source: { Principal: '*' },
    summary: 'Everyone → InvokeFunction',
    says: `Allows Everyone: lambda:InvokeFunction on ${functionArn}.`,
  },
  {
    what: 'everyone, the other way to write it',
    source: aws('*'),
    summary: 'Everyone → InvokeFunction',
  },
  {
    what: 'everyone from one account as its source',
    source: { Principal: '*', ...equals('aws:SourceAccount', '123456789012') },
    summary: 'Everyone, with conditions → InvokeFunction',
  },
  {
    what: 'a function URL open to everyone',
    source: { ...url, ...equals('lambda:FunctionUrlAuthType', 'NONE') },
    summary: 'Everyone → InvokeFunctionUrl',
    conditions: ['lambda:FunctionUrlAuthType is "NONE"'],
  },
  {
    what: 'a function URL for whoever signs',
    source: { ...url, ...equals('lambda:FunctionUrlAuthType', 'AWS_IAM') },
    summary: 'Anyone with AWS credentials → InvokeFunctionUrl',
  },
  {
    what: 'a function URL of either kind',
    source: { ...url, ...equals('lambda:FunctionUrlAuthType', ['AWS_IAM', 'NONE']) },
    summary: 'Everyone → InvokeFunctionUrl',
  },
  {
    what: 'the second half of a public function URL',
    source: { Principal: '*', Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } } },
    summary: 'Everyone → InvokeFunction',
    conditions: ['lambda:InvokedViaFunctionUrl is "true"'],
  },
  {
    what: 'a Deny',
    source: { Effect: 'Deny', Principal: '*', Action: 'sqs:*' },
    summary: 'Deny: Everyone → *',
    says: `Denies Everyone: sqs:* on ${functionArn}.`,
  },
  {
    what: 'a Deny with a condition',
    source: {
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Condition: { Bool: { 'aws:SecureTransport': false } },
    },
    summary: 'Deny: Everyone → *',
    says: `Denies Everyone: * on ${functionArn}, whenever:`,
    conditions: ['aws:SecureTransport is "false"'],
  },
  {
    what: 'NotPrincipal',
    source: {
      Effect: 'Deny',
      Principal: undefined,
      NotPrincipal: { AWS: 'arn:aws:iam::123456789012:root' },
    },
    summary: 'Deny: all but Account 123456789012 → InvokeFunction',
    says: `Denies everyone except Account 123456789012: lambda:InvokeFunction on ${functionArn}.`,
  },
  {
    what: 'NotAction',
    source: { Action: undefined, NotAction: ['lambda:GetPolicy', 'lambda:InvokeFunction'] },
    summary: 'Amazon S3 → all but GetPolicy, InvokeFunction',
    says:
      'Allows Amazon S3: every action except lambda:GetPolicy, lambda:InvokeFunction ' +
      `on ${functionArn}.`,
  },
  {
    what: 'NotResource',
    source: { Resource: undefined, NotResource: functionArn },
    summary: 'Amazon S3 → InvokeFunction',
    says: `Allows Amazon S3: lambda:InvokeFunction, on everything except ${functionArn}.`,
  },
  {
    what: 'lists',
    source: {
      Principal: { AWS: ['111111111111', '222222222222', '333333333333', '444444444444'] },
      Action: ['lambda:A', 'sqs:B', 'SQS:C', 'iam:D', 'lambda:E'],
      Resource: ['arn:1', 'arn:2', 'arn:3'],
    },
    summary: 'Account 111111111111, Account 222222222222 and 2 more → A, B and 3 more',
    says:
      'Allows Account 111111111111, Account 222222222222, Account 333333333333 and 1 more: ' +
      'lambda:A, sqs:B, SQS:C, iam:D and 1 more on arn:1, arn:2 and 1 more.',
  },
  {
    what: 'principals of several types',
    source: { Principal: { Service: 'sns.amazonaws.com', AWS: '210987654321' } },
    summary: 'Amazon SNS, Account 210987654321 → InvokeFunction',
  },
  {
    what: 'no principal and no action',
    source: { Principal: {}, Action: [] },
    summary: 'nobody → nothing',
  },
  {
    what: 'an effect that is none',
    source: { Effect: 'allow' },
    summary: 'Amazon S3 → InvokeFunction',
    says: 'Has no effect that can be read: "Effect" is neither "Allow" nor "Deny".',
  },
];

suite('statements in words', () => {
  for (const { what, source, summary, says, conditions } of rows) {
    test(what, () => {
      const statement = readStatement(source);
      const [sentence, ...rest] = statementExplanation(statement);
      assert.equal(statementSummary(statement), summary);
      if (says !== undefined) assert.equal(sentence, says);
      if (conditions) assert.deepEqual(rest, conditions);
    });
  }

  test('a title is the Sid, else the place in the policy', () => {
    const titles = readStatements({ Sid: 'first' }, {}, { Sid: '' }, { Sid: 7 }).map(
      statementTitle,
    );
    assert.deepEqual(titles, ['first', 'Statement 2', 'Statement 3', 'Statement 4']);
  });
});
