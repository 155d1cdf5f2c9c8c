import type { Grant } from '../../src/core/grants';
import { grantStatement } from '../../src/core/grantStatement';
import type { ChangeIntent } from '../../src/core/plan';
import type { PolicyStore } from '../../src/core/policyStore';
import type { Resource } from '../../src/core/resource';
import { policyText, removalOf } from '../core/planning';
import type { TargetName } from './accountState';
import { targets } from './accountState';

/** One kind of change to one kind of resource, with what it does when nothing goes wrong. */
export interface ChangeRow {
  readonly name: string;
  readonly target: TargetName;
  readonly resource: Resource;
  /** The policy when it is begun, and what it is to become; only the statements of this count. */
  readonly before: string | undefined;
  readonly goal: string | undefined;
  readonly intent: ChangeIntent;
  /** The calls that it makes, in order, from the first after the person has agreed. */
  readonly calls: readonly string[];
  /** Whether there is another way when the first call may not be made. */
  readonly otherWay?: boolean;
  readonly prepare?: (store: PolicyStore) => void;
}

type Place = 'function' | 'alias' | 'layer' | 'queue';

/** The names that the calls have in each place. */
const names = {
  function: {
    read: 'GetPolicy',
    remove: 'RemovePermission',
    add: 'AddPermission',
    put: 'PutResourcePolicy',
    drop: 'DeleteResourcePolicy',
  },
  queue: {
    read: 'GetQueueAttributes',
    remove: 'RemovePermission',
    add: 'AddPermission',
    put: 'SetQueueAttributes',
    drop: 'SetQueueAttributes',
  },
  layer: {
    read: 'GetLayerVersionPolicy',
    remove: 'RemoveLayerVersionPermission',
    add: 'AddLayerVersionPermission',
  },
} as const;

const missing = (store: PolicyStore) => store.forgoWholeDocuments();

/** Locks nobody out. */
const deny = ['lambda:InvokeFunction', 'SQS:SendMessage'];

function rowsOf(target: Place): readonly ChangeRow[] {
  const resource = targets[target];
  const one = (sid: string | undefined) => statementOf(resource, sid);
  const text = (...sids: readonly (string | undefined)[]) => textOf(resource, ...sids);
  const texts = { abc: text('a', 'b', 'c'), b: text('b') };
  const row = (
    name: string,
    before: string | undefined,
    goal: string | undefined,
    intent: ChangeIntent,
    calls: readonly string[],
    more: Partial<ChangeRow> = {},
  ): ChangeRow => ({ name, target, resource, before, goal, intent, calls, ...more });
  const add = (...sids: readonly string[]): ChangeIntent => ({
    type: 'add',
    grants: sids.map((sid) => grantOn(resource, sid)),
  });
  const remove = { first: removalOf(texts.abc, 0), two: removalOf(texts.abc, 0, 2) };
  const added: ChangeIntent = { type: 'undo', before: texts.b, after: text('b', 'x') };
  const removed: ChangeIntent = { type: 'undo', before: texts.abc, after: texts.b };

  if (target === 'layer') {
    const { read, remove: minus, add: plus } = names.layer;
    return [
      row('remove one', texts.abc, text('b', 'c'), remove.first, [minus, read]),
      row('remove two', texts.abc, texts.b, remove.two, [minus, read, minus, read]),
      row('remove the last', texts.b, undefined, removalOf(texts.b, 0), [
        minus,
        read,
        'GetLayerVersion',
      ]),
      row('add one', texts.b, text('b', 'x'), add('x'), [plus, read]),
      row('add two', texts.b, text('b', 'x', 'y'), add('x', 'y'), [plus, plus, read]),
      row('undo of a removal', texts.b, texts.abc, removed, [plus, plus, read]),
      row('undo of an addition', text('b', 'x'), texts.b, added, [minus, read]),
    ];
  }

  const isQueue = target === 'queue';
  const { read, remove: minus, add: plus, put, drop } = names[isQueue ? 'queue' : 'function'];
  // Where there is no revision, the policy is read again right before.
  const first = isQueue ? [read] : [];
  const last = isQueue ? [read] : [read, 'GetFunctionConfiguration'];
  const noSid = text('a', undefined);
  const edited = policyText(one('a'), statementOf(resource, 'b', { Effect: 'Deny', Action: deny }));
  const between = isQueue ? [] : [read];
  return [
    row('remove one', texts.abc, text('b', 'c'), remove.first, [...first, minus, read], {
      otherWay: isQueue,
    }),
    row('remove two', texts.abc, texts.b, remove.two, [...first, put, read], { otherWay: true }),
    row(
      'remove all',
      texts.abc,
      undefined,
      removalOf(texts.abc, 0, 1, 2),
      [...first, drop, ...last],
      {
        otherWay: true,
      },
    ),
    row(
      'remove two where whole documents are missing',
      texts.abc,
      texts.b,
      remove.two,
      [...first, minus, read, minus, read],
      { prepare: missing, otherWay: isQueue },
    ),
    row('remove one without a Sid', noSid, text('a'), removalOf(noSid, 1), [...first, put, read]),
    // The first has no revision to go by.
    row('add the first', undefined, text('x'), add('x'), [...(isQueue ? first : last), plus, read]),
    row('add two', texts.b, text('b', 'x', 'y'), add('x', 'y'), [
      ...first,
      plus,
      ...between,
      plus,
      read,
    ]),
    row(
      'insert',
      texts.b,
      policyText(one('b'), one(undefined)),
      { type: 'insert', texts: [JSON.stringify(one(undefined))] },
      [...first, put, read],
    ),
    row('replace', texts.abc, edited, { type: 'replace', base: texts.abc, text: edited }, [
      ...first,
      put,
      read,
    ]),
    row('undo of a removal', texts.b, texts.abc, removed, [...first, put, read], {
      otherWay: true,
    }),
    row('undo of an addition', text('b', 'x'), texts.b, added, [...first, minus, read], {
      otherWay: isQueue,
    }),
  ];
}

/** What the call that adds one makes, so that it can take it back as well. */
export function statementOf(resource: Resource, sid: string | undefined, extra: object = {}) {
  const statement = { ...grantStatement(grantOn(resource, sid ?? ''), resource.arn), ...extra };
  if (sid !== undefined) return statement;
  return Object.fromEntries(Object.entries(statement).filter(([name]) => name !== 'Sid'));
}

export function textOf(resource: Resource, ...sids: readonly (string | undefined)[]): string {
  return policyText(...sids.map((sid) => statementOf(resource, sid)));
}

export function grantOn({ kind }: Resource, statementId: string): Grant {
  const principal = '210987654321';
  switch (kind) {
    case 'lambdaFunction':
      return { kind, statementId, action: 'lambda:InvokeFunction', principal };
    case 'layerVersion':
      return { kind, statementId, principal };
    case 'sqsQueue':
      return { kind, statementId, accountIds: [principal], actions: ['SendMessage'] };
  }
}

export const changeRows: readonly ChangeRow[] = [
  ...rowsOf('function'),
  ...rowsOf('alias'),
  ...rowsOf('layer'),
  ...rowsOf('queue'),
];
