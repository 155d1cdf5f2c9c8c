import type { Urgency } from '../core/policyStore';
import { WaitingLine } from './waitingLine';

/** What AWS lets through: so many at once, and so many a second from then on. */
export interface Quota {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/**
 * How many requests of a quota may be under way: enough for Lambda's as long as an answer takes a
 * second. When they take longer, the next ones wait here, where the latest wish goes first; waiting for
 * one of the SDK's connections they would go in line, and time out.
 */
const atOnce = 20;

export interface PacerClock {
  /** In milliseconds, and never set back. */
  now(): number;
  /** Runs something once, later. Answers what keeps it from running. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: PacerClock = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** One request that may be sent. Both are numbers that only grow, in the order of asking and of giving. */
export interface Turn {
  readonly asked: number;
  readonly given: number;
}

/** What is kept of the rate when AWS refuses. */
const decrease = 0.7;
/** The rate never falls below this part of the quota: one a second of Lambda's. */
const leastPart = 1 / 15;
/**
 * The part of the quota that an answer at the full rate adds; at a lower rate answers are rarer and
 * add more, as much in the same time. From half of the quota to all of it takes 225 answers.
 */
const increase = 1 / 600;

/**
 * Gives requests their turns, so that they stay within one quota of AWS: a token bucket that is as
 * large as the quota, and lets through less while AWS refuses some of it, because other programs use
 * the same quota or it is a smaller one (additive increase, multiplicative decrease).
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
 */
export class Pacer {
  private readonly line = new WaitingLine<number>();
  private rate: number;
  private tokens: number;
  private countedAt: number;
  private stopTimer: (() => void) | undefined;
  private isServing = false;
  private asked = 0;
  private given = 0;
  /** Refusals of earlier turns say nothing of the rate now: it was higher then. */
  private slowedAt = 0;
  private answersSinceRefusal = Infinity;
  /** The turns that were given and have not ended. */
  private readonly underWay = new Set<number>();

  constructor(
    private readonly quota: Quota,
    private readonly clock: PacerClock = systemClock,
  ) {
    this.rate = quota.ratePerSecond;
    this.tokens = quota.burst;
    this.countedAt = clock.now();
  }

  /** Requests a second, as by now. */
  get ratePerSecond(): number {
    return this.rate;
  }

  /**
   * Resolves when one request may be sent. Rejects with an AbortError as soon as the signal ends.
   * `again` is the turn of a request that has to be repeated: it keeps its place among the wishes.
   * Each turn is to be ended, by what came of its request: `throttled`, `succeeded` or `lost`.
   */
  async turn(urgency: Urgency, signal: AbortSignal, again?: Turn): Promise<Turn> {
    const asked = again?.asked ?? this.asked++;
    const given = this.line.join(urgency, signal, asked);
    this.serveSoon();
    try {
      return { asked, given: await given };
    } catch (error) {
      if (this.line.isEmpty) this.cancelTimer();
      throw error;
    }
  }

  /**
   * AWS refused the request of a turn. At the full rate a single refusal is put down to the network,
   * which brings requests closer together than they were sent: it costs a pause, which leaves AWS's
   * bucket a reserve. Further ones bring the rate down, at most once for all that was on its way.
   */
  throttled({ given }: Turn): void {
    this.end(given);
    this.count();
    if (given < this.slowedAt) return;
    const { ratePerSecond, burst } = this.quota;
    const isSingle = this.rate === ratePerSecond && this.answersSinceRefusal > 2 * burst;
    if (!isSingle) this.rate = Math.max(this.rate * decrease, ratePerSecond * leastPart);
    this.slowedAt = this.given;
    this.answersSinceRefusal = 0;
    this.tokens = -1;
  }

  /** AWS let a request through, whatever it answered. */
  succeeded({ given }: Turn): void {
    this.end(given);
    this.count();
    this.answersSinceRefusal++;
    const { ratePerSecond: most } = this.quota;
    this.rate = Math.min(most, this.rate + increase * most * (most / this.rate));
  }

  /** Nothing is known of a request but that it is over. */
  lost({ given }: Turn): void {
    this.end(given);
  }

  private end(given: number): void {
    if (this.underWay.delete(given) && !this.line.isEmpty) this.serveSoon();
  }

  /** What is asked for in one go competes, though the first of it was asked for first. */
  private serveSoon(): void {
    if (this.isServing) return;
    this.isServing = true;
    queueMicrotask(() => {
      this.isServing = false;
      this.serve();
    });
  }

  private serve(): void {
    this.count();
    while (this.tokens >= 1 && this.underWay.size < atOnce && this.line.letNext(this.given)) {
      this.underWay.add(this.given++);
      this.tokens--;
    }
    this.startTimer();
  }

  private startTimer(): void {
    if (this.stopTimer || this.line.isEmpty || this.underWay.size >= atOnce) return;
    const ms = Math.ceil(((1 - this.tokens) / this.rate) * 1000);
    this.stopTimer = this.clock.after(ms, () => {
      this.stopTimer = undefined;
      this.serve();
    });
  }

  private cancelTimer(): void {
    this.stopTimer?.();
    this.stopTimer = undefined;
  }

  /** Adds the tokens of the time since it was last done; by the clock, so late timers lose nothing. */
  private count(): void {
    const now = this.clock.now();
    const seconds = (now - this.countedAt) / 1000;
    this.tokens = Math.min(this.quota.burst, this.tokens + seconds * this.rate);
    this.countedAt = now;
  }
}
