import * as vscode from 'vscode';
import { isResourceTarget } from '../connections/targets';
import type { Draft } from '../documents/drafts';
import { activePolicy, targetKey, targetOf } from '../documents/policyUri';
import { shortText } from '../host/plainText';
import { resourceWords } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { pickDraft } from './openDraft';
import { closePolicyDiff } from './policyDiff';

/** Throws a draft away: that of a row, of an editor, or one that is asked for. */
export async function discardDraft(deps: CommandDeps, arg?: unknown): Promise<void> {
  const draft = await draftOf(deps, arg);
  if (!draft) return;
  const discard = vscode.l10n.t('Discard Draft');
  const message = vscode.l10n.t(
    'Discard the draft of the policy of {0}?',
    resourceWords(draft.resource),
  );
  const choice = await vscode.window.showWarningMessage(
    shortText(message, 300),
    {
      modal: true,
      detail: vscode.l10n.t('Your changes are lost. The policy on AWS stays as it is.'),
    },
    discard,
  );
  if (choice !== discard) return;
  // Closing a comparison with unsaved changes would ask what is to become of them.
  for (const document of deps.documents.openDocuments(targetKey(draft))) {
    await deps.documents.save(document);
  }
  await closePolicyDiff(draft.uri);
  await deps.documents.discard(draft);
}

async function draftOf(deps: CommandDeps, arg: unknown): Promise<Draft | undefined> {
  const { documents, reporter } = deps;
  await documents.loaded;
  const uri = arg instanceof vscode.Uri ? arg : activePolicy();
  const target = isResourceTarget(arg) ? arg : uri && targetOf(uri);
  if (!target) return pickDraft(deps, vscode.l10n.t('Discard Draft'));
  const key = targetKey(target);
  // What is not saved yet is to go, too.
  for (const document of documents.openDocuments(key)) await documents.save(document);
  const draft = documents.drafts().find((each) => targetKey(each) === key);
  if (!draft) {
    const name = resourceWords(target.resource);
    reporter.info(vscode.l10n.t('There is no draft of the policy of {0}.', name));
  }
  return draft;
}
