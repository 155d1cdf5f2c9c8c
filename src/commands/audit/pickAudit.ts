import * as vscode from 'vscode';
import type { Audit } from '../../audit/audit';
import { stateWords } from '../../audit/auditItems';
import { isRecord } from '../../core/resource';
import { plainText } from '../../host/plainText';
import type { CommandDeps } from '../deps';

/** The audit of a row, or one that is picked from those that are meant; one alone is taken. */
export async function pickAudit(
  { audits, reporter }: CommandDeps,
  arg: unknown,
  title: string,
  isMeant: (audit: Audit) => boolean,
): Promise<Audit | undefined> {
  await audits.loaded;
  const given =
    isRecord(arg) && typeof arg.connectionId === 'string' ? audits.of(arg.connectionId) : undefined;
  if (given) return given;
  const meant = audits.all.filter(isMeant);
  if (meant.length < 2) {
    if (meant.length === 0) reporter.info(vscode.l10n.t('There is no such audit.'));
    return meant[0];
  }
  const items = meant.map((audit) => ({
    label: plainText(audit.scene.title),
    description: stateWords(audit).join(' · '),
    audit,
  }));
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.audit;
}
