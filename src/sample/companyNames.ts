import { fixedRevisionId } from './account';
import type { SampleFunction, SamplePolicy } from './state';

export const companyIdentity = {
  accountId: '123456789012',
  region: 'eu-west-1',
  organizationId: 'o-tidewater01',
  callerArn: 'arn:aws:sts::123456789012:assumed-role/SampleDeveloper/you',
} as const;

/** Other accounts that the company deals with. */
export const partners = {
  warehouse: '210987654321',
  analytics: '345678901234',
  courier: '456789012345',
  agency: '567890123456',
} as const;

const { accountId, region } = companyIdentity;

export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

export function rootOf(account: string): string {
  return `arn:aws:iam::${account}:root`;
}

/** A statement before its Resource, which is the same for all of a policy, is put in. */
export interface Grant {
  readonly sid?: string;
  readonly effect?: 'Allow' | 'Deny';
  readonly principal?: unknown;
  readonly notPrincipal?: unknown;
  readonly action?: string | readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function service(name: string): unknown {
  return { Service: name };
}

/** The condition that AddPermission writes for SourceArn and SourceAccount. */
export function source(arn: string, account?: string): NonNullable<Grant['condition']> {
  const like = { ArnLike: { 'AWS:SourceArn': arn } };
  return account === undefined ? like : { StringEquals: { 'AWS:SourceAccount': account }, ...like };
}

/** A policy as Lambda writes it. */
export function lambdaPolicy(
  resource: string,
  grants: readonly Grant[],
  action = 'lambda:InvokeFunction',
): SamplePolicy {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Id: 'default',
    Statement: grants.map((grant) => statementOf(grant, action, resource)),
  });
  return { text, revisionId: fixedRevisionId(resource) };
}

export function statementOf(grant: Grant, action: string, resource: string): unknown {
  return {
    ...(grant.sid === undefined ? {} : { Sid: grant.sid }),
    Effect: grant.effect ?? 'Allow',
    ...(grant.principal === undefined ? {} : { Principal: grant.principal }),
    ...(grant.notPrincipal === undefined ? {} : { NotPrincipal: grant.notPrincipal }),
    Action: grant.action ?? action,
    Resource: resource,
    ...(grant.condition === undefined ? {} : { Condition: grant.condition }),
  };
}

/** A function with the grants of each of its policies by qualifier. */
export function functionWith(
  name: string,
  description: string,
  parts: {
    readonly runtime?: string;
    readonly versions?: number;
    readonly aliases?: Readonly<Record<string, string>>;
    readonly grants?: Readonly<Record<string, readonly Grant[]>>;
  },
): SampleFunction {
  const policies = Object.entries(parts.grants ?? {}).map(([qualifier, grants]) => {
    const resource = `function:${name}${qualifier === '' ? '' : `:${qualifier}`}`;
    return [qualifier, lambdaPolicy(arnOf('lambda', resource), grants)] as const;
  });
  return {
    name,
    description,
    runtime: parts.runtime ?? 'nodejs22.x',
    versions: Array.from({ length: parts.versions ?? 0 }, (_, index) => String(index + 1)),
    aliases: parts.aliases ?? {},
    policies: Object.fromEntries(policies),
  };
}
