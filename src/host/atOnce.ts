import type * as vscode from 'vscode';

/** Waits so many milliseconds, or less when cancelled; says whether to go on waiting. */
export function pause(ms: number, token: vscode.CancellationToken): Promise<boolean> {
  if (token.isCancellationRequested) return Promise.resolve(false);
  return new Promise((resolve) => {
    const subscription = token.onCancellationRequested(() => end(false));
    const timer = setTimeout(() => end(true), ms);
    const end = (goOn: boolean) => {
      clearTimeout(timer);
      subscription.dispose();
      resolve(goOn);
    };
  });
}

/** Does a piece of work for each item, at most so many at once; the results in the items' order. */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const waiting = items.entries();
  const results: R[] = [];
  const next = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, next));
  return results;
}

/** So long a piece of work may keep all others waiting, in milliseconds. */
const longestTurnMs = 15;

/** Does a quick piece of work for each of many items; others get their turn in between. */
export async function mapGently<T, R>(
  items: readonly T[],
  work: (item: T) => R,
): Promise<readonly R[]> {
  const results: R[] = [];
  let began = Date.now();
  for (const item of items) {
    results.push(work(item));
    if (Date.now() - began < longestTurnMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = Date.now();
  }
  return results;
}

/** What a promise brings within so many milliseconds, or throws; `undefined` when it takes longer. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  // It may still fail when nobody listens any more.
  promise.catch(() => undefined);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
