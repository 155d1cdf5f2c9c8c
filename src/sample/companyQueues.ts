import type { Grant } from './companyNames';
import {
  arnOf,
  companyIdentity,
  partners,
  rootOf,
  service,
  source,
  statementOf,
} from './companyNames';
import type { SampleQueue } from './state';

const own = companyIdentity.accountId;

interface Writing {
  readonly version: string;
  readonly id?: string;
  /** Queues keep a policy as it was sent; people send it with indentation. */
  readonly indent?: number;
}

function queueWith(name: string, writing: Writing, grants: readonly Grant[]): SampleQueue {
  const resource = arnOf('sqs', name);
  const policy = {
    Version: writing.version,
    ...(writing.id === undefined ? {} : { Id: writing.id }),
    Statement: grants.map((grant) => statementOf(grant, 'sqs:SendMessage', resource)),
  };
  return { name, policy: JSON.stringify(policy, null, writing.indent) };
}

/** The form that AddPermission writes. */
function defaultPolicy(name: string): Writing {
  return { version: '2008-10-17', id: `${arnOf('sqs', name)}/SQSDefaultPolicy` };
}

export const companyQueues: readonly SampleQueue[] = [
  queueWith('orders', { version: '2012-10-17', id: 'orders', indent: 2 }, [
    {
      sid: 'orders-topic',
      principal: service('sns.amazonaws.com'),
      condition: { ArnEquals: { 'aws:SourceArn': arnOf('sns', 'orders') } },
    },
    {
      sid: 'DenyWithoutTls',
      effect: 'Deny',
      principal: '*',
      action: 'sqs:*',
      condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]),
  { name: 'orders-dead-letters' },
  queueWith('image-uploads', { version: '2012-10-17' }, [
    {
      sid: 'tidewater-images-QueuePolicy-1P3XN8V5Z',
      principal: service('s3.amazonaws.com'),
      condition: source('arn:aws:s3:::tidewater-product-images', own),
    },
  ]),
  queueWith('partner-inbox', defaultPolicy('partner-inbox'), [
    { sid: 'everyone-may-send', principal: '*', action: 'SQS:SendMessage' },
    { sid: 'owner', principal: { AWS: rootOf(own) }, action: 'SQS:*' },
  ]),
  queueWith('shipping-labels', defaultPolicy('shipping-labels'), [
    {
      sid: 'courier',
      principal: { AWS: [rootOf(partners.courier), rootOf(partners.warehouse)] },
      action: ['SQS:ReceiveMessage', 'SQS:DeleteMessage', 'SQS:GetQueueAttributes'],
    },
    { sid: 'agency', principal: { AWS: rootOf(partners.agency) }, action: 'SQS:SendMessage' },
  ]),
  queueWith('audit-events', { version: '2012-10-17', id: '__default_policy_ID', indent: 2 }, [
    { sid: '__owner_statement', principal: { AWS: rootOf(own) }, action: 'SQS:*' },
    {
      sid: 'events-audit',
      principal: service('events.amazonaws.com'),
      condition: source(arnOf('events', 'rule/audit')),
    },
    {
      sid: 'organization',
      principal: '*',
      condition: {
        StringEquals: { 'aws:PrincipalOrgID': companyIdentity.organizationId },
      },
    },
  ]),
  queueWith('telemetry-buffer', { version: '2012-10-17' }, [
    {
      principal: service('iot.amazonaws.com'),
      condition: source(arnOf('iot', 'rule/bike_battery')),
    },
    {
      sid: 'readers',
      principal: { AWS: rootOf(partners.analytics) },
      action: 'sqs:ReceiveMessage',
    },
    {
      sid: 'readers',
      principal: { AWS: 'AIDAEXAMPLEREADER0042' },
      action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
    },
  ]),
  queueWith('legacy-import', { version: '2012-10-17' }, [
    { sid: 'importers', principal: { AWS: `arn:aws:iam::${own}:role/import-*` } },
  ]),
  queueWith('returns.fifo', { version: '2012-10-17', indent: 4 }, [
    {
      sid: 'WarehouseSends',
      principal: { AWS: `arn:aws:iam::${partners.warehouse}:role/ReturnsDesk` },
      condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '2001:db8::/32'] } },
    },
  ]),
];
