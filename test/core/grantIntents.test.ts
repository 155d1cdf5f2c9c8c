import assert from 'node:assert/strict';
import type { Answers } from '../../src/core/grantAnswers';
import {
  noAnswers,
  optionObstacle,
  withOptions,
  withService,
  withSourceArn,
  withUse,
  withWho,
} from '../../src/core/grantAnswers';
import {
  answersProblem,
  functionIntent,
  functionStatementIds,
  layerIntent,
  queueIntent,
} from '../../src/core/grantIntents';
import { publicUrlIds } from '../../src/core/grantNames';
import type { ChangeIntent } from '../../src/core/plan';
import { statementsOf } from '../../src/core/policy';
import { policyWith } from './statements';

const queueArn = 'arn:aws:sqs:eu-west-1:123456789012:jobs';
const bucket = 'arn:aws:s3:::uploads';
const org = 'o-a1b2c3d4e5';
const s3 = withOptions(withService(noAnswers, 's3.amazonaws.com'), {
  sourceArn: bucket,
  sourceAccount: '123456789012',
});

function who(as: Answers['who'], more: Partial<Answers> = {}): Answers {
  return { ...withWho(noAnswers, as), ...more };
}

function grants(intent: ChangeIntent) {
  return intent.type === 'add' ? intent.grants : assert.fail(intent.type);
}

suite('What the answers come to: a function', () => {
  const base = { kind: 'lambdaFunction', action: 'lambda:InvokeFunction' };
  const rows: readonly (readonly [string, Answers, object])[] = [
    [
      'a service with its source',
      s3,
      {
        statementId: 's3-uploads',
        principal: 's3.amazonaws.com',
        sourceArn: bucket,
        sourceAccount: '123456789012',
      },
    ],
    [
      'an account',
      who('account', { accountId: '210987654321' }),
      { statementId: 'account-210987654321', principal: '210987654321' },
    ],
    [
      'a role',
      who('identity', { identityArn: 'arn:aws:iam::210987654321:role/r' }),
      { statementId: 'role-r', principal: 'arn:aws:iam::210987654321:role/r' },
    ],
    [
      'an organization',
      withOptions(who('organization'), { principalOrgId: org }),
      { statementId: `organization-${org}`, principal: '*', principalOrgId: org },
    ],
    ['everyone', who('everyone'), { statementId: 'everyone', principal: '*' }],
    [
      'another action',
      withUse(who('everyone'), 'action', 'lambda:GetFunction'),
      { statementId: 'everyone', principal: '*', action: 'lambda:GetFunction' },
    ],
    [
      'one half of a URL, for those who sign',
      withUse(who('everyone'), 'action', 'lambda:InvokeFunctionUrl'),
      {
        statementId: 'everyone',
        principal: '*',
        action: 'lambda:InvokeFunctionUrl',
        functionUrlAuthType: 'AWS_IAM',
      },
    ],
    [
      'options',
      withOptions(who('everyone'), { invokedViaFunctionUrl: false, eventSourceToken: 't' }),
      {
        statementId: 'everyone',
        principal: '*',
        invokedViaFunctionUrl: false,
        eventSourceToken: 't',
      },
    ],
    [
      'a statement ID of its own',
      { ...s3, options: {}, statementIds: ['mine'] },
      { statementId: 'mine', principal: 's3.amazonaws.com' },
    ],
  ];
  for (const [name, answers, expected] of rows) {
    test(name, () => {
      assert.deepEqual(grants(functionIntent(answers, [])), [{ ...base, ...expected }]);
    });
  }

  test('a public URL is two permissions, whatever was answered before', () => {
    const answers = withUse(s3, 'publicUrl', 'lambda:InvokeFunction');
    assert.deepEqual(grants(functionIntent(answers, [])), [
      {
        ...base,
        statementId: 'FunctionURLAllowPublicAccess',
        action: 'lambda:InvokeFunctionUrl',
        principal: '*',
        functionUrlAuthType: 'NONE',
      },
      {
        ...base,
        statementId: 'FunctionURLInvokeAllowPublicAccess',
        principal: '*',
        invokedViaFunctionUrl: true,
      },
    ]);
  });

  test('their statement IDs are free ones, and can be chosen', () => {
    const answers = withUse(noAnswers, 'publicUrl', 'lambda:InvokeFunction');
    assert.deepEqual(functionStatementIds(answers, [publicUrlIds.url]), [
      'FunctionURLAllowPublicAccess-2',
      'FunctionURLInvokeAllowPublicAccess',
    ]);
    const chosen = { ...answers, statementIds: [undefined, 'second'] };
    const ids = grants(functionIntent(chosen, [])).map(({ statementId }) => statementId);
    assert.deepEqual(ids, ['FunctionURLAllowPublicAccess', 'second']);
  });

  test('a URL with AWS_IAM is two permissions for whoever signs', () => {
    const account = who('account', { accountId: '210987654321' });
    const answers = withUse(account, 'signedUrl', 'lambda:InvokeFunction');
    assert.deepEqual(grants(functionIntent(answers, ['url-account-210987654321'])), [
      {
        ...base,
        statementId: 'url-account-210987654321-2',
        action: 'lambda:InvokeFunctionUrl',
        principal: '210987654321',
        functionUrlAuthType: 'AWS_IAM',
      },
      {
        ...base,
        statementId: 'url-invoke-account-210987654321',
        principal: '210987654321',
        invokedViaFunctionUrl: true,
      },
    ]);
  });
});

suite('What the answers come to: a layer version', () => {
  const base = { kind: 'layerVersion' };
  const rows: readonly (readonly [string, Answers, object])[] = [
    [
      'an account',
      who('account', { accountId: '210987654321' }),
      { statementId: 'account-210987654321', principal: '210987654321' },
    ],
    [
      'the root of an account',
      who('account', { accountId: 'arn:aws:iam::210987654321:root' }),
      { statementId: 'account-210987654321', principal: 'arn:aws:iam::210987654321:root' },
    ],
    [
      'an organization',
      withOptions(who('organization'), { principalOrgId: org }),
      { statementId: `organization-${org}`, principal: '*', organizationId: org },
    ],
    ['everyone', who('everyone'), { statementId: 'everyone', principal: '*' }],
  ];
  for (const [name, answers, expected] of rows) {
    test(name, () => {
      assert.deepEqual(grants(layerIntent(answers, [])), [{ ...base, ...expected }]);
    });
  }
});

suite('What the answers come to: a queue', () => {
  test('accounts by the call that is made for them', () => {
    const accountIds = ['210987654321', '999988887777'];
    const actions = ['ReceiveMessage', 'DeleteMessage'];
    const answers = who('accounts', { accountIds, queueActions: actions });
    assert.deepEqual(queueIntent(answers, [], queueArn), {
      type: 'add',
      grants: [
        {
          kind: 'sqsQueue',
          statementId: 'accounts-210987654321-999988887777',
          accountIds,
          actions,
        },
      ],
    });
  });

  const base = `"Effect":"Allow","Principal":`;
  const rows: readonly (readonly [string, Answers, string])[] = [
    [
      'a topic; what services do is to send',
      { ...withSourceArn(s3, 'arn:aws:sns:eu-west-1:123456789012:orders'),
        service: 'sns.amazonaws.com', queueActions: ['PurgeQueue'] },
      `{"Sid":"sns-orders",${base}{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"${queueArn}","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:eu-west-1:123456789012:orders"}}}`,
    ],
    [
      'a bucket and its account',
      s3,
      `{"Sid":"s3-uploads",${base}{"Service":"s3.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"${queueArn}","Condition":{"ArnEquals":{"aws:SourceArn":"${bucket}"},"StringEquals":{"aws:SourceAccount":"123456789012"}}}`,
    ],
    [
      'rules by a pattern',
      withSourceArn(withService(noAnswers, 'events.amazonaws.com'), 'arn:aws:events:eu-west-1:123456789012:rule/a*'),
      `{"Sid":"events-a",${base}{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"${queueArn}","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:eu-west-1:123456789012:rule/a*"}}}`,
    ],
    [
      'a service without conditions',
      withService(noAnswers, 'sns.amazonaws.com'),
      `{"Sid":"sns",${base}{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"${queueArn}"}`,
    ],
    [
      'a role, several actions',
      who('identity', { identityArn: 'arn:aws:iam::210987654321:role/r', queueActions: ['SendMessage', 'GetQueueUrl'] }),
      `{"Sid":"role-r",${base}{"AWS":"arn:aws:iam::210987654321:role/r"},"Action":["sqs:SendMessage","sqs:GetQueueUrl"],"Resource":"${queueArn}"}`,
    ],
    [
      'an organization',
      withOptions(who('organization', { queueActions: ['*'] }), { principalOrgId: org }),
      `{"Sid":"organization-${org}",${base}"*","Action":"sqs:*","Resource":"${queueArn}","Condition":{"StringEquals":{"aws:PrincipalOrgID":"${org}"}}}`,
    ],
    [
      'everyone',
      who('everyone'),
      `{"Sid":"everyone",${base}"*","Action":"sqs:SendMessage","Resource":"${queueArn}"}`,
    ],
  ]; // prettier-ignore
  for (const [name, answers, text] of rows) {
    test(`with the whole policy: ${name}`, () => {
      const intent = queueIntent(answers, [], queueArn);
      assert.deepEqual(intent, { type: 'insert', texts: [text] });
      assert.equal(statementsOf(policyWith(text)).length, 1);
    });
  }
});

suite('Answers that are changed', () => {
  const full = withOptions(s3, { invokedViaFunctionUrl: true, principalOrgId: org });

  test('the same answer again keeps the rest', () => {
    assert.equal(withWho(full, 'service'), full);
    assert.equal(withService(full, 's3.amazonaws.com'), full);
    assert.equal(withSourceArn(full, bucket), full);
    assert.equal(withUse(full, 'action', 'lambda:InvokeFunction'), full);
  });

  test('who: what belonged to the other goes', () => {
    assert.deepEqual(withWho(full, 'account').options, { invokedViaFunctionUrl: true });
  });

  test('service and source: their conditions go', () => {
    const kept = { invokedViaFunctionUrl: true, principalOrgId: org };
    assert.deepEqual(withService(full, 'sns.amazonaws.com').options, kept);
    const other = 'arn:aws:s3:::other';
    assert.deepEqual(withSourceArn(full, other).options, { ...kept, sourceArn: other });
  });

  test('action: the auth type goes and comes with its action', () => {
    const url = withUse(full, 'action', 'lambda:InvokeFunctionUrl');
    assert.deepEqual(url.options, { ...full.options, functionUrlAuthType: 'AWS_IAM' });
    const none = withOptions(url, { functionUrlAuthType: 'NONE' });
    assert.equal(withUse(none, 'action', 'lambda:InvokeFunctionUrl'), none);
    assert.deepEqual(withUse(none, 'action', 'lambda:GetFunction').options, full.options);
  });

  test('an option is cleared by undefined', () => {
    const cleared = withOptions(full, { sourceArn: undefined });
    assert.equal('sourceArn' in cleared.options, false);
  });
});

suite('Options that do not go together', () => {
  test('the auth type needs its action', () => {
    const url = withUse(noAnswers, 'action', 'lambda:InvokeFunctionUrl');
    assert.equal(optionObstacle(url, 'functionUrlAuthType'), undefined);
    const problem = { code: 'authTypeNeedsUrlAction' };
    assert.deepEqual(optionObstacle(noAnswers, 'functionUrlAuthType'), problem);
  });

  test('a token and a source exclude each other, both ways', () => {
    const problem = { code: 'tokenExcludesSource' };
    const token = withOptions(noAnswers, { eventSourceToken: 't' });
    assert.deepEqual(optionObstacle(s3, 'eventSourceToken'), problem);
    assert.deepEqual(optionObstacle(token, 'sourceArn'), problem);
    assert.deepEqual(optionObstacle(token, 'sourceAccount'), problem);
    for (const option of ['principalOrgId', 'invokedViaFunctionUrl', 'eventSourceToken'] as const) {
      assert.equal(optionObstacle(token, option), undefined);
    }
    assert.equal(optionObstacle(s3, 'sourceArn'), undefined);
  });

  test('all of it together is checked before the statement ID', () => {
    assert.equal(answersProblem(s3), undefined);
    const both = withOptions(s3, { eventSourceToken: 't' });
    assert.deepEqual(answersProblem(both), { code: 'tokenExcludesSource' });
    const sourceArn = 'arn:aws:sns:eu-west-1:999988887777:t';
    assert.equal(answersProblem(withOptions(s3, { sourceArn }))?.code, 'otherAccount');
  });
});
