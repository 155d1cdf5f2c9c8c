import { parsePolicy, statementsOf } from '../../src/core/policy';
import type {
  PageContent,
  PageFinding,
  PageHeader,
  PageLabels,
  PageStatement,
  PageView,
} from '../../src/policyPage/protocol';

export const labels: PageLabels = {
  language: 'en',
  loading: 'Reading the policy…',
  refresh: 'Refresh',
  raw: 'Raw',
  formatted: 'Formatted',
  viewAs: 'View as',
  copyPolicy: 'Copy Policy',
  copyStatement: 'Copy Statement',
  remove: 'Remove…',
  removeSelected: 'Remove Selected…',
  select: 'Select',
  add: 'Add Permission…',
  edit: 'Edit Policy',
  fix: 'Fix…',
  accept: 'Accept…',
  statements: 'Statements',
  policyText: 'Policy text',
  details: 'Details',
  breaksHere: 'breaks here',
  severities: { high: 'High', medium: 'Medium', low: 'Low' },
};

const icons: readonly PageStatement['icon'][] = [
  'service',
  'account',
  'organization',
  'everyone',
  'deny',
  'nobody',
];

/** A page that shows a policy, with words as the extension would make them. */
export function policyView(
  text: string,
  refused: readonly number[] = [],
  findings: readonly PageFinding[] = [],
): PageView {
  const statements = statementsOf(parsePolicy(text)).map((statement): PageStatement => {
    const { index, sid, identity, offset, length, effect, actions } = statement;
    return {
      identity,
      offset,
      length,
      title: sid ?? `Statement ${index + 1}`,
      summary: `Amazon S3 → ${actions.join(', ') || 'InvokeFunction'}`,
      explanation: [
        'Amazon S3 may invoke this function.',
        'Only when the request comes from arn:aws:s3:::orders-incoming-documents in account 111122223333.',
      ],
      icon: effect === 'Deny' ? 'deny' : (icons[index % 4] ?? 'service'),
      refusal: refused.includes(index)
        ? 'It has no statement ID, so AWS has no call that removes it alone. Edit the policy instead.'
        : undefined,
    };
  });
  return view({ state: 'policy', text, statements, findings }, text, statements.length);
}

export function view(content: PageContent, text?: string, count?: number): PageView {
  const bytes = text === undefined ? undefined : Buffer.byteLength(text);
  return {
    labels,
    header: {
      ...header,
      size:
        bytes === undefined
          ? undefined
          : {
              bytes,
              limit: 20480,
              words: `${bytes.toLocaleString('en')} of 20,480 bytes`,
            },
      count: count === undefined ? undefined : `${count} statements`,
    },
    content,
  };
}

const header: PageHeader = {
  title: 'orders-incoming:live',
  subtitle: 'Lambda function orders-incoming, alias live',
  facts: [
    {
      name: 'ARN',
      value: 'arn:aws:lambda:eu-central-1:111122223333:function:orders-incoming:live',
    },
    { name: 'Profile', value: 'company-production' },
    { name: 'Account', value: '111122223333' },
    { name: 'Region', value: 'eu-central-1 (Europe, Frankfurt)' },
    { name: 'Revision ID', value: '3f0c2a1e-6a58-4b57-9f0d-6d7a1f1b2c3d' },
    { name: 'Read', value: '14:03:27' },
  ],
};

const source = 'arn:aws:s3:::orders-incoming-documents';
const resource = 'arn:aws:lambda:eu-central-1:111122223333:function:orders-incoming:live';

/** A policy as Lambda returns it: one line. */
export function lambdaPolicy(count: number): string {
  const statements = Array.from({ length: count }, (_, index) => ({
    Sid: `AllowS3Invoke${index + 1}`,
    Effect: index % 5 === 2 ? 'Deny' : 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: resource,
    Condition: {
      StringEquals: { 'AWS:SourceAccount': '111122223333' },
      ArnLike: { 'AWS:SourceArn': `${source}-${index + 1}` },
    },
  }));
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements });
}
