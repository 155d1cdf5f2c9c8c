import type { Condition } from '../statement';
import type { Budget } from './commonText';
import { commonArn, commonText } from './commonText';
import { rangeShape } from './ipRanges';
import type { Operator } from './operators';
import { parseOperator } from './operators';
import { literally, plainValue, policyValue, whateverItStandsFor } from './policyValue';
import type { Choice } from './stranger';

/** Values of a key that may make a difference to whether somebody gets in. */
export interface Worth {
  readonly values: readonly string[];
  /** Whether these are all, as far as is known. */
  readonly isComplete: boolean;
}

/** The conditions on a key: those that must hold, and all that may decide. */
export interface Tests {
  readonly wanted: readonly Condition[];
  readonly all: readonly Condition[];
}

const mostValues = 24;
const mostTries = 2000;

/** What a choice and the conditions on its key have in common, and the usual values. */
export function worthTrying(
  choice: Choice,
  { wanted, all }: Tests,
  version: string | undefined,
  budget: Budget,
): Worth {
  const finder = new Finder(choice, version, budget);
  for (const condition of all) finder.add([condition]);
  // A value may have to meet several conditions at once.
  const meets = wanted.filter(({ operator }) => parseOperator(operator)?.negated === false);
  if (meets.length > 1) finder.add(meets);
  // Of all that a pattern takes only examples are tried: where something else keeps out some of
  // them, another may get in.
  const keepsOut = (condition: Condition) =>
    !wanted.includes(condition) || parseOperator(condition.operator)?.negated !== false;
  const isSure = !finder.hasExamples || !all.some(keepsOut);
  const values = [...finder.values];
  const isComplete = finder.isComplete && isSure && values.length <= mostValues;
  return { values: values.slice(0, mostValues), isComplete };
}

class Finder {
  readonly values: Set<string>;
  isComplete = true;
  /** Whether a value stands for others that the same pattern takes. */
  hasExamples = false;

  constructor(
    private readonly choice: Choice,
    private readonly version: string | undefined,
    private readonly budget: Budget,
  ) {
    const { usual, patterns } = choice;
    this.values = new Set([usual, ...patterns.filter((pattern) => !isWild(pattern))]);
  }

  /** Values that meet these conditions at once. */
  add(conditions: readonly Condition[]): void {
    const types = conditions.map(({ operator }) => typeOf(parseOperator(operator)));
    if (types.includes('ip')) {
      const ranges = conditions.flatMap(({ values }) => values);
      const isTheirs = this.choice.patterns.includes('*') || areWide(ranges);
      for (const one of ranges.flatMap((range) => addressesIn(range, isTheirs))) {
        this.values.add(one);
      }
      return;
    }
    const small = conditions.map(({ operator }) => ignoresCase(parseOperator(operator)));
    const inSmall = small.includes(true);
    // One spelling is tried of each; others may be what the rest of them ask for.
    if (inSmall && small.includes(false)) this.isComplete = false;
    const spelt = (text: string) => (inSmall ? text.toLowerCase() : text);
    const lists = conditions.map((one) => patternsOf(one, this.version).map(spelt));
    let tries = 0;
    for (const combination of combinations(lists)) {
      for (const pattern of this.patternsFor(combination).map(spelt)) {
        tries += 1;
        if (tries > mostTries || this.budget.left < 0 || this.values.size > mostValues) {
          this.isComplete = false;
          return;
        }
        this.try([pattern, ...combination], types.includes('arn'));
      }
    }
  }

  private patternsFor(combination: readonly string[]): readonly string[] {
    const { patterns, ifWild } = this.choice;
    const isMeant = ifWild !== undefined && combination.every((text) => ifWild.isMeant(text));
    return isMeant ? [...patterns, ...ifWild.patterns] : patterns;
  }

  private try(combination: readonly string[], isArn: boolean): void {
    const common = (more: readonly string[]) =>
      isArn
        ? commonArn([...combination, ...more.map((text) => `*:*:*:*:*:${text}`)], this.budget)
        : commonText([...combination, ...more], this.budget);
    // Stars as short as they can be, and with something in one of them.
    for (const found of [common([]), common(['*q7*'])]) {
      if (found === null) this.isComplete = false;
      if (typeof found !== 'string') continue;
      const value = plainValue(found);
      if (this.choice.ifWild?.isKnown(value) === true) continue;
      this.values.add(value);
      if (combination.slice(1).some(isWild)) this.hasExamples = true;
    }
  }
}

function isWild(text: string): boolean {
  return /[*?]/.test(text);
}

function typeOf(operator: Operator | undefined): string | undefined {
  return operator?.comparison.type;
}

function ignoresCase(operator: Operator | undefined): boolean {
  return operator?.comparison.type === 'string' && operator.comparison.ignoresCase;
}

/** The values of a condition as patterns; a policy variable may stand for anything. */
function patternsOf(
  { operator, values }: Condition,
  version: string | undefined,
): readonly string[] {
  const comparison = parseOperator(operator)?.comparison;
  const isPattern = comparison?.type === 'string' ? comparison.isPattern : true;
  const fixed = (text: string) => (isPattern ? text : literally(text));
  return values.map((value) => {
    const pattern = policyValue(value, version);
    return pattern === undefined ? whateverItStandsFor(value, fixed) : fixed(pattern);
  });
}

/** Whether strangers have addresses in such ranges: a sixteenth of the internet, in parts or at once. */
function areWide(ranges: readonly string[]): boolean {
  const sizes = ranges.map((range) => {
    const shape = rangeShape(range);
    return shape?.kind === 'ipv4' ? 2 ** (32 - shape.bits) : 0;
  });
  return sizes.reduce((sum, size) => sum + size, 0) >= 2 ** 28;
}

/** Addresses of a range, if it is theirs or so wide that strangers have some in it. */
function addressesIn(range: string, isTheirs: boolean): readonly string[] {
  const shape = rangeShape(range);
  if (!shape) return [];
  const narrow = shape.kind === 'ipv4' ? 8 : 32;
  return isTheirs || shape.bits < narrow ? [shape.address] : [];
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
