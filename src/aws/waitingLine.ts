import type { Urgency } from '../core/policyStore';

interface Waiter<T> {
  readonly asked: number;
  readonly signal: AbortSignal;
  readonly go: (value: T) => void;
  readonly leave: (reason: Error) => void;
}

/**
 * Those who wait for their turn. Of the wishes of people the latest goes first: it is what somebody
 * looks at, and earlier ones were scrolled past. What runs in the background goes in the order in
 * which it came, and only when no person waits. So both can wait for as long as newer wishes of
 * people keep coming. Ageing would take that back: after a list of a thousand rows was opened,
 * every click would queue behind it. People stop, and then the line drains.
 */
export class WaitingLine<T = void> {
  /** Each in the order of `asked`. */
  private readonly lines: Record<Urgency, Waiter<T>[]> = { now: [], background: [] };
  /**
   * One listener for each signal: with thousands on one, adding a listener takes Node as many steps
   * as there are, and it warns of a leak.
   */
  private readonly signals = new Map<AbortSignal, { waiting: number; readonly stop: () => void }>();

  get isEmpty(): boolean {
    return this.signals.size === 0;
  }

  /**
   * Waits until `letNext` picks it. `asked` says when it was wished for, a later wish having the
   * higher number. Rejects with an AbortError as soon as the signal ends.
   */
  join(urgency: Urgency, signal: AbortSignal, asked: number): Promise<T> {
    if (signal.aborted) return Promise.reject(abortError(signal));
    return new Promise((go, leave) => {
      const line = this.lines[urgency];
      const place = line.findLastIndex((other) => other.asked < asked) + 1;
      line.splice(place, 0, { asked, signal, go, leave });
      this.count(signal);
    });
  }

  /** Lets the next one go on, with `value`. False when nobody waits. */
  letNext(value: T): boolean {
    const next = this.lines.now.pop() ?? this.lines.background.shift();
    if (!next) return false;
    const known = this.signals.get(next.signal);
    if (known && --known.waiting === 0) this.forget(next.signal);
    next.go(value);
    return true;
  }

  private count(signal: AbortSignal): void {
    const known = this.signals.get(signal);
    if (known) {
      known.waiting++;
      return;
    }
    const end = () => this.end(signal);
    signal.addEventListener('abort', end);
    const stop = () => signal.removeEventListener('abort', end);
    this.signals.set(signal, { waiting: 1, stop });
  }

  private end(signal: AbortSignal): void {
    this.forget(signal);
    for (const urgency of ['now', 'background'] as const) {
      const line = this.lines[urgency];
      this.lines[urgency] = line.filter((waiter) => waiter.signal !== signal);
      for (const waiter of line) if (waiter.signal === signal) waiter.leave(abortError(signal));
    }
  }

  private forget(signal: AbortSignal): void {
    this.signals.get(signal)?.stop();
    this.signals.delete(signal);
  }
}

/** By the name that the SDK gives it, whatever the reason of the signal is. */
function abortError(signal: AbortSignal): Error {
  const error = new Error('Cancelled while it waited for its turn.', { cause: signal.reason });
  error.name = 'AbortError';
  return error;
}
