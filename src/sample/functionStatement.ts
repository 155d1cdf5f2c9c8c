import { invalid } from './functionName';
import type { Statement } from './policyText';
import { invalidPrincipal } from './slotWrites';
import type { FieldRule } from './validation';
import { textField, validate } from './validation';

type Fields = Readonly<Record<string, unknown>>;

const rules: Readonly<Record<string, FieldRule>> = {
  StatementId: {
    field: 'statementId',
    min: 1,
    max: 100,
    pattern: '([a-zA-Z0-9-_]+)',
    required: true,
  },
  Action: {
    field: 'action',
    pattern: '(lambda:[*]|lambda:[a-zA-Z]+|[*])',
    required: true,
  },
  Principal: { field: 'principal', pattern: '[^\\s]+', required: true },
  SourceArn: {
    field: 'sourceArn',
    pattern:
      'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
  },
  SourceAccount: { field: 'sourceAccount', max: 12, pattern: '\\d{12}' },
  EventSourceToken: { field: 'eventSourceToken', max: 256, pattern: '[a-zA-Z0-9._\\-]+' },
  PrincipalOrgID: { field: 'principalOrgID', min: 12, max: 34, pattern: 'o-[a-z0-9]{10,32}' },
  FunctionUrlAuthType: { field: 'functionUrlAuthType', values: ['NONE', 'AWS_IAM'] },
};

/**
 * The statement that AddPermission writes for a request, in the key order of AWS.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function functionStatement(fields: Fields, arn: string): Statement {
  validate(Object.entries(rules).map(([name, rule]) => [rule, fields[name]]));
  refuseCombinations(fields);
  const condition = conditionOf(fields);
  return {
    Sid: fields['StatementId'],
    Effect: 'Allow',
    Principal: principalOf(textField(fields, 'Principal') ?? ''),
    Action: fields['Action'],
    Resource: arn,
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

function refuseCombinations(fields: Fields): void {
  const has = (name: string): boolean => fields[name] !== undefined && fields[name] !== null;
  if (has('FunctionUrlAuthType') && fields['Action'] !== 'lambda:InvokeFunctionUrl') {
    throw invalid('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
  }
  if (has('EventSourceToken') && (has('SourceArn') || has('SourceAccount'))) {
    throw invalid('EventSourceToken cannot be used together with SourceArn or SourceAccount.');
  }
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws[a-z-]*:iam::\d{12}:(root|user\/.+|role\/.+)$/.test(principal)) {
    return { AWS: principal };
  }
  if (/^arn:aws[a-z-]*:sts::\d{12}:(assumed-role|federated-user)\/.+$/.test(principal)) {
    return { AWS: principal };
  }
  if (/^[a-z0-9.-]+\.amazon(aws)?\.com(\.cn)?$/.test(principal)) return { Service: principal };
  throw invalidPrincipal();
}

function conditionOf(fields: Fields): Statement {
  const equals = withoutMissing({
    'AWS:SourceAccount': fields['SourceAccount'],
    'aws:PrincipalOrgID': fields['PrincipalOrgID'],
    'lambda:FunctionUrlAuthType': fields['FunctionUrlAuthType'],
    'lambda:EventSourceToken': fields['EventSourceToken'],
  });
  const like = withoutMissing({ 'AWS:SourceArn': fields['SourceArn'] });
  const viaUrl = fields['InvokedViaFunctionUrl'];
  const bool = withoutMissing({
    'lambda:InvokedViaFunctionUrl': typeof viaUrl === 'boolean' ? String(viaUrl) : undefined,
  });
  return Object.fromEntries(
    Object.entries({ StringEquals: equals, ArnLike: like, Bool: bool }).filter(
      ([, operator]) => Object.keys(operator).length > 0,
    ),
  );
}

function withoutMissing(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}
