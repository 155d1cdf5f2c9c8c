import assert from 'node:assert/strict';
import type { Policy } from '../../src/core/policy';
import { parsePolicy } from '../../src/core/policy';
import type { Statement } from '../../src/core/statement';

export type WellFormed = Extract<Policy, { wellFormed: true }>;

export function wellFormed(text: string): WellFormed {
  const policy = parsePolicy(text);
  if (!policy.wellFormed) assert.fail(JSON.stringify(policy.problem));
  return policy;
}

/** The policy of these statements, each as JSON text or as a value. */
export function policyWith(...statements: readonly unknown[]): WellFormed {
  const texts = statements.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  return wellFormed(`{"Version":"2012-10-17","Statement":[${texts.join(',')}]}`);
}

export function statementFrom(statement: unknown): Statement {
  const [only] = policyWith(statement).statements;
  assert.ok(only);
  return only;
}
