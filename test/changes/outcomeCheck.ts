import assert from 'node:assert/strict';
import type { ChangeOutcome } from '../../src/changes/changeOutcome';
import type { ChangeState } from '../../src/core/changeRecord';
import { outcomeOf } from '../../src/core/recordOutcome';
import type { SampleState } from '../../src/sample/state';
import { othersIn, policyIn, statementSet } from './accountState';
import type { ChangeRow } from './changeRows';
import type { Changing } from './changing';
import type { WrittenDown } from './memoryJournal';

type Type = ChangeOutcome['type'];

/** States that the record of a change may have, by how it ended. */
const states: Readonly<Partial<Record<Type, readonly ChangeState[]>>> = {
  applied: ['applied'],
  accepted: ['accepted'],
  partly: ['partly', 'unknown'],
  failed: ['failed', 'unknown'],
  cancelled: ['cancelled'],
  changed: ['failed'],
  refused: ['failed'],
  nothingToDo: ['failed'],
};

/** A change that has ended, to be held against what the account holds by now. */
export class Scene {
  private readonly now: string | undefined;
  private readonly set: readonly string[];

  constructor(
    private readonly at: Changing,
    private readonly row: ChangeRow,
    private readonly stateBefore: SampleState,
    readonly outcome: ChangeOutcome,
  ) {
    this.now = policyIn(at.account.state(), row.resource);
    this.set = statementSet(this.now);
  }

  /**
   * What is reported is what is, as far as anybody could know; the record says so too, and holds the
   * text from before; no other statement was touched. `theirs`: others added one meanwhile.
   */
  check(expected: Type | undefined, theirs = false): void {
    const told = this.told();
    if (expected) assert.equal(this.outcome.type, expected, told);
    const others = theirs ? this.set.filter((one) => one.includes('"Sid":"theirs"')) : [];
    assert.equal(others.length, theirs ? 1 : 0, `what others added is not there\n${told}`);
    this.checkUntouched(others);
    this.checkOutcome(others);
    this.checkRecord(others);
  }

  private checkUntouched(theirs: readonly string[]): void {
    const { row, stateBefore } = this;
    assert.deepEqual(
      othersIn(this.at.account.state(), row.resource),
      othersIn(stateBefore, row.resource),
      'the policy of another resource was changed',
    );
    const [old, goal] = [statementSet(row.before), statementSet(row.goal)];
    const kept = old.filter((one) => goal.includes(one));
    const lost = kept.filter((one) => !this.set.includes(one));
    assert.deepEqual(lost, [], `a statement is gone that nobody named\n${this.told()}`);
    const known = [...old, ...goal, ...theirs];
    const extra = this.set.filter((one) => !known.includes(one));
    assert.deepEqual(extra, [], `a statement came that nobody named\n${this.told()}`);
    assert.equal(new Set(this.set).size, this.set.length, `one came twice\n${this.told()}`);
  }

  private checkOutcome(theirs: readonly string[]): void {
    const { outcome, row } = this;
    const told = this.told();
    const goal = sorted([...statementSet(row.goal), ...theirs]);
    switch (outcome.type) {
      case 'applied':
        assert.deepEqual(this.set, goal, `"applied" is not true\n${told}`);
        assert.equal(textIn(outcome.reading), this.now, `the reading is old\n${told}`);
        assert.equal(outcome.othersChanged && theirs.length === 0, false, told);
        return;
      case 'accepted':
        assert.deepEqual(this.set, goal, `"accepted" is not true\n${told}`);
        assert.ok(!this.couldRead(), `it could have been verified\n${told}`);
        return;
      case 'partly':
        assert.ok(outcome.done > 0 && outcome.done < outcome.of, told);
        if (outcome.reading && outcome.reading.state !== 'unreadable') {
          assert.equal(textIn(outcome.reading), this.now, `the reading is old\n${told}`);
        } else {
          assert.ok(!this.couldRead(), `it could have been read\n${told}`);
        }
        return;
      case 'failed':
        if (outcome.reading) this.expectNothing(theirs);
        else assert.ok(!this.couldRead(), `it could have been found out\n${told}`);
        return;
      case 'cancelled':
      case 'changed':
      case 'refused':
      case 'nothingToDo':
      case 'notRecorded':
        this.expectNothing(theirs);
    }
  }

  private expectNothing(theirs: readonly string[]): void {
    const told = `something was changed\n${this.told()}`;
    if (theirs.length === 0) assert.equal(this.now, this.row.before, told);
    else assert.deepEqual(this.set, this.oldWith(theirs), told);
  }

  private oldWith(theirs: readonly string[]): readonly string[] {
    return sorted([...statementSet(this.row.before), ...theirs]);
  }

  private checkRecord(theirs: readonly string[]): void {
    const { outcome, row } = this;
    const told = this.told();
    const { changes } = this.at.journal;
    if (this.at.writes.length > 0) assert.equal(changes.length, 1, `not recorded\n${told}`);
    const [change] = changes;
    if (!change) return;
    const { plans, ending } = change;
    const befores = plans.map(({ plan }) => plan.before);
    const before = befores.at(-1);
    for (const text of befores) {
      // Read before or after the others wrote.
      const old = theirs.length > 0 && statementSet(text).length > statementSet(row.before).length;
      if (old) assert.deepEqual(statementSet(text), this.oldWith(theirs), told);
      else assert.equal(text, row.before, `the text from before is not held\n${told}`);
    }
    assert.ok(ending, `the record is not completed\n${told}`);
    assert.ok(
      states[outcome.type]?.includes(ending.state),
      `${outcome.type} is recorded as ${ending.state}\n${told}`,
    );
    // Without a reading the last call may have been carried out, or not.
    const canBeUnknown = outcome.type === 'failed' || outcome.type === 'partly';
    const isKnown = !canBeUnknown || outcome.reading !== undefined;
    assert.equal(ending.state !== 'unknown', isKnown, told);
    if (ending.state === 'failed') assert.equal(ending.after, before, told);
    if (ending.state === 'unknown') this.checkFoundOut(change, theirs);
    else if (theirs.length === 0) {
      assert.deepEqual(statementSet(ending.after), this.set, `\`after\` is not what is\n${told}`);
    }
    if (ending.seen) assert.equal(ending.seen.text, this.now, `\`seen\` is old\n${told}`);
  }

  /** What the record keeps tells what came of the change, once the policy can be read again. */
  private checkFoundOut({ plans }: WrittenDown, theirs: readonly string[]): void {
    const recorded = plans.at(-1);
    if (!recorded || theirs.length > 0) return;
    const { plan, way } = recorded;
    const [before, after] = [plan.before ?? null, way.after ?? null];
    const found = outcomeOf({ before, after, calls: way.calls, state: 'unknown' }, this.now);
    const made = { applied: way.after, failed: plan.before, unknown: undefined };
    const text = found.state === 'partly' ? found.after : made[found.state];
    assert.notEqual(found.state, 'unknown', this.told());
    assert.deepEqual(statementSet(text), this.set, `${found.state} is not what is\n${this.told()}`);
  }

  /** Whether the last that was asked for was answered as it is when nothing is wrong. */
  private couldRead(): boolean {
    const reads = this.at.proxy.requests.filter(({ operation }) => /\.Get/.test(operation));
    const status = reads.at(-1)?.status;
    return status === 200 || status === 404;
  }

  private told(): string {
    const { type } = this.outcome;
    const requests = this.at.proxy.requests.map(
      ({ operation, status }) => `${operation} ${status ?? '-'}`,
    );
    const failure = 'failure' in this.outcome ? this.outcome.failure : undefined;
    const [change] = this.at.journal.changes;
    const ending = change?.ending;
    const text = ending?.state === 'unknown' ? change?.plans.at(-1)?.way.after : ending?.after;
    return [
      `outcome ${type} ${JSON.stringify(failure ?? '')}`,
      `requests: ${requests.join(', ')}`,
      `before:   ${this.row.before ?? 'none'}`,
      `now:      ${this.now ?? 'none'}`,
      `recorded: ${ending ? `${ending.state} ${text ?? 'none'}` : 'no end'}`,
    ].join('\n');
  }
}

function textIn(reading: { readonly state: string; readonly text?: string }): string | undefined {
  return reading.text;
}

function sorted(items: readonly string[]): readonly string[] {
  return [...items].sort();
}
