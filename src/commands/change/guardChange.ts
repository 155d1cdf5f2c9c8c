import * as vscode from 'vscode';
import { accountTitle } from '../../connections/connectionWords';
import { settingIds } from '../../contributions';
import { qualifiedNameOf } from '../../core/resource';
import { askText, placeAlone } from '../../host/steps';
import type { CommandDeps } from '../deps';
import type { PlannedChange } from './plannedChange';

/** Whether changes are allowed at all; says so when they are not. */
export function mayChange({ guards }: CommandDeps): boolean {
  if (!guards.isReadOnly) return true;
  const { t } = vscode.l10n;
  const open = t('Open Settings');
  void vscode.window
    .showWarningMessage(
      t('Nothing was changed: the setting resourcePolicies.readOnly is on.'),
      open,
    )
    .then((choice) =>
      choice === open
        ? vscode.commands.executeCommand('workbench.action.openSettings', settingIds.readOnly)
        : undefined,
    );
  return false;
}

/**
 * Before a change over a protected connection a person types what it is about: the name of the
 * resource, or for several policies the number of statements. `false`: they did not.
 */
export async function typesWhatItIs(
  { guards }: CommandDeps,
  planned: readonly PlannedChange[],
): Promise<boolean> {
  const guarded = planned.filter(({ connection }) => guards.isProtected(connection));
  const [first] = guarded;
  if (!first) return true;
  const { t } = vscode.l10n;
  const isOne = planned.length === 1;
  const wanted = isOne
    ? qualifiedNameOf(first.plan.resource)
    : String(planned.reduce((sum, { plan }) => sum + statementCount(plan), 0));
  const titles = new Set(guarded.map(({ connection }) => accountTitle(connection)));
  const answer = await askText(placeAlone(t('Protected: {0}', [...titles].join(', '))), {
    prompt: isOne
      ? t('Type the name of the resource to go on: {0}', wanted)
      : t('Type the number of statements that are changed to go on: {0}', wanted),
    check: (text) => (text === wanted ? undefined : t('Type {0} to go on.', wanted)),
  });
  return answer.type === 'next';
}

function statementCount({ removed, added }: PlannedChange['plan']): number {
  return Math.max(removed.length, added.length);
}
