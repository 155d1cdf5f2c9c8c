import * as vscode from 'vscode';
import type { CommandDeps } from '../deps';
import { pickAudit } from './pickAudit';

/** Ends an audit that runs; what it has read stays. */
export async function cancelAudit(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Cancel Audit');
  const audit = await pickAudit(deps, arg, title, ({ state }) => state === 'running');
  if (audit) deps.audits.cancel(audit.scene.connectionId);
}

/** Takes an audit and all that it read off this machine. */
export async function forgetAudit(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Forget Audit');
  const audit = await pickAudit(deps, arg, title, ({ state }) => state !== 'running');
  if (audit) await deps.audits.remove(audit.scene.connectionId);
}
