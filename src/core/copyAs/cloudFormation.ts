import type { Grant } from '../grants';
import { layerAction } from '../grants';
import { parsePolicy } from '../policy';
import type { Resource } from '../resource';
import { qualifiedNameOf } from '../resource';
import type { Copied, CopyNote, CopySubject, Written } from './subject';
import { writeParts } from './subject';
import { yamlOfJson, yamlString } from './yaml';

/**
 * A piece of a CloudFormation template in YAML: its `Resources`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_SQS.html
 */
export function copyAsCloudFormation(subjects: readonly CopySubject[]): Copied {
  const naming = { nameOf: logicalId, separator: '' };
  const { blocks, notes } = writeParts(subjects, naming, {
    grant: grantBlock,
    document: documentBlock,
  });
  return { text: blocks.length > 0 ? ['Resources:', ...blocks].join('\n') : '', notes };
}

function grantBlock(grant: Grant, resource: Resource, name: string): Written {
  const notes: readonly CopyNote[] = [{ code: 'statementIdNotKept' }];
  if (grant.kind === 'lambdaFunction') {
    const block = resourceBlock('AWS::Lambda::Permission', name, {
      FunctionName: qualifiedNameOf(resource),
      Action: grant.action,
      Principal: grant.principal,
      PrincipalOrgID: grant.principalOrgId,
      SourceArn: grant.sourceArn,
      SourceAccount: grant.sourceAccount,
      EventSourceToken: grant.eventSourceToken,
      FunctionUrlAuthType: grant.functionUrlAuthType,
      InvokedViaFunctionUrl: grant.invokedViaFunctionUrl,
    });
    return { block, notes };
  }
  if (grant.kind === 'layerVersion') {
    const block = resourceBlock('AWS::Lambda::LayerVersionPermission', name, {
      LayerVersionArn: resource.arn,
      Action: layerAction,
      Principal: grant.principal,
      OrganizationId: grant.organizationId,
    });
    return { block, notes };
  }
  return { notes: [] };
}

function documentBlock(text: string, resource: Resource, name: string): Written {
  if (!parsePolicy(text).wellFormed) return { notes: [{ code: 'notWellFormed' }] };
  const document = { document: text };
  switch (resource.kind) {
    case 'lambdaFunction':
      return {
        block: resourceBlock('AWS::Lambda::ResourcePolicy', name, {
          ResourceArn: resource.arn,
          PolicyDocument: document,
        }),
        notes: [{ code: 'replacesPolicy' }, { code: 'notBesidePermissions' }],
      };
    case 'sqsQueue':
      return {
        block: resourceBlock('AWS::SQS::QueuePolicy', name, {
          Queues: [resource.queueUrl],
          PolicyDocument: document,
        }),
        notes: [{ code: 'replacesPolicy' }],
      };
    case 'layerVersion':
      return { notes: [{ code: 'notWellFormed' }] };
  }
}

type Value = string | boolean | readonly string[] | { readonly document: string } | undefined;

function resourceBlock(
  type: string,
  name: string,
  values: Readonly<Record<string, Value>>,
): string {
  const properties = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `      ${key}:${valueText(value)}`);
  return [`  ${name}:`, `    Type: ${type}`, '    Properties:', ...properties].join('\n');
}

function valueText(value: Value): string {
  if (typeof value === 'string') return ` ${yamlString(value)}`;
  if (typeof value !== 'object') return ` ${String(value)}`;
  if ('document' in value) return yamlOfJson(value.document, 8);
  return value.map((item) => `\n        - ${yamlString(item)}`).join('');
}

/** Letters and digits only. */
function logicalId(label: string): string {
  const words = label.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Permission${name}`;
}
