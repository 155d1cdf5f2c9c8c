import type { ChangeJournal, JournalEnding } from '../../src/changes/journal';
import type { ChangePlan, Way } from '../../src/core/plan';

/** What was written down of one change, in order. */
export interface WrittenDown {
  readonly plans: { readonly plan: ChangePlan; readonly way: Way }[];
  ending?: JournalEnding;
}

/** Keeps what it is told; `failing` throws in place of writing. */
export class MemoryJournal implements ChangeJournal {
  readonly changes: WrittenDown[] = [];
  failing: 'begin' | 'revise' | undefined;

  begin(plan: ChangePlan, way: Way) {
    if (this.failing === 'begin') return Promise.reject(new Error('the disk is full'));
    const change: WrittenDown = { plans: [{ plan, way }] };
    this.changes.push(change);
    return Promise.resolve({
      id: `change-${this.changes.length}`,
      revise: (newPlan: ChangePlan, newWay: Way) => {
        if (this.failing === 'revise') return Promise.reject(new Error('the disk is full'));
        change.plans.push({ plan: newPlan, way: newWay });
        return Promise.resolve();
      },
      end: (ending: JournalEnding) => {
        change.ending = ending;
        return Promise.resolve();
      },
    });
  }
}
