/**
 * A quota as a service keeps it: full at first, and filled again at its rate. Kept apart from the pacer
 * of the extension on purpose, which is judged by it.
 */
export class ServerBucket {
  private level: number;
  private filledAt = performance.now();

  constructor(private readonly quota: { readonly ratePerSecond: number; readonly burst: number }) {
    this.level = quota.burst;
  }

  /** False for what is to be refused, which uses nothing up. */
  take(): boolean {
    const now = performance.now();
    const gained = ((now - this.filledAt) / 1000) * this.quota.ratePerSecond;
    this.level = Math.min(this.quota.burst, this.level + gained);
    this.filledAt = now;
    if (this.level < 1) return false;
    this.level--;
    return true;
  }
}
