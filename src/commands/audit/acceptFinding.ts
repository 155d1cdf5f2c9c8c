import * as vscode from 'vscode';
import type { Acceptance } from '../../audit/acceptances';
import type { AuditFinding } from '../../audit/auditFindings';
import { acceptedFile, NotAcceptedFile } from '../../audit/teamAcceptances';
import { qualifiedNameOf } from '../../core/resource';
import { shortText } from '../../host/plainText';
import { findingTitle } from '../../words/findingWords';
import type { CommandDeps } from '../deps';
import { pickFinding } from './pickFinding';

/** Notes that a finding is known and meant, why, and until when; it stays in sight as such. */
export async function acceptFinding(deps: CommandDeps, arg?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const found = await pickFinding(deps, arg, t('Accept'), ({ isAccepted }) => !isAccepted);
  if (!found) return;
  const { resource } = found.finding;
  const what = `${findingTitle(found.finding)} · ${qualifiedNameOf(resource)}`;
  const title = shortText(t('Accept: {0}', what), 160);
  const reason = await askReason(title, found.acceptance?.reason);
  if (reason === undefined) return;
  const days = await askDays(title);
  if (days === undefined) return;
  const place = await askPlace(deps, title);
  if (!place) return;
  const acceptedAt = Date.now();
  const accepted = { reason, until: acceptedAt + days * dayMs, acceptedAt };
  if (place === 'own') await deps.acceptances.set(found.finding.key, accepted);
  else await acceptForTeam(deps, place, found, accepted);
}

/** It counts again. */
export async function withdrawAcceptance(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Withdraw Acceptance');
  const found = await pickFinding(deps, arg, title, ({ isAccepted }) => isAccepted);
  if (!found) return;
  // Others have it in their copies until that is committed.
  await unlessForeign(deps, async () => {
    for (const file of await deps.acceptances.withdraw(found.finding.key)) tellToCommit(deps, file);
  });
}

/** A file that is something else is left as it is, which is said. */
async function unlessForeign(
  { reporter }: CommandDeps,
  write: () => Promise<unknown>,
): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof NotAcceptedFile)) throw error;
    reporter.warn(
      vscode.l10n.t(
        '{0} is no list of accepted findings, and was left as it is. Correct it, then try again.',
        vscode.workspace.asRelativePath(error.file),
      ),
    );
  }
}

async function acceptForTeam(
  deps: CommandDeps,
  folder: vscode.WorkspaceFolder,
  { finding }: AuditFinding,
  accepted: Acceptance,
): Promise<void> {
  const { detail, key, resource } = finding;
  const subject = { rule: detail.rule, resource: resource.arn, title: findingTitle(finding) };
  await unlessForeign(deps, async () => {
    const { team } = deps.acceptances;
    tellToCommit(deps, await team.add(folder, { finding: key, ...accepted }, subject));
  });
}

function tellToCommit({ reporter }: CommandDeps, file: vscode.Uri): void {
  const name = vscode.workspace.asRelativePath(file);
  reporter.info(vscode.l10n.t('Wrote {0}. Commit it for your team.', name));
}

/** For oneself, or for all who have the workspace; only asked where there is one that is trusted. */
async function askPlace(
  { acceptances: { team } }: CommandDeps,
  title: string,
): Promise<'own' | vscode.WorkspaceFolder | undefined> {
  const { t } = vscode.l10n;
  if (team.folders.length === 0) return 'own';
  const items = [
    { label: t('For Me'), detail: t('Kept on this machine.'), place: 'own' as const },
    ...team.folders.map((folder) => ({
      label: t('For the Team'),
      detail: t('In {0} of {1}, to be committed.', acceptedFile, folder.name),
      place: folder,
    })),
  ];
  const options = { title, placeHolder: t('For whom?'), ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.place;
}

const dayMs = 24 * 60 * 60 * 1000;

async function askReason(title: string, value = ''): Promise<string | undefined> {
  const reason = await vscode.window.showInputBox({
    title,
    value,
    prompt: vscode.l10n.t('Why is this meant to be so?'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? vscode.l10n.t('Say why, so that others know, too.') : undefined,
  });
  return reason?.trim();
}

/** Nothing is accepted for good: what was right once is looked at again. */
async function askDays(title: string): Promise<number | undefined> {
  const { t } = vscode.l10n;
  const items = [
    { label: t('30 days'), days: 30 },
    { label: t('90 days'), days: 90 },
    { label: t('180 days'), days: 180 },
    { label: t('1 year'), days: 365 },
  ].map((item) => ({ ...item, description: t('until {0}', dateAfter(item.days)) }));
  const placeHolder = t('Until when?');
  const options = { title, placeHolder, ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.days;
}

function dateAfter(days: number): string {
  return new Date(Date.now() + days * dayMs).toLocaleDateString(vscode.env.language, {
    dateStyle: 'medium',
  });
}
