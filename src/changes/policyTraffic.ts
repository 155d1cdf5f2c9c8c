import type { PolicyReading } from '../core/policyStore';
import type { PolicyWrite } from './changeOutcome';

interface RecentWrite extends PolicyWrite {
  /** Until when reads may show what was before, in milliseconds since 1970. */
  readonly until: number;
}

/**
 * What this window does to each policy: one change after the other, and what it wrote while reads
 * may not show it yet. `key` tells policies apart.
 */
export class PolicyTraffic {
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly writes = new Map<string, readonly RecentWrite[]>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Runs the work when all that was asked for before on this policy has ended. */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(key) ?? Promise.resolve()).then(work, work);
    const ended = turn
      .catch(() => undefined)
      .finally(() => {
        if (this.turns.get(key) === ended) this.turns.delete(key);
      });
    this.turns.set(key, ended);
    return turn;
  }

  /** Remembers a write whose effect reads may not show for so many milliseconds. */
  wrote(key: string, write: PolicyWrite, settlesWithinMs: number): void {
    const until = this.now() + settlesWithinMs;
    if (settlesWithinMs > 0) this.writes.set(key, [...this.recent(key), { ...write, until }]);
  }

  /** Whether a reading shows the policy as it was before a write of ours. */
  isLagging(key: string, reading: PolicyReading): boolean {
    if (reading.state === 'unreadable') return false;
    const recent = this.recent(key);
    const text = reading.state === 'policy' ? reading.text : undefined;
    return recent.some(({ before }) => before === text) && recent.at(-1)?.after !== text;
  }

  /** The reading, or what we wrote where it does not show that yet. */
  current(key: string, reading: PolicyReading): PolicyReading {
    const last = this.recent(key).at(-1);
    if (!last || !this.isLagging(key, reading)) return reading;
    const { readAt } = reading;
    return last.after === undefined
      ? { state: 'none', readAt }
      : { state: 'policy', text: last.after, readAt };
  }

  private recent(key: string): readonly RecentWrite[] {
    const recent = (this.writes.get(key) ?? []).filter(({ until }) => until > this.now());
    if (recent.length === 0) this.writes.delete(key);
    return recent;
  }
}
