import * as vscode from 'vscode';

/** How often VS Code draws a tree again; refreshes that come faster it drops until they stop. */
const intervalMs = 300;
/** So long a refresh waits for others to be drawn with it. */
const settleMs = 100;
/** The rows of an answer need so long to be drawn, on a busy machine. */
const drawMs = 600;

/**
 * Collects what is to be drawn again and hands it on as fast as VS Code draws. While the children
 * of an element are asked for or being drawn, its refresh and theirs wait: VS Code would lose them,
 * or keep the older answer. So does the refresh of all above it: VS Code would forget the element,
 * register the children of the late answer nevertheless, and from then on refuse every answer with
 * the same children ("Element with id … is already registered"): an open row without rows.
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
    const due = Date.now() + patienceMs;
    if (element === undefined) {
      this.everything = true;
      this.plan(due);
      return;
    }
    this.waiting.set(element, Math.min(due, this.waiting.get(element) ?? Infinity));
    this.plan(this.readyAt(element));
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
      this.planNext();
    }
  }

  /** Infinite while children of it or below it are asked for: the answer plans its turn. */
  private readyAt(element: T): number {
    if ([...this.asked.keys()].some((asked) => this.isWithin(asked, element))) return Infinity;
    const parent = this.parentOf(element);
    const drawn = [element, parent].map((shown) =>
      shown === undefined ? 0 : (this.answered.get(shown) ?? 0) + drawMs,
    );
    return Math.max(this.waiting.get(element) ?? 0, ...drawn);
  }

  private isWithin(element: T, ancestor: T): boolean {
    for (let at: T | undefined = element; at !== undefined; at = this.parentOf(at)) {
      if (at === ancestor) return true;
    }
    return false;
  }

  private plan(due: number): void {
    const next = Math.max(this.lastFired + intervalMs, due);
    if (next >= this.plannedFor) return;
    clearTimeout(this.timer);
    this.plannedFor = next;
    this.timer = setTimeout(() => this.fire(), next - Date.now());
  }

  private planNext(): void {
    if (this.waiting.size === 0) return;
    this.plan(Math.min(...[...this.waiting.keys()].map((element) => this.readyAt(element))));
  }

  private fire(): void {
    this.plannedFor = Infinity;
    const now = Date.now();
    if (this.everything) {
      this.everything = false;
      this.waiting.clear();
      this.answered.clear();
      this.lastFired = now;
      this.emitter.fire(undefined);
      return;
    }
    const ready = [...this.waiting.keys()].filter((element) => this.readyAt(element) <= now);
    for (const element of ready) this.waiting.delete(element);
    if (ready.length > 0) {
      this.lastFired = now;
      this.emitter.fire(ready);
    }
    this.planNext();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.emitter.dispose();
  }
}
