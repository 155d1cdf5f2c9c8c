import type { Policy } from './policy';
import { statementsOf } from './policy';
import type { PolicyCapabilities, PolicyChange } from './policyStore';
import type { Statement } from './statement';

/** Why a statement cannot be removed by its statement ID alone. */
export type RemovalRefusal =
  | { readonly code: 'noStatementId' }
  | { readonly code: 'sharedStatementId'; readonly sid: string; readonly count: number }
  | { readonly code: 'illegalStatementId'; readonly sid: string };

export interface RemovalPlan {
  readonly change: PolicyChange;
  readonly statement: Statement;
  /** Removing a Deny lets in whom it kept out. */
  readonly widensAccess: boolean;
  readonly lastStatement: boolean;
}

export type RemovalPlanning =
  | { readonly possible: true; readonly plan: RemovalPlan }
  | { readonly possible: false; readonly refusal: RemovalRefusal };

/**
 * How one statement is removed without touching another. The API calls take a statement ID; one
 * that is missing, shared or of a form that the call refuses cannot address this statement alone.
 */
export function planRemoval(
  policy: Policy,
  statement: Statement,
  capabilities: PolicyCapabilities,
): RemovalPlanning {
  const statements = statementsOf(policy);
  const { sid } = statement;
  if (sid === undefined || sid === '') return refuse({ code: 'noStatementId' });
  const count = statements.filter((other) => other.sid === sid).length;
  if (count > 1) return refuse({ code: 'sharedStatementId', sid, count });
  if (!capabilities.removableStatementId.test(sid)) {
    return refuse({ code: 'illegalStatementId', sid });
  }
  return {
    possible: true,
    plan: {
      change: { type: 'removeStatement', statementId: sid },
      statement,
      widensAccess: statement.effect === 'Deny',
      lastStatement: statements.length === 1,
    },
  };
}

function refuse(refusal: RemovalRefusal): RemovalPlanning {
  return { possible: false, refusal };
}
