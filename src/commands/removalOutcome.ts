import * as vscode from 'vscode';
import type { RemovalOutcome } from '../changes/removeStatement';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import type { StatementTarget } from '../connections/targets';
import { plainText, shortText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { refusalWords } from '../words/removalWords';
import { resourceWords } from '../words/resourceWords';
import { statementSummary, statementTitle } from '../words/statementWords';
import type { CommandDeps } from './deps';

type Changed = Extract<RemovalOutcome, { type: 'changed' }>;

/** Says what a removal came to. */
export function reportOutcome(
  { reporter }: CommandDeps,
  connection: Connection,
  { resource, statement }: StatementTarget,
  outcome: Exclude<RemovalOutcome, Changed>,
): void {
  const { t } = vscode.l10n;
  const title = shortText(statementTitle(statement));
  const name = resourceWords(resource);
  switch (outcome.type) {
    case 'removed':
      reporter.info(
        outcome.othersChanged
          ? t(
              'Removed "{0}" from {1}. Someone else changed the policy at the same time.',
              title,
              name,
            )
          : t('Removed "{0}" from {1}, and verified it by reading the policy again.', title, name),
      );
      return;
    case 'accepted':
      if (outcome.reading.state === 'unreadable') {
        const what = t(
          'AWS accepted the removal of "{0}" from {1}, but the policy could not be read to verify it',
          title,
          name,
        );
        reporter.warn(failureSentence(what, outcome.reading.failure, sceneOf(connection)));
        return;
      }
      reporter.warn(
        t(
          'AWS accepted the removal of "{0}" from {1}, but reading the policy does not show it yet. Refresh in a minute.',
          title,
          name,
        ),
      );
      return;
    case 'alreadyGone':
      reporter.info(t('"{0}" was already gone from {1}. Nothing was removed.', title, name));
      return;
    case 'cancelled':
      reporter.info(t('Cancelled. "{0}" was not removed from {1}.', title, name));
      return;
    case 'refused':
      reporter.warn(
        `${t('"{0}" of {1} cannot be removed here.', title, name)} ${refusalWords(outcome.refusal)}`,
      );
      return;
    case 'failed': {
      const what = outcome.reading
        ? t('Could not remove "{0}" from {1}', title, name)
        : t('Whether "{0}" was removed from {1} is not known', title, name);
      reporter.warn(failureSentence(what, outcome.failure, sceneOf(connection)));
      return;
    }
  }
}

/** Shows what a statement was and has become; returns it to be agreed to anew, or nothing. */
export async function askAgain(
  target: StatementTarget,
  { reading, now }: Changed,
): Promise<StatementTarget | undefined> {
  if (reading.state !== 'policy') return undefined;
  const { t } = vscode.l10n;
  const lines = [
    t('Nothing was removed. Someone else changed the statement meanwhile.'),
    '',
    t('Before: {0}', statementSummary(target.statement)),
    ...excerpt(target.statement.text),
    '',
    t('Now: {0}', statementSummary(now)),
    ...excerpt(now.text),
  ];
  const goOn = t('Look at It as It Is Now');
  const message = t('"{0}" has changed.', statementTitle(now));
  const choice = await vscode.window.showWarningMessage(
    shortText(message, 160),
    { modal: true, detail: lines.map(plainText).join('\n') },
    goOn,
  );
  return choice === goOn ? { ...target, reading, statement: now } : undefined;
}

/** The first lines of a statement's JSON: a dialog must not grow past the screen. */
function excerpt(text: string): readonly string[] {
  const most = 15;
  const lines = text.split(/\r\n|\r|\n/).map((line) => shortText(line, 800));
  return lines.length > most ? [...lines.slice(0, most), '…'] : lines;
}
