import type { Statement } from '../statement';
import { implies } from './implies';
import type { Found } from './policyFindings';

/**
 * Statements that could go without any answer of the policy changing: of those that do the same all
 * but the first, and those whose whole effect another has.
 */
export function redundancies(
  statements: readonly Statement[],
  owner: string | undefined,
): readonly Found[] {
  const gone = new Set<Statement>();
  const found: Found[] = [];
  for (const statement of statements) {
    const covers = statements.filter(
      (other) => other !== statement && !gone.has(other) && implies(other, statement, owner),
    );
    const same = covers.find((other) => implies(statement, other, owner));
    const wider = covers.find((other) => !implies(statement, other, owner));
    const by = wider ?? (same && same.index < statement.index ? same : undefined);
    if (!by) continue;
    gone.add(statement);
    const rule = by === wider ? 'implied-statement' : 'duplicate-statement';
    found.push({ detail: { rule, by }, statement });
  }
  return found;
}
