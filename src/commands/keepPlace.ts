import * as vscode from 'vscode';
import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { revealRow } from './revealRow';

/** Where the keyboard was in the tree when a command began. */
export interface KeptPlace {
  /** From now on the rows change. */
  readonly agreed: () => void;
  /** The rows have changed, as far as they do. */
  readonly settle: () => Promise<void>;
}

/** A person who waits longer than this is elsewhere by then, and must not be torn away. */
const patienceMs = 3_000;

/**
 * VS Code leaves the keyboard nowhere when its row goes: it goes on with the row that took its place.
 * What is no row keeps none.
 */
export async function keepPlace(deps: CommandDeps, row: unknown): Promise<KeptPlace> {
  const { tree } = deps;
  let agreedAt = -Infinity;
  const list = isTreeNode(row) ? row.parent : undefined;
  const isRow = ({ id }: { readonly id: string }) => isTreeNode(row) && id === row.id;
  const index = list ? (await tree.getChildren(list)).findIndex(isRow) : -1;
  const isThere = () => vscode.window.state.focused && Date.now() - agreedAt <= patienceMs;
  const settle = async () => {
    if (!list || index < 0) return;
    const rows = await tree.getChildren(list);
    if (rows.some(isRow) || !isThere()) return;
    const next = rows[Math.min(index, rows.length - 1)] ?? list;
    await revealRow(deps, [next, list], () => ({ select: false, focus: isThere() }));
  };
  return { agreed: () => (agreedAt = Date.now()), settle };
}
