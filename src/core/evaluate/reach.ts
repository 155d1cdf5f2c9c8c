import type { Condition, Statement } from '../statement';
import { commonArn, commonText } from './commonText';
import type { Look, OpenPart, WellFormedPolicy } from './decide';
import { look } from './decide';
import { rangeShape } from './ipRanges';
import { parseOperator } from './operators';
import { literally, plainValue, policyValue } from './policyValue';
import type { KeyValues, RequestContext } from './request';
import type { Choice, Stranger } from './stranger';
import { isChoice } from './stranger';
import type { Truth } from './truth';

/** What a stranger brings about the keys that matter, by their names in small letters. */
export type Example = ReadonlyMap<string, KeyValues>;

/** Whether a stranger gets in by a statement. */
export interface Reach {
  readonly truth: Truth;
  /** Where it is `unknown`: what cannot be judged. */
  readonly open: readonly OpenPart[];
}

/** Whom a statement may let in, and what for. */
export interface Attempt {
  readonly stranger: Stranger;
  readonly action: string;
  readonly resource: string;
}

const nothing: Reach = { truth: 'no', open: [] };

/** So many combinations of what a stranger can bring are tried for one statement. */
const mostExamples = 256;
const mostOfKey = 12;
const mostTries = 5000;

/**
 * Whether a stranger gets in by one statement, the Denies of its policy considered. Where the answer
 * depends on what they bring, they bring what lets them in: "yes" was tried with an example of it.
 */
export function reach(
  statement: Statement,
  { statements, version }: Pick<WellFormedPolicy, 'statements' | 'version'>,
  attempt: Attempt,
): Reach {
  const { stranger } = attempt;
  // Whatever they choose: mostly that decides.
  const undecided = tryWith(attempt, version, (key) => {
    const brought = stranger.brings(key);
    return isChoice(brought) ? 'unknown' : brought;
  });
  const allowed = undecided(statement);
  if (allowed.truth === 'no') return nothing;
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  const denied = denies.map(undecided).filter(({ truth }) => truth !== 'no');
  if (denied.some(({ truth }) => truth === 'yes')) return nothing;
  const tests = [allowed, ...denied];
  const conditions = tests.flatMap(chosenConditions(stranger));
  if (conditions.length === 0) return reachOf(tests);
  return search(tests, conditions, attempt, version);
}

function tryWith(
  { stranger, action, resource }: Attempt,
  version: string | undefined,
  context: RequestContext,
) {
  const request = { caller: stranger.caller, action, resource, context };
  return (statement: Statement): Look => look(statement, request, version);
}

/** The conditions of a statement that hold or not as the stranger likes. */
function chosenConditions({ brings }: Stranger) {
  return ({ open }: Look): readonly Condition[] =>
    open.flatMap((part) =>
      'condition' in part && isChoice(brings(keyOf(part.condition))) ? [part.condition] : [],
    );
}

/** Of a statement that allows and those that may deny, none of which is known to. */
function reachOf(tests: readonly Look[]): Reach {
  const open = tests.flatMap((test) => test.open);
  return open.length === 0 ? { truth: 'yes', open } : { truth: 'unknown', open };
}

/** Tries what the stranger can bring, one combination after the other, until one lets them in. */
function search(
  [allowed, ...denied]: readonly Look[],
  conditions: readonly Condition[],
  attempt: Attempt,
  version: string | undefined,
): Reach {
  if (!allowed) return nothing;
  const wanted = conditions.filter((condition) => allowed.statement.conditions.includes(condition));
  const { options, isComplete } = optionsFor(wanted, conditions, attempt.stranger, version);
  let best: Reach = isComplete ? nothing : { truth: 'unknown', open: [] };
  for (const example of examples(options)) {
    const attempted = tryWith(attempt, version, (key) => {
      const known = example.get(key);
      if (known !== undefined) return known;
      const brought = attempt.stranger.brings(key);
      return isChoice(brought) ? [brought.usual] : brought;
    });
    const allows = attempted(allowed.statement);
    if (allows.truth === 'no') continue;
    const denies = denied.map(({ statement }) => attempted(statement));
    if (denies.some(({ truth }) => truth === 'yes')) continue;
    const found = reachOf([allows, ...denies]);
    if (found.truth === 'yes') return found;
    best = found;
  }
  return best;
}

interface Options {
  readonly options: ReadonlyMap<string, readonly KeyValues[]>;
  /** Whether these are all that could make a difference, as far as is known. */
  readonly isComplete: boolean;
}

/**
 * For each key that the conditions name: the values worth trying. `wanted`: those that must hold.
 */
function optionsFor(
  wanted: readonly Condition[],
  conditions: readonly Condition[],
  { brings }: Stranger,
  version: string | undefined,
): Options {
  const options = new Map<string, readonly KeyValues[]>();
  let isComplete = true;
  for (const key of new Set(conditions.map(keyOf))) {
    const brought = brings(key);
    if (!isChoice(brought)) continue;
    const isOf = (condition: Condition) => keyOf(condition) === key;
    const found = valuesFor(brought, wanted.filter(isOf), conditions.filter(isOf), version);
    const values = found.filter((value) => value !== null).slice(0, mostOfKey);
    if (found.includes(null) || found.length > mostOfKey) isComplete = false;
    const lists = values.map((value) => [value]);
    options.set(key, brought.orAbsent === true ? [...lists, 'absent'] : lists);
  }
  const count = [...options.values()].reduce((product, values) => product * values.length, 1);
  return { options, isComplete: isComplete && count <= mostExamples };
}

function keyOf({ key }: Condition): string {
  return key.toLowerCase();
}

/**
 * Values that a choice and the conditions on its key have in common, and the usual one; `null`: there
 * may be others.
 */
function valuesFor(
  { patterns, usual }: Choice,
  wanted: readonly Condition[],
  others: readonly Condition[],
  version: string | undefined,
): readonly (string | null)[] {
  const fixed = patterns.filter((pattern) => !/[*?]/.test(pattern));
  const values = new Set<string | null>([usual, ...fixed]);
  const addAll = (conditions: readonly Condition[]): void => {
    for (const value of commonValues(patterns, conditions, version)) values.add(value);
  };
  for (const condition of others) addAll([condition]);
  // A value may have to meet several conditions at once.
  const meets = wanted.filter(({ operator }) => parseOperator(operator)?.negated === false);
  if (meets.length > 1) addAll(meets);
  return [...values];
}

function commonValues(
  patterns: readonly string[],
  conditions: readonly Condition[],
  version: string | undefined,
): readonly (string | null)[] {
  const types = conditions.map(({ operator }) => parseOperator(operator)?.comparison.type);
  if (types.includes('ip')) {
    const isAny = patterns.includes('*');
    return conditions.flatMap(({ values }) => values.flatMap((range) => addressIn(range, isAny)));
  }
  const lists = conditions.map((condition) => patternsOf(condition, version));
  const found: (string | null)[] = [];
  let tries = 0;
  for (const combination of combinations([patterns, ...lists])) {
    tries += 1;
    if (tries > mostTries) return [...found, null];
    const common = types.includes('arn') ? commonArn(combination) : commonText(combination);
    if (common !== undefined) found.push(common && plainValue(common));
    if (found.length > mostOfKey) break;
  }
  return found;
}

/** The values of a condition as patterns; without those that are not known. */
function patternsOf(
  { operator, values }: Condition,
  version: string | undefined,
): readonly string[] {
  const comparison = parseOperator(operator)?.comparison;
  const isPattern = comparison?.type === 'string' ? comparison.isPattern : true;
  return values.flatMap((value) => {
    const pattern = policyValue(value, version);
    if (pattern === undefined) return [];
    return [isPattern ? pattern : literally(pattern)];
  });
}

/** An address in a range, if it is one's own or so wide that strangers have addresses in it. */
function addressIn(range: string, isOwn: boolean): readonly string[] {
  const shape = rangeShape(range);
  if (!shape) return [];
  const narrow = shape.kind === 'ipv4' ? 8 : 16;
  return isOwn || shape.bits < narrow ? [shape.address] : [];
}

function* combinations(lists: readonly (readonly string[])[]): Generator<readonly string[]> {
  const [first, ...rest] = lists;
  if (!first) {
    yield [];
    return;
  }
  for (const item of first) {
    for (const others of combinations(rest)) yield [item, ...others];
  }
}

/** Every combination of the options, the usual one first, up to a limit. */
function* examples(options: Options['options']): Generator<Example> {
  const keys = [...options.keys()];
  const lists = [...options.values()];
  const total = Math.min(
    mostExamples,
    lists.reduce((product, values) => product * values.length, 1),
  );
  for (let n = 0; n < total; n++) {
    let rest = n;
    const example = new Map<string, KeyValues>();
    keys.forEach((key, index) => {
      const values = lists[index] ?? [];
      example.set(key, values[rest % values.length] ?? 'unknown');
      rest = Math.floor(rest / values.length);
    });
    yield example;
  }
}
