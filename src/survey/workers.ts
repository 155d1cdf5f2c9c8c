/**
 * Does work for items as they come, at most so many at once, in the order in which they came. What is
 * under way when it is stopped ends; what waits is not begun.
 */
export class Workers<T> {
  private readonly waiting: T[] = [];
  private next = 0;
  private busy = 0;
  private isStopped = false;
  private idle: (() => void)[] = [];

  /** @param work must not reject */
  constructor(
    private readonly most: number,
    private readonly work: (item: T) => Promise<void>,
  ) {}

  add(item: T): void {
    this.waiting.push(item);
    this.serve();
  }

  stop(): void {
    this.isStopped = true;
  }

  /** Resolves when nothing is under way and nothing waits, or will be begun. */
  async whenIdle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private get isIdle(): boolean {
    return this.busy === 0 && (this.isStopped || this.next === this.waiting.length);
  }

  private serve(): void {
    while (!this.isStopped && this.busy < this.most && this.next < this.waiting.length) {
      const item = this.waiting[this.next++] as T;
      this.busy += 1;
      void this.work(item).finally(() => {
        this.busy -= 1;
        this.serve();
      });
    }
    if (!this.isIdle) return;
    const resolvers = this.idle;
    this.idle = [];
    for (const resolve of resolvers) resolve();
  }
}
