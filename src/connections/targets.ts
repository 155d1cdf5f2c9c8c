import type { PolicyReading } from '../core/policyStore';
import type { Resource } from '../core/resource';
import { isRecord, isResource } from '../core/resource';
import type { Statement } from '../core/statement';

/** A resource as seen over a connection. */
export interface ResourceTarget {
  readonly connectionId: string;
  readonly resource: Resource;
}

/** A statement in the policy that a person saw it in. */
export interface StatementTarget extends ResourceTarget {
  readonly reading: Extract<PolicyReading, { state: 'policy' }>;
  readonly statement: Statement;
}

/** Checks what a row, a page or a caller from outside hands to a command. */
export function isResourceTarget(value: unknown): value is ResourceTarget {
  return isRecord(value) && typeof value.connectionId === 'string' && isResource(value.resource);
}

export function isStatementTarget(value: unknown): value is StatementTarget {
  if (!isResourceTarget(value)) return false;
  const { reading, statement } = value as ResourceTarget & Readonly<Record<string, unknown>>;
  return (
    isRecord(reading) &&
    typeof reading.text === 'string' &&
    isRecord(statement) &&
    typeof statement.canonical === 'string'
  );
}
