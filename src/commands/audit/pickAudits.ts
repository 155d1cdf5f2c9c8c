import * as vscode from 'vscode';
import type { Audit } from '../../audit/audit';
import { stateWords } from '../../audit/auditItems';
import { isRecord } from '../../core/resource';
import { plainText } from '../../host/plainText';
import type { CommandDeps } from '../deps';

/** The audit of a row; else those that are picked, at first all. One alone is taken without asking. */
export async function pickAudits(
  { audits, reporter }: CommandDeps,
  arg: unknown,
  title: string,
): Promise<readonly Audit[]> {
  await audits.loaded;
  const given =
    isRecord(arg) && typeof arg.connectionId === 'string' ? audits.of(arg.connectionId) : undefined;
  if (given) return [given];
  const { all } = audits;
  if (all.length === 0) {
    reporter.info(vscode.l10n.t('There is no audit yet. Audit a connection first.'));
  }
  if (all.length < 2) return all;
  const items = all.map((audit) => ({
    label: plainText(audit.scene.title),
    description: plainText(
      [audit.scene.accountId, ...stateWords(audit)].filter(Boolean).join(' · '),
    ),
    picked: true,
    audit,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Which audits?'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return (picked ?? []).map(({ audit }) => audit);
}
