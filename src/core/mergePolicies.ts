import { applyEdits, modify, parseTree } from 'jsonc-parser';
import { lastMember, members } from './jsonNodes';
import { parsePolicy, statementsOf } from './policy';
import type { Insertion } from './policyEdit';
import { withoutStatements, withStatements } from './policyEdit';
import type { Statement } from './statement';

export interface MergedPolicy {
  readonly text: string;
  /** What both sides changed: mine stands in the text. */
  readonly conflicts: readonly MergeConflict[];
}

/** Without `mine`: I removed what they changed. Without `theirs`: they removed what I changed. */
export interface MergeConflict {
  readonly mine?: Statement;
  readonly theirs?: Statement;
}

/**
 * What I made of `base`, done to `theirs`, which others made of it meanwhile: statement by statement.
 * What I did not touch stays as it is there, byte for byte. `undefined` is "no policy". Where theirs is
 * no policy, mine takes its place; mine must be one.
 */
export function mergePolicies(
  base: string | undefined,
  theirs: string | undefined,
  mine: string,
): MergedPolicy {
  const [old, there, wanted] = [statementsIn(base), statementsIn(theirs), statementsIn(mine)];
  if (theirs !== undefined && !parsePolicy(theirs).wellFormed) return { text: mine, conflicts: [] };
  const steps = stepsFor(old, there, wanted);
  const { conflicts } = steps;
  if (theirs === undefined) return { text: only(mine, wanted, steps), conflicts };
  const fields = mergeFields(base, theirs, mine);
  return { text: take(fields, steps), conflicts };
}

function statementsIn(text = ''): readonly Statement[] {
  return statementsOf(parsePolicy(text));
}

interface Steps {
  /** By place in theirs. */
  readonly replaced: ReadonlyMap<Statement, Statement>;
  readonly removed: readonly Statement[];
  readonly added: readonly { readonly statement: Statement; readonly at: number }[];
  readonly conflicts: readonly MergeConflict[];
}

function stepsFor(
  old: readonly Statement[],
  there: readonly Statement[],
  wanted: readonly Statement[],
): Steps {
  const [toMine, toTheirs] = [pairs(old, wanted), pairs(old, there)];
  const replaced = new Map<Statement, Statement>();
  const removed: Statement[] = [];
  const added: Statement[] = [];
  const conflicts: MergeConflict[] = [];
  for (const statement of old) {
    const [mine, theirs] = [toMine.get(statement), toTheirs.get(statement)];
    if (mine && isSame(mine, statement)) continue;
    const changed = theirs && !isSame(theirs, statement);
    if (mine && theirs && isSame(mine, theirs)) continue;
    if (mine && theirs) replaced.set(theirs, mine);
    else if (mine) added.push(mine);
    else if (theirs) removed.push(theirs);
    if (changed || (mine && !theirs)) conflicts.push({ mine, theirs });
  }
  const [mineNew, theirNew] = [unpaired(wanted, toMine), unpaired(there, toTheirs)];
  const toNew = pairs(mineNew, theirNew);
  for (const statement of mineNew) {
    const theirs = toNew.get(statement);
    if (!theirs) added.push(statement);
    else if (!isSame(statement, theirs)) {
      replaced.set(theirs, statement);
      conflicts.push({ mine: statement, theirs });
    }
  }
  const placed = placesOf(added, wanted, pairs(wanted, there));
  return { replaced, removed, added: placed, conflicts };
}

/** Each statement with what became of it: the same one, or the one that has its Sid now. */
function pairs(
  from: readonly Statement[],
  to: readonly Statement[],
): ReadonlyMap<Statement, Statement> {
  const found = new Map<Statement, Statement>();
  const left = new Set(to);
  const match = (test: (one: Statement, other: Statement) => boolean): void => {
    for (const statement of from) {
      if (found.has(statement)) continue;
      const other = [...left].find((candidate) => test(statement, candidate));
      if (!other) continue;
      found.set(statement, other);
      left.delete(other);
    }
  };
  match((one, other) => isSame(one, other) && one.index === other.index);
  match(isSame);
  match((one, other) => Boolean(one.sid) && one.sid === other.sid);
  return found;
}

function unpaired(
  statements: readonly Statement[],
  paired: ReadonlyMap<Statement, Statement>,
): readonly Statement[] {
  const taken = new Set(paired.values());
  return statements.filter((statement) => !taken.has(statement));
}

function isSame(one: Statement, other: Statement): boolean {
  return one.canonical === other.canonical;
}

/** A new statement goes behind the one that it stands behind in mine, as far as that is there. */
function placesOf(
  added: readonly Statement[],
  wanted: readonly Statement[],
  toTheirs: ReadonlyMap<Statement, Statement>,
): Steps['added'] {
  const inOrder = [...added].sort((one, other) => one.index - other.index);
  return inOrder.map((statement) => {
    const before = wanted.slice(0, statement.index).findLast((other) => toTheirs.has(other));
    const place = before && toTheirs.get(before)?.index;
    return { statement, at: place === undefined ? 0 : place + 1 };
  });
}

function take(theirs: string, { replaced, removed, added }: Steps): string {
  const now = statementsOf(parsePolicy(theirs));
  const swaps = [...replaced].map(([{ index }, { text }]) => ({ index, text }));
  const swapped = swaps
    .sort((one, other) => other.index - one.index)
    .reduce((text, { index, text: put }) => {
      const { offset = 0, length = 0 } = now[index] ?? {};
      return text.slice(0, offset) + put + text.slice(offset + length);
    }, theirs);
  const insertions = added.map(({ statement, at }): Insertion => ({ text: statement.text, at }));
  const grown = withStatements(swapped, insertions);
  const gone = removed.map(({ index }) => index + added.filter(({ at }) => at <= index).length);
  if (gone.length === 0) return grown;
  return withoutStatements(grown, new Set(gone)) ?? emptied(grown);
}

/** They removed the policy: what remains is what I put in or changed. */
function only(mine: string, wanted: readonly Statement[], { added }: Steps): string {
  const kept = new Set(added.map(({ statement }) => statement));
  const gone = wanted.filter((statement) => !kept.has(statement)).map(({ index }) => index);
  return gone.length === 0 ? mine : (withoutStatements(mine, new Set(gone)) ?? emptied(mine));
}

function emptied(text: string): string {
  const { offset = 0, length = 0 } = lastMember(parseTree(text), 'Statement') ?? {};
  return `${text.slice(0, offset)}[]${text.slice(offset + length)}`;
}

/** The elements beside the statements that I changed, in theirs. */
function mergeFields(base: string | undefined, theirs: string, mine: string): string {
  const [old, wanted] = [fieldsOf(base), fieldsOf(mine)];
  const names = new Set([...old.keys(), ...wanted.keys()]);
  return [...names].reduce((text, name) => {
    const [was, is] = [old.get(name), wanted.get(name)];
    if (is === was || is === fieldsOf(text).get(name)) return text;
    const value = is === undefined ? undefined : (JSON.parse(is) as unknown);
    const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
    return applyEdits(text, modify(text, [name], value, { formattingOptions }));
  }, theirs);
}

function fieldsOf(text: string | undefined): ReadonlyMap<string, string> {
  const fields = members(text === undefined ? undefined : parseTree(text));
  return new Map(
    fields.flatMap(([name, { offset, length }]) =>
      name === 'Statement' ? [] : [[name, (text ?? '').slice(offset, offset + length)]],
    ),
  );
}
