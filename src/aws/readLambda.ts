import type {
  $Command,
  LambdaClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-lambda';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import type { ReadOptions } from '../core/policyStore';
import type { Clients } from './clients';
import { readFailure } from './failures';
import type { LambdaPacers } from './pacers';
import { tell } from './pacing';

type Read<I extends ServiceInputTypes, O extends ServiceOutputTypes> = $Command<
  I,
  O,
  LambdaClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>;

/**
 * Sends a read of Lambda when it is its turn in a quota, and each repeated try in another turn. What
 * AWS throttles is sent again until it is answered, the patience is over or the signal ends. Throws
 * what the SDK throws, for the signal an AbortError.
 */
export async function readLambda<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  { lambda, pacers, patience }: Pick<Clients, 'lambda' | 'pacers' | 'patience'>,
  quota: keyof LambdaPacers,
  command: Read<I, O>,
  { signal, urgency = 'now' }: Pick<ReadOptions, 'signal' | 'urgency'>,
): Promise<O> {
  const send = () => lambda.send(command, { abortSignal: signal });
  const pacer = pacers?.()?.[quota];
  if (!pacer) return send();
  // Taken before the SDK looks up credentials, which may end while it waits.
  let turn = await pacer.turn(urgency, signal);
  let isUsed = false;
  beforeEachTry(command, async () => {
    if (isUsed) {
      pacer.lost(turn);
      turn = await pacer.turn(urgency, signal, turn);
    }
    isUsed = true;
  });
  let refusedMs = 0;
  for (;;) {
    isUsed = false;
    try {
      const answer = await send();
      pacer.succeeded(turn);
      return answer;
    } catch (error) {
      const isThrottled = tell(pacer, turn, readFailure(error, ''));
      if (!isThrottled || refusedMs >= (patience.readsMs ?? patience.totalMs)) throw error;
    }
    const refusedAt = performance.now();
    turn = await pacer.turn(urgency, signal, turn);
    // Most of a long wait was the turns of others, which says nothing of AWS.
    refusedMs += Math.min(performance.now() - refusedAt, patience.longestPauseMs);
  }
}

/** Runs something before the SDK signs and sends, also when it repeats a try by itself. */
function beforeEachTry<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  { middlewareStack }: Read<I, O>,
  run: () => Promise<void>,
): void {
  const middleware: FinalizeRequestMiddleware<I, O> = (next) => async (args) => {
    await run();
    return next(args);
  };
  middlewareStack.addRelativeTo(middleware, {
    name: 'takeTurn',
    relation: 'before',
    toMiddleware: 'httpSigningMiddleware',
  });
}
