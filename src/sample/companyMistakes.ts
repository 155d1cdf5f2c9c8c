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

/** Functions whose policies somebody should mend: one of each mistake that the others do not have. */
export const companyMistakes: readonly SampleFunction[] = [
  functionWith('invoice-export', 'Sends invoices to the bookkeeper', {
    grants: {
      '': [
        { sid: 'NotForTheAgency', notPrincipal: { AWS: rootOf(partners.agency) } },
        {
          sid: 'DenyAllOthers',
          effect: 'Deny',
          notPrincipal: { AWS: [rootOf(own), rootOf(partners.agency)] },
          action: 'lambda:GetFunction',
        },
      ],
    },
  }),
  functionWith('deploy-helper', 'Publishes new versions', {
    grants: {
      '': [
        {
          sid: 'agency-deploys',
          principal: { AWS: rootOf(partners.agency) },
          action: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
        },
      ],
    },
  }),
  functionWith('loyalty-points', 'Counts points for every order', {
    grants: {
      '': [
        {
          sid: 'order-placed',
          principal: service('events.amazonaws.com'),
          condition: source(arnOf('events', 'rule/order-placed')),
        },
        {
          sid: 'order-placed-again',
          principal: service('events.amazonaws.com'),
          condition: source(arnOf('events', 'rule/order-placed')),
        },
        {
          sid: 'order-cancelled',
          principal: service('events.amazonaws.com'),
          condition: source(arnOf('events', 'rule/order-cancelled')),
        },
        {
          sid: 'any-topic',
          principal: service('sns.amazonaws.com'),
          condition: { StringEquals: { 'AWS:SourceAccount': own } },
        },
        {
          sid: 'points-topic',
          principal: service('sns.amazonaws.com'),
          condition: source(arnOf('sns', 'points'), own),
        },
      ],
    },
  }),
  functionWith('route-planner', 'Plans the tours of the delivery bikes', {
    grants: {
      '': [
        {
          sid: 'own-organization',
          principal: '*',
          condition: { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } },
        },
        {
          sid: 'own-account',
          principal: '*',
          condition: { StringEquals: { 'aws:PrincipalAccount': own } },
        },
      ],
    },
  }),
  functionWith('ledger', 'Books payments', {
    grants: {
      '': [
        {
          sid: 'NobodyChangesThis',
          effect: 'Deny',
          principal: '*',
          action: ['lambda:AddPermission', 'lambda:RemovePermission'],
        },
      ],
    },
  }),
];
