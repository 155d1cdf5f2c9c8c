import type { OutsideChange } from '../core/awsAccess';

interface Watched {
  /** What the callback has been told of. */
  readonly seen: { config: string; session: string };
  readonly look: () => Promise<{ readonly config: string; readonly session: string }>;
  readonly onChange: (change: OutsideChange) => void;
}

/**
 * Looks every so often whether what a profile depends on has changed. Looking at the files' times
 * works where notifications of the system do not: on network drives, for folders that are not there
 * yet, and for files that are replaced.
 */
export class ConfigWatch {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly intervalMs: number) {}

  /** Begins with what `look` brings first. Looks that fail are passed over. */
  watch(look: Watched['look'], onChange: Watched['onChange']): () => void {
    let isOver = false;
    let watched: Watched | undefined;
    void look().then(
      (seen) => {
        if (isOver) return;
        watched = { seen: { ...seen }, look, onChange };
        this.watched.add(watched);
        this.plan();
      },
      () => undefined,
    );
    return () => {
      isOver = true;
      if (watched) this.watched.delete(watched);
    };
  }

  private plan(): void {
    if (this.timer || this.watched.size === 0) return;
    this.timer = setTimeout(() => {
      // Whatever a callback throws, the others are told, and the looking goes on.
      void Promise.allSettled([...this.watched].map((one) => this.lookAt(one))).then(() => {
        this.timer = undefined;
        this.plan();
      });
    }, this.intervalMs);
    // Nothing waits for it: a process may end meanwhile.
    this.timer.unref();
  }

  private async lookAt(watched: Watched): Promise<void> {
    const now = await watched.look().catch(() => watched.seen);
    const { seen } = watched;
    const change: OutsideChange | undefined =
      now.config !== seen.config ? 'config' : now.session !== seen.session ? 'session' : undefined;
    Object.assign(seen, now);
    if (change && this.watched.has(watched)) watched.onChange(change);
  }
}
