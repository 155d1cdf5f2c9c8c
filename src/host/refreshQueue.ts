import * as vscode from 'vscode';

/** How often VS Code draws a tree again; refreshes that come faster it drops until they stop. */
const intervalMs = 300;
/** An answer needs so long to reach VS Code; a refresh that overtakes it is lost. */
const settleMs = 100;
/** New rows need so long to be drawn, on a busy machine; the refresh of one before that is lost. */
const drawMs = 1_000;

/**
 * Collects what is to be drawn again and hands it on as fast as VS Code draws. While the children
 * of an element are asked for, its refresh waits: VS Code would keep the older answer.
 */
export class RefreshQueue<T> implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<T[] | undefined>();
  /** Elements with the time from which they may be drawn. */
  private readonly waiting = new Map<T, number>();
  private readonly asked = new Map<T, number>();
  /** When the children of an element were last answered. */
  private readonly answered = new Map<T, number>();
  private everything = false;
  private timer: NodeJS.Timeout | undefined;
  private plannedFor = Infinity;
  private lastFired = 0;
  readonly event = this.emitter.event;

  constructor(private readonly parentOf: (element: T) => T | undefined = () => undefined) {}

  /** Without an element: everything. `patienceMs` is how long it may wait to be drawn with others. */
  add(element?: T, patienceMs = settleMs): void {
    const parent = element && this.parentOf(element);
    const drawn = (parent === undefined ? 0 : (this.answered.get(parent) ?? 0)) + drawMs;
    const due = Math.max(Date.now() + patienceMs, drawn);
    if (element === undefined) this.everything = true;
    else this.waiting.set(element, Math.min(due, this.waiting.get(element) ?? Infinity));
    this.plan(due);
  }

  /** Whether the children of an element are being asked for. */
  isAsked(element: T): boolean {
    return this.asked.has(element);
  }

  /** Runs the answer to "what are its children?", during which its refresh waits. */
  async during<R>(element: T | undefined, answer: () => Promise<R>): Promise<R> {
    if (element === undefined) return answer();
    this.asked.set(element, (this.asked.get(element) ?? 0) + 1);
    try {
      return await answer();
    } finally {
      const others = (this.asked.get(element) ?? 1) - 1;
      this.answered.set(element, Date.now());
      if (others > 0) this.asked.set(element, others);
      else this.asked.delete(element);
      if (this.waiting.has(element)) this.plan(Date.now() + settleMs);
    }
  }

  private plan(due: number): void {
    const next = Math.max(this.lastFired + intervalMs, due);
    if (next >= this.plannedFor) return;
    clearTimeout(this.timer);
    this.plannedFor = next;
    this.timer = setTimeout(() => this.fire(), next - Date.now());
  }

  private fire(): void {
    this.plannedFor = Infinity;
    const now = Date.now();
    const due = [...this.waiting.keys()].filter((element) => this.isDue(element, now));
    if (this.everything || due.length > 0) {
      const elements = this.everything ? undefined : due;
      if (this.everything) this.waiting.clear();
      if (this.everything) this.answered.clear();
      for (const element of due) this.waiting.delete(element);
      this.everything = false;
      this.lastFired = now;
      this.emitter.fire(elements);
    }
    // Those whose children are being asked for plan their turn when the answer is there.
    const later = [...this.waiting].filter(([element]) => !this.asked.has(element));
    if (later.length > 0) this.plan(Math.min(...later.map(([, time]) => time)));
  }

  private isDue(element: T, now: number): boolean {
    return (this.waiting.get(element) ?? 0) <= now && !this.asked.has(element);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.emitter.dispose();
  }
}
