import type { Connection } from '../connections/connection';
import type { Resource } from '../core/resource';
import { WorkQueue } from '../host/workQueue';
import type { Listing } from './listings';

/** So long a resource that was listed is taken to exist, which saves a call for each without a policy. */
const freshMs = 60_000;

/** So many policies of a connection are looked at at once. */
const checksAtOnce = 8;

interface Round {
  readonly connection: Connection;
  readonly ending: AbortController;
  /** ARNs that wait for their turn or are being read. */
  readonly queued: Set<string>;
}

/**
 * Looks, in the background and behind all that a person waits for, which of the listed qualifiers or
 * layer versions have a policy, as long as somebody looks at their rows.
 */
export class PolicyChecks {
  /** By the id of the row that the resources stand under; a row seen again begins a new round. */
  private readonly rounds = new Map<string, Round>();
  /** Rows that were left before all under them was checked. */
  private readonly unfinished = new Set<string>();

  /** One each: those of a connection that does not answer keep no other waiting. */
  private readonly queues = new WeakMap<Connection, WorkQueue>();

  constructor(private readonly isSeen: (owner: string) => boolean) {}

  /** Checks what of a list was not read yet; `owner` is the id of the row that it stands under. */
  start(owner: string, connection: Connection, { items, listedAt }: Listing<Resource>): void {
    if (!this.isSeen(owner)) {
      this.unfinished.add(owner);
      return;
    }
    const { ending, queued } = this.roundOf(owner, connection);
    const signal = AbortSignal.any([ending.signal, connection.signal]);
    const queue = this.queueOf(connection);
    for (const resource of items) {
      const { arn } = resource;
      if (queued.has(arn) || connection.readings.current(resource)) continue;
      queued.add(arn);
      const options = { urgency: 'background' } as const;
      void queue
        .run(signal, () => {
          const justListed = Date.now() - listedAt < freshMs;
          return connection.readings.load(resource, { ...options, justListed });
        })
        // What keeps the connection from opening is shown where the rows themselves are listed.
        .catch(() => undefined)
        .finally(() => queued.delete(arn));
    }
  }

  private queueOf(connection: Connection): WorkQueue {
    const queue = this.queues.get(connection) ?? new WorkQueue(checksAtOnce);
    this.queues.set(connection, queue);
    return queue;
  }

  private roundOf(owner: string, connection: Connection): Round {
    const known = this.rounds.get(owner);
    if (known?.connection === connection && !known.ending.signal.aborted) return known;
    known?.ending.abort();
    const round = { connection, ending: new AbortController(), queued: new Set<string>() };
    this.rounds.set(owner, round);
    return round;
  }

  /**
   * What is looked at has changed: ends the checks that nobody looks at, but for those under way, and
   * returns the rows seen again whose checks were ended so.
   */
  review(): readonly string[] {
    for (const [owner, { ending, queued }] of this.rounds) {
      if (this.isSeen(owner)) continue;
      ending.abort();
      this.rounds.delete(owner);
      if (queued.size > 0) this.unfinished.add(owner);
    }
    const again = [...this.unfinished].filter((owner) => this.isSeen(owner));
    for (const owner of again) this.unfinished.delete(owner);
    return again;
  }

  dispose(): void {
    for (const { ending } of this.rounds.values()) ending.abort();
  }
}
