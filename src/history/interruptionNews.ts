import type { ChangeRecord } from '../core/changeRecord';

/** What nobody could find out for so long is no news at each start; its row still says so. */
const newsForMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Which interrupted changes have to be told of: once that it is not known what came of one, and once
 * what came of it.
 */
export class InterruptionNews {
  private readonly told = new Set<string>();

  constructor(private readonly tell: (records: readonly ChangeRecord[]) => void) {}

  /** Takes interrupted changes as they are known by now; `now` in milliseconds since 1970. */
  take(records: readonly ChangeRecord[], now: number): void {
    const keyOf = ({ id, state }: ChangeRecord) => `${state} ${id}`;
    const news = records
      .filter(({ owner }) => now - owner.heartbeatAt < newsForMs)
      .filter((record) => !this.told.has(keyOf(record)));
    for (const record of news) this.told.add(keyOf(record));
    if (news.length > 0) this.tell(news);
  }
}
