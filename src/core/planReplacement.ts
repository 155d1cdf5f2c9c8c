import type { ChangeIntent, Planning } from './plan';
import type { PlanBase } from './planning';
import { accept, inOrder, refuse, wholeWrite } from './planning';
import { singleCalls } from './planWays';
import { parsePolicy, statementsOf } from './policy';
import { saysTheSame } from './samePolicy';
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
  const now = base.text === undefined ? undefined : parsePolicy(base.text);
  const before = now ? statementsOf(now) : [];
  const after = wanted ? statementsOf(wanted) : [];
  const text = after.length === 0 ? undefined : intent.text;
  if (base.text === text) return refuse({ code: 'nothingToDo' });
  const removed = missingIn(before, after);
  const added = missingIn(after, before);
  // What is no policy can only be replaced.
  const single =
    now?.wellFormed === false ? undefined : singleCalls(base, { now: before, removed, added });
  // Where the whole cannot be written: if single calls come to the same.
  const isEnough = single && saysTheSame(single.after, text);
  const ways = inOrder(base, wholeWrite(base, text), isEnough ? single : undefined);
  return accept(base, intent, ways, { removed, added });
}
