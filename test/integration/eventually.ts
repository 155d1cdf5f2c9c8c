import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a check until it passes; after `limitMs` what it throws is the answer. */
export async function eventually<T>(check: () => T | Promise<T>, limitMs = 40_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await sleep(50);
  }
}
