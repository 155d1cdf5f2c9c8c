import fc from 'fast-check';
import { Random } from './mutations';
import { wellFormed } from './statements';

/** A policy's text, laid out at random, and the texts of its statements as they stand in it. */
export interface RandomPolicy {
  readonly text: string;
  readonly statements: readonly string[];
}

/** What stands in a policy, before it is laid out. A member's name may be repeated. */
type Members = readonly (readonly [name: string, value: unknown])[];

export interface PolicyParts {
  readonly head: Members;
  readonly statements: readonly Members[];
  readonly tail: Members;
  /** One statement may stand outside a list. */
  readonly bare: boolean;
  /** Decides about blanks, line ends and escapes. */
  readonly layout: number;
}

const oddTexts = fc.constantFrom(
  'é', '"quoted"', 'back\\slash', 'a/b', '\u2028', '😀', '\ud83d', '{"Sid":"x"},', '$(zap)', '',
); // prettier-ignore

const unknownValues = fc.oneof(
  oddTexts,
  fc.constantFrom(null, true, 0, -1.5, 1e21, 123456789012),
  fc.constant({ Statement: [{ Sid: 'nested' }], '': [] }),
  fc.constant([[], {}, 'x']),
);

const unknownMembers = fc.array(
  fc.tuple(fc.constantFrom('Comment', 'x-unknown', 'Id', 'Version', '__proto__'), unknownValues),
  { maxLength: 2 },
);

/** Statements as AWS may hold them; with everything that no writer of ours would make. */
export const oddStatements: fc.Arbitrary<Members> = fc
  .tuple(
    fc.option(fc.constantFrom('a', 'b', 'twin', 'b c', '', 'é', 7), { nil: undefined }),
    fc.constantFrom('Allow', 'Deny'),
    fc.constantFrom<unknown>(
      '*',
      { AWS: 123456789012 },
      { AWS: ['arn:aws:iam::123456789012:root', '*'], Service: 's3.amazonaws.com' },
      { AWS: 'AROAEXAMPLEGONE000001' },
    ),
    fc.integer({ min: 0, max: 9 }),
    unknownMembers,
  )
  .map(([sid, effect, principal, n, unknown]) => [
    ...(sid === undefined ? [] : [['Sid', sid] as const]),
    ['Effect', effect],
    ...unknown,
    ['Principal', principal],
    ['Action', [`lambda:Action${n}`]],
    ['Action', n % 2 === 0 ? 'lambda:InvokeFunction' : ['lambda:InvokeFunction', 'lambda:*']],
    ['Resource', '*'],
    ['Condition', { NumericEquals: { n } }],
  ]);

const heads: fc.Arbitrary<Members> = fc
  .tuple(fc.constantFrom('2008-10-17', '2012-10-17'), fc.boolean(), unknownMembers)
  .map(([version, isShadowed, unknown]) => [
    ...unknown,
    // Of repeated members the last counts.
    ...(isShadowed ? [['Statement', [{ Sid: 'shadowed' }]] as const] : []),
    ['Version', version],
  ]);

export function policies(
  statements: fc.Arbitrary<Members>,
  { minLength = 0, maxLength = 6 } = {},
): fc.Arbitrary<RandomPolicy> {
  return policiesWith(fc.array(statements, { minLength, maxLength }));
}

export function policiesWith(
  statements: fc.Arbitrary<readonly Members[]>,
): fc.Arbitrary<RandomPolicy> {
  return fc
    .record({
      head: heads,
      statements,
      tail: unknownMembers,
      bare: fc.boolean(),
      layout: fc.integer({ min: 0, max: 2 ** 31 }),
    })
    .map(laidOut);
}

/** A text taken apart at its statements. */
export function partsOf(text: string) {
  const { statements } = wellFormed(text);
  const ends = statements.map(({ offset, length }) => offset + length);
  return {
    prefix: text.slice(0, statements[0]?.offset),
    statements: statements.map((statement) => statement.text),
    between: statements.slice(1).map(({ offset }, index) => text.slice(ends[index], offset)),
    suffix: text.slice(ends.at(-1)),
  };
}

export function laidOut({ head, statements, tail, bare, layout }: PolicyParts): RandomPolicy {
  const printer = new Printer(new Random(layout));
  const texts = statements.map((members) => printer.object(members));
  const [only] = texts;
  const list = bare && only !== undefined && texts.length === 1 ? only : printer.list(texts);
  const members = [
    ...head.map(([name, value]) => printer.member(name, printer.value(value))),
    printer.member('Statement', list),
    ...tail.map(([name, value]) => printer.member(name, printer.value(value))),
  ];
  const text = printer.blank() + printer.between('{', members, '}') + printer.blank();
  return { text, statements: texts };
}

const blanks = ['', '', ' ', '\n', '\r\n', '\t', '\n  ', '\r\n\t\t', '  \n '] as const;

class Printer {
  /** Some texts are compact, some regular, some neither. */
  private readonly style: 'compact' | 'random';

  constructor(private readonly random: Random) {
    this.style = random.below(4) === 0 ? 'compact' : 'random';
  }

  blank(): string {
    return this.style === 'compact' ? '' : this.random.pick(blanks);
  }

  value(value: unknown): string {
    if (Array.isArray(value)) return this.list(value.map((item) => this.value(item)));
    if (typeof value === 'object' && value !== null) return this.object(Object.entries(value));
    if (typeof value === 'string') return this.string(value);
    return JSON.stringify(value);
  }

  object(members: Members): string {
    const texts = members.map(([name, value]) => this.member(name, this.value(value)));
    return this.between('{', texts, '}');
  }

  list(items: readonly string[]): string {
    return this.between('[', items, ']');
  }

  member(name: string, value: string): string {
    return `${JSON.stringify(name)}${this.blank()}:${this.blank()}${value}`;
  }

  between(open: string, items: readonly string[], close: string): string {
    const inner = items.map((item) => this.blank() + item + this.blank()).join();
    return `${open}${inner || this.blank()}${close}`;
  }

  private string(value: string): string {
    const text = JSON.stringify(value);
    if (this.style === 'compact' || this.random.below(3) > 0) return text;
    // Any letter may be written as its number.
    return text.replace(/^"([a-z])/i, (_, letter: string) => {
      const hex = letter.charCodeAt(0).toString(16).padStart(4, '0');
      return `"\\u${hex}`;
    });
  }
}
