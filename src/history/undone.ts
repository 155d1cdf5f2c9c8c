import type { ChangeRecord } from '../core/changeRecord';

/**
 * The ids of the changes that were taken back, and not made again by an undo of the undo.
 * `records`: the newest first.
 */
export function undoneIds(records: readonly ChangeRecord[]): ReadonlySet<string> {
  const undone = new Set<string>();
  for (const { id, undoes, state } of records) {
    const isMade = state === 'applied' || state === 'accepted';
    // An undo is newer than what it takes back, so whether it still counts is known by now.
    if (undoes !== undefined && isMade && !undone.has(id)) undone.add(undoes);
  }
  return undone;
}

/** Whether there is something to take back. */
export function isUndoable({ state }: ChangeRecord): boolean {
  return state === 'applied' || state === 'accepted' || state === 'partly';
}

/** What a change takes back, what that took back, and so on. */
export function undoChain(
  { undoes }: ChangeRecord,
  byId: (id: string) => ChangeRecord | undefined,
): readonly ChangeRecord[] {
  const chain: ChangeRecord[] = [];
  let next = undoes === undefined ? undefined : byId(undoes);
  // Records that name each other in a circle would have no end.
  while (next && !chain.includes(next)) {
    chain.push(next);
    next = next.undoes === undefined ? undefined : byId(next.undoes);
  }
  return chain;
}
