import assert from 'node:assert/strict';
import { managedBy } from '../../src/core/managedBy';
import type { ManagedBy, ManagingTool } from '../../src/core/plan';
import type { Resource } from '../../src/core/resource';
import { functionNamed, layerVersion, queueNamed } from '../aws/stores';
import { statementFrom } from './statements';

const resources = {
  function: functionNamed('orders'),
  layer: layerVersion('common', 3),
  queue: queueNamed('orders'),
} as const;

function toolOf(
  sid: unknown,
  resource: Resource = resources.function,
  rest: object = {},
): ManagedBy | undefined {
  return managedBy(statementFrom({ Sid: sid, ...rest }), resource);
}

suite('managedBy', () => {
  const templates: readonly (readonly [string, ManagingTool, string])[] = [
    [
      'WIPUploader-UpdateImagesJsonLambdaPermission-lImcUAQdIUTj',
      'cloudFormation',
      'UpdateImagesJsonLambdaPermission',
    ],
    [
      'SecretsManagerRDSMySQLRotationSingleUser3fb-SecretRotationScheduleHost-LambdaPermission-FRv0GuDPEta7',
      'cloudFormation',
      'LambdaPermission',
    ],
    [
      'secure-ds-shared-service-SageMakerDetectiveControl-MD3GEJRRU2N2-InvokeLambdaPermission-SXIZ9EKJV74U',
      'cloudFormation',
      'InvokeLambdaPermission',
    ],
    ['tidewater-images-QueuePolicy-1P3XN8V5Z', 'cloudFormation', 'QueuePolicy'],
    [
      'tidewater-shop-OrderApiLivePermission-8JD02LXPQ4RT',
      'cloudFormation',
      'OrderApiLivePermission',
    ],
    [
      'dev-hello-scala-HelloLambdaHelloLambdaApiPermissionProd-1T51HIPIZC1R9',
      'sam',
      'HelloLambdaHelloLambdaApiPermissionProd',
    ],
    [
      'dev-hello-scala-HelloLambdaHelloLambdaApiPermissionTest-Z7AJQCE7VA8O',
      'sam',
      'HelloLambdaHelloLambdaApiPermissionTest',
    ],
    [
      'vj-backend-formatTextFunctionApiPermissionProd-jYLo8ECBABS5',
      'sam',
      'formatTextFunctionApiPermissionProd',
    ],
    [
      'nodejs-apig-functiongetEndpointPermissionProd-BWDBXMPLXE2F',
      'sam',
      'functiongetEndpointPermissionProd',
    ],
    [
      'sam-app-ResizeFunctionUploadsPermission-aB3dE5gH7jK9',
      'sam',
      'ResizeFunctionUploadsPermission',
    ],
    [
      'jh-backend-stack-McpServerUrlPublicPermissions-BUs597GtDM64',
      'sam',
      'McpServerUrlPublicPermissions',
    ],
    [
      'shop-BenchFunctionURLInvokeAllowPublicAccess-uHmH0D2d76TY',
      'sam',
      'BenchFunctionURLInvokeAllowPublicAccess',
    ],
    [
      'test-dev-HelloLambdaPermissionApiGateway-T1A01LP3JK5R',
      'serverless',
      'HelloLambdaPermissionApiGateway',
    ],
    [
      'nzshm22-toshi-api-prod-GraphqlLambdaPermissionApiGateway-00GaRjkJb5FJ',
      'serverless',
      'GraphqlLambdaPermissionApiGateway',
    ],
    [
      'mango-app-dev-WebLambdaPermissionHttpApi-o9Lj0UzXTGRi',
      'serverless',
      'WebLambdaPermissionHttpApi',
    ],
    [
      'mango-app-dev-ArtisanLambdaPermissionEventsRuleSchedule1-EqhQRhW6cSj6',
      'serverless',
      'ArtisanLambdaPermissionEventsRuleSchedule1',
    ],
    [
      'shop-dev-ResizeLambdaPermissionUploadsS3-18KKZXJG1DPF5',
      'serverless',
      'ResizeLambdaPermissionUploadsS3',
    ],
    [
      'my-stack-myapprestapiproxyANYApiPermissionTeststackmyapprestapi9020B329ANYproxyD055B967-4kXc81Zb0QpL',
      'cdk',
      'myapprestapiproxyANYApiPermissionTeststackmyapprestapi9020B329ANYproxyD055B967',
    ],
    ['Shop-OrderFnAllowInvokeA1B2C3D4-Q7T5M1YB3C6H', 'cdk', 'OrderFnAllowInvokeA1B2C3D4'],
  ];
  for (const [sid, tool, logicalId] of templates) {
    test(`${sid}: ${tool}, ${logicalId}`, () => {
      assert.deepEqual(toolOf(sid), { tool, logicalId });
      assert.deepEqual(toolOf(sid, resources.queue), { tool, logicalId });
    });
  }

  const others: readonly (readonly [string, ManagingTool, Resource])[] = [
    ['terraform-20240102030405678900000001', 'terraform', resources.function],
    ['terraform-2018022816482456750000000a', 'terraform', resources.layer],
    ['allow-s3-20260114093122456700000003', 'terraform', resources.function],
    ['terraform-storefront-cart', 'terraform', resources.queue],
    ['lambda-a2b5ac8d-923a-4b8a-911a-3147fb6c1dea', 'console', resources.function],
    ['FunctionURLAllowPublicAccess', 'console', resources.function],
    ['FunctionURLInvokeAllowPublicAccess', 'console', resources.function],
    [
      'AWSEvents_rule-lambdas-workflow-api-dev_Ide64f7e88-d7b2-412d-911c-ee19dfdfe1db',
      'console',
      resources.queue,
    ],
    ['AWSEvents_ecs-cluster-dev-metrics_Id1772996521410', 'console', resources.function],
    ['InvokePermissionsForCWL0834b758c532ac26f5478b865509ef67', 'console', resources.function],
    [
      '340752829546_event_permissions_from_snaylor-meeting-recordings-bucket_for_trigger-whisper',
      'console',
      resources.function,
    ],
    ['CSI_PreSignUp_eu-west-1_Tidewater1', 'console', resources.function],
    [
      'CSI_PreTokenGeneration_us-west-2CLLsb7v4x_CSI_PreTokenGeneration',
      'console',
      resources.function,
    ],
    ['AWS-ALB_Invoke-targetgroup-demo-tg-lambda-038c6dce731105de', 'console', resources.function],
    ['__owner_statement', 'console', resources.queue],
    ['__sender_statement', 'console', resources.queue],
    ['__receiver_statement', 'console', resources.queue],
    ['topic-subscription-arn:aws:sns:us-west-2:599109622955:myTopic', 'console', resources.queue],
    ['Sid1484075128932', 'console', resources.queue],
  ];
  for (const [sid, tool, resource] of others) {
    test(`${sid} of a ${resource.kind}: ${tool}`, () => {
      assert.deepEqual(toolOf(sid, resource), { tool });
    });
  }

  test('a UUID is of API Gateway only beside its principal', () => {
    const sid = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
    const to = (Service: string) => ({ Principal: { Service } });
    assert.deepEqual(toolOf(sid, resources.function, to('apigateway.amazonaws.com')), {
      tool: 'apiGateway',
    });
    assert.equal(toolOf(sid, resources.function, to('s3.amazonaws.com')), undefined);
  });

  const byHand: readonly unknown[] = [
    undefined,
    '',
    'orders-topic',
    'warehouse-account',
    'everyone-may-send',
    'iot-rule-bike-position',
    'public-for-the-workshop',
    'events-order-timeouts',
    'AllowExecutionFromS3Bucket',
    'AllowExecutionFromAPIGateway-2',
    'my-app-InvokeS3Logs',
    'my-Fn-PROD2024',
    'prod-Orders-2024PROD1',
    'shop-Backup-20240102T0304',
    'orders-AllowInvoke-NOTIFICATION',
    'orders-Sns-AllowSomeone',
    'orders-live-aB3dE5gH7jK9',
    'ORDERS-LIVE-1P3XN8V5Z0AB',
    'OrderApiPermission-1P3XN8V5Z0AB',
    '1-OrderApiPermission-1P3XN8V5Z0AB',
    'load-test-2025',
    'lambda-allow-s3-my-function',
    'terraformed',
    'sha-20240102030405678900000001x',
    'Sid1',
    'x'.repeat(5_000),
    `a-B-${'1A'.repeat(5_000)}`,
  ];
  for (const sid of byHand) {
    test(`nobody's: ${String(sid).slice(0, 60)}`, () => {
      for (const resource of Object.values(resources)) {
        assert.equal(toolOf(sid, resource), undefined);
      }
    });
  }

  test('the forms of the console are those of the kind', () => {
    assert.equal(toolOf('__owner_statement'), undefined);
    assert.equal(toolOf('FunctionURLAllowPublicAccess', resources.queue), undefined);
  });

  test('the ID of what the statement is about is no random end', () => {
    const sid = 'allow-CloudFront-E2QWRUHAPOMQZ1';
    assert.equal(toolOf(sid)?.tool, 'cloudFormation');
    const condition = {
      ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZ1' },
    };
    assert.equal(toolOf(sid, resources.function, { Condition: condition }), undefined);
  });
});
