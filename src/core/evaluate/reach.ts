import type { Condition, Statement } from '../statement';
import type { Budget } from './commonText';
import type { Look, OpenPart, WellFormedPolicy } from './decide';
import { look } from './decide';
import type { KeyValues, RequestContext } from './request';
import type { Stranger } from './stranger';
import { isChoice } from './stranger';
import type { Truth } from './truth';
import { worthTrying } from './worthTrying';

/** What a stranger brings about the keys that matter, by their names in small letters. */
type Example = ReadonlyMap<string, KeyValues>;

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
  /** What finding out may cost; what is left over is used up. */
  readonly budget: Budget;
}

const nothing: Reach = { truth: 'no', open: [] };
/** It was given up. */
const tooMuch: Reach = { truth: 'unknown', open: [] };

/** So many combinations of what a stranger can bring are tried for one statement. */
const mostExamples = 256;

/**
 * Whether a stranger gets in by one statement, the Denies of its policy considered. Where the answer
 * depends on what they bring, they bring what lets them in: "yes" was tried with an example of it.
 */
export function reach(
  statement: Statement,
  { statements, version }: Pick<WellFormedPolicy, 'statements' | 'version'>,
  attempt: Attempt,
): Reach {
  const { stranger, budget } = attempt;
  if (budget.left < 0) return tooMuch;
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
  { stranger, action, resource, budget }: Attempt,
  version: string | undefined,
  context: RequestContext,
) {
  const request = { caller: stranger.caller, action, resource, context };
  return (statement: Statement): Look => {
    budget.left -= 1;
    return look(statement, request, version);
  };
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
  const { options, isComplete } = optionsFor(wanted, conditions, attempt, version);
  let best: Reach = isComplete ? nothing : tooMuch;
  for (const example of examples(options)) {
    if (attempt.budget.left < 0) return tooMuch;
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
  { stranger: { brings }, budget }: Attempt,
  version: string | undefined,
): Options {
  const options = new Map<string, readonly KeyValues[]>();
  let isComplete = true;
  for (const key of new Set(conditions.map(keyOf))) {
    const brought = brings(key);
    if (!isChoice(brought)) continue;
    const isOf = (condition: Condition) => keyOf(condition) === key;
    const tests = { wanted: wanted.filter(isOf), all: conditions.filter(isOf) };
    const worth = worthTrying(brought, tests, version, budget);
    if (!worth.isComplete) isComplete = false;
    const lists = worth.values.map((value) => [value]);
    options.set(key, brought.orAbsent === true ? [...lists, 'absent'] : lists);
  }
  const count = [...options.values()].reduce((product, values) => product * values.length, 1);
  return { options, isComplete: isComplete && count <= mostExamples };
}

function keyOf({ key }: Condition): string {
  return key.toLowerCase();
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
