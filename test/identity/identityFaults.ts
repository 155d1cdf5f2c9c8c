import { setTimeout as sleep } from 'node:timers/promises';
import type { IdentityRequest } from './requests';
import { Refusal } from './wire';

export interface IdentityFault {
  /** `'STS.AssumeRole'` … */
  readonly operation: string | RegExp;
  readonly match?: (request: IdentityRequest) => boolean;
  /** Forever when absent. */
  readonly times?: number;
  /** Lets the first n matching requests through. */
  readonly skip?: number;
  readonly answer: IdentityFaultAnswer;
}

/** `delay` and `before` go on to the faults after them; the others end the request. */
export type IdentityFaultAnswer =
  | {
      readonly type: 'error';
      readonly status: number;
      readonly name: string;
      readonly message: string;
      /** The `error` that the services with OAuth send: `slow_down`. */
      readonly code?: string;
    }
  | { readonly type: 'reset' }
  | { readonly type: 'hang' }
  | { readonly type: 'delay'; readonly ms: number }
  /** Runs first, then the request goes on. */
  | { readonly type: 'before'; readonly run: () => void | Promise<void> };

/** Requests that wait before they are answered. */
export interface Held {
  /** Resolves when the first of them has come. */
  readonly reached: Promise<void>;
  /** Lets them go on, and those that come later. */
  release(): void;
}

interface ActiveFault extends IdentityFault {
  seen: number;
}

export class IdentityFaults {
  private readonly active = new Set<ActiveFault>();

  /** Answers a function that takes it away. */
  add(fault: IdentityFault): () => void {
    const active = { ...fault, seen: 0 };
    this.active.add(active);
    return () => {
      this.active.delete(active);
    };
  }

  hold(operation: string | RegExp): Held {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<void>((resolve) => {
      const run = () => {
        resolve();
        return released;
      };
      this.add({ operation, answer: { type: 'before', run } });
    });
    return { reached, release };
  }

  clear(): void {
    this.active.clear();
  }

  /**
   * What becomes of a request.
   * @throws Refusal for an error that was asked for
   */
  async meet(request: IdentityRequest): Promise<'goesOn' | 'reset' | 'hang'> {
    for (const answer of this.matching(request)) {
      switch (answer.type) {
        case 'before':
          await answer.run();
          break;
        case 'delay':
          await sleep(answer.ms);
          break;
        case 'error':
          throw new Refusal(answer.status, answer.name, answer.message, answer.code);
        case 'reset':
        case 'hang':
          return answer.type;
      }
    }
    return 'goesOn';
  }

  /** The answers of the faults that apply now; each counts the request, whichever ends it. */
  private matching(request: IdentityRequest): readonly IdentityFaultAnswer[] {
    return [...this.active].flatMap((fault) => {
      const fits =
        typeof fault.operation === 'string'
          ? fault.operation === request.operation
          : fault.operation.test(request.operation);
      if (!fits || fault.match?.(request) === false) return [];
      const turn = fault.seen++ - (fault.skip ?? 0);
      return turn >= 0 && turn < (fault.times ?? Infinity) ? [fault.answer] : [];
    });
  }
}
