import * as vscode from 'vscode';
import { plainText } from '../../host/plainText';
import { changesOf } from '../../words/changeWords';
import type { CommandDeps } from '../deps';
import type { ChangeResult } from './applyPlanned';
import { offerUndo, outcomeWords, reportOutcome, undoableRecord } from './reportOutcome';

/** Says what several changes came to: in one message, and one by one in a document if not all went well. */
export function reportOutcomes(
  deps: CommandDeps,
  results: readonly ChangeResult[],
  undo: (records: readonly string[]) => Thenable<unknown>,
): void {
  const [only] = results;
  if (!only) return;
  if (results.length === 1) {
    reportOutcome(deps, only, undo);
    return;
  }
  const records = results
    .map(({ outcome }) => undoableRecord(outcome))
    .filter((id) => id !== undefined);
  const failed = results.filter(({ outcome }) => outcome.type !== 'applied');
  const text = summary(results, failed);
  if (failed.length === 0) {
    offerUndo(deps, { text, isGood: true }, () => undo(records));
    return;
  }
  void offerDetails(deps, text, results, records, undo);
}

function summary(results: readonly ChangeResult[], failed: readonly ChangeResult[]): string {
  const { t } = vscode.l10n;
  if (failed.length === 0) return allDone(results);
  const made = results.filter(({ outcome }) => undoableRecord(outcome) !== undefined);
  const [first] = failed;
  const reason = first ? outcomeWords(first).text : '';
  const rest = t('Changed {0} of {1} policies.', made.length, results.length);
  return `${rest} ${reason}`;
}

function allDone(results: readonly ChangeResult[]): string {
  const { t } = vscode.l10n;
  if (results.some(({ planned }) => planned.wanted.what === 'undo')) {
    return t(
      'Undid the changes to {0} policies, and verified each by reading it again.',
      results.length,
    );
  }
  const statements = results.reduce((sum, { planned, outcome }) => {
    const { plan } = outcome.type === 'applied' ? outcome : planned;
    return sum + changesOf(plan);
  }, 0);
  return t(
    'Removed {0} permissions from {1} policies, and verified each by reading it again.',
    statements,
    results.length,
  );
}

async function offerDetails(
  { texts, reporter }: CommandDeps,
  text: string,
  results: readonly ChangeResult[],
  records: readonly string[],
  undo: (records: readonly string[]) => Thenable<unknown>,
): Promise<void> {
  const { t } = vscode.l10n;
  const details = t('Show Each');
  const back = t('Undo');
  const buttons = records.length > 0 ? [details, back] : [details];
  reporter.note(text);
  const choice = await vscode.window.showWarningMessage(plainText(text), ...buttons);
  if (choice === back) await reporter.guard(() => undo(records));
  if (choice !== details) return;
  const lines = results.map((result) => plainText(outcomeWords(result).text));
  await vscode.window.showTextDocument(texts.add(lines.join('\n'), t('What came of it.txt')));
}
