import type { Urgency } from '../core/policyStore';
import { WaitingLine } from './waitingLine';

/** Lets so many run at once; the others wait, in the order of a `WaitingLine`. */
export class Slots {
  private readonly line = new WaitingLine();
  private asked = 0;

  constructor(private free: number) {}

  /** Rejects with an AbortError when the signal ends before it is the work's turn. */
  async run<T>(urgency: Urgency, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await this.line.join(urgency, signal, this.asked++);
    try {
      return await work();
    } finally {
      // The slot is handed over while somebody waits for one.
      if (!this.line.letNext()) this.free++;
    }
  }
}
