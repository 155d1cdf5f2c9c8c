import { parseTree } from 'jsonc-parser';
import { grantOf } from './grantStatement';
import { members } from './jsonNodes';
import type { ChangeIntent, ChangeWarning, Planning, Way } from './plan';
import type { PlanBase } from './planning';
import {
  accept,
  addedTo,
  holdsUnresolved,
  inOrder,
  refuse,
  removalCalls,
  removalObstacle,
  wholeWrite,
} from './planning';
import type { Policy } from './policy';
import { parsePolicy, statementsOf } from './policy';
import type { Insertion } from './policyEdit';
import { withoutStatements, withStatements } from './policyEdit';
import type { PolicyCall } from './policyStore';
import type { Statement } from './statement';
import { canonical } from './statement';
import { countsOf, missingIn, sameCounts } from './statementCounts';

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
  if (!isOurs && removed.length + added.length === 0) return refuse({ code: 'nothingToDo' });
  if (base.text === intent.before) return refuse({ code: 'nothingToDo' });
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

interface Effects {
  readonly now: readonly Statement[];
  readonly removed: readonly Statement[];
  readonly added: readonly Statement[];
}

function waysBack(base: PlanBase, effects: Effects, target: string | undefined): readonly Way[] {
  const { removed, added } = effects;
  const policy = target === undefined ? undefined : parsePolicy(target);
  const left = policy ? statementsOf(policy) : [];
  // What is no policy can only be written.
  const calls = policy?.wellFormed === false ? undefined : callsFor(base, effects);
  const single = calls && { calls, after: appended(base, effects) };
  const whole = wholeWrite(base, target);
  // They leave what stands beside the statements as it is.
  const isEnough = single && saysTheSame(single.after, target);
  const simpler =
    isEnough && ((removed.length === 1 && added.length === 0) || holdsUnresolved(left));
  return simpler ? inOrder(base, single, whole) : inOrder(base, whole, single);
}

/** The calls that remove and add one statement each, if they can say all of it. */
function callsFor(
  { resource, capabilities }: PlanBase,
  { now, removed, added }: Effects,
): readonly PolicyCall[] | undefined {
  if (removed.length + added.length === 0) return undefined;
  if (removalObstacle(removed, now, capabilities)) return undefined;
  const left = [...now.filter((statement) => !removed.includes(statement)), ...added];
  // What may stand in a text that is written whole: the adding call takes each ID once.
  if (added.some(({ sid }) => withSid(left, sid).length > 1)) return undefined;
  const grants = added.map((statement) => grantOf(statement, resource));
  if (grants.some((grant) => grant === undefined)) return undefined;
  const adding = grants
    .filter((grant) => grant !== undefined)
    .map((grant): PolicyCall => ({ type: 'addStatement', grant }));
  return [...removalCalls(removed), ...adding];
}

function refuseStatements({ resource, capabilities }: PlanBase, effects: Effects): Planning {
  const obstacle = removalObstacle(effects.removed, effects.now, capabilities);
  if (obstacle) return refuse(obstacle);
  const statement = effects.added.find((added) => !grantOf(added, resource));
  return refuse(statement ? { code: 'notExpressible', statement } : { code: 'noWholeDocument' });
}

/** What the adding calls make of it: they append. */
function appended(base: PlanBase, { now, removed, added }: Effects): string | undefined {
  const at = now.length;
  const insertions = added.map(({ text }) => ({ text, at, verbatim: true }));
  return merged(base, { now, removed }, insertions);
}

/** The text without some of its statements and with others; places count what is kept. */
function merged(
  base: PlanBase,
  { now, removed }: Pick<Effects, 'now' | 'removed'>,
  insertions: readonly Insertion[],
): string | undefined {
  if (base.text === undefined) return addedTo(base, insertions);
  const indexes = new Set(removed.map(({ index }) => index));
  if (indexes.size === 0) return withStatements(base.text, insertions);
  if (insertions.length === 0) return withoutStatements(base.text, indexes);
  const kept = withoutStatements(base.text, indexes);
  if (kept !== undefined) return withStatements(kept, insertions);
  // All go and others come: these first, so that there is a list to take the old ones from.
  const both = withStatements(
    base.text,
    insertions.map((insertion) => ({ ...insertion, at: now.length })),
  );
  return withoutStatements(both, indexes);
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

function withSid(statements: readonly Statement[], sid: string | undefined): readonly Statement[] {
  return sid === undefined ? [] : statements.filter((statement) => statement.sid === sid);
}

/** Those of `from` that are in `others`, each at most as often as there. */
function common(from: readonly Statement[], others: readonly Statement[]): readonly Statement[] {
  const missing = missingIn(from, others);
  return from.filter((statement) => !missing.includes(statement));
}

function statementsAt(text: string | undefined): readonly Statement[] {
  return text === undefined ? [] : statementsOf(parsePolicy(text));
}

/** Whether two texts are the same policy, however AWS wrote them. */
function saysTheSame(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const [one, other] = [parsePolicy(a), parsePolicy(b)];
  if (!one.wellFormed || !other.wellFormed) return false;
  return (
    otherMembers(a) === otherMembers(b) &&
    sameCounts(countsOf(one.statements), countsOf(other.statements))
  );
}

function otherMembers(text: string): string {
  return [...new Map(members(parseTree(text)))]
    .filter(([name]) => name !== 'Statement')
    .map(([name, value]) => `${name}:${canonical(value)}`)
    .sort()
    .join();
}
