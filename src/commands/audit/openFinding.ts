import * as vscode from 'vscode';
import type { CommandDeps } from '../deps';
import { pickFinding } from './pickFinding';

/** Opens the policy of a finding, at the place that it speaks of. */
export async function openFinding(deps: CommandDeps, arg?: unknown): Promise<void> {
  const found = await pickFinding(deps, arg, vscode.l10n.t('Open Finding'));
  if (!found) return;
  const { connectionId, finding } = found;
  if (!deps.connections.byId(connectionId)) {
    deps.reporter.warn(vscode.l10n.t('The connection is gone. Add it again, then go on.'));
    return;
  }
  deps.pages.open(connectionId, finding.resource, finding.statement?.canonical);
}
