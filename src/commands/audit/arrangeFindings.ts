import * as vscode from 'vscode';
import type { Grouping } from '../../audit/findingNodes';
import { groupings } from '../../audit/findingNodes';
import { contextKeys } from '../../contributions';
import { setContextKey } from '../../host/contextKey';
import { plainText } from '../../host/plainText';
import { filterAsTyped } from '../filter';
import type { CommandDeps } from '../deps';

/** Asks by what the findings stand together. */
export async function groupFindings({ findings }: CommandDeps): Promise<void> {
  const items = groupings.map((grouping) => ({
    label: groupingTitle(grouping),
    description: grouping === findings.grouping ? vscode.l10n.t('now') : undefined,
    grouping,
  }));
  const title = vscode.l10n.t('Group Findings By');
  const picked = await vscode.window.showQuickPick(items, { title });
  if (picked) await findings.setGrouping(picked.grouping);
}

function groupingTitle(grouping: Grouping): string {
  const { t } = vscode.l10n;
  switch (grouping) {
    case 'severity':
      return t('Severity');
    case 'rule':
      return t('Rule');
    case 'resource':
      return t('Resource');
    case 'principal':
      return t('Who gets in');
  }
}

/** Narrows the findings by what their rows say, as one types. */
export function filterFindings(deps: CommandDeps): Promise<void> {
  const { t } = vscode.l10n;
  return filterAsTyped({
    title: t('Filter Findings'),
    prompt: t(
      'Show only findings with this text: a resource, a principal, a rule. Empty: show all.',
    ),
    before: deps.findings.filter,
    apply: (text) => apply(deps, text),
  });
}

export function clearFindingsFilter(deps: CommandDeps): Promise<void> {
  apply(deps, '');
  return Promise.resolve();
}

function apply({ findings, findingsView }: CommandDeps, text: string): void {
  if (findings.filter === text) return;
  findings.filter = text;
  findingsView.message = text === '' ? undefined : plainText(vscode.l10n.t('Filter: {0}', text));
  setContextKey(contextKeys.findingsFiltered, text !== '');
}
