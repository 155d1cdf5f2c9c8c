import { setTimeout as sleep } from 'node:timers/promises';
import { commands } from 'vscode';
import { viewIds } from '../../contributions';
import type { Listed } from '../../core/resource';
import type { CommandDeps } from '../deps';

/**
 * Brings a row into view. It may not be listed yet, be filtered out, be far down a long list, or be of
 * another account: then it is put where it belongs. Versions can be folded away: then their list, or
 * what they are of, is shown. `takesFocus`: whether it takes the focus by then.
 */
export async function revealResource(
  { tree, treeView }: CommandDeps,
  connectionId: string,
  listed: Listed,
  takesFocus: () => boolean,
): Promise<void> {
  await commands.executeCommand(`${viewIds.resources}.focus`);
  const [row, ...above] = tree.pathTo(connectionId, listed);
  const rows = row ? [...Array<typeof row>(tries).fill(row), ...above] : [];
  for (const node of rows) {
    try {
      await treeView.reveal(node, { select: true, focus: takesFocus(), expand: false });
      return;
    } catch {
      // VS Code knows the rows that it has drawn: a new one comes with the next drawing.
      await sleep(pauseMs);
    }
  }
}

const tries = 8;
const pauseMs = 300;
