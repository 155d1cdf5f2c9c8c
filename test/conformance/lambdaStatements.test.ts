import assert from 'node:assert/strict';
import { bench, grant, policyPath } from './harness';
import { functionArn } from './seed';

interface Form {
  readonly fact: string;
  readonly fields: object;
  readonly principal?: unknown;
  readonly condition?: unknown;
}

const everyone = { Principal: '*' };
const url = { ...everyone, Action: 'lambda:InvokeFunctionUrl' };
const bucket = 'arn:aws:s3:::pictures';
const role = 'arn:aws:iam::210987654321:role/path/Name';
const session = 'arn:aws:sts::210987654321:assumed-role/Name/session';

const forms: readonly Form[] = [
  { fact: 'a service', fields: {}, principal: { Service: 's3.amazonaws.com' } },
  {
    fact: 'a service of amazon.com',
    fields: { Principal: 'alexa-appkit.amazon.com' },
    principal: { Service: 'alexa-appkit.amazon.com' },
  },
  {
    fact: '12 digits become the root of the account',
    fields: { Principal: '210987654321' },
    principal: { AWS: 'arn:aws:iam::210987654321:root' },
  },
  { fact: 'an IAM ARN stays', fields: { Principal: role }, principal: { AWS: role } },
  { fact: 'an STS ARN stays', fields: { Principal: session }, principal: { AWS: session } },
  { fact: 'everyone is a text', fields: everyone, principal: '*' },
  {
    fact: 'SourceArn',
    fields: { SourceArn: bucket },
    condition: { ArnLike: { 'AWS:SourceArn': bucket } },
  },
  {
    fact: 'SourceAccount',
    fields: { SourceAccount: '123456789012' },
    condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' } },
  },
  {
    fact: 'SourceArn and SourceAccount',
    fields: { SourceArn: bucket, SourceAccount: '123456789012' },
    condition: {
      StringEquals: { 'AWS:SourceAccount': '123456789012' },
      ArnLike: { 'AWS:SourceArn': bucket },
    },
  },
  {
    fact: 'PrincipalOrgID',
    fields: { ...everyone, PrincipalOrgID: 'o-abcdefghij' },
    condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
  },
  {
    fact: 'FunctionUrlAuthType NONE',
    fields: { ...url, FunctionUrlAuthType: 'NONE' },
    condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
  },
  {
    fact: 'FunctionUrlAuthType AWS_IAM',
    fields: { ...url, FunctionUrlAuthType: 'AWS_IAM' },
    condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
  },
  {
    fact: 'EventSourceToken',
    fields: { EventSourceToken: 'amzn1.ask.skill.1' },
    condition: { StringEquals: { 'lambda:EventSourceToken': 'amzn1.ask.skill.1' } },
  },
  {
    fact: 'InvokedViaFunctionUrl',
    fields: { ...everyone, InvokedViaFunctionUrl: true },
    condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
  },
  { fact: 'action lambda:*', fields: { Action: 'lambda:*' } },
  { fact: 'action *', fields: { Action: '*' } },
];

suite('Sample account: statements that AddPermission writes', () => {
  const at = bench();

  for (const { fact, fields, principal, condition } of forms) {
    test(fact, async () => {
      const answer = await at.aws.lambda('POST', policyPath('bare', 'live'), {
        ...grant,
        ...fields,
      });
      assert.equal(answer.status, 201, answer.body);
      const written = JSON.parse(String(answer.json['Statement'])) as Record<string, unknown>;
      if (principal !== undefined) assert.deepEqual(written['Principal'], principal);
      assert.deepEqual(written['Condition'], condition);
      assert.equal(written['Resource'], `${functionArn}:bare:live`);
      const keys = ['Sid', 'Effect', 'Principal', 'Action', 'Resource'];
      assert.deepEqual(Object.keys(written), condition ? [...keys, 'Condition'] : keys);
    });
  }

  test('a new policy has Version 2012-10-17 and Id default, and is compact', async () => {
    const answer = await at.aws.lambda('POST', policyPath('bare'), grant);
    const { json } = await at.aws.lambda('GET', policyPath('bare'));
    const statement = String(answer.json['Statement']);
    assert.equal(
      json['Policy'],
      `{"Version":"2012-10-17","Id":"default","Statement":[${statement}]}`,
    );
  });
});
