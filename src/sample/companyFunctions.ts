import type { Grant } from './companyNames';
import {
  arnOf,
  companyIdentity,
  functionWith,
  partners,
  rootOf,
  service,
  source,
} from './companyNames';
import type { SampleFunction } from './state';

const own = companyIdentity.accountId;
const inOrganization = {
  StringEquals: { 'aws:PrincipalOrgID': companyIdentity.organizationId },
};

const shopEvents = [
  'cart-abandoned',
  'delivery-booked',
  'invoice-paid',
  'loan-bike-returned',
  'order-placed',
  'rental-started',
  'repair-finished',
  'review-written',
  'stock-counted',
  'voucher-redeemed',
];
const shops = ['amsterdam', 'bergen', 'cork', 'dundee', 'esbjerg', 'faro'];

/** One rule per event and shop: what brings a policy near its limit of 20,480 bytes. */
const ruleGrants: readonly Grant[] = shops.flatMap((shop) =>
  shopEvents.map((event) => ({
    sid: `terraform-${shop}-${event}`,
    principal: service('events.amazonaws.com'),
    condition: source(arnOf('events', `rule/tidewater-shops/${shop}-${event}`)),
  })),
);

/** Functions with grants to other accounts, to everyone, and with other things worth a look. */
export const companyFunctions: readonly SampleFunction[] = [
  functionWith('bike-telemetry', 'Takes readings from rental bikes', {
    runtime: 'python3.13',
    grants: {
      '': [
        {
          sid: 'iot-rule-bike-position',
          principal: service('iot.amazonaws.com'),
          condition: source(arnOf('iot', 'rule/bike_position'), own),
        },
        {
          principal: { AWS: [rootOf(partners.analytics), rootOf(partners.warehouse)] },
          action: ['lambda:InvokeFunction', 'lambda:GetFunction'],
        },
        {
          sid: 'NoOneElse',
          effect: 'Deny',
          principal: '*',
          condition: {
            StringNotEquals: {
              'aws:PrincipalAccount': [own, partners.analytics, partners.warehouse],
            },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ],
    },
  }),
  functionWith('partner-orders', 'Lets partners place orders', {
    versions: 4,
    aliases: { partners: '4' },
    grants: {
      '': [
        { sid: 'warehouse-account', principal: { AWS: rootOf(partners.warehouse) } },
        {
          sid: 'courier-role',
          principal: { AWS: `arn:aws:iam::${partners.courier}:role/LabelPrinter` },
        },
        { sid: 'whole-organization', principal: '*', condition: inOrganization },
        { sid: 'former-agency', principal: { AWS: 'AROAEXAMPLEAGENCY0007' } },
      ],
      partners: [
        { sid: 'warehouse-account', principal: { AWS: rootOf(partners.warehouse) } },
        { sid: 'agency-account', principal: { AWS: rootOf(partners.agency) } },
      ],
    },
  }),
  functionWith('event-router', 'Passes shop events on', { grants: { '': ruleGrants } }),
  functionWith('payments-webhook', 'Hears from the payment provider', {
    versions: 60,
    aliases: { live: '58', canary: '60' },
    grants: {
      live: [
        {
          sid: 'FunctionURLAllowPublicAccess',
          principal: '*',
          action: 'lambda:InvokeFunctionUrl',
          condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
        },
        {
          sid: 'FunctionURLInvokeAllowPublicAccess',
          principal: '*',
          condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
        },
      ],
      '41': [{ sid: 'audit-replay', principal: { AWS: rootOf(partners.analytics) } }],
      '58': [
        {
          sid: 'load-test-2025',
          principal: { AWS: `arn:aws:iam::${partners.agency}:user/loadtest` },
        },
      ],
    },
  }),
  functionWith('geo-lookup', 'Finds the nearest shop', {
    grants: {
      '': [
        {
          sid: 'UrlForAnySignedCaller',
          principal: '*',
          action: 'lambda:InvokeFunctionUrl',
          condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
        },
      ],
    },
  }),
  functionWith('secret-rotation', 'Changes database passwords', {
    runtime: 'python3.13',
    grants: {
      '': [
        { sid: 'SecretsManagerAccess', principal: service('secretsmanager.amazonaws.com') },
        {
          sid: 'build-pipeline',
          principal: { AWS: `arn:aws:iam::${own}:role/BuildPipeline` },
          action: 'lambda:*',
        },
      ],
    },
  }),
  functionWith('price-calculator', 'Works out discounts; called by roles only', {
    versions: 2,
    aliases: { live: '2' },
  }),
];
