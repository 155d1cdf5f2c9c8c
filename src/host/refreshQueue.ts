import * as vscode from 'vscode';

/**
 * Collects what is to be drawn again and hands it on at most once per interval: VS Code drops tree
 * refreshes that come every 30–100 ms until they stop, and draws one per 300 ms.
 */
export class RefreshQueue<T> implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<T[] | undefined>();
  private readonly waiting = new Set<T>();
  private everything = false;
  private timer: NodeJS.Timeout | undefined;
  private lastFired = 0;
  readonly event = this.emitter.event;

  constructor(private readonly intervalMs: number) {}

  /** Without an element: everything. */
  add(element?: T): void {
    if (element === undefined) this.everything = true;
    else this.waiting.add(element);
    const wait = Math.max(0, this.lastFired + this.intervalMs - Date.now());
    this.timer ??= setTimeout(() => this.fire(), wait);
  }

  private fire(): void {
    this.timer = undefined;
    this.lastFired = Date.now();
    const elements = this.everything ? undefined : [...this.waiting];
    this.everything = false;
    this.waiting.clear();
    this.emitter.fire(elements);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.emitter.dispose();
  }
}
