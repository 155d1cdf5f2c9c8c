import * as vscode from 'vscode';
import { shortText } from '../../host/plainText';
import { findingTitle } from '../../words/findingWords';
import type { CommandDeps } from '../deps';
import { pickFinding } from './pickFinding';

/** Notes that a finding is known and meant, why, and until when; it stays in sight as such. */
export async function acceptFinding(deps: CommandDeps, arg?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const found = await pickFinding(deps, arg, t('Accept'), ({ isAccepted }) => !isAccepted);
  if (!found) return;
  const title = shortText(t('Accept: {0}', findingTitle(found.finding)), 160);
  const reason = await askReason(title, found.acceptance?.reason);
  if (reason === undefined) return;
  const days = await askDays(title);
  if (days === undefined) return;
  const acceptedAt = Date.now();
  const until = acceptedAt + days * dayMs;
  await deps.acceptances.set(found.finding.key, { reason, until, acceptedAt });
}

/** It counts again. */
export async function withdrawAcceptance(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Withdraw Acceptance');
  const found = await pickFinding(deps, arg, title, ({ isAccepted }) => isAccepted);
  if (found) await deps.acceptances.set(found.finding.key, undefined);
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
