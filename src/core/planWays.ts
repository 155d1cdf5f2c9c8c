import { grantOf } from './grantStatement';
import type { Way } from './plan';
import type { PlanBase } from './planning';
import { addedTo, removalCalls, removalObstacle } from './planning';
import type { Insertion } from './policyEdit';
import { withoutStatements, withStatements } from './policyEdit';
import type { PolicyCall } from './policyStore';
import type { Statement } from './statement';

/** What is to become of a policy's statements: `now` as it is, of which `removed` go. */
export interface Effects {
  readonly now: readonly Statement[];
  readonly removed: readonly Statement[];
  readonly added: readonly Statement[];
}

/** By the calls that remove and add one statement each, if they can say all of it. They append. */
export function singleCalls(base: PlanBase, effects: Effects): Way | undefined {
  const calls = callsFor(base, effects);
  const { now, added } = effects;
  const at = now.length;
  const insertions = added.map(({ text }) => ({ text, at, verbatim: true }));
  return calls && { calls, after: merged(base, effects, insertions) };
}

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

/** The text without some of its statements and with others; places count what is kept. */
export function merged(
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

export function withSid(
  statements: readonly Statement[],
  sid: string | undefined,
): readonly Statement[] {
  return sid === undefined ? [] : statements.filter((statement) => statement.sid === sid);
}
