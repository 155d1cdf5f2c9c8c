/** How a condition compares; `ordered` by the sign of the difference that it takes. */
export type Comparison =
  | { readonly type: 'string'; readonly ignoresCase: boolean; readonly isPattern: boolean }
  | { readonly type: 'arn' | 'bool' | 'binary' | 'ip' | 'null' }
  | { readonly type: 'number' | 'date'; readonly holds: (difference: number) => boolean };

/** A condition operator taken apart. */
export interface Operator {
  readonly comparison: Comparison;
  /** `…Not…`: holds when none of the values does. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  /** For keys with several values in a request. */
  readonly over?: 'all' | 'any';
}

const string = { type: 'string', ignoresCase: false, isPattern: false } as const;
const ignoringCase = { ...string, ignoresCase: true } as const;
const like = { ...string, isPattern: true } as const;

const unordered: Readonly<Record<string, readonly [Comparison, negated: boolean]>> = {
  stringequals: [string, false],
  stringnotequals: [string, true],
  stringequalsignorecase: [ignoringCase, false],
  stringnotequalsignorecase: [ignoringCase, true],
  stringlike: [like, false],
  stringnotlike: [like, true],
  // AWS: ArnEquals and ArnLike behave identically.
  arnequals: [{ type: 'arn' }, false],
  arnlike: [{ type: 'arn' }, false],
  arnnotequals: [{ type: 'arn' }, true],
  arnnotlike: [{ type: 'arn' }, true],
  bool: [{ type: 'bool' }, false],
  binaryequals: [{ type: 'binary' }, false],
  ipaddress: [{ type: 'ip' }, false],
  notipaddress: [{ type: 'ip' }, true],
  null: [{ type: 'null' }, false],
};

const orders: Readonly<Record<string, (difference: number) => boolean>> = {
  equals: (difference) => difference === 0,
  notequals: (difference) => difference === 0,
  lessthan: (difference) => difference < 0,
  lessthanequals: (difference) => difference <= 0,
  greaterthan: (difference) => difference > 0,
  greaterthanequals: (difference) => difference >= 0,
};

const parsed = new Map<string, Operator | undefined>();

/**
 * Takes an operator apart; `undefined` for one that AWS does not document.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseOperator(text: string): Operator | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const operator = parse(text);
  // Other people's policies may hold any number of others.
  if (operator) parsed.set(text, operator);
  return operator;
}

function parse(text: string): Operator | undefined {
  const [, set = '', name = '', suffix] =
    /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(text.toLowerCase()) ?? [];
  const base = baseOf(name);
  // Whether a key is there does not depend on whether it is there, nor on any of its values.
  if (!base || (base.comparison.type === 'null' && text.length > 'null'.length)) return undefined;
  const over = set === '' ? {} : ({ over: set === 'forallvalues:' ? 'all' : 'any' } as const);
  return { ...base, ...over, ifExists: suffix !== undefined };
}

function baseOf(name: string): Pick<Operator, 'comparison' | 'negated'> | undefined {
  const known = Object.hasOwn(unordered, name) ? unordered[name] : undefined;
  if (known) return { comparison: known[0], negated: known[1] };
  const [, type, order = ''] = /^(numeric|date)(.*)$/.exec(name) ?? [];
  const holds = Object.hasOwn(orders, order) ? orders[order] : undefined;
  if (!type || !holds) return undefined;
  const comparison = { type: type === 'date' ? 'date' : 'number', holds } as const;
  return { comparison, negated: order === 'notequals' };
}
