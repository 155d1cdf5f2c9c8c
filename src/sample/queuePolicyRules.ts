import type { PolicyDocument, Statement } from './policyText';
import {
  byteLength,
  conditionKeys,
  hasUnresolvedPrincipal,
  listed,
  parsePolicy,
  principalsOf,
} from './policyText';
import { SampleError } from './protocol';
import { accessDenied } from './queueErrors';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const limits = {
  bytes: 8_192,
  statements: 20,
  principals: 50,
  actions: 7,
  conditions: 10,
} as const;

/** Throws for a whole document that SQS would not store. */
export function checkQueuePolicy(text: string): void {
  const document = parsePolicy(text);
  if (
    !document ||
    document.statements.length === 0 ||
    !document.statements.every(isComplete) ||
    hasUnresolvedPrincipal(document)
  ) {
    throw new SampleError(400, 'InvalidAttributeValue', 'Invalid value for the parameter Policy.');
  }
  checkQueueLimits(document, text);
}

export function checkQueueLimits({ statements }: PolicyDocument, text: string): void {
  const principals = statements.flatMap(principalsOf);
  const most = (count: (statement: Statement) => number): number =>
    Math.max(0, ...statements.map(count));
  const sizes: Readonly<Record<keyof typeof limits, number>> = {
    bytes: byteLength(text),
    statements: statements.length,
    principals: principals.length,
    actions: most((statement) => listed(statement['Action']).length),
    conditions: most((statement) => conditionKeys(statement).length),
  };
  for (const [name, size] of Object.entries(sizes)) {
    const limit = limits[name as keyof typeof limits];
    if (size > limit) {
      const message = `${size} ${name} were found, maximum allowed is ${limit}.`;
      throw new SampleError(403, 'OverLimit', message);
    }
  }
}

/**
 * A Deny for everyone without a condition binds the owner too: that is how a queue gets locked.
 * Other statements do not matter, since the caller owns the queue.
 */
export function checkDeny(policy: string | undefined, action: string): void {
  const statements = policy === undefined ? [] : (parsePolicy(policy)?.statements ?? []);
  const denied = statements.some(
    (statement) =>
      statement['Effect'] === 'Deny' &&
      principalsOf(statement).includes('*') &&
      conditionKeys(statement).length === 0 &&
      listed(statement['Action']).some((pattern) => matches(String(pattern), action)),
  );
  if (denied) throw accessDenied(action);
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const source = parts.map((part) => part.replace(/[^a-z0-9:]/g, '\\$&')).join('.*');
  return new RegExp(`^${source}$`).test(`sqs:${action}`.toLowerCase());
}

function isComplete(statement: Statement): boolean {
  const has = (key: string): boolean =>
    statement[key] !== undefined || statement[`Not${key}`] !== undefined;
  return (
    (statement['Effect'] === 'Allow' || statement['Effect'] === 'Deny') &&
    ['Principal', 'Action', 'Resource'].every(has)
  );
}
