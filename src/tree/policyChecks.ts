import type { Connection } from '../connections/connection';
import type { Resource } from '../core/resource';
import type { WorkQueue } from '../host/workQueue';
import type { Listing } from './listings';

/** So long a resource that was listed is taken to exist, which saves a call for each without a policy. */
const freshMs = 60_000;

interface Round {
  readonly ending: AbortController;
  /** ARNs that wait for their turn or are being read. */
  readonly queued: Set<string>;
}

/**
 * Looks, in the background and behind all that a person waits for, which of the listed qualifiers or
 * layer versions have a policy, as long as their rows are open.
 */
export class PolicyChecks {
  /** By the id of the row that the resources stand under; a row opened again begins a new round. */
  private readonly rounds = new Map<string, Round>();

  constructor(private readonly queue: WorkQueue) {}

  /** Checks what of a list was not read yet; `owner` is the id of the row that it stands under. */
  start(owner: string, connection: Connection, { items, listedAt }: Listing<Resource>): void {
    const { ending, queued } = this.roundOf(owner);
    const signal = AbortSignal.any([ending.signal, connection.signal]);
    for (const resource of items) {
      const { arn } = resource;
      if (queued.has(arn) || connection.readings.current(resource)) continue;
      queued.add(arn);
      const options = { urgency: 'background' } as const;
      void this.queue
        .run(signal, () => {
          const justListed = Date.now() - listedAt < freshMs;
          return connection.readings.load(resource, { ...options, justListed });
        })
        // What keeps the connection from opening is shown where the rows themselves are listed.
        .catch(() => undefined)
        .finally(() => queued.delete(arn));
    }
  }

  private roundOf(owner: string): Round {
    const known = this.rounds.get(owner);
    if (known && !known.ending.signal.aborted) return known;
    const round = { ending: new AbortController(), queued: new Set<string>() };
    this.rounds.set(owner, round);
    return round;
  }

  /** Ends the checks of a row that was closed; those under way are let finish. */
  stop(owner: string): void {
    this.rounds.get(owner)?.ending.abort();
  }

  /** Ends all checks; returns the rows that had some to do. */
  stopAll(): readonly string[] {
    const unfinished = [...this.rounds].filter(
      ([, { ending, queued }]) => !ending.signal.aborted && queued.size > 0,
    );
    for (const [, { ending }] of this.rounds) ending.abort();
    return unfinished.map(([owner]) => owner);
  }

  dispose(): void {
    this.stopAll();
  }
}
