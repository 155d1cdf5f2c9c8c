import type { Listed } from '../core/resource';

/** So many rows VS Code draws and redraws while a person does other things. */
const rowsAtOnce = 1_000;

/** Which rows of long lists are shown, by the list's id. */
export class ListRows {
  private readonly most = new Map<string, number>();
  private readonly wantedRows = new Map<string, Map<string, Listed>>();

  /** How many rows a list shows at most. */
  mostOf(list: string): number {
    return this.most.get(list) ?? rowsAtOnce;
  }

  showMore(list: string): void {
    this.most.set(list, this.mostOf(list) + rowsAtOnce);
  }

  /**
   * Keeps a row that a person went to: it stands in its list though this has not brought it yet, a
   * filter leaves it out, it is far down, or of another account. Says whether it is new.
   */
  want(list: string, listed: Listed): boolean {
    const rows = this.wantedRows.get(list) ?? new Map<string, Listed>();
    const isNew = !rows.has(listed.arn);
    this.wantedRows.set(list, rows.set(listed.arn, listed));
    return isNew;
  }

  wanted(list: string): readonly Listed[] {
    return [...(this.wantedRows.get(list)?.values() ?? [])];
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
