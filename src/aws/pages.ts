import { FailureError } from '../core/errors';
import { readFailure } from './failures';

interface Page<T> {
  readonly items: readonly T[];
  /** What to ask the next page with; empty or absent on the last. */
  readonly next?: string;
}

/** Reads a listing to its end, a page at a time. Throws `FailureError`. */
export async function* pages<T>(
  operation: string,
  fetch: (marker: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let marker: string | undefined;
  do {
    const page = await attempt(operation, () => fetch(marker));
    yield page.items;
    marker = page.next === '' ? undefined : page.next;
  } while (marker !== undefined);
}

/** Runs a call and throws what goes wrong as a `FailureError`. */
export async function attempt<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new FailureError(readFailure(error, operation));
  }
}
