import * as vscode from 'vscode';
import { countAccounts } from '../../connections/accounts';
import { accountTitle } from '../../connections/connectionWords';
import { sureScore } from '../../core/definitionSearch';
import { plainText, shortText } from '../../host/plainText';
import type { BulkPurpose } from '../../words/bulkWords';
import { afterwardsLines, bulkQuestion, bulkText } from '../../words/bulkWords';
import { fitLines } from '../../words/changeText';
import type { Question } from '../../words/changeWords';
import { changeQuestion, prettyAdded } from '../../words/changeWords';
import { statementTitle } from '../../words/statementWords';
import type { CopySource } from '../copyAs';
import { copySources } from '../copyAs';
import type { DefinitionPlace } from '../definition';
import { findDefinition, showDefinition } from '../definition';
import type { CommandDeps } from '../deps';
import { showLines } from '../showLines';
import type { PlannedChange } from './plannedChange';

export interface Confirmation {
  /** What cannot be done, or was done to what is shown. */
  readonly notes?: readonly string[];
  /** For several policies: how they are spoken of. */
  readonly purpose?: BulkPurpose | undefined;
  /** For one: the question in the caller's words. */
  readonly question?: Pick<Question, 'message' | 'yes'> | undefined;
}

/**
 * Shows what would happen and asks; for several policies with a line for each statement. Who looks at
 * something first is asked again.
 */
export async function confirmChanges(
  deps: CommandDeps,
  planned: readonly PlannedChange[],
  { notes = [], purpose, question: given }: Confirmation = {},
): Promise<boolean> {
  const [first] = planned;
  if (!first) return false;
  const isOne = planned.length === 1;
  const { what } = first.wanted;
  const asked = isOne
    ? { ...changeQuestion(first.plan, what, first.place), ...given }
    : bulkQuestion(planned, what, purpose);
  const { short, whole: afterwards } = purpose?.afterwards ?? { short: [], whole: [] };
  // That of several stands in the question.
  const end = isOne ? afterwardsLines(purpose) : [];
  const question = { ...asked, message: messageWithAccount(deps, planned, asked.message) };
  const definition = await definitionOf(planned);
  const { t } = vscode.l10n;
  const [show, all, copy] = [t('Show Definition'), t('Show All'), t('Copy As…')];
  const lines = withoutFirstBlank([
    ...question.head,
    ...(isOne ? notes : shortNotes(notes)),
    ...definitionLines(definition),
    ...question.lines,
  ]);
  const shown = [...lines, ...end].map(plainText);
  const fitting = fitLines(shown, question.tail + end.length, mostRows);
  const hasMore = fitting.isCut || !isOne || afterwards.length > short.length;
  const buttons = [question.yes, ...(definition ? [show] : []), ...(hasMore ? [all] : []), copy];
  for (;;) {
    switch (await ask(question, fitting.lines, buttons)) {
      case question.yes:
        return true;
      case copy:
        await copySources(deps, planned.map(copySource));
        continue;
      case show:
        if (definition) await showDefinition(definition);
        break;
      case all: {
        const each = isOne
          ? [...lines, ...prettyAdded(first.plan)]
          : [...notes, ...definitionLines(definition), ...bulkText(planned)];
        const whole = [question.message, '', ...each, ...gapBefore(afterwards)];
        await showLines(deps, all, { name: t('Planned changes.txt'), lines: whole }).run();
        break;
      }
      default:
        return false;
    }
    if (!(await asksToGoOn(question))) return false;
  }
}

/** Among several accounts the one that is meant comes first. */
function messageWithAccount(
  { connections }: CommandDeps,
  planned: readonly PlannedChange[],
  message: string,
): string {
  if (!connections.haveSeveralAccounts) return message;
  const changed = planned.map(({ connection }) => connection);
  const count = countAccounts(changed, connections.all);
  const [first] = planned;
  if (count > 1 || !first) return vscode.l10n.t('In {0} accounts: {1}', count, message);
  return vscode.l10n.t('{0}: {1}', accountTitle(first.connection), message);
}

/** What is looked at lies under a modal question: this one waits beside it. */
async function asksToGoOn({ message }: Question): Promise<boolean> {
  const goOn = vscode.l10n.t('Continue…');
  return (await vscode.window.showWarningMessage(plainText(message), goOn)) === goOn;
}

/** Parts are set off by blank lines; where nothing stands before one it is only a gap. */
function withoutFirstBlank(lines: readonly string[]): readonly string[] {
  return lines[0] === '' ? lines.slice(1) : lines;
}

/** Parts are set off by blank lines. */
function gapBefore(lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', ...lines] : [];
}

/** Many would leave no room for what can be done. */
function shortNotes(notes: readonly string[]): readonly string[] {
  if (notes.length < 2) return notes;
  const words = vscode.l10n.t(
    '{0} more changes cannot be made, or need not be; "Show All" says why.',
    notes.length,
  );
  return [words];
}

/** What would be sent, for another tool to send it. */
function copySource({ plan, wanted }: PlannedChange): CopySource {
  const { calls, after } = plan.ways[0];
  const { connectionId, resource } = wanted;
  return { connectionId, subject: { type: 'calls', resource, calls, after } };
}

async function ask(
  { message }: Question,
  lines: readonly string[],
  buttons: readonly string[],
): Promise<string | undefined> {
  return vscode.window.showWarningMessage(
    shortText(message, 300),
    { modal: true, detail: lines.join('\n') },
    ...buttons,
  );
}

/** What fits on a small screen. */
const mostRows = 26;

/** A person waits for the question meanwhile. */
const longestSearchMs = 1_500;

/** Only what goes can come back by itself. */
async function definitionOf(
  planned: readonly PlannedChange[],
): Promise<DefinitionPlace | undefined> {
  const removed = planned.flatMap(({ plan: { resource, removed: statements } }) =>
    statements.map((statement) => ({ resource, statement })),
  );
  return findDefinition(removed, longestSearchMs);
}

function definitionLines(definition: DefinitionPlace | undefined): readonly string[] {
  if (!definition) return [];
  const { line, score, statement, uri } = definition;
  const title = statementTitle(statement);
  const file = vscode.workspace.asRelativePath(uri);
  // Below that it is what stands near the name of the resource.
  const words =
    score >= sureScore
      ? vscode.l10n.t(
          'The workspace defines "{0}" ({1}, line {2}): it would come back at the next deployment.',
          title,
          file,
          line,
        )
      : vscode.l10n.t(
          'The workspace may define "{0}" ({1}, line {2}): it could come back at the next deployment.',
          title,
          file,
          line,
        );
  return [words, ''];
}
