import { parseArn } from '../core/arn';
import type { Listed } from '../core/resource';
import type { Listing } from './listings';
import { filterByName } from './nameOrder';

/** So many rows VS Code draws and redraws while a person does other things. */
const rowsAtOnce = 1_000;

/** A row that a person went to. */
interface WantedRow {
  readonly listed: Listed;
  /** In milliseconds since 1970. */
  readonly wantedAt: number;
  /** The filter of that time, which does not leave it out. */
  readonly filter: string;
}

/** What says which of the wanted rows stand in a list. */
interface Standing {
  readonly filter: string;
  readonly listing: Listing;
  /** Absent where it is not known. */
  readonly accountId: string | undefined;
}

/** Which rows of long lists are shown, by the list's id. */
export class ListRows {
  private readonly most = new Map<string, number>();
  private readonly wantedRows = new Map<string, Map<string, WantedRow>>();

  /** How many rows a list shows at most. */
  mostOf(list: string): number {
    return this.most.get(list) ?? rowsAtOnce;
  }

  showMore(list: string): void {
    this.most.set(list, this.mostOf(list) + rowsAtOnce);
  }

  /**
   * Keeps a row that a person went to: it stands in its list though this has not brought it yet, the
   * filter leaves it out, it is far down, or of another account. Says whether it is new there.
   */
  want(list: string, listed: Listed, filter: string): boolean {
    const rows = this.wantedRows.get(list) ?? new Map<string, WantedRow>();
    const isNew = rows.get(listed.arn)?.filter !== filter;
    this.wantedRows.set(list, rows.set(listed.arn, { listed, wantedAt: Date.now(), filter }));
    return isNew;
  }

  wanted(list: string, { filter, listing, accountId }: Standing): readonly Listed[] {
    const isGone = ({ listed: { arn }, wantedAt }: WantedRow) =>
      listing.state === 'complete' &&
      listing.listedAt > wantedAt &&
      parseArn(arn)?.accountId === accountId &&
      !listing.items.some((item) => item.arn === arn);
    return [...(this.wantedRows.get(list)?.values() ?? [])]
      .filter((row) => row.filter === filter || filterByName([row.listed], filter).length > 0)
      .filter((row) => !isGone(row))
      .map(({ listed }) => listed);
  }

  /** Drops what there was for the lists of a connection. */
  forget(connectionId: string): void {
    for (const lists of [this.most, this.wantedRows]) {
      for (const list of lists.keys()) {
        if (list.startsWith(`${connectionId}|`)) lists.delete(list);
      }
    }
  }
}
