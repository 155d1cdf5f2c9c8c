import assert from 'node:assert/strict';
import { copyAsCli } from '../../src/core/copyAs/cli';
import { copyAsCloudFormation } from '../../src/core/copyAs/cloudFormation';
import type { CopySubject } from '../../src/core/copyAs/subject';
import { copyAsTerraform } from '../../src/core/copyAs/terraform';
import { grantStatementText } from '../../src/core/grantStatement';
import type { Grant } from '../../src/core/grants';
import type { Resource } from '../../src/core/resource';
import { functionArn, layerArn } from '../conformance/seed';
import { functionNamed, layerVersion, qualified, queueNamed } from '../aws/stores';
import { policyWith } from './statements';

/** Each statement of a policy as it is copied. */
function statementsOf(resource: Resource, ...statements: readonly unknown[]): CopySubject[] {
  const policy = policyWith(...statements);
  return policy.statements.map((statement) => ({
    type: 'statement',
    resource,
    statement,
    policy: policy.text,
  }));
}

function granted(resource: Resource, grant: Grant): CopySubject[] {
  return statementsOf(resource, grantStatementText(grant, resource.arn));
}

function cli(...subjects: readonly CopySubject[]) {
  return copyAsCli(subjects.map((subject) => ({ subject, place: { region: 'eu-west-1' } })));
}

function codes({ notes }: { readonly notes: readonly { readonly code: string }[] }) {
  return notes.map(({ code }) => code);
}

const alias = qualified('orders:live');
const layer = layerVersion('common', 3);
const queue = queueNamed('jobs');

const full: Grant = {
  kind: 'lambdaFunction',
  statementId: 'S3-bucket',
  action: 'lambda:InvokeFunction',
  principal: 's3.amazonaws.com',
  sourceArn: 'arn:aws:s3:::uploads',
  sourceAccount: '111122223333',
};
const url: Grant = {
  kind: 'lambdaFunction',
  statementId: 'url',
  action: 'lambda:InvokeFunctionUrl',
  principal: '*',
  principalOrgId: 'o-abcdefghij',
  functionUrlAuthType: 'NONE',
};
const viaUrl: Grant = {
  kind: 'lambdaFunction',
  statementId: 'via',
  action: 'lambda:InvokeFunction',
  principal: '*',
  invokedViaFunctionUrl: true,
};
const alexa: Grant = {
  kind: 'lambdaFunction',
  statementId: 'alexa',
  action: 'lambda:InvokeFunction',
  principal: 'alexa-appkit.amazon.com',
  eventSourceToken: 'amzn1.ask.skill.1',
};
const organization: Grant = {
  kind: 'layerVersion',
  statementId: 'all-of-us',
  principal: '*',
  organizationId: 'o-abcdefghij',
};
const deny = { Sid: 'no', Effect: 'Deny', Principal: '*', Action: '*', Resource: alias.arn };

suite('a statement as AWS CLI', () => {
  test('is the call that adds it', () => {
    assert.equal(
      cli(...granted(alias, full)).text,
      `aws lambda add-permission --function-name ${functionArn}:orders --qualifier live --statement-id S3-bucket --action lambda:InvokeFunction --principal s3.amazonaws.com --source-arn arn:aws:s3:::uploads --source-account 111122223333 --region eu-west-1`,
    );
    assert.equal(
      cli(...granted(layer, organization)).text,
      `aws lambda add-layer-version-permission --layer-name ${layerArn}:common --version-number 3 --statement-id all-of-us --action lambda:GetLayerVersion --principal '*' --organization-id o-abcdefghij --region eu-west-1`,
    );
    const grant: Grant = {
      kind: 'sqsQueue',
      statementId: 'partner',
      accountIds: ['111122223333'],
      actions: ['SendMessage', 'ReceiveMessage'],
    };
    assert.equal(
      cli(...granted(queue, grant)).text,
      `aws sqs add-permission --queue-url ${queue.queueUrl} --label partner --aws-account-ids 111122223333 --actions SendMessage ReceiveMessage --region eu-west-1`,
    );
    assert.match(cli(...granted(alias, alexa)).text, /--event-source-token amzn1\.ask\.skill\.1 /);
  });

  test('that no call adds is the whole policy, once', () => {
    const subjects = statementsOf(alias, deny, { ...deny, Sid: "it's" });
    const copied = cli(...subjects);
    const [subject] = subjects;
    assert.ok(subject?.type === 'statement');
    const quoted = subject.policy.replaceAll("'", `'\\''`);
    assert.equal(
      copied.text,
      `aws lambda put-resource-policy --resource-arn ${alias.arn} --policy '${quoted}' --region eu-west-1`,
    );
    assert.deepEqual(codes(copied), ['replacesPolicy']);
    const [ofQueue] = statementsOf(queue, { Sid: 'x', Effect: 'Deny' });
    assert.ok(ofQueue);
    assert.match(cli(ofQueue).text, /^aws sqs set-queue-attributes .* --attributes '\{"Policy":"/);
  });

  test('of a layer version that no call adds is said to be none', () => {
    const copied = cli(...statementsOf(layer, { Sid: 'x', Effect: 'Deny' }));
    assert.deepEqual([copied.text, codes(copied)], ['', ['notExpressible']]);
  });
});

suite('the policy of a resource as AWS CLI', () => {
  test('is one command, for a layer version one for each statement', () => {
    const { text } = policyWith(deny, deny);
    assert.match(
      cli({ type: 'policy', resource: alias, policy: text }).text,
      /^aws lambda put-.*$/,
    );
    const grants: readonly Grant[] = [organization, { ...organization, statementId: 'b' }];
    const policy = policyWith(...grants.map((one) => grantStatementText(one, layer.arn))).text;
    const lines = cli({ type: 'policy', resource: layer, policy }).text.split('\n');
    assert.equal(lines.length, 2);
    assert.ok(lines.every((line) => line.startsWith('aws lambda add-layer-version-permission')));
  });
});

suite('the calls of a change as AWS CLI', () => {
  const calls = (resource: Resource, call: Extract<CopySubject, { type: 'calls' }>['calls']) =>
    cli({ type: 'calls', resource, calls: call }).text;

  test('are commands in their order', () => {
    assert.equal(
      calls(alias, [
        { type: 'removeStatement', statementId: 'a.b' },
        { type: 'addStatement', grant: viaUrl },
        { type: 'putPolicy', text: '{}' },
        { type: 'deletePolicy' },
      ]),
      [
        `aws lambda remove-permission --function-name ${functionArn}:orders --qualifier live --statement-id a.b --region eu-west-1`,
        `aws lambda add-permission --function-name ${functionArn}:orders --qualifier live --statement-id via --action lambda:InvokeFunction --principal '*' --invoked-via-function-url --region eu-west-1`,
        `aws lambda put-resource-policy --resource-arn ${alias.arn} --policy '{}' --region eu-west-1`,
        `aws lambda delete-resource-policy --resource-arn ${alias.arn} --region eu-west-1`,
      ].join('\n'),
    );
    assert.equal(
      calls(layer, [{ type: 'removeStatement', statementId: 'a' }]),
      `aws lambda remove-layer-version-permission --layer-name ${layerArn}:common --version-number 3 --statement-id a --region eu-west-1`,
    );
    assert.equal(
      calls(queue, [{ type: 'removeStatement', statementId: 'a' }, { type: 'deletePolicy' }]),
      [
        `aws sqs remove-permission --queue-url ${queue.queueUrl} --label a --region eu-west-1`,
        `aws sqs set-queue-attributes --queue-url ${queue.queueUrl} --attributes '{"Policy":""}' --region eu-west-1`,
      ].join('\n'),
    );
  });
});

suite('Terraform', () => {
  test('a permission of a function, with every argument', () => {
    assert.equal(
      copyAsTerraform(granted(alias, full)).text,
      `resource "aws_lambda_permission" "s3_bucket" {
  statement_id   = "S3-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = "orders"
  qualifier      = "live"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::uploads"
  source_account = "111122223333"
}`,
    );
    const { text } = copyAsTerraform([
      ...granted(functionNamed('orders'), url),
      ...granted(functionNamed('orders'), viaUrl),
      ...granted(functionNamed('orders'), alexa),
    ]);
    assert.match(text, /\n {2}principal_org_id {7}= "o-abcdefghij"\n/);
    assert.match(text, /\n {2}function_url_auth_type = "NONE"\n/);
    assert.match(text, /\n {2}invoked_via_function_url = true\n/);
    assert.match(text, /\n {2}event_source_token = "amzn1.ask.skill.1"\n/);
    assert.doesNotMatch(text, /qualifier/);
  });

  test('a permission of a layer version', () => {
    assert.equal(
      copyAsTerraform(granted(layer, organization)).text,
      `resource "aws_lambda_layer_version_permission" "all_of_us" {
  layer_name      = "${layer.arn.replace(/:3$/, '')}"
  version_number  = 3
  statement_id    = "all-of-us"
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = "o-abcdefghij"
}`,
    );
  });

  test('a queue has its whole policy', () => {
    const copied = copyAsTerraform(
      statementsOf(queue, { Sid: 'a', Resource: 'x' }, { Sid: 'b', Resource: '${aws:username}' }),
    );
    assert.equal(
      copied.text,
      `resource "aws_sqs_queue_policy" "jobs" {
  queue_url = "${queue.queueUrl}"
  policy    = <<POLICY
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "a",
      "Resource": "x"
    },
    {
      "Sid": "b",
      "Resource": "$\${aws:username}"
    }
  ]
}
POLICY
}`,
    );
    assert.deepEqual(codes(copied), ['replacesPolicy']);
  });

  test('what no permission expresses makes the policy one document, without permissions beside', () => {
    const policy = statementsOf(alias, grantStatementText(full, alias.arn), deny);
    const copied = copyAsTerraform(policy);
    assert.equal(copied.text.match(/^resource /gm)?.length, 1);
    assert.match(
      copied.text,
      /^resource "aws_lambda_resource_policy" "orders" \{\n {2}resource_arn = /,
    );
    assert.deepEqual(codes(copied), ['replacesPolicy', 'notBesidePermissions']);
  });

  test('names are legal and no two are the same', () => {
    const sids = ['a-b', 'A_B', '1st', '--', 'ab'];
    const { text } = copyAsTerraform(
      sids.flatMap((statementId) => granted(alias, { ...full, statementId })),
    );
    const names = [...text.matchAll(/^resource "\w+" "([^"]*)"/gm)].map(([, name]) => name);
    assert.deepEqual(names, ['a_b', 'a_b_2', 'permission_1st', 'permission', 'ab']);
  });

  test('a removal is what is not written', () => {
    const copied = copyAsTerraform([
      {
        type: 'calls',
        resource: alias,
        calls: [
          { type: 'removeStatement', statementId: 'a' },
          { type: 'addStatement', grant: full },
        ],
      },
    ]);
    assert.match(copied.text, /^resource "aws_lambda_permission" "s3_bucket"/);
    assert.deepEqual(copied.notes, [{ code: 'removal', statementId: 'a' }]);
  });

  test('a permission added to a queue stands in the policy that came of it', () => {
    const grant: Grant = {
      kind: 'sqsQueue',
      statementId: 'partner',
      accountIds: ['111122223333'],
      actions: ['SendMessage'],
    };
    const calls = [{ type: 'addStatement', grant }] as const;
    const after = policyWith({ Sid: 'old' }, grantStatementText(grant, queue.arn)).text;
    const known = copyAsTerraform([{ type: 'calls', resource: queue, calls, after }]).text;
    assert.match(known, /"Sid": "old"[^]*"Sid": "partner"/);
    const unknown = copyAsTerraform([{ type: 'calls', resource: queue, calls }]).text;
    assert.match(unknown, /"Sid": "partner"/);
  });

  test('a policy that is written whole is the one that was to be sent, whatever came of it', () => {
    const text = policyWith({ Sid: 'wanted' }).text;
    const after = policyWith({ Sid: 'as-it-was' }).text;
    const calls = [{ type: 'putPolicy', text }] as const;
    const copied = copyAsTerraform([{ type: 'calls', resource: queue, calls, after }]).text;
    assert.match(copied, /"Sid": "wanted"/);
    assert.doesNotMatch(copied, /as-it-was/);
  });
});

suite('CloudFormation', () => {
  test('a permission of a function, with every property', () => {
    const copied = copyAsCloudFormation(granted(alias, full));
    assert.equal(
      copied.text,
      `Resources:
  S3Bucket:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: "orders:live"
      Action: "lambda:InvokeFunction"
      Principal: "s3.amazonaws.com"
      SourceArn: "arn:aws:s3:::uploads"
      SourceAccount: "111122223333"`,
    );
    assert.deepEqual(codes(copied), ['statementIdNotKept']);
    const { text, notes } = copyAsCloudFormation([
      ...granted(alias, url),
      ...granted(alias, viaUrl),
      ...granted(alias, alexa),
    ]);
    assert.match(text, /\n {6}PrincipalOrgID: "o-abcdefghij"\n {6}FunctionUrlAuthType: "NONE"\n/);
    assert.match(text, /\n {6}InvokedViaFunctionUrl: true\n/);
    assert.match(text, /\n {6}EventSourceToken: "amzn1.ask.skill.1"$/);
    assert.equal(notes.length, 1);
  });

  test('a permission of a layer version', () => {
    assert.equal(
      copyAsCloudFormation(granted(layer, organization)).text,
      `Resources:
  AllOfUs:
    Type: AWS::Lambda::LayerVersionPermission
    Properties:
      LayerVersionArn: "${layer.arn}"
      Action: "lambda:GetLayerVersion"
      Principal: "*"
      OrganizationId: "o-abcdefghij"`,
    );
  });

  test('a queue has its whole policy', () => {
    const statement = {
      Sid: 'a',
      Principal: { AWS: ['111122223333', '*'] },
      Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { on: 1e3 } },
      Empty: [],
    };
    const policy = `{"Version":"2012-10-17","Statement":[${JSON.stringify(statement)}],"N":111122223333000000000}`;
    const copied = copyAsCloudFormation([{ type: 'policy', resource: queue, policy }]);
    assert.equal(
      copied.text,
      `Resources:
  Jobs:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues:
        - "${queue.queueUrl}"
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: "a"
            Principal:
              AWS:
                - "111122223333"
                - "*"
            Condition:
              Bool:
                "aws:SecureTransport": false
              NumericLessThan:
                "on": 1000
            Empty: []
        "N": 111122223333000000000`,
    );
    assert.deepEqual(codes(copied), ['replacesPolicy']);
  });

  test('what no permission expresses makes the policy one resource', () => {
    const copied = copyAsCloudFormation(statementsOf(alias, deny));
    assert.match(
      copied.text,
      /^Resources:\n {2}Orders:\n {4}Type: AWS::Lambda::ResourcePolicy\n {4}Properties:\n {6}ResourceArn: "[^"]*:orders:live"\n {6}PolicyDocument:\n {8}Version: "2012-10-17"\n/,
    );
    assert.deepEqual(codes(copied), ['replacesPolicy', 'notBesidePermissions']);
  });

  test('logical IDs are legal and no two are the same', () => {
    const sids = ['a-b', 'AB', '1st', '--'];
    const { text } = copyAsCloudFormation(
      sids.flatMap((statementId) => granted(alias, { ...full, statementId })),
    );
    const names = [...text.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
    assert.deepEqual(names, ['AB', 'AB2', 'Permission1st', 'Permission']);
  });

  test('of repeated members the last stays, and text that is no policy is said to be none', () => {
    const policy = '{"Statement":[{"Sid":"a","Sid":"b"}]}';
    const copied = copyAsCloudFormation([{ type: 'policy', resource: queue, policy }]);
    assert.match(copied.text, /- Sid: "b"$/);
    const broken = copyAsCloudFormation([{ type: 'policy', resource: queue, policy: '{' }]);
    assert.deepEqual([broken.text, codes(broken)], ['', ['notWellFormed']]);
  });
});
