/**
 * Background work, a few pieces at once, in the order in which it came. Work whose signal has ended
 * by its turn is skipped.
 */
export class WorkQueue {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor(private readonly most: number) {}

  /** Resolves when the work has ended or was skipped; rejects only with what the work throws. */
  async run(signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
    if (this.running >= this.most) await new Promise<void>((go) => this.waiting.push(go));
    else this.running++;
    try {
      if (!signal.aborted) await work();
    } finally {
      // Its place goes to the next one, which therefore is not counted anew.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
