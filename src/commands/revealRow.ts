import { setTimeout as sleep } from 'node:timers/promises';
import type { TreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';

interface RevealOptions {
  readonly select: boolean;
  readonly focus: boolean;
  readonly expand?: boolean;
}

/**
 * Brings a row into view, or when it does not get drawn the first of those above it that is. A row
 * that cannot be shown is no failure: whatever brought it there has been done. `optionsNow`: as they
 * are by then.
 */
export async function revealRow(
  { treeView }: CommandDeps,
  [row, ...above]: readonly TreeNode[],
  optionsNow: () => RevealOptions,
): Promise<void> {
  const rows = row ? [...Array<typeof row>(tries).fill(row), ...above] : [];
  for (const node of rows) {
    try {
      await treeView.reveal(node, optionsNow());
      return;
    } catch {
      // VS Code knows the rows that it has drawn: a new one comes with the next drawing.
      await sleep(pauseMs);
    }
  }
}

const tries = 8;
const pauseMs = 300;
