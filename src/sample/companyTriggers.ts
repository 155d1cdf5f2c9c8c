import { arnOf, companyIdentity, functionWith, service, source } from './companyNames';
import type { SampleFunction } from './state';

const own = companyIdentity.accountId;

function api(id: string, path: string): string {
  return arnOf('execute-api', `${id}/${path}`);
}

/** Functions that the usual services start. */
export const companyTriggers: readonly SampleFunction[] = [
  functionWith('order-api', 'Takes orders from the shop', {
    versions: 14,
    aliases: { live: '12', beta: '14' },
    grants: {
      '': [
        {
          sid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
          principal: service('apigateway.amazonaws.com'),
          condition: source(api('h4x2k9p1ab', '*/POST/orders')),
        },
        {
          sid: 'tidewater-shop-OrderApiTestPermission-1K9QZ3V7XWM2N',
          principal: service('apigateway.amazonaws.com'),
          condition: source(api('h4x2k9p1ab', 'test-invoke-stage/*/*')),
        },
      ],
      live: [
        {
          sid: 'tidewater-shop-OrderApiLivePermission-8JD02LXPQ4RT',
          principal: service('apigateway.amazonaws.com'),
          condition: source(api('h4x2k9p1ab', 'prod/*/orders')),
        },
        {
          sid: 'events-order-timeouts',
          principal: service('events.amazonaws.com'),
          condition: source(arnOf('events', 'rule/order-timeouts')),
        },
      ],
      beta: [
        {
          sid: 'tidewater-shop-OrderApiBetaPermission-Q7T5M1YB3C6H',
          principal: service('apigateway.amazonaws.com'),
          condition: source(api('h4x2k9p1ab', 'beta/*/orders')),
        },
      ],
    },
  }),
  functionWith('image-resizer', 'Makes thumbnails of product pictures', {
    runtime: 'python3.13',
    grants: {
      '': [
        {
          sid: 'lambda-0f2bd0b9-6f3d-47b3-a6a4-5b8a6b9d7d3c',
          principal: service('s3.amazonaws.com'),
          condition: source('arn:aws:s3:::tidewater-product-images', own),
        },
        {
          sid: 'AllowBucketOfOldShop',
          principal: service('s3.amazonaws.com'),
          condition: source('arn:aws:s3:::oldshop-images'),
        },
      ],
    },
  }),
  functionWith('nightly-report', 'Sends the sales report at 02:00', {
    runtime: 'python3.13',
    versions: 3,
    aliases: { stable: '3' },
    grants: {
      stable: [
        {
          sid: 'terraform-20260114093122456700000003',
          principal: service('events.amazonaws.com'),
          condition: source(arnOf('events', 'rule/nightly-report')),
        },
        {
          sid: 'terraform-20260114093122456700000004',
          principal: service('scheduler.amazonaws.com'),
          condition: source(arnOf('scheduler', 'schedule/default/month-end'), own),
        },
      ],
    },
  }),
  functionWith('stock-alerts', 'Warns when a part runs out', {
    grants: {
      '': [
        {
          sid: 'sns-stock-low',
          principal: service('sns.amazonaws.com'),
          condition: source(arnOf('sns', 'stock-low')),
        },
        {
          sid: 'AlarmAction',
          principal: service('lambda.alarms.cloudwatch.amazonaws.com'),
          condition: source(arnOf('cloudwatch', 'alarm:warehouse-temperature'), own),
        },
      ],
    },
  }),
  functionWith('log-forwarder', 'Ships logs to the search cluster', {
    grants: {
      '': ['order-api', 'image-resizer', 'payments-webhook', 'storefront'].map((name) => ({
        sid: `InvokePermissionForCWL-${name}`,
        principal: service(`logs.${companyIdentity.region}.amazonaws.com`),
        condition: source(arnOf('logs', `log-group:/aws/lambda/${name}:*`), own),
      })),
    },
  }),
  functionWith('storefront-web', 'Renders the shop behind the load balancer', {
    versions: 6,
    aliases: { blue: '5', green: '6' },
    grants: {
      blue: [
        {
          sid: 'AllowTargetGroupBlue',
          principal: service('elasticloadbalancing.amazonaws.com'),
          condition: source(
            arnOf('elasticloadbalancing', 'targetgroup/storefront-blue/6d0ecf831eec9f09'),
          ),
        },
      ],
      green: [
        {
          sid: 'AllowTargetGroupGreen',
          principal: service('elasticloadbalancing.amazonaws.com'),
          condition: source(
            arnOf('elasticloadbalancing', 'targetgroup/storefront-green/73e2d6bc24d8a067'),
          ),
        },
      ],
    },
  }),
  functionWith('sign-up-guard', 'Checks new customers', {
    grants: {
      '': [
        {
          sid: 'CSI_PreSignUp_eu-west-1_Tidewater1',
          principal: service('cognito-idp.amazonaws.com'),
          condition: source(arnOf('cognito-idp', 'userpool/eu-west-1_Tidewater1'), own),
        },
      ],
    },
  }),
  functionWith('config-rules', 'Checks buckets and volumes for encryption', {
    runtime: 'python3.13',
    grants: {
      '': [
        {
          sid: 'config-encrypted-volumes',
          principal: service('config.amazonaws.com'),
          condition: { StringEquals: { 'AWS:SourceAccount': own } },
        },
      ],
    },
  }),
  functionWith('smart-home', 'Answers the voice assistant', {
    grants: {
      '': [
        {
          sid: 'alexa-1',
          principal: service('alexa-appkit.amazon.com'),
          condition: {
            StringEquals: { 'lambda:EventSourceToken': 'amzn1.ask.skill.tidewater-0001' },
          },
        },
      ],
    },
  }),
];
