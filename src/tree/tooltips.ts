import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { accountWords, connectionTitle } from '../connections/connectionWords';
import { formatJson } from '../core/formatJson';
import type { Listed } from '../core/resource';
import type { Statement } from '../core/statement';
import { resourceWords } from '../words/resourceWords';
import { statementExplanation, statementTitle } from '../words/statementWords';

/**
 * Tooltips are Markdown, so that JSON can be set as code. Text goes in by `appendText`, which
 * escapes it, or into a code block; trust, HTML and icons stay off.
 */
function tooltip(title: string, lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**').appendText(title).appendMarkdown('**');
  for (const line of lines) markdown.appendMarkdown('\n\n').appendText(line);
  return markdown;
}

export function statementTooltip(statement: Statement): vscode.MarkdownString {
  const [effect = '', ...conditions] = statementExplanation(statement);
  const markdown = tooltip(statementTitle(statement), [effect]);
  for (const condition of conditions) markdown.appendMarkdown('\n\n• ').appendText(condition);
  markdown.appendMarkdown('\n\n');
  return markdown.appendCodeblock(formatJson(statement.text), 'json');
}

export function resourceTooltip(listed: Listed): vscode.MarkdownString {
  return tooltip(resourceWords(listed), [listed.arn]);
}

export function connectionTooltip(connection: Connection): vscode.MarkdownString {
  const identity = connection.currentIdentity;
  const lines = [vscode.l10n.t('Account: {0}', accountWords(connection))];
  if (identity?.state === 'known') lines.push(vscode.l10n.t('Caller: {0}', identity.callerArn));
  return tooltip(connectionTitle(connection), lines);
}
