import * as vscode from 'vscode';
import type { Offer } from '../../host/report';
import type { BulkPurpose } from '../../words/bulkWords';
import { changesOf, policyCount } from '../../words/bulkWords';
import type { CommandDeps } from '../deps';
import { showLines } from '../showLines';
import type { ChangeResult } from './applyPlanned';
import { outcomeWords, reportOutcome, undoableRecord } from './reportOutcome';

export interface OutcomesOptions {
  readonly undo: (records: readonly string[]) => Thenable<unknown>;
  /** Why others, which were wanted with them, could not even be planned. */
  readonly impossible?: readonly string[];
  readonly purpose?: BulkPurpose | undefined;
}

/** Says what several changes came to: in one message, and one by one in a document if not all went well. */
export function reportOutcomes(
  deps: CommandDeps,
  results: readonly ChangeResult[],
  { undo, impossible = [], purpose }: OutcomesOptions,
): void {
  const [only] = results;
  if (!only) return;
  const failed = results.filter(({ outcome }) => outcome.type !== 'applied');
  const isGood = failed.length + impossible.length === 0;
  if (results.length === 1 && impossible.length === 0 && !(purpose && isGood)) {
    reportOutcome(deps, only, undo);
    return;
  }
  const records = results
    .map(({ outcome }) => undoableRecord(outcome))
    .filter((id) => id !== undefined);
  const { t } = vscode.l10n;
  const back = { label: t('Undo'), run: () => undo(records) };
  if (isGood) {
    const text = purpose?.done(results.length) ?? allDone(results);
    const lines = [text, '', ...(purpose?.afterwards.whole ?? [])];
    const show = showLines(deps, t('Show'), { name: t('What came of it.txt'), lines });
    deps.reporter.offer(text, isGood, purpose ? [back, show] : [back]);
    return;
  }
  const text = [summary(results, failed, impossible), ...(purpose ? [purpose.again] : [])].join(
    ' ',
  );
  const each = [...results.map((result) => outcomeWords(result).text), ...impossible];
  deps.reporter.offer(text, isGood, [showEach(deps, each), ...(records.length > 0 ? [back] : [])]);
}

function summary(
  results: readonly ChangeResult[],
  failed: readonly ChangeResult[],
  impossible: readonly string[],
): string {
  const { t } = vscode.l10n;
  const made = results.filter(({ outcome }) => undoableRecord(outcome) !== undefined);
  const [first] = failed;
  const reason = first ? outcomeWords(first).text : (impossible[0] ?? '');
  const all = results.length + impossible.length;
  return `${t('Changed {0} of {1} policies.', made.length, all)} ${reason}`;
}

function allDone(results: readonly ChangeResult[]): string {
  const { t } = vscode.l10n;
  if (results.some(({ planned }) => planned.wanted.what === 'undo')) {
    return policyCount(results.map(({ planned }) => planned)) === results.length
      ? t(
          'Undid the changes to {0} policies, and verified each by reading it again.',
          results.length,
        )
      : t('Undid {0} changes, and verified each by reading its policy again.', results.length);
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

/** Says why none of several policies can be changed: `isSo`, all are so already. */
export function reportImpossible(
  deps: CommandDeps,
  reasons: readonly string[],
  isSo: boolean,
): void {
  const { t } = vscode.l10n;
  const [reason = ''] = reasons;
  if (reasons.length < 2 && isSo) deps.reporter.info(reason);
  else if (reasons.length < 2) deps.reporter.warn(reason);
  else if (isSo) {
    deps.reporter.info(
      t('There is nothing to change: all {0} policies are so already.', reasons.length),
    );
  } else {
    const text = t('None of {0} policies can be changed. The first: {1}', reasons.length, reason);
    deps.reporter.offer(text, false, [showEach(deps, reasons)]);
  }
}

/** A line for each policy. */
function showEach(deps: CommandDeps, each: readonly string[]): Offer {
  const { t } = vscode.l10n;
  return showLines(deps, t('Show Each'), { name: t('What came of it.txt'), lines: each });
}
