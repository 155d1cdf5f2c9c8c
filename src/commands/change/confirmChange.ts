import * as vscode from 'vscode';
import { sureScore } from '../../core/definitionSearch';
import { plainText, shortText } from '../../host/plainText';
import type { Question } from '../../words/changeWords';
import { fitLines } from '../../words/changeText';
import { bulkQuestion, bulkText, changeQuestion } from '../../words/changeWords';
import { statementTitle } from '../../words/statementWords';
import type { CopySource } from '../copyAs';
import { copySources } from '../copyAs';
import type { DefinitionPlace } from '../definition';
import { findDefinition, showDefinition } from '../definition';
import type { CommandDeps } from '../deps';
import type { PlannedChange } from './plannedChange';

/**
 * Shows what would happen and asks; for several policies with a line for each statement. `notes` are
 * said first. What the workspace seems to define can be looked at instead.
 */
export async function confirmChanges(
  deps: CommandDeps,
  planned: readonly PlannedChange[],
  notes: readonly string[] = [],
): Promise<boolean> {
  const [first] = planned;
  if (!first) return false;
  const isOne = planned.length === 1;
  const { what } = first.wanted;
  const question = isOne
    ? changeQuestion(first.plan, what, first.place)
    : bulkQuestion(planned, what);
  const definition = await definitionOf(planned);
  const { t } = vscode.l10n;
  const show = t('Show Definition');
  const all = t('Show All');
  const copy = t('Copy As…');
  const lines = [...notes, ...definitionLines(definition), ...question.lines];
  const fitting = fitLines(lines.map(plainText), question.tail, mostRows);
  const hasMore = fitting.isCut || !isOne;
  const buttons = [question.yes, ...(definition ? [show] : []), ...(hasMore ? [all] : []), copy];
  switch (await ask(question, fitting.lines, buttons)) {
    case question.yes:
      return true;
    case show:
      if (definition) await showDefinition(definition);
      return false;
    case all:
      await showText(
        deps.texts.add(
          linesOf(isOne ? [question.message, '', ...lines] : [...notes, ...bulkText(planned)]),
          t('Planned changes.txt'),
        ),
      );
      return false;
    case copy:
      await copySources(deps, planned.map(copySource));
      return false;
    default:
      return false;
  }
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
  if (!vscode.workspace.workspaceFolders?.length) return undefined;
  const signal = AbortSignal.timeout(longestSearchMs);
  for (const { plan } of planned) {
    if (signal.aborted) break;
    if (plan.removed.length === 0) continue;
    const place = await findDefinition(plan.resource, plan.removed, signal);
    if (place) return place;
  }
  return undefined;
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

/** Each line made safe by itself: a Sid must not forge or hide a line of what is agreed to. */
function linesOf(lines: readonly string[]): string {
  return lines.map(plainText).join('\n');
}

async function showText(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri, { preview: true });
}
