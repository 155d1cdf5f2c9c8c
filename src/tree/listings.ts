import * as vscode from 'vscode';
import type { Failure } from '../core/errors';
import { failureOf, unexpectedFailure } from '../core/errors';
import type { Listed } from '../core/resource';

/** What a listing has brought so far. */
export interface Listing<T extends Listed = Listed> {
  readonly items: readonly T[];
  /** When its last page came, in milliseconds since 1970. */
  readonly listedAt: number;
  readonly state: 'loading' | 'complete' | 'failed';
  readonly failure?: Failure;
}

interface Running {
  listing: Listing;
  readonly firstPage: Promise<void>;
  readonly ending: AbortController;
  /** What the next page waits for while nobody looks. */
  pause?: { readonly over: Promise<void>; readonly end: () => void };
}

type Pages<T extends Listed> = (signal: AbortSignal) => AsyncIterable<readonly T[]>;

/** The listings behind the rows, kept until forgotten; each announces every page. */
export class Listings implements vscode.Disposable {
  private readonly running = new Map<string, Running>();
  private readonly emitter = new vscode.EventEmitter<string>();
  /** Fires with the key of a listing that has grown or ended. */
  readonly onDidChange = this.emitter.event;

  /** `isSeen`: whether somebody looks at the rows of a listing; while nobody does no page is asked for. */
  constructor(private readonly isSeen: (key: string) => boolean) {}

  /** What is looked at has changed: pages wait, or go on. */
  review(): void {
    for (const [key, running] of this.running) {
      if (this.isSeen(key)) {
        running.pause?.end();
        running.pause = undefined;
      } else if (!running.pause && running.listing.state === 'loading') {
        let end: () => void = () => undefined;
        const over = new Promise<void>((resolve) => (end = resolve));
        running.pause = { over, end };
        // It cannot end while it waits.
        running.ending.signal.addEventListener('abort', end, { once: true });
      }
    }
  }

  /** Starts the listing unless it was; resolves as soon as there is something to show. */
  async get<T extends Listed>(key: string, pages: Pages<T>): Promise<Listing<T>> {
    let running = this.running.get(key);
    if (!running) {
      running = this.start(key, pages);
      this.running.set(key, running);
      this.review();
    }
    await running.firstPage;
    // Under one key there is always one kind of listing.
    return running.listing as Listing<T>;
  }

  current(key: string): Listing | undefined {
    return this.running.get(key)?.listing;
  }

  /** Drops the listings under a key, ends those under way, and returns what they had brought. */
  forget(prefix: string): readonly Listed[] {
    const items: Listed[] = [];
    for (const [key, { ending, listing }] of this.running) {
      if (!isUnder(key, prefix)) continue;
      ending.abort();
      items.push(...listing.items);
      this.running.delete(key);
    }
    return items;
  }

  private start<T extends Listed>(key: string, pages: Pages<T>): Running {
    const ending = new AbortController();
    let shown: () => void = () => undefined;
    const firstPage = new Promise<void>((resolve) => (shown = resolve));
    const running: Running = {
      listing: { items: [], listedAt: Date.now(), state: 'loading' },
      firstPage,
      ending,
    };
    const update = (listing: Listing) => {
      if (ending.signal.aborted) return;
      running.listing = listing;
      // A listing of one page is complete a moment after it: then it is shown once, as complete.
      if (listing.state === 'loading') setImmediate(shown);
      else shown();
      this.emitter.fire(key);
    };
    const gate = async () => running.pause?.over;
    void collect(pages(ending.signal), update, gate).finally(shown);
    return running;
  }

  dispose(): void {
    for (const { ending } of this.running.values()) ending.abort();
    this.emitter.dispose();
  }
}

/** Gathers pages; a resource that a later page repeats counts once. */
async function collect<T extends Listed>(
  pages: AsyncIterable<readonly T[]>,
  update: (listing: Listing<T>) => void,
  gate: () => Promise<void>,
): Promise<void> {
  const items = new Map<string, T>();
  const listing = (state: Listing['state']): Listing<T> => ({
    items: [...items.values()],
    listedAt: Date.now(),
    state,
  });
  try {
    for await (const page of pages) {
      for (const item of page) items.set(item.arn, item);
      update(listing('loading'));
      // The next page is asked for only then.
      await gate();
    }
    update(listing('complete'));
  } catch (error) {
    const failure = failureOf(error) ?? unexpectedFailure(error, 'list');
    update({ ...listing('failed'), failure });
  }
}

function isUnder(key: string, id: string): boolean {
  return key === id || key.startsWith(`${id}|`);
}
