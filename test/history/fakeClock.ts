import type { Clock } from '../../src/history/clock';

/** A clock that goes on only when a test turns it. */
export class FakeClock implements Clock {
  private readonly timers = new Map<() => void, { readonly ms: number; due: number }>();
  private time = Date.UTC(2026, 2, 3, 14, 5);

  now(): number {
    return this.time;
  }

  every(ms: number, run: () => void): () => void {
    const key = () => run();
    this.timers.set(key, { ms, due: this.time + ms });
    return () => this.timers.delete(key);
  }

  /** How many timers run. */
  get running(): number {
    return this.timers.size;
  }

  advance(ms: number): void {
    this.time += ms;
    for (const [run, timer] of this.timers) {
      if (timer.due > this.time) continue;
      timer.due = this.time + timer.ms;
      run();
    }
  }
}
