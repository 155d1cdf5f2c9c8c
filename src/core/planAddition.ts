import { grantStatementText } from './grantStatement';
import type { ChangeIntent, Planning, Way } from './plan';
import type { PlanBase } from './planning';
import { accept, addedTo, refuse, wholeWrite } from './planning';
import { parsePolicy, statementsOf } from './policy';
import type { Statement } from './statement';

/** By the calls that add one permission each. */
export function planGrants(
  base: PlanBase,
  statements: readonly Statement[],
  intent: Extract<ChangeIntent, { type: 'add' }>,
): Planning {
  const texts = intent.grants.map((grant) => grantStatementText(grant, base.resource.arn));
  const calls = intent.grants.map((grant) => ({ type: 'addStatement', grant }) as const);
  return planAdded(base, statements, intent, texts, (after) => [{ calls, after }]);
}

/** By writing the whole policy. */
export function planInsertion(
  base: PlanBase,
  statements: readonly Statement[],
  intent: Extract<ChangeIntent, { type: 'insert' }>,
): Planning {
  return planAdded(base, statements, intent, intent.texts, (after) => {
    const whole = wholeWrite(base, after);
    return whole ? [whole] : [];
  });
}

function planAdded(
  base: PlanBase,
  statements: readonly Statement[],
  intent: ChangeIntent,
  texts: readonly string[],
  waysTo: (after: string) => readonly Way[],
): Planning {
  const { length: at } = statements;
  const after = addedTo(
    base,
    texts.map((text) => ({ text, at })),
  );
  const added = statementsOf(parsePolicy(after)).slice(at);
  const sids = statements.map(({ sid }) => sid);
  for (const { sid } of added) {
    if (sid !== undefined && sids.includes(sid)) return refuse({ code: 'statementIdTaken', sid });
    sids.push(sid);
  }
  return accept(base, intent, waysTo(after), { removed: [], added });
}
