import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { sceneOf } from '../connections/connectionWords';
import { appendWords } from '../host/markdown';
import { plainText, shortText } from '../host/plainText';
import { themeIcon, treeRow } from '../host/treeRow';
import { durationWords, findingsWords } from '../words/auditWords';
import { failureSentence, failureWords } from '../words/failureWords';
import { timeWords } from '../words/historyWords';
import type { Audit } from './audit';
import type { AuditFinding } from './auditFindings';
import type { AuditProgress, Audits } from './audits';
import type { GapNode } from './findingNodes';
import { failureOfGap, gapSentence, gapTitle } from './gapWords';

const { None, Collapsed } = vscode.TreeItemCollapsibleState;
const { t } = vscode.l10n;

export function auditItem(audit: Audit | undefined, audits: Audits): vscode.TreeItem {
  if (!audit) return treeRow(t('No audit'), themeIcon('circle-slash'), 'audit');
  const { connectionId, title, accountId } = audit.scene;
  const progress = audits.progress(connectionId);
  const isOver = progress === undefined;
  const item = treeRow(
    title,
    auditIcon(audit, isOver),
    isOver ? contextOf(audit) : 'audit.running',
  );
  const findings = audits.findingsOf(audit);
  const words = progress
    ? [progressWords(progress), countWords(findings)]
    : [...stateWords(audit), resultWords(audit, findings)];
  item.description = plainText(words.join(' · '));
  const gaps = audit.gaps.length + audit.unreadable.length;
  item.collapsibleState = gaps > 0 ? Collapsed : None;
  const markdown = new vscode.MarkdownString();
  for (const line of auditLines(audit, accountId, findings)) {
    appendWords(markdown, line).appendMarkdown('\n\n');
  }
  item.tooltip = markdown;
  return item;
}

function contextOf(audit: Audit): string {
  return audit.isWhole ? 'audit.whole' : 'audit.partial';
}

function auditIcon(audit: Audit, isOver: boolean): vscode.ThemeIcon {
  if (!isOver) return themeIcon('sync~spin');
  return audit.isWhole ? themeIcon('pass') : themeIcon('warning', 'list.warningForeground');
}

/** How far it is: `412 of 3,020 · 15/s · 3 min left`. */
export function progressWords({ read, listed, isListed, rate }: AuditProgress): string {
  const count = isListed ? t('{0} of {1}', read, listed) : t('{0} of {1} or more', read, listed);
  if (rate <= 0) return count;
  const perSecond = t('{0}/s', rate < 10 ? rate.toFixed(1) : Math.round(rate));
  const left = isListed ? [durationWords((listed - read) / rate)] : [];
  return [count, perSecond, ...left].join(' · ');
}

/** What came of it, never taken for more than it is. */
export function stateWords(audit: Audit): readonly string[] {
  const unread = audit.unreadable.length;
  const parts = [stateWord(audit), readWords(audit)];
  if (unread > 0) parts.push(t('{0} could not be read', unread));
  if (audit.unasked > 0) parts.push(t('{0} not asked for', audit.unasked));
  if (audit.gaps.length > 0) parts.push(t('{0} lists incomplete', audit.gaps.length));
  return parts.filter((part) => part !== '');
}

function readWords({ readCount, policyCount }: Audit): string {
  return readCount === 1
    ? t('1 resource read, {0} with a policy', policyCount)
    : t('{0} resources read, {1} with a policy', readCount, policyCount);
}

function stateWord(audit: Audit): string {
  switch (audit.state) {
    case 'running':
      return t('running');
    case 'complete':
      return '';
    case 'cancelled':
      return t('cancelled');
    case 'stopped':
      return t('stopped');
    case 'interrupted':
      return t('interrupted');
  }
}

/** How many findings there are and, where there was an audit before, what is new and gone since. */
export function resultWords(audit: Audit, findings: readonly AuditFinding[]): string {
  const count = countWords(findings);
  if (!audit.before) return count;
  const now = new Set(findings.map(({ finding }) => finding.key));
  const gone = [...audit.before].filter((key) => !now.has(key)).length;
  const fresh = findings.filter(({ isNew, isAccepted }) => isNew && !isAccepted).length;
  // What was not read again is not gone.
  return audit.isWhole
    ? t('{0} ({1} new, {2} gone)', count, fresh, gone)
    : t('{0} ({1} new)', count, fresh);
}

/** What is accepted needs nobody, and is told apart. */
function countWords(findings: readonly AuditFinding[]): string {
  const accepted = findings.filter(({ isAccepted }) => isAccepted).length;
  const open = findingsWords(findings.length - accepted);
  return accepted > 0 ? t('{0} and {1} accepted', open, accepted) : open;
}

function auditLines(
  audit: Audit,
  accountId: string | undefined,
  findings: readonly AuditFinding[],
): readonly string[] {
  const lines = [
    t('Audit of {0}, account {1}', audit.scene.title, accountId ?? t('unknown')),
    audit.endedAt === undefined
      ? t('Begun: {0}', timeWords(audit.startedAt))
      : t('Begun: {0}, ended: {1}', timeWords(audit.startedAt), timeWords(audit.endedAt)),
    stateWords(audit).join(' · '),
    resultWords(audit, findings),
  ];
  if (audit.failure) lines.push(failureSentence(t('It was stopped'), audit.failure));
  if (!audit.isWhole) lines.push(t('What was not read is not clean: nothing is known of it.'));
  return lines;
}

export function gapItem({ gap }: GapNode, connection: Connection | undefined): vscode.TreeItem {
  const failure = failureOfGap(gap);
  const item = treeRow(gapTitle(gap), themeIcon('warning', 'list.warningForeground'), 'gap');
  if (!failure) return item;
  const scene = connection && sceneOf(connection);
  item.description = shortText(failureWords(failure, scene).reason);
  item.tooltip = appendWords(new vscode.MarkdownString(), gapSentence(gap, failure, scene));
  return item;
}
