import type { Principal } from '../principals';
import type { Statement } from '../statement';
import type { WellFormedPolicy } from './decide';
import { decide } from './decide';
import type { AccessRequest, Caller, KeyValues } from './request';
import { callerOf } from './request';

/** What came of asking two policies the same. */
export interface Comparison {
  readonly asked: number;
  /** The first that they answer differently. */
  readonly different?: AccessRequest;
}

type Judged = Pick<WellFormedPolicy, 'statements' | 'version'>;

const mostRequests = 20_000;

/**
 * Asks two policies everything that their statements speak of: each principal and others, each action,
 * and each value of each key with all values of the others that stand beside it, and none.
 */
export function compareAnswers(
  before: Judged,
  after: Judged,
  resource: string,
  owner: string | undefined,
): Comparison {
  let asked = 0;
  for (const request of requestsFor([...before.statements, ...after.statements], resource)) {
    if (asked >= mostRequests) break;
    asked += 1;
    const [one, other] = [decide(before, request, owner), decide(after, request, owner)];
    if (one.answer !== other.answer || one.certain !== other.certain) {
      return { asked, different: request };
    }
  }
  return { asked };
}

function* requestsFor(
  statements: readonly Statement[],
  resource: string,
): Generator<AccessRequest> {
  const callers = callersOf(statements.flatMap(({ principals }) => principals));
  const actions = new Set(statements.flatMap((statement) => statement.actions).map(example));
  actions.add('other:Action');
  const contexts = contextsOf(statements);
  for (const known of contexts) {
    const context = (key: string): KeyValues => known.get(key) ?? 'absent';
    for (const caller of callers) {
      for (const action of actions) yield { caller, action, resource, context };
    }
  }
}

/** An action that a pattern takes. */
function example(pattern: string): string {
  return pattern === '*' ? 'any:Action' : pattern.replace(/[*?]/g, 'X');
}

function callersOf(principals: readonly Principal[]): readonly Caller[] {
  const named = principals.flatMap((principal) => callerOf(principal) ?? []);
  const all: readonly Caller[] = [
    { kind: 'anonymous' },
    { kind: 'account', accountId: '999999999999' },
    { kind: 'service', service: 'other.amazonaws.com' },
    ...named,
  ];
  return [...new Map(all.map((caller) => [JSON.stringify(caller), caller])).values()];
}

/** For each statement its keys with each of their values, one of them changed or missing as well. */
function contextsOf(
  statements: readonly Statement[],
): readonly ReadonlyMap<string, readonly string[]>[] {
  const contexts = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const add = (keys: ReadonlyMap<string, readonly string[]>) =>
    contexts.set(JSON.stringify([...keys].sort()), keys);
  add(new Map());
  for (const { conditions } of statements) {
    const usual = new Map(
      conditions.map(({ key, values }) => [key.toLowerCase(), [plain(values[0])]] as const),
    );
    add(usual);
    for (const { key, values } of conditions) {
      const name = key.toLowerCase();
      for (const value of values) add(new Map([...usual, [name, [plain(value)]]]));
      add(new Map([...usual, [name, ['another value']]]));
      add(new Map([...usual].filter(([other]) => other !== name)));
    }
  }
  return [...contexts.values()];
}

function plain(value = ''): string {
  return value.replace(/[*?]/g, 'x');
}
