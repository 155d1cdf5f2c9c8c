import * as vscode from 'vscode';
import type { Audit } from '../../audit/audit';
import { progressWords, resultWords, stateWords } from '../../audit/auditItems';
import type { Connection } from '../../connections/connection';
import { connectionTitle, sceneOf } from '../../connections/connectionWords';
import { viewIds } from '../../contributions';
import { isRecord, qualifiedNameOf } from '../../core/resource';
import { shortText } from '../../host/plainText';
import type { ReportStep } from '../../host/progress';
import { withNotification } from '../../host/progress';
import { failureSentence } from '../../words/failureWords';
import { timeWords } from '../../words/historyWords';
import type { CommandDeps } from '../deps';
import { pickConnections } from '../pickConnection';
import { pickAudit } from './pickAudit';

/** Audits connections: those of rows, or which the palette asks for. */
export async function auditConnection(
  deps: CommandDeps,
  arg?: unknown,
  selected?: unknown,
): Promise<void> {
  const connections = await connectionsFor(deps, arg, selected);
  if (connections.length === 0) return;
  await deps.audits.loaded;
  const [only] = connections;
  const resume = only && connections.length === 1 ? await asksToResume(deps, only) : false;
  if (resume === undefined) return;
  // Each account and region has quotas of its own.
  await Promise.all(connections.map((connection) => runAudit(deps, connection, resume)));
}

/** The row of a connection, or of its audit. */
function isOfConnection(row: unknown): row is { readonly connectionId: string } {
  return isRecord(row) && typeof row.connectionId === 'string';
}

/** Goes on with an audit that ended before it had read everything, and asks again for what it could not. */
export async function resumeAudit(deps: CommandDeps, arg?: unknown): Promise<void> {
  const audit = await pickAudit(deps, arg, vscode.l10n.t('Resume Audit'), isResumable);
  const connection = audit && deps.connections.byId(audit.scene.connectionId);
  if (connection) await runAudit(deps, connection, true);
  else if (audit)
    deps.reporter.warn(vscode.l10n.t('The connection is gone. Add it again, then go on.'));
}

export function isResumable(audit: Audit): boolean {
  return audit.state !== 'running' && !audit.isWhole;
}

async function connectionsFor(
  deps: CommandDeps,
  arg: unknown,
  selected: unknown,
): Promise<readonly Connection[]> {
  const rows: readonly unknown[] =
    Array.isArray(selected) && selected.length > 1 ? selected : [arg];
  const found = rows
    .map((row) => (isOfConnection(row) ? deps.connections.byId(row.connectionId) : undefined))
    .filter((one) => one !== undefined);
  if (found.length > 0) return [...new Set(found)];
  return pickConnections(deps, vscode.l10n.t('Audit'));
}

/** Where the last audit did not get to the end: whether to go on with it. `undefined`: neither. */
async function asksToResume(
  { audits }: CommandDeps,
  { id }: Connection,
): Promise<boolean | undefined> {
  const last = audits.of(id);
  if (!last || last.state === 'complete' || audits.isRunning(id)) return false;
  const { t } = vscode.l10n;
  const items = [
    {
      label: t('Resume the Audit of {0}', timeWords(last.startedAt)),
      detail: stateWords(last).join(' · '),
      resume: true,
    },
    { label: t('Start Anew'), detail: t('Every policy is read again.'), resume: false },
  ];
  const options = { title: t('Audit'), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.resume;
}

/** Runs it with its progress in sight, and says what came of it. */
export async function runAudit(
  deps: CommandDeps,
  connection: Connection,
  resume: boolean,
): Promise<void> {
  const { audits } = deps;
  const { t } = vscode.l10n;
  if (audits.isRunning(connection.id)) {
    deps.reporter.info(t('The audit of {0} is running already.', connectionTitle(connection)));
    return;
  }
  await vscode.commands.executeCommand(`${viewIds.findings}.focus`);
  await connection.identifySoon();
  const title = shortText(t('Audit of {0}', connectionTitle(connection)), 160);
  const audit = await withNotification(title, async (report, token) => {
    token.onCancellationRequested(() => audits.cancel(connection.id));
    const reporting = setInterval(() => reportProgress(deps, connection, report), 500);
    try {
      return await audits.run(connection, { resume });
    } finally {
      clearInterval(reporting);
    }
  });
  tellEnd(deps, connection, audit);
}

function reportProgress({ audits }: CommandDeps, { id }: Connection, report: ReportStep): void {
  const progress = audits.progress(id);
  if (!progress) return;
  const current = progress.current ? ` · ${qualifiedNameOf(progress.current)}` : '';
  report({ message: shortText(progressWords(progress) + current, 160) });
}

function tellEnd(deps: CommandDeps, connection: Connection, audit: Audit): void {
  const { t } = vscode.l10n;
  const title = connectionTitle(connection);
  const count = resultWords(audit, deps.audits.findingsOf(audit));
  const state = stateWords(audit).join(', ');
  if (audit.failure) {
    const what = t('The audit of {0} was stopped ({1})', title, state);
    deps.reporter.warn(failureSentence(what, audit.failure, sceneOf(connection)));
  } else if (audit.isWhole) {
    deps.reporter.info(t('Audit of {0}: {1}, {2}.', title, state, count));
  } else {
    deps.reporter.warn(
      t(
        'Audit of {0}: {1}, {2}. What was not read is listed in the Findings view.',
        title,
        state,
        count,
      ),
    );
  }
}
