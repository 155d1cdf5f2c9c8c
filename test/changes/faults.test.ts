import assert from 'node:assert/strict';
import type { ChangeOutcome } from '../../src/changes/changeOutcome';
import type { FaultAnswer } from '../faults/faultProxy';
import { policyPath } from '../conformance/harness';
import { SignedRequester } from '../faults/signedRequest';
import { statementSet, stateWith } from './accountState';
import type { ChangeRow } from './changeRows';
import { changeRows } from './changeRows';
import type { Changing, Impatience } from './changing';
import { withChanging } from './changing';
import { Scene } from './outcomeCheck';

// Every call of every kind of change × everything that can go wrong with it. Whatever comes of it
// is held against what the account holds afterwards: see `outcomeCheck`.

interface FaultRow {
  readonly name: string;
  readonly applies?: (place: Place) => boolean;
  readonly arrange: (at: Changing, place: Place) => void | Promise<void>;
  /** How the change must end, where that is known for sure. */
  readonly ends?: (place: Place) => ChangeOutcome['type'] | undefined;
  /** What somebody else adds meanwhile. */
  readonly theirs?: boolean;
  readonly requestTimeoutMs?: number;
}

/** One call of a change. */
interface Place {
  readonly row: ChangeRow;
  /** Counted in all calls of the change. */
  readonly index: number;
  readonly operation: string;
  readonly isWrite: boolean;
  /** Writes before it. */
  readonly made: number;
}

const isWrite = (operation: string) => !/^(Get|List)/.test(operation);
const isQueue = ({ row }: Place) => row.target === 'queue';
const ifItFails = ({ made }: Place) => (made === 0 ? 'failed' : 'partly');
/** A read is tried again; a write that was not made is told. */
const told = (place: Place) => (place.isWrite ? ifItFails(place) : 'applied');

function once(answer: (place: Place) => FaultAnswer): FaultRow['arrange'] {
  return (at, place) => {
    at.proxy.addFault({ operation: /./, skip: place.index, times: 1, answer: answer(place) });
  };
}

function error(status: number, lambdaName: string, sqsName: string, sqsStatus = status) {
  return (place: Place): FaultAnswer =>
    isQueue(place)
      ? { type: 'error', status: sqsStatus, name: sqsName, message: 'm' }
      : { type: 'error', status, name: lambdaName, message: 'm' };
}

const accessDenied = error(403, 'AccessDeniedException', 'AccessDenied');

/** The call, and with it every later read. */
function andThenNoReads(answer: FaultAnswer): FaultRow['arrange'] {
  return async (at, place) => {
    await once(() => answer)(at, place);
    const skip = place.row.calls.slice(0, place.index).filter((name) => !isWrite(name)).length;
    at.proxy.addFault({ operation: /\.Get/, skip, answer: accessDenied(place) });
  };
}

const faultRows: readonly FaultRow[] = [
  {
    name: 'throttled once',
    arrange: once(error(429, 'TooManyRequestsException', 'RequestThrottled', 400)),
    ends: () => 'applied',
  },
  {
    name: 'an internal error once',
    arrange: once(error(500, 'ServiceException', 'InternalError')),
    ends: told,
  },
  { name: 'cut off before it arrived', arrange: once(() => ({ type: 'reset' })), ends: told },
  {
    name: 'cut off after it was applied',
    arrange: once(() => ({ type: 'resetAfter' })),
    ends: () => 'applied',
  },
  {
    name: 'no answer in time',
    // Each takes its time, and aliases go the way of functions.
    applies: ({ row }) => row.target !== 'alias',
    requestTimeoutMs: 150,
    arrange: once(() => ({ type: 'hang' })),
    ends: told,
  },
  {
    name: 'no answer in time, after it was applied',
    applies: ({ row }) => row.target !== 'alias',
    requestTimeoutMs: 150,
    arrange: once(() => ({ type: 'hangAfter' })),
    ends: () => 'applied',
  },
  {
    name: 'precondition failed once',
    arrange: once(error(412, 'PreconditionFailedException', 'PreconditionFailedException')),
    ends: (place) => (place.isWrite ? 'applied' : undefined),
  },
  {
    name: 'access denied once',
    arrange: once(accessDenied),
    ends: (place) => {
      if (!place.isWrite) return undefined;
      return place.row.otherWay && place.made === 0 ? 'applied' : ifItFails(place);
    },
  },
  {
    name: 'access denied from then on',
    arrange: (at, place) => {
      const before = place.row.calls.slice(0, place.index);
      at.proxy.addFault({
        operation: new RegExp(`\\.${place.operation}$`),
        skip: before.filter((name) => name === place.operation).length,
        answer: accessDenied(place),
      });
    },
    ends: (place) => {
      if (!place.isWrite) return undefined;
      return place.row.otherWay && place.made === 0 ? 'applied' : ifItFails(place);
    },
  },
  {
    name: 'cut off before it arrived, and it may not be read any more',
    applies: (place) => place.isWrite,
    arrange: andThenNoReads({ type: 'reset' }),
    ends: ifItFails,
  },
  {
    name: 'cut off after it was applied, and it may not be read any more',
    applies: (place) => place.isWrite,
    arrange: andThenNoReads({ type: 'resetAfter' }),
    ends: ifItFails,
  },
  {
    name: 'others add a statement right before it',
    // A queue's policy that is written whole can not be guarded against what comes right before.
    // What comes after the last read nobody sees.
    applies: ({ row, operation }) =>
      row.target === 'function' &&
      !(row.name === 'remove all' && operation === 'GetFunctionConfiguration'),
    theirs: true,
    arrange: once(() => ({ type: 'before', run: () => addTheirs() })),
    ends: (place) => (place.row.name === 'replace' && place.isWrite ? 'changed' : 'applied'),
  },
];

let addTheirs: () => Promise<void> = () => Promise.resolve();

suite('everything that can go wrong, at every call of every change', function () {
  this.timeout(30_000);
  const changing = withChanging();
  suiteSetup(() => {
    addTheirs = async () => {
      const body = {
        StatementId: 'theirs',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
      };
      const answer = await new SignedRequester(changing().account).lambda(
        'POST',
        policyPath('shop'),
        body,
      );
      assert.equal(answer.status, 201, answer.body);
    };
  });

  for (const row of changeRows) {
    suite(`${row.target}: ${row.name}`, () => {
      test('nothing goes wrong', async () => {
        const scene = await run(row, () => undefined);
        assert.deepEqual(changing().operations, row.calls);
        scene.check('applied');
      });
      for (const [index, operation] of row.calls.entries()) {
        const made = row.calls.slice(0, index).filter(isWrite).length;
        const place: Place = { row, index, operation, isWrite: isWrite(operation), made };
        for (const fault of faultRows) {
          if (fault.applies && !fault.applies(place)) continue;
          test(`call ${index + 1}, ${operation}: ${fault.name}`, async () => {
            const scene = await run(row, (at) => fault.arrange(at, place), fault);
            scene.check(fault.ends?.(place), fault.theirs);
          });
        }
      }
    });
  }

  async function run(
    row: ChangeRow,
    arrange: (at: Changing) => void | Promise<void>,
    impatience: Impatience = {},
  ): Promise<Scene> {
    const at = changing();
    at.fill(stateWith(row.resource, row.before), impatience);
    row.prepare?.(at.storeOf(row.resource));
    const before = at.account.state();
    const outcome = await at.change(row.resource, row.intent, () => arrange(at));
    return new Scene(at, row, before, outcome);
  }

  test('the table is as long as it should be', () => {
    const calls = changeRows.flatMap((row) => row.calls);
    assert.ok(calls.length > 100, `${calls.length}`);
    assert.ok(
      changeRows.every(({ goal, before }) => !same(statementSet(goal), statementSet(before))),
      'a row that changes nothing',
    );
  });
});

function same(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
