import { setTimeout as delay } from 'node:timers/promises';
import type {
  $Command,
  LambdaClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-lambda';
import type { FinalizeRequestMiddleware } from '@smithy/types';
import type { ReadOptions, Urgency } from '../core/policyStore';
import type { Clients } from './clients';
import { readFailure } from './failures';
import type { Pacer, Turn } from './pacer';
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
  { lambda, pacers, patience, ready }: Pick<Clients, 'lambda' | 'pacers' | 'patience' | 'ready'>,
  quota: keyof LambdaPacers,
  command: Read<I, O>,
  { signal, urgency = 'now' }: Pick<ReadOptions, 'signal' | 'urgency'>,
): Promise<O> {
  const send = () => lambda.send(command, { abortSignal: signal });
  await ready(signal);
  const pacer = pacers?.()?.[quota];
  if (!pacer) return send();
  // Taken before the SDK signs: credentials may end while it is waited for.
  let turn = await turnWhenReady(pacer, urgency, signal, ready);
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

/** A turn that is not kept from others while the credentials that ended meanwhile are looked up. */
async function turnWhenReady(
  pacer: Pacer,
  urgency: Urgency,
  signal: AbortSignal,
  ready: Clients['ready'],
): Promise<Turn> {
  let turn = await pacer.turn(urgency, signal);
  for (;;) {
    const readying = ready(signal);
    const isAtHand = await Promise.race([
      readying.then(
        () => true,
        // The call fails in the same way.
        () => true,
      ),
      delay(atHandMs, false),
    ]);
    if (isAtHand) return turn;
    pacer.lost(turn);
    await readying;
    turn = await pacer.turn(urgency, signal, turn);
  }
}

/** What is held is there at once, but for a look at the config files. */
const atHandMs = 250;

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
