import * as vscode from 'vscode';

/** How often VS Code draws a tree again; refreshes that come faster it drops until they stop. */
const intervalMs = 300;
/** An answer needs so long to reach VS Code; a refresh that overtakes it is lost. */
const settleMs = 100;

/**
 * Collects what is to be drawn again and hands it on as fast as VS Code draws. While the children
 * of an element are asked for, its refresh waits: VS Code would keep the older answer.
 */
export class RefreshQueue<T> implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<T[] | undefined>();
  private readonly waiting = new Set<T>();
  private readonly asked = new Map<T, number>();
  private everything = false;
  private timer: NodeJS.Timeout | undefined;
  private lastFired = 0;
  readonly event = this.emitter.event;

  /** Without an element: everything. */
  add(element?: T): void {
    if (element === undefined) this.everything = true;
    else this.waiting.add(element);
    this.plan();
  }

  /** Runs the answer to "what are its children?", during which its refresh waits. */
  async during<R>(element: T | undefined, answer: () => Promise<R>): Promise<R> {
    if (element === undefined) return answer();
    this.asked.set(element, (this.asked.get(element) ?? 0) + 1);
    try {
      return await answer();
    } finally {
      const others = (this.asked.get(element) ?? 1) - 1;
      if (others > 0) this.asked.set(element, others);
      else this.asked.delete(element);
      if (this.waiting.has(element)) this.plan();
    }
  }

  private plan(): void {
    const next = Math.max(this.lastFired + intervalMs, Date.now() + settleMs);
    this.timer ??= setTimeout(() => this.fire(), next - Date.now());
  }

  private fire(): void {
    this.timer = undefined;
    const ready = [...this.waiting].filter((element) => !this.asked.has(element));
    if (!this.everything && ready.length === 0) return;
    this.lastFired = Date.now();
    const elements = this.everything ? undefined : ready;
    for (const element of this.everything ? [...this.waiting] : ready) this.waiting.delete(element);
    this.everything = false;
    this.emitter.fire(elements);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.emitter.dispose();
  }
}
