import type { Connection } from '../connections/connection';
import type { Resource } from '../core/resource';
import type { PacedQueue } from '../host/pacedQueue';

/**
 * Looks, in the background and one after another, which of the listed qualifiers or layer versions
 * have a policy, as long as their rows are open.
 */
export class PolicyChecks {
  private readonly running = new Map<string, AbortController>();
  private readonly started = new Set<string>();

  constructor(private readonly queue: PacedQueue) {}

  /** Checks the resources that were not read yet; `owner` is the id of the row they stand under. */
  start(owner: string, connection: Connection, resources: readonly Resource[]): void {
    let ending = this.running.get(owner);
    if (!ending || ending.signal.aborted) {
      ending = new AbortController();
      this.running.set(owner, ending);
    }
    const { signal } = ending;
    const anySignal = AbortSignal.any([signal, connection.signal]);
    for (const resource of resources) {
      const key = `${owner}|${resource.arn}`;
      if (this.started.has(key) || connection.readings.current(resource)) continue;
      this.started.add(key);
      void this.queue
        .run(anySignal, () => connection.readings.load(resource, true))
        // What keeps the connection from opening is shown where the rows themselves are listed.
        .catch(() => undefined)
        .finally(() => this.started.delete(key));
    }
  }

  /** Ends the checks of a row that was closed; those under way are let finish. */
  stop(owner: string): void {
    this.running.get(owner)?.abort();
  }

  dispose(): void {
    for (const ending of this.running.values()) ending.abort();
  }
}
