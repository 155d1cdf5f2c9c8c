import type { JSONPath } from 'jsonc-parser';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { WellFormedPolicy } from '../evaluate/decide';
import { parseOperator } from '../evaluate/operators';
import { entriesOf, namesAll } from '../findings/entries';
import { trustNobody } from '../findings/finding';
import { parseArn } from '../arn';
import { lastMember, members } from '../jsonNodes';
import { parsePolicy } from '../policy';
import { withoutItems, withoutStatements } from '../policyEdit';
import type { Resource } from '../resource';
import type { Condition, Statement } from '../statement';
import type { Whom } from './whom';
import { isOfSource, namesOf, namesOfValue, whomKey } from './whom';

/** What has to go of a policy for somebody to lose what it gives them by name. */
export interface Revocation {
  /** Those that are for nobody else. */
  readonly removed: readonly Statement[];
  /** Those that stay for others. */
  readonly narrowed: readonly Statement[];
  /** The text without all that; `undefined`: nothing is left. */
  readonly after: string | undefined;
}

export interface RevocationContext {
  readonly resource: Resource;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/**
 * Takes somebody out of a policy: of the principals and of the values that conditions ask for. Deny
 * statements stay. `undefined`: it does not name them. What lets them in without naming them is for
 * `stillLetsIn` to say.
 */
export function revoke(
  policy: WellFormedPolicy,
  whom: Whom,
  context: RevocationContext,
): Revocation | undefined {
  const cutOf =
    whom.type === 'everyone' ? cutOfEveryone(policy, context) : cutOfNamed(whom, context);
  const removed: Statement[] = [];
  const narrowed: Statement[] = [];
  let text = policy.text;
  for (const statement of policy.statements) {
    const cut = cutOf(statement);
    if (cut === 'nothing') continue;
    if (cut === 'whole') {
      removed.push(statement);
      continue;
    }
    narrowed.push(statement);
    text = without(text, statement.index, cut);
  }
  if (removed.length + narrowed.length === 0) return undefined;
  const after = withoutStatements(text, new Set(removed.map(({ index }) => index)));
  return { removed, narrowed, after };
}

/**
 * A policy in which one statement, which is for others as well, is no longer for somebody. `undefined`:
 * it does not name them, or nobody else.
 */
export function withoutWhom(
  policy: WellFormedPolicy,
  statement: Statement,
  whom: Whom,
  context: RevocationContext,
): string | undefined {
  const found = revoke({ ...policy, statements: [statement] }, whom, context);
  return found?.narrowed.length === 1 ? found.after : undefined;
}

/** What goes of a list or an object in a statement; never all of it. */
interface Part {
  readonly path: JSONPath;
  readonly indexes: ReadonlySet<number>;
}

/** Lists stand before the objects that hold them. */
type Cut = 'nothing' | 'whole' | readonly Part[];

/** Of statements that let everybody in, not of those that narrow a `*` down to some. */
function cutOfEveryone(
  policy: WellFormedPolicy,
  context: RevocationContext,
): (statement: Statement) => Cut {
  if (!policy.statements.some(namesAll)) return () => 'nothing';
  const open = new Set(publicIn(policy, context));
  const isEveryone = isThe({ type: 'everyone' });
  return (statement) => {
    if (!open.has(statement) || statement.unreadable) return 'nothing';
    const narrowed = cutOfWild(policy, statement, context);
    if (narrowed) return narrowed;
    return statement.exceptPrincipals ? 'whole' : principalsCut(statement, isEveryone);
  };
}

/** The statements that let in whoever comes. */
function publicIn(policy: WellFormedPolicy, context: RevocationContext): readonly Statement[] {
  const { entries } = entriesOf(policy, { ...context, trust: trustNobody });
  return entries
    .filter(({ who }) => who.type === 'anyone' || who.type === 'anyAccount')
    .map(({ statement }) => statement);
}

/** Each value is tried; of longer lists those that are known to be met by anybody. */
const mostTried = 64;
const wild = /^(\*+|0\.0\.0\.0\/0|::\/0)$/;

/** The values of a condition by which everybody gets in, beside others that only some meet. */
function cutOfWild(
  policy: WellFormedPolicy,
  statement: Statement,
  context: RevocationContext,
): readonly Part[] | undefined {
  const isOpenWithout = (path: JSONPath, gone: readonly boolean[]): boolean => {
    const after = parsePolicy(without(policy.text, statement.index, partOf(path, gone)));
    // Of what cannot be read nobody knows.
    if (!after.wellFormed) return true;
    return publicIn(after, context).some(({ index }) => index === statement.index);
  };
  for (const { operator, key, values } of statement.conditions) {
    if (!isRequired(operator) || values.length < 2) continue;
    const path = ['Condition', operator, key];
    const isWild = (value: string, at: number) =>
      values.length > mostTried
        ? wild.test(value)
        : isOpenWithout(
            path,
            values.map((_, other) => other !== at),
          );
    const gone = values.map(isWild);
    // Those of one condition are enough: what the others ask for stays.
    if (gone.includes(true) && gone.includes(false) && !isOpenWithout(path, gone)) {
      return partOf(path, gone);
    }
  }
  return undefined;
}

function cutOfNamed(whom: Whom, { resource }: RevocationContext): (statement: Statement) => Cut {
  const owner = parseArn(resource.arn)?.accountId;
  const isOwner = whom.type === 'account' && whom.accountId === owner;
  const isMeant = isThe(whom);
  return (statement) => {
    const { effect, exceptPrincipals, unreadable, conditions } = statement;
    // Of what cannot be read nobody knows what would be left of it.
    if (effect !== 'Allow' || unreadable) return 'nothing';
    const cuts = [
      ...(exceptPrincipals ? [] : [principalsCut(statement, isMeant)]),
      ...conditions
        .filter(({ key }) => !isOwner || !isOfSource(key))
        .map((condition) => conditionCut(condition, isMeant)),
    ];
    if (cuts.includes('whole')) return 'whole';
    const parts = cuts.flatMap((cut) => (typeof cut === 'string' ? [] : cut));
    return parts.length > 0 ? parts : 'nothing';
  };
}

type IsMeant = (names: readonly Whom[]) => boolean;

function isThe(whom: Whom): IsMeant {
  const wanted = whomKey(whom);
  return (names) => names.some((one) => whomKey(one) === wanted);
}

/** The principals that are meant; a type of which nobody is left goes with them. */
function principalsCut({ principals, text }: Statement, isMeant: IsMeant): Cut {
  const gone = principals.map((principal) => isMeant(namesOf(principal)));
  if (!gone.includes(true)) return 'nothing';
  if (!gone.includes(false)) return 'whole';
  let at = 0;
  // They were read in this order, one for each text.
  const types = members(lastMember(parseTree(text), 'Principal')).map(([type, node]) => {
    const count = node.type === 'array' ? (node.children?.length ?? 0) : 1;
    return { type, gone: gone.slice(at, (at += count)) };
  });
  const isAll = types.map((type) => !type.gone.includes(false));
  const lists = types.flatMap((one, index) =>
    isAll[index] ? [] : partOf(['Principal', one.type], one.gone),
  );
  return [...lists, ...partOf(['Principal'], isAll)];
}

function conditionCut({ operator, key, values }: Condition, isMeant: IsMeant): Cut {
  if (!isRequired(operator)) return 'nothing';
  return partsOf(
    ['Condition', operator, key],
    values.map((value) => isMeant(namesOfValue(key, value))),
  );
}

/** Whether a request must bring one of the values: only then it is for those alone whom they name. */
function isRequired(operator: string): boolean {
  const parsed = parseOperator(operator);
  return parsed !== undefined && !parsed.negated && !parsed.ifExists && parsed.over !== 'all';
}

function partsOf(path: JSONPath, gone: readonly boolean[]): Cut {
  if (!gone.includes(true)) return 'nothing';
  return gone.includes(false) ? partOf(path, gone) : 'whole';
}

function partOf(path: JSONPath, gone: readonly boolean[]): readonly Part[] {
  const indexes = new Set(gone.flatMap((isGone, index) => (isGone ? [index] : [])));
  return indexes.size > 0 ? [{ path, indexes }] : [];
}

/** A policy's text without these parts of one of its statements. */
function without(text: string, index: number, parts: readonly Part[]): string {
  return parts.reduce((rest, { path, indexes }) => {
    const root = parseTree(rest);
    const list = lastMember(root, 'Statement')?.type === 'array' ? [index] : [];
    const node = root && findNodeAtLocation(root, ['Statement', ...list, ...path]);
    return withoutItems(rest, node?.children ?? [], indexes) ?? rest;
  }, text);
}
