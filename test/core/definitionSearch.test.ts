import assert from 'node:assert/strict';
import type { DefinitionHit } from '../../src/core/definitionSearch';
import { longestText, searchDefinition, sureScore } from '../../src/core/definitionSearch';
import { managedBy } from '../../src/core/managedBy';
import type { Resource } from '../../src/core/resource';
import { functionNamed, layerVersion, qualified, queueNamed } from '../aws/stores';
import { statementFrom } from './statements';

interface Wanted {
  readonly resource?: Resource;
  readonly sid?: string;
  readonly service?: string;
  readonly source?: string;
}

const nightReport = functionNamed('nightly-report');

function search(fileName: string, text: string, wanted: Wanted): DefinitionHit | undefined {
  const { resource = nightReport, sid, service, source } = wanted;
  const statement = statementFrom({
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: service ?? 'events.amazonaws.com' },
    Condition: source === undefined ? {} : { ArnLike: { 'AWS:SourceArn': source } },
  });
  return searchDefinition(fileName, text, {
    resource,
    statement,
    managed: managedBy(statement, resource),
  });
}

/** The line of the text that was found, and why. */
function found(fileName: string, text: string, wanted: Wanted): readonly unknown[] {
  const hit = search(fileName, text, wanted);
  if (!hit) return [];
  const line = text.split('\n')[hit.line - 1] ?? '';
  return [line.slice(hit.column - 1), hit.why, hit.score >= sureScore];
}

const terraform = `
resource "aws_lambda_function" "nightly_report" {
  function_name = "nightly-report"
}

resource "aws_lambda_permission" "rule" {
  statement_id_prefix = "terraform-"
  function_name = aws_lambda_function.nightly_report.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.month_end.arn
}

resource "aws_lambda_permission" "bucket" {
  function_name = aws_lambda_function.nightly_report.function_name
  principal     = "s3.amazonaws.com"
}
`;

const template = `
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  OrderApiFunction:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Api:
          Type: Api
  OrderApiLivePermission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref OrderApiFunction
`;

suite('searchDefinition', () => {
  test('finds the Sid itself where it is a statement ID', () => {
    const sid = 'AllowRule';
    const resource = queueNamed('jobs');
    for (const [name, text] of [
      ['main.tf', 'resource "aws_sqs_queue_policy" "jobs" {\n  sid = "AllowRule"\n}'],
      ['main.tf', 'jobs = jsonencode({\n  Sid = "AllowRule"\n})'],
      ['policy.json', '{"jobs": 1,\n"Statement": [{ "Sid" : "AllowRule" }]}'],
      ['template.yaml', 'jobs:\n  - Sid: AllowRule'],
      ['stack.ts', "new Queue('jobs');\nnew PolicyStatement({ sid: 'AllowRule' })"],
      ['stack.py', "jobs = 1\nadd_permission(\n'x')\nPolicyStatement(sid='AllowRule')"],
      ['deploy.js', "const jobs = 1;\nfn.addPermission('AllowRule', {})"],
      ['main.tf', 'jobs = 1\n  statement_id  = "AllowRule"'],
    ] as const) {
      const [rest, why, isSure] = found(name, text, { resource, sid });
      assert.match(String(rest), /^AllowRule/, text);
      assert.deepEqual([why, isSure], ['sid', true], text);
    }
  });

  test('is not sure of a Sid in a file that does not name the resource', () => {
    const text = 'resource "aws_s3_bucket_policy" "x" {\n  Sid = "AllowRule"\n}';
    assert.deepEqual(found('main.tf', text, { sid: 'AllowRule' }).slice(1), ['sid', false]);
  });

  test('takes no other words for a Sid', () => {
    const texts = [
      'nightly-report: owner',
      'const nightlyReport = "owner";',
      'sid = "owner-2"',
      'sid = "the owner"',
      'residue = owner',
      '// statement_id: see the owner of nightly-report',
    ];
    for (const text of texts) assert.equal(search('a.ts', text, { sid: 'owner' }), undefined, text);
  });

  test('of one Sid for several functions, takes that of the function', () => {
    const block = (name: string) =>
      `resource "aws_lambda_permission" "x" {\n  statement_id = "AllowExecutionFromAPIGateway"\n  function_name = "${name}"\n}\n`;
    const text = block('daily-report') + block('nightly-report') + block('weekly-report');
    const hit = search('main.tf', text, { sid: 'AllowExecutionFromAPIGateway' });
    assert.deepEqual([hit?.line, hit?.column, hit?.why], [6, 19, 'sid']);
  });

  test('finds a generated Sid that is written out', () => {
    const sid = 'vj-backend-formatTextFunctionApiPermissionProd-jYLo8ECBABS5';
    const text = `nightly_report\nimport_id = "${sid}"`;
    assert.deepEqual(found('a.tf', text, { sid }), [`${sid}"`, 'sid', true]);
  });

  test('finds the logical ID in a template', () => {
    const sid = 'tidewater-shop-OrderApiLivePermission-8JD02LXPQ4RT';
    const wanted = { resource: qualified('order-api:live'), sid };
    assert.deepEqual(found('template.yaml', template, wanted), [
      'OrderApiLivePermission:',
      'logicalId',
      true,
    ]);
    const json = JSON.stringify({
      Resources: { OrderApiLivePermission: { Type: 'AWS::Lambda::Permission' } },
    });
    for (const text of [json, JSON.stringify(JSON.parse(json), null, 2)]) {
      const [rest, ...others] = found('out.template', text, wanted);
      assert.match(String(rest), /^OrderApiLivePermission": ?\{/);
      assert.deepEqual(others, ['logicalId', true]);
    }
  });

  test('finds the function that SAM and Serverless made the logical ID from', () => {
    const sam = { sid: 'shop-OrderApiFunctionApiPermissionProd-jYLo8ECBABS5' };
    assert.deepEqual(found('template.yaml', template, sam), [
      'OrderApiFunction:',
      'partOfLogicalId',
      false,
    ]);
    const serverless = { sid: 'shop-dev-ResizeImageLambdaPermissionApiGateway-T1A01LP3JK5R' };
    const yml =
      'service: shop\nfunctions:\n  resize:\n    x: 1\n  resizeImage:\n    handler: a.b\n';
    assert.deepEqual(found('serverless.yml', yml, serverless), [
      'resizeImage:',
      'partOfLogicalId',
      false,
    ]);
    assert.deepEqual(found('docker-compose.yml', 'services:\n  resizeImage:\n', serverless), []);
  });

  test('finds the construct that CDK made the logical ID from', () => {
    const sid = 'Shop-OrderFnAllowInvokeA1B2C3D4-Q7T5M1YB3C6H';
    const code = `import * as cdk from 'aws-cdk-lib';\nnew Function(this, 'OrderFn', {});\nnew Function(this, 'OtherFn', {});\n`;
    assert.deepEqual(found('shop.ts', code, { sid }), ["OrderFn', {});", 'partOfLogicalId', false]);
    assert.deepEqual(found('shop.ts', code.replace('aws-cdk', 'x'), { sid }), []);
  });

  test('finds the type of a permission beside the name of the function', () => {
    const sid = 'terraform-20260114093122456700000003';
    assert.deepEqual(found('main.tf', terraform, { sid }), [
      'aws_lambda_permission" "rule" {',
      'nameNearType',
      false,
    ]);
    assert.deepEqual(found('main.tf', terraform, { sid, service: 's3.amazonaws.com' }), [
      'aws_lambda_permission" "bucket" {',
      'nameNearType',
      false,
    ]);
    assert.deepEqual(found('main.tf', terraform, { resource: functionNamed('orders') }), []);
  });

  const made = 'terraform-20260114093122456700000003';
  const types: readonly (readonly [Resource, string, boolean])[] = [
    [nightReport, 'aws_lambda_resource_policy', true],
    [nightReport, 'AWS::Lambda::ResourcePolicy', true],
    [nightReport, 'aws_lambda_permission', false],
    [nightReport, 'AWS::Lambda::Permission', false],
    [layerVersion('nightly-report', 2), 'aws_lambda_layer_version_permission', false],
    [layerVersion('nightly-report', 2), 'AWS::Lambda::LayerVersionPermission', false],
    [queueNamed('nightly-report'), 'aws_sqs_queue_policy', true],
    [queueNamed('nightly-report'), 'AWS::SQS::QueuePolicy', true],
  ];
  for (const [resource, type, isWhole] of types) {
    test(`${type} makes ${isWhole ? 'every statement' : 'those of a tool'}`, () => {
      const text = `x\n"${type}": NightlyReportFunction`;
      assert.deepEqual(found('a.yaml', text, { resource, sid: made })[1], 'nameNearType');
      for (const sid of [
        undefined,
        'by-hand',
        '__owner_statement',
        'FunctionURLAllowPublicAccess',
      ]) {
        assert.equal(found('a.yaml', text, { resource, sid }).length > 0, isWhole);
      }
      for (const [other] of types.filter(([one]) => one.kind !== resource.kind)) {
        assert.deepEqual(found('a.yaml', text, { resource: other, sid: made }), []);
      }
    });
  }

  test('a name that stands far away, or inside another, is none', () => {
    const far = `aws_lambda_permission ${' '.repeat(3_000)} nightly-report`;
    assert.equal(search('a.tf', far, { sid: made }), undefined);
    const inside = 'aws_lambda_permission my-nightly-reports';
    assert.equal(search('a.tf', inside, { sid: made }), undefined);
    assert.ok(
      search('a.tf', inside.replace('my-nightly-reports', 'nightly-report'), { sid: made }),
    );
  });

  test('looks at the beginning of a file that is too long', () => {
    const filler = ' '.repeat(longestText);
    const text = 'nightly-report sid = "AllowRule"';
    assert.ok(search('a.tf', text + filler, { sid: 'AllowRule' }));
    assert.equal(search('a.tf', filler + text, { sid: 'AllowRule' }), undefined);
  });

  const sid = 'shop-aaaaFunctionApiPermissionProd-jYLo8ECBABS5';
  const repeat = (piece: string) => piece.repeat(Math.ceil(longestText / piece.length));
  const hostile: readonly (readonly [string, string])[] = [
    ['tabs', repeat('\t')],
    ['line breaks', repeat('\n')],
    ['letters', repeat('a')],
    ['quotes', repeat('"')],
    ['open strings', repeat('"aaaa ')],
    ['keys', repeat('\n  aaaa :')],
    ['keys without an end', repeat(`"${'a'.repeat(250)}`)],
    ['Sids', repeat(`sid="${sid}" aaaa aws_lambda_permission AWS:: `)],
    ['names', repeat('aws_lambda_permission a-a a_a aa ')],
    ['types', repeat('aws_lambda_permission')],
    ['backslashes', repeat('\\"')],
  ];
  for (const [name, text] of hostile) {
    test(`is done soon with a file full of ${name}`, () => {
      const started = performance.now();
      for (const file of ['a.yaml', 'a.ts']) {
        for (const resource of [functionNamed('a-a-a-a'), functionNamed('a'.repeat(64))]) {
          search(file, `aws-cdk AWS:: ${text}`, { resource, sid, source: 'arn:aws:s3:::aaaa' });
        }
      }
      const tookMs = performance.now() - started;
      assert.ok(tookMs < 4_000, `${tookMs} ms`);
    });
  }
});
