import * as vscode from 'vscode';
import type { ChangeRecord } from '../core/changeRecord';
import { recordIdOf } from '../history/historyNodes';
import { undoChain } from '../history/undone';
import { shortText } from '../host/plainText';
import { changeTitle, stateWords, timeWords } from '../words/historyWords';
import type { CommandDeps } from './deps';

export interface PickChangeOptions {
  readonly title: string;
  /** Which changes are offered; all unless told. */
  readonly only?: (record: ChangeRecord, isUndone: boolean) => boolean;
  /** What is said when there are none. */
  readonly none: string;
}

/** The change of a row, or of an id that a message handed on; otherwise asks for one. */
export async function changeOf(
  deps: CommandDeps,
  arg: unknown,
  options: PickChangeOptions,
): Promise<ChangeRecord | undefined> {
  const id = recordIdOf(arg);
  if (id === undefined) return pickChange(deps, options);
  const record = await deps.history.byId(id);
  if (!record) deps.reporter.warn(vscode.l10n.t('The history no longer holds this change.'));
  return record;
}

/** What a change is called, e.g. `Removed AllowS3 from function shop`. */
export function titleOf({ history }: CommandDeps, record: ChangeRecord): string {
  return changeTitle(
    record,
    undoChain(record, (id) => history.peek(id)),
  );
}

async function pickChange(
  deps: CommandDeps,
  { title, only = () => true, none }: PickChangeOptions,
): Promise<ChangeRecord | undefined> {
  const { history, reporter } = deps;
  const undone = await history.undoneIds();
  const records = (await history.records()).filter((record) => only(record, undone.has(record.id)));
  if (records.length === 0) {
    reporter.info(none);
    return undefined;
  }
  const items = records.map((record) => {
    const facts = { interrupted: history.isInterrupted(record), undone: undone.has(record.id) };
    const { accountId, title: connection } = record.connection;
    const parts = [timeWords(record.startedAt), connection, accountId, stateWords(record, facts)];
    const description = parts.filter((part) => part !== undefined).join(' · ');
    const label = shortText(titleOf(deps, record), 160);
    return { label, description: shortText(description, 160), record };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Which change?'),
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.record;
}
