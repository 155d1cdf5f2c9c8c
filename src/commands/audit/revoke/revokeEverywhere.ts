import * as vscode from 'vscode';
import type { PendingRevocation } from '../../../audit/revocations';
import type { Connection } from '../../../connections/connection';
import type { Whom } from '../../../core/revoke/whom';
import { plainText, shortText } from '../../../host/plainText';
import { policiesWords } from '../../../words/auditWords';
import { remainingLines, revokePurpose, whomWords } from '../../../words/revokeWords';
import type { ChangeResult } from '../../change/applyPlanned';
import { mayChange } from '../../change/guardChange';
import type { CommandDeps } from '../../deps';
import { makeChanges } from '../../makeChange';
import { pickConnections } from '../../pickConnection';
import { auditsToSearch } from './auditsToSearch';
import { pickWhom, whomOfRow } from './pickWhom';
import type { RevocationPlan } from './planRevocation';
import { planRevocation } from './planRevocation';

/**
 * Takes somebody out of every policy of the chosen connections that names them: one question, and one
 * account of what came of each. What was not done is gone on with when the command is run again.
 */
export async function revokeEverywhere(deps: CommandDeps, arg?: unknown): Promise<void> {
  if (!mayChange(deps)) return;
  await deps.audits.loaded;
  const given = whomOfRow(deps, arg);
  const { pending } = deps.revocations;
  const wanted = given || !pending ? given : await askToGoOn(pending);
  if (wanted === 'cancelled') return;
  const goesOn = pending !== undefined && wanted === pending.whom;
  const connections = await connectionsFor(deps, goesOn ? pending : undefined);
  if (connections.length === 0) return;
  const audits = await auditsToSearch(deps, connections);
  const whom = audits && (wanted ?? (await pickWhom(audits)));
  if (!whom) return;
  const plan = await planRevocation(deps, whom, audits);
  if (!plan) return;
  if (plan.wanted.length === 0) {
    if (goesOn) await deps.revocations.set(undefined);
    tellNothingToDo(deps, plan);
    return;
  }
  await carryOut(deps, whom, connections, plan);
}

/** Whether to go on with what was not done; `undefined`: with somebody else. */
async function askToGoOn({
  whom,
  policies,
}: PendingRevocation): Promise<Whom | 'cancelled' | undefined> {
  const { t } = vscode.l10n;
  const items = [
    {
      label: shortText(t('Go on: {0}', whomWords(whom))),
      detail: t('{0} were to be changed, and not all of them were.', policiesWords(policies)),
      whom,
    },
    { label: t('Somebody Else'), whom: undefined },
  ];
  const options = { title: t('Revoke Everywhere'), ignoreFocusOut: true };
  const picked = await vscode.window.showQuickPick(items, options);
  return picked ? picked.whom : 'cancelled';
}

async function connectionsFor(
  deps: CommandDeps,
  pending: PendingRevocation | undefined,
): Promise<readonly Connection[]> {
  const known = pending?.connectionIds
    .map((id) => deps.connections.byId(id))
    .filter((connection) => connection !== undefined);
  if (known && known.length > 0) return known;
  const isAudited = ({ id }: Connection) => deps.audits.of(id) !== undefined;
  return pickConnections(deps, vscode.l10n.t('Revoke Everywhere'), isAudited);
}

async function carryOut(
  deps: CommandDeps,
  whom: Whom,
  connections: readonly Connection[],
  { wanted, scene }: RevocationPlan,
): Promise<void> {
  const pending = {
    whom,
    connectionIds: connections.map(({ id }) => id),
    policies: wanted.length,
  };
  // Written before anything is sent: the window may be closed in the middle.
  let written: Promise<void> | undefined;
  const results = await makeChanges(deps, wanted, {
    purpose: revokePurpose(scene),
    agreed: () => {
      written = deps.revocations.set(pending);
    },
  });
  if (!written) return;
  await written;
  if (results.length === wanted.length && results.every(isDone)) {
    await deps.revocations.set(undefined);
  }
}

function isDone({ outcome }: ChangeResult): boolean {
  return outcome.type === 'applied' || outcome.type === 'nothingToDo';
}

function tellNothingToDo(deps: CommandDeps, { scene }: RevocationPlan): void {
  const { t } = vscode.l10n;
  const who = whomWords(scene.whom);
  const text =
    scene.remaining.length === 0
      ? t('No policy that was read names {0}, or lets them in.', who)
      : t(
          'No policy that was read names {0}, but {1} statements let them in, or may.',
          who,
          scene.remaining.length,
        );
  deps.reporter.note(text);
  const show = t('Show');
  void vscode.window.showInformationMessage(plainText(text), show).then((choice) =>
    choice === show
      ? deps.reporter.guard(async () => {
          const lines = [text, '', ...remainingLines(scene, Infinity)].map(plainText).join('\n');
          await vscode.window.showTextDocument(deps.texts.add(lines, t('Still let in.txt')));
        })
      : undefined,
  );
}
