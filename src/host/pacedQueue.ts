/**
 * Runs background work one start per interval, so that it leaves room for what a person asks for
 * meanwhile. Work whose signal has ended by its turn is skipped.
 */
export class PacedQueue {
  private turn = Promise.resolve();

  constructor(private readonly intervalMs: number) {}

  /** Resolves when the work was started or skipped and has ended; never rejects for a skip. */
  async run(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
    const start = this.turn;
    let started: () => void = () => undefined;
    this.turn = new Promise((resolve) => (started = resolve));
    await start;
    if (signal.aborted) {
      started();
      return;
    }
    setTimeout(started, this.intervalMs);
    await work();
  }
}
