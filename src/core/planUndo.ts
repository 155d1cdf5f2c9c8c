import { grantOf } from './grantStatement';
import type { ChangeIntent, ChangeWarning, Planning, Way } from './plan';
import type { PlanBase } from './planning';
import { accept, holdsUnresolved, inOrder, refuse, removalObstacle, wholeWrite } from './planning';
import type { Effects } from './planWays';
import { merged, singleCalls, withSid } from './planWays';
import type { Policy } from './policy';
import { parsePolicy, statementsOf } from './policy';
import type { Insertion } from './policyEdit';
import { saysTheSame } from './samePolicy';
import type { Statement } from './statement';
import { missingIn } from './statementCounts';

type Undo = Extract<ChangeIntent, { type: 'undo' }>;

/**
 * Takes a change back. When the policy still is what the change made of it, it becomes what it was,
 * byte for byte; when others changed it since, only the statements of the change are touched.
 */
export function planUndo(base: PlanBase, policy: Policy | undefined, intent: Undo): Planning {
  const isOurs = saysTheSame(base.text, intent.after);
  if (policy && !policy.wellFormed && !isOurs) {
    return refuse({ code: 'malformed', problem: policy.problem });
  }
  const now = policy ? statementsOf(policy) : [];
  const before = statementsAt(intent.before);
  const after = statementsAt(intent.after);
  const back = missingIn(before, after);
  const away = missingIn(after, before);
  // What others did already is left as it is.
  const removed = common(now, away);
  const added = missingIn(back, missingIn(now, common(after, before)));
  const warnings: readonly ChangeWarning[] = [
    ...missingIn(away, removed).map(
      (statement) => ({ code: 'alreadyRemoved', statement }) as const,
    ),
    ...missingIn(back, added).map((statement) => ({ code: 'alreadyThere', statement }) as const),
  ];
  if (base.text === intent.before) return refuse({ code: 'nothingToDo' });
  if (!isOurs && removed.length + added.length === 0) {
    // What stands beside the statements is no statement of ours to be found again among theirs.
    const isHeadOnly = back.length + away.length === 0 && !saysTheSame(base.text, intent.before);
    return refuse({ code: isHeadOnly ? 'conflict' : 'nothingToDo' });
  }
  const kept = now.filter((statement) => !removed.includes(statement));
  const taken = added.find(({ sid }) => missingIn(withSid(kept, sid), before).length > 0);
  if (taken?.sid !== undefined) return refuse({ code: 'statementIdTaken', sid: taken.sid });
  const target = isOurs
    ? intent.before
    : merged(base, { now, removed }, placed(added, before, kept));
  const ways = waysBack(base, { now, removed, added }, target);
  if (ways.length === 0) return refuseStatements(base, { now, removed, added });
  return accept(base, intent, ways, { removed, added, warnings });
}

function waysBack(base: PlanBase, effects: Effects, target: string | undefined): readonly Way[] {
  const { removed, added } = effects;
  const policy = target === undefined ? undefined : parsePolicy(target);
  const left = policy ? statementsOf(policy) : [];
  // What is no policy can only be written.
  const single = policy?.wellFormed === false ? undefined : singleCalls(base, effects);
  const whole = wholeWrite(base, target);
  // They leave what stands beside the statements as it is.
  const isEnough = single && saysTheSame(single.after, target);
  // Half of an undo is none, but where there is no other way at all.
  const offered = isEnough || base.capabilities.wholeDocument === 'no' ? single : undefined;
  const simpler =
    isEnough && ((removed.length === 1 && added.length === 0) || holdsUnresolved(left));
  return simpler ? inOrder(base, offered, whole) : inOrder(base, whole, offered);
}

function refuseStatements({ resource, capabilities }: PlanBase, effects: Effects): Planning {
  const obstacle = removalObstacle(effects.removed, effects.now, capabilities);
  if (obstacle) return refuse(obstacle);
  const statement = effects.added.find((added) => !grantOf(added, resource));
  return refuse(statement ? { code: 'notExpressible', statement } : { code: 'noWholeDocument' });
}

/** Each where it stood: after the nearest one before it that is still there. */
function placed(
  added: readonly Statement[],
  before: readonly Statement[],
  kept: readonly Statement[],
): readonly Insertion[] {
  return added.map((statement) => {
    const earlier = before.filter(({ index }) => index < statement.index).reverse();
    const places = earlier.map(({ canonical: form }) =>
      kept.findLastIndex((other) => other.canonical === form),
    );
    const place = places.find((index) => index >= 0) ?? -1;
    return { text: statement.text, at: place + 1, verbatim: true };
  });
}

/** Those of `from` that are in `others`, each at most as often as there. */
function common(from: readonly Statement[], others: readonly Statement[]): readonly Statement[] {
  const missing = missingIn(from, others);
  return from.filter((statement) => !missing.includes(statement));
}

function statementsAt(text: string | undefined): readonly Statement[] {
  return text === undefined ? [] : statementsOf(parsePolicy(text));
}
