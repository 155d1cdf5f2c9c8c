import * as vscode from 'vscode';
import type { Audit } from '../../../audit/audit';
import { stateWords } from '../../../audit/auditItems';
import type { Connection } from '../../../connections/connection';
import { shortText } from '../../../host/plainText';
import { timeWords } from '../../../words/historyWords';
import type { CommandDeps } from '../../deps';
import { runAudit } from '../auditConnection';

/** What was read so long ago need not be read again. */
const freshMs = 10 * 60 * 1000;

/**
 * What is known of the policies of connections: as it was read some minutes ago, or else as a person
 * chooses. `undefined`: neither.
 */
export async function auditsToSearch(
  deps: CommandDeps,
  connections: readonly Connection[],
): Promise<readonly Audit[] | undefined> {
  const { audits } = deps;
  const stale = connections.filter(({ id }) => !isFresh(audits.of(id), Date.now()));
  const choice = stale.length > 0 ? await askWhich(deps, connections) : 'useLast';
  if (choice === undefined) return undefined;
  if (choice === 'readAll') {
    await Promise.all(stale.map((connection) => runAudit(deps, connection, false)));
  }
  const found = connections.map(({ id }) => audits.of(id)).filter((one) => one !== undefined);
  const isCutOff = choice === 'readAll' && found.some(({ state }) => state !== 'complete');
  return isCutOff && !(await asksToGoOn()) ? undefined : found;
}

/** Whether all of it was read, and lately: of one that went on, its first texts may be old. */
function isFresh(audit: Audit | undefined, now: number): boolean {
  return audit?.isWhole === true && now - audit.startedAt < freshMs;
}

async function askWhich(
  { audits }: CommandDeps,
  connections: readonly Connection[],
): Promise<'readAll' | 'useLast' | undefined> {
  const { t } = vscode.l10n;
  const known = connections.map(({ id }) => audits.of(id)).filter((one) => one !== undefined);
  const isKnown = known.length === connections.length;
  const items = [
    {
      label: t('Read All Policies First'),
      detail: t('By an audit, so that nothing is missed.'),
      choice: 'readAll',
    },
    ...(isKnown
      ? [
          {
            label: t('Use What Was Read Last'),
            detail: shortText(known.map(lastWords).join('; '), 300),
            choice: 'useLast',
          } as const,
        ]
      : []),
  ] as const;
  const title = t('Revoke Everywhere');
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  return picked?.choice;
}

function lastWords(audit: Audit): string {
  const { title } = audit.scene;
  return `${title}: ${timeWords(audit.startedAt)}, ${stateWords(audit).join(', ')}`;
}

/** What was cancelled, failed, or is running elsewhere knows a part only: whether that is enough. */
async function asksToGoOn(): Promise<boolean> {
  const { t } = vscode.l10n;
  const goOn = t('Search What Was Read');
  const message = t('Not all policies were read. What was not read is not searched.');
  return (await vscode.window.showWarningMessage(message, goOn)) === goOn;
}
