import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { accountWords, connectionTitle, placeWords } from '../connections/connectionWords';
import type { Guards } from '../connections/guards';
import { formatJson } from '../core/formatJson';
import type { PolicyReading } from '../core/policyStore';
import type { Listed } from '../core/resource';
import type { Statement } from '../core/statement';
import { appendWords } from '../host/markdown';
import { kindTitle, resourceWords } from '../words/resourceWords';
import { statementExplanation, statementTitle } from '../words/statementWords';
import type { Listing } from './listings';
import type { GroupNode } from './nodes';

/**
 * Tooltips are Markdown, so that JSON can be set as code. Text goes in by `appendWords`, which
 * escapes it, or into a code block; trust, HTML and icons stay off.
 */
function tooltip(title: string, lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  appendWords(markdown.appendMarkdown('**'), title).appendMarkdown('**');
  for (const line of lines) appendWords(markdown.appendMarkdown('\n\n'), line);
  return markdown;
}

export function statementTooltip(statement: Statement): vscode.MarkdownString {
  const [effect = '', ...conditions] = statementExplanation(statement);
  const markdown = tooltip(statementTitle(statement), [effect]);
  for (const condition of conditions) appendWords(markdown.appendMarkdown('\n\n• '), condition);
  markdown.appendMarkdown('\n\n');
  return markdown.appendCodeblock(formatJson(statement.text), 'json');
}

export function resourceTooltip(listed: Listed, reading?: PolicyReading): vscode.MarkdownString {
  const read = reading && vscode.l10n.t('Policy read {0}', timeWords(reading.readAt));
  return tooltip(resourceWords(listed), [listed.arn, ...(read === undefined ? [] : [read])]);
}

/** How old a list is. */
export function groupTooltip(
  { kind }: GroupNode,
  listing: Listing | undefined,
): vscode.MarkdownString {
  const lines = listing ? [vscode.l10n.t('Listed {0}', timeWords(listing.listedAt))] : [];
  return tooltip(kindTitle(kind), lines);
}

export function connectionTooltip(connection: Connection, guards: Guards): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const { currentIdentity: identity, endpoint } = connection;
  const lines = [placeWords(connection), t('Account: {0}', accountWords(connection))];
  if (identity?.state === 'known' && identity.callerArn !== undefined) {
    lines.push(t('Caller: {0}', identity.callerArn));
  }
  if (endpoint !== undefined) lines.push(t('Endpoint, in place of AWS: {0}', endpoint));
  if (guards.isReadOnly)
    lines.push(t('Read-only: nothing is changed (resourcePolicies.readOnly).'));
  if (guards.isProtected(connection)) {
    lines.push(t('Protected: every change asks for a name (resourcePolicies.protectedProfiles).'));
  }
  return tooltip(connectionTitle(connection), lines);
}

function timeWords(time: number): string {
  return new Date(time).toLocaleString();
}
