import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection';
import { mapAtOnce, pause } from '../../host/atOnce';
import type { CommandDeps } from '../deps';
import type { ImpossibleChange, PlannedChange, WantedChange } from './plannedChange';
import { planWanted } from './plannedChange';

/** So many reads at once: GetPolicy has a quota of 15 a second. */
const atOnce = 4;

/**
 * Plans changes to many policies, each over its connection: what was not read yet is read, under a
 * progress that can be cancelled. `undefined`: it was.
 */
export async function planAll(
  deps: CommandDeps,
  all: readonly { readonly wanted: WantedChange; readonly connection: Connection }[],
): Promise<readonly (PlannedChange | ImpossibleChange)[] | undefined> {
  const toRead = all.filter(({ wanted }) => !wanted.reading).length;
  const location =
    toRead > 1 ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
  const title = vscode.l10n.t('Reading {0} policies', toRead);
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      let read = 0;
      const wait = (ms: number) => pause(ms, token);
      const planned = await mapAtOnce(all, atOnce, async ({ wanted, connection }) => {
        if (token.isCancellationRequested) return undefined;
        const plan = await planWanted(deps, connection, wanted, wait);
        if (!wanted.reading) {
          const message = vscode.l10n.t('{0} of {1}', ++read, toRead);
          progress.report({ message, increment: 100 / toRead });
        }
        return plan;
      });
      const made = planned.filter((plan) => plan !== undefined);
      return token.isCancellationRequested ? undefined : made;
    },
  );
}
