import { commands } from 'vscode';
import { viewIds } from '../../contributions';
import type { Listed } from '../../core/resource';
import type { CommandDeps } from '../deps';
import { revealRow } from '../revealRow';

/**
 * Brings a resource's row into view. It may not be listed yet, be filtered out, be far down a long
 * list, or be of another account: then it is put where it belongs. Versions can be folded away: then
 * their list, or what they are of, is shown. `takesFocus`: whether it takes the focus by then.
 */
export async function revealResource(
  deps: CommandDeps,
  connectionId: string,
  listed: Listed,
  takesFocus: () => boolean,
): Promise<void> {
  await commands.executeCommand(`${viewIds.resources}.focus`);
  const rows = deps.tree.pathTo(connectionId, listed);
  await revealRow(deps, rows, () => ({ select: true, focus: takesFocus(), expand: false }));
}
