import { parseArn } from './arn';
import type { ResourceKind } from './resource';
import { statementIdLength } from './statementIds';

/** Whom a permission is for, as far as its statement ID tells. */
export type Grantee =
  | { readonly type: 'service'; readonly service: string; readonly sourceArn?: string }
  | { readonly type: 'accounts'; readonly accountIds: readonly string[] }
  | { readonly type: 'identity'; readonly arn: string }
  | { readonly type: 'organization'; readonly organizationId: string }
  | { readonly type: 'everyone' };

/** A statement ID that says whom it is for, that the call accepts and that the policy has not yet. */
export function proposedStatementId(
  grantee: Grantee,
  kind: ResourceKind,
  taken: readonly string[],
  prefix = '',
): string {
  return freeStatementId(prefix + granteeName(grantee), kind, taken);
}

/** `name`, or with a number behind it where it is taken. */
export function freeStatementId(
  name: string,
  kind: ResourceKind,
  taken: readonly string[],
): string {
  const legal = name.replace(/[^a-zA-Z0-9_-]+/g, '-').replace(/^-+|-+$/g, '') || 'permission';
  for (let count = 1; ; count++) {
    const suffix = count === 1 ? '' : `-${count}`;
    const id = legal.slice(0, statementIdLength(kind) - suffix.length) + suffix;
    if (!taken.includes(id)) return id;
  }
}

/** As the console names the two that a public function URL needs. */
export const publicUrlIds = {
  url: 'FunctionURLAllowPublicAccess',
  invoke: 'FunctionURLInvokeAllowPublicAccess',
} as const;

function granteeName(grantee: Grantee): string {
  switch (grantee.type) {
    case 'service': {
      const [name = ''] = grantee.service.split('.');
      const source = grantee.sourceArn === undefined ? '' : sourceName(grantee.sourceArn);
      return [name, source].filter((part) => part !== '').join('-');
    }
    case 'accounts': {
      const word = grantee.accountIds.length === 1 ? 'account' : 'accounts';
      return [word, ...grantee.accountIds].join('-');
    }
    case 'identity': {
      const [type = '', ...path] = parseArn(grantee.arn)?.resource.split('/') ?? [];
      return [type, path.at(-1) ?? ''].join('-');
    }
    case 'organization':
      return `organization-${grantee.organizationId}`;
    case 'everyone':
      return 'everyone';
  }
}

/** The name of what calls, without what its ARN says about stages, methods, versions and the like. */
function sourceName(arn: string): string {
  const { service = '', resource = '' } = parseArn(arn) ?? {};
  const named = resource.replace(/^(rule|config-rule|userpool|targetgroup|log-group)[/:]/, '');
  const [first = ''] = named.split('/');
  const name = ['execute-api', 'elasticloadbalancing'].includes(service) ? first : named;
  return name.replace(/[^a-zA-Z0-9_-]+/g, '-').replace(/^-+|-+$/g, '');
}
