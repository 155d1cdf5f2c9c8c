import type { ChangeIntent, Planning } from './plan';
import type { PlanBase } from './planning';
import { accept, refuse, wholeWrite } from './planning';
import { parsePolicy, statementsOf } from './policy';
import { missingIn } from './statementCounts';

/** A whole new text in place of the one it was made from. No statements: the policy goes. */
export function planReplacement(
  base: PlanBase,
  intent: Extract<ChangeIntent, { type: 'replace' }>,
): Planning {
  if (base.capabilities.wholeDocument === 'no') return refuse({ code: 'noWholeDocument' });
  if (base.text === intent.text) return refuse({ code: 'nothingToDo' });
  if (base.text !== intent.base) return refuse({ code: 'conflict' });
  const wanted = intent.text === undefined ? undefined : parsePolicy(intent.text);
  if (wanted && !wanted.wellFormed) return refuse({ code: 'malformed', problem: wanted.problem });
  const before = base.text === undefined ? [] : statementsOf(parsePolicy(base.text));
  const after = wanted ? statementsOf(wanted) : [];
  const text = after.length === 0 ? undefined : intent.text;
  if (base.text === text) return refuse({ code: 'nothingToDo' });
  const whole = wholeWrite(base, text);
  return accept(base, intent, whole ? [whole] : [], {
    removed: missingIn(before, after),
    added: missingIn(after, before),
  });
}
