import * as vscode from 'vscode';
import type { Draft } from '../documents/drafts';
import { targetKey } from '../documents/policyUri';
import { mergePolicies } from '../core/mergePolicies';
import type { MergeConflict } from '../core/mergePolicies';
import { parsePolicy, statementsOf } from '../core/policy';
import { toEditable } from '../core/policyStyle';
import type { Statement } from '../core/statement';
import { plainText, shortText } from '../host/plainText';
import { problemWords, resourceWords } from '../words/resourceWords';
import { statementSummary, statementTitle } from '../words/statementWords';
import type { CommandDeps } from './deps';
import { showPolicyDiff } from './policyDiff';

/** Lines that a question shows of what others changed. */
const mostLines = 12;

/**
 * The policy is not the one any more that the draft was made from. Asks what to do; `undefined` when
 * the draft is not to be applied now, otherwise what to say of it when it is.
 */
export async function resolveConflict(
  deps: CommandDeps,
  draft: Draft,
  theirs: Draft['base'],
): Promise<readonly string[] | undefined> {
  const { t } = vscode.l10n;
  const show = t('Show Theirs');
  const keep = t('Keep Mine on Top');
  const discard = t('Discard Mine');
  const name = resourceWords(draft.resource);
  const message = t('The policy of {0} was changed since you began to edit it.', name);
  const lines = [t('Nothing was sent. What was changed:'), ...changesBy(draft.base, theirs)];
  const choice = await vscode.window.showWarningMessage(
    shortText(message, 300),
    { modal: true, detail: lines.map(plainText).join('\n') },
    show,
    keep,
    discard,
  );
  switch (choice) {
    case show:
      await showPolicyDiff(deps, draft, theirs);
      return undefined;
    case keep:
      return putOnTop(deps, draft, theirs);
    case discard:
      await deps.documents.discard(draft);
      return undefined;
    default:
      return undefined;
  }
}

/** Of the draft as it is after the question: VS Code may have saved more, or have more to save. */
async function putOnTop(
  { documents, reporter }: CommandDeps,
  asked: Draft,
  theirs: Draft['base'],
): Promise<readonly string[] | undefined> {
  for (const document of documents.openDocuments(targetKey(asked))) {
    if (!(await documents.save(document))) return undefined;
  }
  const draft = documents.draftOf(asked.uri);
  // Taken back meanwhile: that nothing is left to apply is said by who asked.
  if (!draft) return [];
  // It was typed on while the question was open: half of a text says of no statement what became of it.
  const mine = parsePolicy(draft.text);
  if (!mine.wellFormed) {
    const { t } = vscode.l10n;
    const problem = problemWords(mine.problem);
    reporter.warn(t('Nothing was put on top of theirs, nor sent: your text is {0}.', problem));
    return undefined;
  }
  const shown = (text: string | undefined) => (text === undefined ? undefined : toEditable(text));
  const merged = mergePolicies(shown(draft.base.text), shown(theirs.text), draft.text);
  await documents.rebase(draft, theirs, merged.text);
  return merged.conflicts.map(conflictWords);
}

function conflictWords({ mine, theirs }: MergeConflict): string {
  const { t } = vscode.l10n;
  if (!mine) return t('You removed "{0}", which they changed.', titleOf(theirs));
  return theirs
    ? t('Both of you changed "{0}": yours replaces theirs.', titleOf(mine))
    : t('You changed "{0}", which they removed: it comes back.', titleOf(mine));
}

function titleOf(statement: Statement | undefined): string {
  return statement ? shortText(statementTitle(statement)) : '';
}

function changesBy(base: Draft['base'], theirs: Draft['base']): readonly string[] {
  const [old, now] = [base, theirs].map(({ text }) => statementsOf(parsePolicy(text ?? '')));
  const lines = [...missingIn(old, now, '−'), ...missingIn(now, old, '+')];
  if (lines.length === 0) return [vscode.l10n.t('  only the way it is written')];
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), vscode.l10n.t('  … and {0} more', more)] : lines;
}

function missingIn(
  statements: readonly Statement[] = [],
  others: readonly Statement[] = [],
  sign: string,
): readonly string[] {
  const known = new Set(others.map(({ canonical }) => canonical));
  return statements
    .filter(({ canonical }) => !known.has(canonical))
    .map((statement) =>
      shortText(`  ${sign} ${statementTitle(statement)}: ${statementSummary(statement)}`, 160),
    );
}
