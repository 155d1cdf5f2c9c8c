import * as vscode from 'vscode';
import type { AuditFinding } from '../../audit/auditFindings';
import { findingOf } from '../../audit/findingNodes';
import { severityIcon } from '../../audit/findingItems';
import { qualifiedNameOf } from '../../core/resource';
import { shortText } from '../../host/plainText';
import { findingTitle } from '../../words/findingWords';
import type { CommandDeps } from '../deps';

/** The finding of a row, or one that is picked from those that are meant. */
export async function pickFinding(
  { audits, findings, reporter }: CommandDeps,
  arg: unknown,
  title: string,
  isMeant: (found: AuditFinding) => boolean = () => true,
): Promise<AuditFinding | undefined> {
  await audits.loaded;
  const given = findingOf(arg);
  if (given) {
    // As it is by now: the row may be older than the policy.
    const held = findings.findings.find(
      ({ connectionId, finding }) =>
        connectionId === given.connectionId && finding.key === given.key,
    );
    if (!held) reporter.info(vscode.l10n.t('The finding is gone: its policy has changed.'));
    return held;
  }
  const meant = findings.findings.filter(isMeant);
  if (meant.length === 0) {
    reporter.info(vscode.l10n.t('There is no such finding. Audit a connection first.'));
    return undefined;
  }
  const items = meant.map((found) => ({
    label: shortText(findingTitle(found.finding), 160),
    description: shortText(qualifiedNameOf(found.finding.resource)),
    iconPath: severityIcon(found.severity),
    found,
  }));
  const options = { title, matchOnDescription: true, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.found;
}
