import type { PlanBase } from './planning';
import { addedTo } from './planning';
import { parsePolicy, statementsOf } from './policy';
import { withoutStatements } from './policyEdit';
import type { Statement } from './statement';
import { missingIn } from './statementCounts';

/** A policy's text after some of its statements went and others were appended. */
export function textAfter(
  base: PlanBase,
  removed: readonly Statement[],
  added: readonly Statement[],
): string | undefined {
  const statements = base.text === undefined ? [] : statementsOf(parsePolicy(base.text));
  const kept = missingIn(statements, removed);
  const gone = statements.filter((statement) => !kept.includes(statement));
  const text =
    base.text === undefined || gone.length === 0
      ? base.text
      : withoutStatements(base.text, new Set(gone.map(({ index }) => index)));
  const at = statements.length;
  return added.length === 0
    ? text
    : addedTo(
        { ...base, text },
        added.map((statement) => ({ text: statement.text, at, verbatim: true })),
      );
}
