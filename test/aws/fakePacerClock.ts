import type { PacerClock } from '../../src/aws/pacer';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** A clock that goes on only when a test turns it. Starts at no round number. */
export class FakePacerClock implements PacerClock {
  private readonly timers = new Set<Timer>();
  private time = 12_345.678;
  /** How many timers were started. */
  started = 0;

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.time + ms, run };
    this.timers.add(timer);
    this.started++;
    return () => this.timers.delete(timer);
  }

  /** How many timers run. */
  get running(): number {
    return this.timers.size;
  }

  /** Turns it on, stopping at every timer, which comes `lateMs` after its time. */
  async advance(ms: number, lateMs = 0): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      await settled();
      const [next] = [...this.timers].sort((a, b) => a.due - b.due);
      if (!next || next.due + lateMs > end) break;
      this.timers.delete(next);
      this.time = Math.max(this.time, next.due + lateMs);
      next.run();
    }
    this.time = end;
    await settled();
  }
}

/** Whatever goes on without a timer is done. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
