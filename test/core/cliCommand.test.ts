import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cliCommand, cliLogLine, quote } from '../../src/core/cliCommand';

suite('cliCommand', () => {
  const policy = '{"Version":"2012-10-17","Statement":[]}';
  const commands: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    [
      'lambda:RemovePermission',
      { FunctionName: 'orders', Qualifier: 'live', StatementId: 's3', RevisionId: 'a-1' },
      'aws lambda remove-permission --function-name orders --qualifier live --statement-id s3 --revision-id a-1',
    ],
    [
      'lambda:AddPermission',
      {
        FunctionName: 'orders',
        StatementId: 'url',
        Action: 'lambda:InvokeFunction',
        Principal: '*',
        PrincipalOrgID: 'o-abcdefghij',
        SourceArn: 'arn:aws:s3:::bucket',
        SourceAccount: '111122223333',
        EventSourceToken: 'amzn1.ask.skill.1',
        FunctionUrlAuthType: 'AWS_IAM',
        InvokedViaFunctionUrl: true,
      },
      "aws lambda add-permission --function-name orders --statement-id url --action lambda:InvokeFunction --principal '*' --principal-org-id o-abcdefghij --source-arn arn:aws:s3:::bucket --source-account 111122223333 --event-source-token amzn1.ask.skill.1 --function-url-auth-type AWS_IAM --invoked-via-function-url",
    ],
    [
      'lambda:AddPermission',
      { FunctionName: 'orders', InvokedViaFunctionUrl: false, Qualifier: undefined },
      'aws lambda add-permission --function-name orders --no-invoked-via-function-url',
    ],
    [
      'lambda:GetLayerVersionPolicy',
      { LayerName: 'common', VersionNumber: 3 },
      'aws lambda get-layer-version-policy --layer-name common --version-number 3',
    ],
    [
      'lambda:PutResourcePolicy',
      { ResourceArn: 'arn:aws:lambda:eu-west-1:111122223333:function:orders:live', Policy: policy },
      `aws lambda put-resource-policy --resource-arn arn:aws:lambda:eu-west-1:111122223333:function:orders:live --policy '${policy}'`,
    ],
    [
      'sqs:SetQueueAttributes',
      {
        QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q',
        Attributes: { Policy: '' },
      },
      `aws sqs set-queue-attributes --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/q --attributes '{"Policy":""}'`,
    ],
    [
      'sqs:AddPermission',
      { Label: '-x', AWSAccountIds: ['111122223333', '444455556666'], Actions: ['*'] },
      "aws sqs add-permission --label=-x --aws-account-ids 111122223333 444455556666 --actions '*'",
    ],
    [
      'sqs:AddPermission',
      { AWSAccountIds: ['-1', "it's"], Actions: [] },
      `aws sqs add-permission --aws-account-ids '["-1","it'\\''s"]' --actions '[]'`,
    ],
    ['lambda:ListFunctions', {}, 'aws lambda list-functions --no-paginate'],
    [
      'sqs:ListQueues',
      { MaxResults: 1000, NextToken: 'a=' },
      'aws sqs list-queues --max-results 1000 --next-token a= --no-paginate',
    ],
    ['sts:GetCallerIdentity', {}, 'aws sts get-caller-identity'],
    [
      'lambda:GetPolicy',
      { FunctionName: 'file:///etc/passwd' },
      `aws lambda get-policy --cli-input-json '{"FunctionName":"file:///etc/passwd"}'`,
    ],
  ];
  for (const [operation, input, expected] of commands) {
    test(expected, () => {
      assert.equal(cliCommand(operation, input, {}), expected);
    });
  }

  test('names profile, region and endpoint', () => {
    const place = { profile: "o'brien", region: 'eu-west-1', endpoint: 'http://localhost:4566' };
    assert.equal(
      cliCommand('sts:GetCallerIdentity', {}, place),
      `aws sts get-caller-identity --profile 'o'\\''brien' --region eu-west-1 --endpoint-url http://localhost:4566`,
    );
  });

  const nasty: readonly string[] = [
    '',
    ' ',
    "'",
    "''",
    "a'b'c",
    '"',
    '\\',
    "\\'",
    '$HOME',
    '$(touch x)',
    '`id`',
    '${x:-y}',
    '!!',
    'a;b&c|d>e<f',
    '*',
    '?[a]{b,c}',
    '~',
    '~root',
    '=ls',
    '#x',
    'a\nb',
    'a\r\n\tb',
    '-n',
    '--help',
    '%s%d',
    'é€😀',
    '\u202e',
    '\u0001\u001b[31m',
    JSON.stringify({ Sid: 'it\'s "$(x)"' }),
  ];
  for (const text of nasty) {
    test(`a shell reads ${JSON.stringify(text)} as it was`, () => {
      const script = `printf '%s|' ${quote(text)} ${quote(`a${text}`)}`;
      const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
      assert.equal(read, `${text}|a${text}|`);
    });
  }

  test('a whole command keeps every value as one word', () => {
    const values = Object.fromEntries(nasty.map((text, i) => [`V${i}`, text]));
    const line = cliCommand('lambda:GetPolicy', values, {});
    const read = execFileSync('sh', ['-c', `aws() { printf '%s\\037' "$@"; }; ${line}`], {
      encoding: 'utf8',
    });
    const words = read.split('\u001f').slice(2, -1);
    const expected = nasty.flatMap((text, i) =>
      text.startsWith('-') ? [`--v${i}=${text}`] : [`--v${i}`, text],
    );
    assert.deepEqual(words, expected);
  });
});

suite('cliLogLine', () => {
  const secret = 'amzn1.ask.skill.secret';

  test('leaves policies and tokens out', () => {
    const policy = `{"Statement":[{"Sid":"é"}]}`;
    assert.equal(
      cliLogLine('lambda:PutResourcePolicy', { ResourceArn: 'arn', Policy: policy }, {}),
      'aws lambda put-resource-policy --resource-arn arn --policy file://policy.json # policy.json: 28 bytes',
    );
    assert.equal(
      cliLogLine('sqs:SetQueueAttributes', { Attributes: { Policy: policy } }, { region: 'r' }),
      'aws sqs set-queue-attributes --attributes file://attributes.json --region r # attributes.json: 47 bytes',
    );
    assert.equal(
      cliLogLine('lambda:AddPermission', { FunctionName: 'f', EventSourceToken: secret }, {}),
      "aws lambda add-permission --function-name f --event-source-token '***'",
    );
  });

  test('says that a policy is taken away', () => {
    assert.equal(
      cliLogLine('sqs:SetQueueAttributes', { Attributes: { Policy: '' } }, {}),
      `aws sqs set-queue-attributes --attributes '{"Policy":""}'`,
    );
  });

  test('is otherwise the command', () => {
    const input = { FunctionName: "f'", Qualifier: '1', InvokedViaFunctionUrl: false, N: 3 };
    assert.equal(
      cliLogLine('lambda:GetPolicy', input, { profile: 'p' }),
      cliCommand('lambda:GetPolicy', input, { profile: 'p' }),
    );
  });
});
