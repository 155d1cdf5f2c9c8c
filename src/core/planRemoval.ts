import type { ChangeIntent, ChangeRefusal, Planning } from './plan';
import type { PlanBase } from './planning';
import {
  accept,
  holdsUnresolved,
  inOrder,
  refuse,
  removalCalls,
  removalObstacle,
  wholeWrite,
} from './planning';
import { withoutStatements } from './policyEdit';
import type { PolicyCapabilities } from './policyStore';
import { parsePolicy, statementsOf } from './policy';
import { hasSamePrincipals } from './principals';
import type { Statement } from './statement';
import { findSame } from './statement';
import { missingIn } from './statementCounts';

/** Why a statement cannot be removed alone, whatever else is done to the policy; else nothing. */
export function removalRefusal(
  statement: Statement,
  all: readonly Statement[],
  capabilities: PolicyCapabilities,
): ChangeRefusal | undefined {
  // What can be written whole can be written without it.
  return capabilities.wholeDocument === 'no'
    ? removalObstacle([statement], all, capabilities)
    : undefined;
}

/** What others have made of a statement: what has its Sid now or, without one, has come since. */
function becameOf(
  statement: Statement,
  others: readonly Statement[],
  seenIn: string | undefined,
): Statement | undefined {
  const { sid, index } = statement;
  if (sid !== undefined) return others.find((other) => other.sid === sid);
  if (seenIn === undefined) return undefined;
  const come = missingIn(others, statementsOf(parsePolicy(seenIn)));
  const nameless = come.filter((other) => other.sid === undefined);
  // Another place and somebody else: that is another statement, and this one is gone.
  return nameless.find((other) => other.index === index || hasSamePrincipals(other, statement));
}

type Removal = Extract<ChangeIntent, { type: 'remove' }>;

/**
 * Statements that were seen go, and no other: one write where the kind can, by their IDs where that
 * is the simpler call or the only one.
 */
export function planRemoval(
  base: PlanBase,
  statements: readonly Statement[],
  intent: Removal,
): Planning {
  const found: Statement[] = [];
  const gone: Statement[] = [];
  for (const wanted of intent.statements) {
    const same = findSame(
      statements.filter((statement) => !found.includes(statement)),
      wanted,
    );
    if (same) found.push(same);
    else gone.push(wanted);
  }
  for (const statement of gone) {
    // Only now: another one that is to go may have the same Sid.
    const others = statements.filter((other) => !found.includes(other));
    const now = becameOf(statement, others, intent.seenIn);
    if (now) return refuse({ code: 'changed', statement, now });
  }
  if (found.length === 0) return refuse({ code: 'nothingToDo' });
  const warnings = gone.map((statement) => ({ code: 'alreadyRemoved', statement }) as const);
  const indexes = new Set(found.map(({ index }) => index));
  const after = withoutStatements(base.text ?? '', indexes);
  const obstacle = removalObstacle(found, statements, base.capabilities);
  const calls = obstacle ? undefined : removalCalls(found);
  const byId = calls && { calls, after };
  const whole = wholeWrite(base, after);
  if (!byId && !whole && obstacle) return refuse(obstacle);
  const left = statements.filter(({ index }) => !indexes.has(index));
  const simpler = found.length === 1 || holdsUnresolved(left);
  const ways = simpler ? inOrder(base, byId, whole) : inOrder(base, whole, byId);
  return accept(base, intent, ways, { removed: found, added: [], warnings });
}
