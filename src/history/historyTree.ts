import type * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { connectionTitle } from '../connections/connectionWords';
import type { ChangeRecord } from '../core/changeRecord';
import { RefreshQueue } from '../host/refreshQueue';
import type { ChangeHistory } from './changeHistory';
import { changeTooltip, historyItem } from './historyItems';
import type { ChangeNode, DraftRow, HistoryNode } from './historyNodes';
import { undoChain } from './undone';

/** Policies that were edited and not applied. Who edits them keeps them; their rows stand here. */
export interface DraftList {
  readonly list: () => readonly DraftRow[] | PromiseLike<readonly DraftRow[]>;
  readonly onDidChange: vscode.Event<unknown>;
}

export interface HistoryTreeOptions {
  readonly history: ChangeHistory;
  readonly connections: Connections;
  readonly drafts: DraftList;
  /** How many changes stand in one list; 200 unless told. */
  readonly pageSize?: number;
}

/** The history view: drafts, then changes, the newest first. */
export class HistoryTree implements vscode.TreeDataProvider<HistoryNode>, vscode.Disposable {
  private readonly refreshes = new RefreshQueue<HistoryNode>();
  private readonly subscriptions: readonly vscode.Disposable[];
  readonly onDidChangeTreeData = this.refreshes.event;

  constructor(private readonly options: HistoryTreeOptions) {
    const { drafts, history } = options;
    const redraw = () => this.refreshes.add();
    this.subscriptions = [history.onDidChange(redraw), drafts.onDidChange(redraw)];
  }

  getTreeItem(node: HistoryNode): vscode.TreeItem {
    const { connections, history } = this.options;
    return historyItem(node, {
      folder: history.folder,
      connectionTitle: (id) => {
        const connection = connections.byId(id);
        return connection ? connectionTitle(connection) : id;
      },
    });
  }

  resolveTreeItem(item: vscode.TreeItem, node: HistoryNode): vscode.TreeItem {
    if (node.type === 'change') {
      item.tooltip = changeTooltip(node, this.options.history.attempt(node.record.id));
    }
    return item;
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (node) return node.type === 'older' ? this.changes(node.records) : [];
    return [...(await this.draftRows()), ...(await this.changeRows())];
  }

  /** No row is ever revealed by code. */
  getParent(): undefined {
    return undefined;
  }

  private async draftRows(): Promise<readonly HistoryNode[]> {
    const drafts = await this.options.drafts.list();
    return [...drafts]
      .sort((a, b) => b.changedAt - a.changedAt)
      .map(({ uri, connectionId, resource, changedAt }) => {
        const id = `draft|${uri.toString()}`;
        return { type: 'draft', id, uri, connectionId, resource, changedAt };
      });
  }

  private async changeRows(): Promise<readonly HistoryNode[]> {
    const { history, pageSize = 200 } = this.options;
    try {
      const records = await history.records();
      const files = history.unreadable;
      const note = { type: 'unreadable', files } as const;
      const notes: readonly HistoryNode[] =
        files.length > 0 ? [{ type: 'note', id: 'note|unreadable', note }] : [];
      const [newest, ...older] = pages(records, pageSize);
      return [
        ...notes,
        ...(await this.changes(newest ?? [])),
        ...older.map((page): HistoryNode => {
          // By its oldest, which stays the same while changes are added.
          return { type: 'older', id: `older|${page.at(-1)?.id ?? ''}`, records: page };
        }),
      ];
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return [{ type: 'note', id: 'note|failed', note: { type: 'failed', message } }];
    }
  }

  private async changes(records: readonly ChangeRecord[]): Promise<ChangeNode[]> {
    const { history } = this.options;
    const undone = await history.undoneIds();
    const byId = (id: string) => history.peek(id);
    return records.map((record) => ({
      type: 'change',
      id: `change|${record.id}`,
      record,
      facts: {
        interrupted: history.isInterrupted(record),
        undone: undone.has(record.id),
        undoes: undoChain(record, byId),
      },
    }));
  }

  dispose(): void {
    this.refreshes.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/**
 * The newest first, then pages of a size. They are counted from the oldest, so that a change that is
 * added moves no other from one page to the next; the first has up to twice as many.
 */
function pages(
  records: readonly ChangeRecord[],
  size: number,
): readonly (readonly ChangeRecord[])[] {
  const full = Math.max(Math.floor(records.length / size) - 1, 0);
  const first = records.length - full * size;
  return [
    records.slice(0, first),
    ...Array.from({ length: full }, (_, page) =>
      records.slice(first + page * size, first + (page + 1) * size),
    ),
  ];
}
