import * as vscode from 'vscode';
import type { Draft } from '../documents/drafts';
import { toEditable } from '../core/policyStyle';
import { qualifiedNameOf } from '../core/resource';
import { plainText } from '../host/plainText';
import { resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';

/** Shows a policy as AWS has it beside its document, in the same form. */
export async function showPolicyDiff(
  { texts }: CommandDeps,
  { resource, uri }: Pick<Draft, 'resource' | 'uri'>,
  now: Draft['base'],
): Promise<void> {
  await closePolicyDiff(uri);
  const { t } = vscode.l10n;
  const shown = now.text === undefined ? '' : toEditable(now.text);
  const left = texts.add(shown, `${t('{0} on AWS', qualifiedNameOf(resource))}.json`);
  const title = t('{0}: on AWS ↔ edited', resourceWords(resource));
  await vscode.commands.executeCommand('vscode.diff', left, uri, plainText(title), {
    preview: true,
  });
}

/**
 * A comparison is of no use after what it compares has changed. Resolves to whether the active tab
 * was one.
 */
export async function closePolicyDiff(uri: vscode.Uri): Promise<boolean> {
  const shown = uri.toString();
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff && input.modified.toString() === shown,
    );
  const wasActive = tabs.some(({ group, isActive }) => isActive && group.isActive);
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  return wasActive;
}
