import { formatJson } from '../formatJson';
import type { Grant } from '../grants';
import { layerAction } from '../grants';
import type { Resource } from '../resource';
import type { Copied, CopySubject, Written } from './subject';
import { writeParts } from './subject';

/**
 * Resources of Terraform's AWS provider.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_permission
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_resource_policy
 */
export function copyAsTerraform(subjects: readonly CopySubject[]): Copied {
  const naming = { nameOf: resourceName, separator: '_' };
  const { blocks, notes } = writeParts(subjects, naming, {
    grant: grantBlock,
    document: documentBlock,
  });
  return { text: blocks.join('\n\n'), notes };
}

function grantBlock(grant: Grant, resource: Resource, name: string): Written {
  if (grant.kind === 'lambdaFunction' && resource.kind === 'lambdaFunction') {
    const block = resourceBlock('aws_lambda_permission', name, {
      statement_id: grant.statementId,
      action: grant.action,
      function_name: resource.functionName,
      qualifier: resource.qualifier?.name,
      principal: grant.principal,
      principal_org_id: grant.principalOrgId,
      source_arn: grant.sourceArn,
      source_account: grant.sourceAccount,
      event_source_token: grant.eventSourceToken,
      function_url_auth_type: grant.functionUrlAuthType,
      invoked_via_function_url: grant.invokedViaFunctionUrl,
    });
    return { block, notes: [] };
  }
  if (grant.kind === 'layerVersion' && resource.kind === 'layerVersion') {
    const block = resourceBlock('aws_lambda_layer_version_permission', name, {
      layer_name: layerArn(resource.arn),
      version_number: resource.version,
      statement_id: grant.statementId,
      action: layerAction,
      principal: grant.principal,
      organization_id: grant.organizationId,
    });
    return { block, notes: [] };
  }
  return { notes: [] };
}

/** The ARN of the layer without its version. */
function layerArn(versionArn: string): string {
  return versionArn.replace(/:\d+$/, '');
}

function documentBlock(text: string, resource: Resource, name: string): Written {
  const policy = { policy: { document: text } };
  switch (resource.kind) {
    case 'lambdaFunction':
      return {
        block: resourceBlock('aws_lambda_resource_policy', name, {
          resource_arn: resource.arn,
          ...policy,
        }),
        notes: [{ code: 'replacesPolicy' }, { code: 'notBesidePermissions' }],
      };
    case 'sqsQueue':
      return {
        block: resourceBlock('aws_sqs_queue_policy', name, {
          queue_url: resource.queueUrl,
          ...policy,
        }),
        notes: [{ code: 'replacesPolicy' }],
      };
    case 'layerVersion':
      return { notes: [{ code: 'notWellFormed' }] };
  }
}

type Value = string | number | boolean | { readonly document: string } | undefined;

function resourceBlock(
  type: string,
  name: string,
  values: Readonly<Record<string, Value>>,
): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const width = Math.max(...given.map(([key]) => key.length));
  const lines = given.map(([key, value]) => `  ${key.padEnd(width)} = ${expression(value)}`);
  return [`resource "${type}" "${name}" {`, ...lines, '}'].join('\n');
}

function expression(value: Value): string {
  if (typeof value === 'object') return heredoc(value.document);
  return typeof value === 'string' ? hclString(value) : String(value);
}

/**
 * In Terraform `${` and `%{` begin a template, unless their sign is doubled. Signs in front of them
 * would change what the doubled ones mean, so those are written as escapes, which strings of
 * Terraform and of JSON share.
 */
function withoutTemplates(text: string): string {
  return text.replace(/[$%]+\{/g, (found) => {
    if (found.length === 2) return `${found.charAt(0)}${found}`;
    return found.replace(/[$%]/g, (sign) => (sign === '$' ? '\\u0024' : '\\u0025'));
  });
}

export function hclString(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // eslint-disable-next-line no-control-regex -- these are looked for
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
  return `"${withoutTemplates(escaped)}"`;
}

/** The text between two marks on lines of their own; JSON has no line of letters. */
function heredoc(text: string): string {
  const pretty = formatJson(text);
  let mark = 'POLICY';
  while (pretty.includes(mark)) mark += '_';
  return `<<${mark}\n${withoutTemplates(pretty)}\n${mark}`;
}

/** Letters, digits, `_` and `-`, beginning with a letter or `_`. */
function resourceName(label: string): string {
  const name = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(name) ? name : `permission_${name}`.replace(/_$/, '');
}
