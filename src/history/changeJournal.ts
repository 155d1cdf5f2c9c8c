import type { ChangeJournal, JournalEnding, JournalEntry } from '../changes/journal';
import type { ChangeRecord } from '../core/changeRecord';
import type { ChangePlan, Way } from '../core/plan';
import type { Statement } from '../core/statement';
import type { Clock } from './clock';
import type { SharedRecords } from './sharedRecords';

/** Where the journals of one window are kept. */
export interface JournalHome {
  readonly files: Pick<SharedRecords, 'write'>;
  /** Tells this window from all others, earlier ones included. */
  readonly window: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly heartbeatMs: number;
  /** A record that could not be written after its change had begun, as it should have been. */
  readonly onProblem: (error: unknown, record: ChangeRecord) => void;
}

/** What is known of a change before it is planned. */
export type JournaledChange = Pick<ChangeRecord, 'connection' | 'resource' | 'what' | 'undoes'>;

/** A journal for one change. */
export function changeJournal(home: JournalHome, change: JournaledChange): ChangeJournal {
  return {
    begin: async (plan, way) => {
      const now = home.clock.now();
      const record: ChangeRecord = {
        format: 1,
        id: home.newId(),
        startedAt: now,
        ...change,
        ...planned(plan, way),
        state: 'running',
        owner: { window: home.window, heartbeatAt: now },
      };
      await home.files.write(record);
      return new Entry(home, record);
    },
  };
}

/** An id that sorts by time; `random` keeps two windows apart. */
export function recordId(now: number, random: string): string {
  return `${new Date(now).toISOString().replace(/[-:.]/g, '')}-${random}`;
}

function planned(
  plan: ChangePlan,
  { calls, after }: Way,
): Pick<ChangeRecord, 'before' | 'after' | 'calls' | 'removed' | 'added'> {
  return {
    before: plan.before ?? null,
    after: after ?? null,
    calls,
    removed: plan.removed.map(titleOf),
    added: plan.added.map(titleOf),
  };
}

/** Its Sid, else its place: `#2`, for which the words are made where it is shown. */
function titleOf({ sid, index }: Statement): string {
  return sid !== undefined && sid !== '' ? sid : `#${index + 1}`;
}

class Entry implements JournalEntry {
  readonly id: string;
  private readonly stopHeartbeat: () => void;
  /** One write after the other, so that what was written last stays. */
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly home: JournalHome,
    private record: ChangeRecord,
  ) {
    this.id = record.id;
    this.stopHeartbeat = home.clock.every(home.heartbeatMs, () => this.beat());
  }

  revise(plan: ChangePlan, way: Way): Promise<void> {
    return this.write((record) => ({ ...record, ...planned(plan, way) }));
  }

  async end(ending: JournalEnding): Promise<void> {
    this.stopHeartbeat();
    const { state, seen, failure } = ending;
    const complete = (record: ChangeRecord): ChangeRecord => ({
      ...record,
      state,
      endedAt: this.home.clock.now(),
      after: ending.state === 'unknown' ? record.after : (ending.after ?? null),
      ...(seen ? { seen: { text: seen.text ?? null } } : {}),
      ...(failure ? { failure } : {}),
    });
    await this.write(complete).catch((error: unknown) =>
      this.home.onProblem(error, complete(this.record)),
    );
  }

  private beat(): void {
    // What is being written says as well that we are there.
    if (this.waiting > 0) return;
    this.write((record) => record).catch((error: unknown) =>
      this.home.onProblem(error, this.record),
    );
  }

  private write(change: (record: ChangeRecord) => ChangeRecord): Promise<void> {
    this.waiting++;
    const written = this.last.then(async () => {
      const owner = { ...this.record.owner, heartbeatAt: this.home.clock.now() };
      const next = { ...change(this.record), owner };
      await this.home.files.write(next);
      this.record = next;
    });
    this.last = written.then(
      () => this.waiting--,
      () => this.waiting--,
    );
    return written;
  }
}
