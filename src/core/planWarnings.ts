import { locksOwnerOut, mayLockOwnerOut } from './actionProblems';
import { parseArn } from './arn';
import { opensToEveryone } from './findings/opensToEveryone';
import { limits } from './limits';
import { managedBy } from './managedBy';
import type { ChangeWarning, Way } from './plan';
import type { PlanBase } from './planning';
import { byteLength, parsePolicy, statementsOf } from './policy';
import { hasSamePrincipals } from './principals';
import type { Resource } from './resource';
import type { Statement } from './statement';
import { missingIn } from './statementCounts';

/** What a person should know of a change before it is made. */
export function planWarnings(
  { resource, text }: PlanBase,
  { calls, after }: Way,
  removed: readonly Statement[],
  added: readonly Statement[],
): readonly ChangeWarning[] {
  const before = text === undefined ? [] : statementsOf(parsePolicy(text));
  const left = after === undefined ? [] : statementsOf(parsePolicy(after));
  const isWhole = calls.some(({ type }) => type === 'putPolicy');
  return [
    ...removed.flatMap((statement) => denyWarnings(statement, added)),
    ...removed.flatMap((statement) => removalWarnings(resource, statement, before, left)),
    ...added.flatMap((statement) => additionWarnings(resource, statement, removed)),
    ...(removed.length > 0 && left.length === 0 ? [{ code: 'lastStatement' } as const] : []),
    // The calls that add one statement check the whole policy, too: now, or when it is undone.
    ...unresolved(left, isWhole || added.length > 0 ? 'unresolvedPrincipal' : 'notRestorable'),
    ...unresolved(missingIn(removed, left), 'notRestorable'),
    ...nearLimit(resource, after, added),
  ];
}

function denyWarnings(statement: Statement, added: readonly Statement[]): readonly ChangeWarning[] {
  if (statement.effect !== 'Deny') return [];
  const now = editedDeny(statement, added);
  return [now ? { code: 'denyEdited', statement, now } : { code: 'denyRemoved', statement }];
}

function removalWarnings(
  resource: Resource,
  statement: Statement,
  before: readonly Statement[],
  left: readonly Statement[],
): readonly ChangeWarning[] {
  const warnings: ChangeWarning[] = [];
  // Edited, the half may still be one.
  const alone = left.filter((each) => !left.some((half) => isUrlPair(each, half)));
  const other = before.find(
    (each) => isUrlPair(statement, each) && missingIn([each], alone).length === 0,
  );
  if (other) warnings.push({ code: 'functionUrlHalf', statement, other });
  const by = managedBy(statement, resource);
  if (by) warnings.push({ code: 'managed', statement, by });
  return warnings;
}

/**
 * Since October 2025 a function URL needs both: the one that allows the URL, and the one that allows
 * the call through it.
 */
function isUrlPair(one: Statement, other: Statement): boolean {
  const [a, b] = [urlHalf(one), urlHalf(other)];
  if (a === undefined || b === undefined || a === b) return false;
  return hasSamePrincipals(one, other);
}

function urlHalf({ effect, actions, conditions }: Statement): 'url' | 'call' | undefined {
  if (effect !== 'Allow') return undefined;
  const holds = (key: string) => conditions.some((it) => it.key.toLowerCase() === key);
  if (actions.some((action) => /^lambda:InvokeFunctionUrl$/i.test(action))) return 'url';
  const isCall = actions.some((action) => /^lambda:InvokeFunction$/i.test(action));
  // One that allows every call allows those through the URL as well.
  const isThroughUrl = conditions.length === 0 || holds('lambda:invokedviafunctionurl');
  return isCall && isThroughUrl ? 'call' : undefined;
}

function additionWarnings(
  resource: Resource,
  statement: Statement,
  removed: readonly Statement[],
): readonly ChangeWarning[] {
  const { arn, kind } = resource;
  if (statement.effect === 'Deny') {
    const owner = parseArn(arn)?.accountId;
    if (locksOwnerOut(statement, kind, owner)) return [{ code: 'locksOwnerOut', statement }];
    if (mayLockOwnerOut(statement, kind, owner)) return [{ code: 'mayLockOwnerOut', statement }];
    return editedDeny(statement, removed) ? [] : [{ code: 'denyAdded', statement }];
  }
  return opensToEveryone(statement, resource) ? [{ code: 'opensToEveryone', statement, kind }] : [];
}

/** What a Deny was or becomes, under the same Sid. */
function editedDeny(
  { effect, sid }: Statement,
  others: readonly Statement[],
): Statement | undefined {
  if (effect !== 'Deny' || sid === undefined) return undefined;
  return others.find((other) => other.effect === 'Deny' && other.sid === sid);
}

function unresolved(
  statements: readonly Statement[],
  code: 'unresolvedPrincipal' | 'notRestorable',
): readonly ChangeWarning[] {
  return statements.flatMap((statement) =>
    statement.principals.flatMap((principal) =>
      principal.kind === 'unresolved' ? [{ code, statement, id: principal.id }] : [],
    ),
  );
}

const nearShare = 0.8;

function nearLimit(
  { kind }: Resource,
  after: string | undefined,
  added: readonly Statement[],
): readonly ChangeWarning[] {
  if (after === undefined || added.length === 0) return [];
  const limit = limits[kind].bytes;
  const bytes = byteLength(after);
  return bytes > limit * nearShare ? [{ code: 'nearLimit', bytes, limit }] : [];
}
