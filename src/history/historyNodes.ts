import type * as vscode from 'vscode';
import type { ChangeRecord } from '../core/changeRecord';
import type { Resource } from '../core/resource';
import { isRecord } from '../core/resource';
import type { ChangeFacts } from '../words/historyWords';
import type { UnreadableFile } from './recordFiles';

/** A policy that was edited and not applied, as far as its row needs it. */
export interface DraftRow {
  /** Of its document. */
  readonly uri: vscode.Uri;
  readonly connectionId: string;
  readonly resource: Resource;
  /** In milliseconds since 1970. */
  readonly changedAt: number;
}

export interface DraftNode extends DraftRow {
  readonly type: 'draft';
  readonly id: string;
}

export interface ChangeNode {
  readonly type: 'change';
  readonly id: string;
  readonly record: ChangeRecord;
  readonly facts: ChangeFacts;
}

/** So many older changes that they are only listed when they are asked for. */
export interface OlderNode {
  readonly type: 'older';
  readonly id: string;
  /** Newest first. */
  readonly records: readonly ChangeRecord[];
}

/** A row that says something instead of showing something. */
export interface HistoryNoteNode {
  readonly type: 'note';
  readonly id: string;
  readonly note:
    | { readonly type: 'unreadable'; readonly files: readonly UnreadableFile[] }
    | { readonly type: 'failed'; readonly message: string };
}

export type HistoryNode = DraftNode | ChangeNode | OlderNode | HistoryNoteNode;

/** Checks what a menu, a message or a caller from outside hands to a command: the id of a record. */
export function recordIdOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value) || value.type !== 'change' || !isRecord(value.record)) return undefined;
  return typeof value.record.id === 'string' ? value.record.id : undefined;
}
