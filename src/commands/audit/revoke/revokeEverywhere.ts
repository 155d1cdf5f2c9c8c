import * as vscode from 'vscode';
import type { PendingRevocation } from '../../../audit/revocations';
import type { Connection } from '../../../connections/connection';
import type { Whom } from '../../../core/revoke/whom';
import { nothingNamesWords, remainingLines, revokePurpose } from '../../../words/revokeWords';
import type { ChangeResult } from '../../change/applyPlanned';
import { mayChange } from '../../change/guardChange';
import type { CommandDeps } from '../../deps';
import { makeChanges } from '../../makeChange';
import { pickConnections } from '../../pickConnection';
import { showLines } from '../../showLines';
import { askToGoOn } from './askToGoOn';
import { auditsToSearch } from './auditsToSearch';
import { isRowOfFindings, pickWhom, whomOfRow } from './pickWhom';
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
  if (!given && isRowOfFindings(arg)) {
    deps.reporter.info(
      vscode.l10n.t('The finding is about nobody who gets in, or is gone: its policy has changed.'),
    );
    return;
  }
  const choice = given ? undefined : await askToGoOn(deps.revocations);
  if (choice === 'cancelled') return;
  const connections = await connectionsFor(deps, choice);
  const audits = connections.length > 0 ? await auditsToSearch(deps, connections) : undefined;
  const whom = audits && (given ?? choice?.whom ?? (await pickWhom(audits)));
  const plan = whom && (await planRevocation(deps, whom, audits));
  if (!plan) return;
  if (plan.wanted.length > 0) {
    await carryOut(deps, whom, connections, plan);
    return;
  }
  if (isSeenWhole(deps, connections, plan)) await deps.revocations.remove(whom);
  tellNothingToDo(deps, plan);
}

async function connectionsFor(
  deps: CommandDeps,
  pending: PendingRevocation | undefined,
): Promise<readonly Connection[]> {
  const known = (pending?.connectionIds ?? [])
    .map((id) => deps.connections.byId(id))
    .filter((connection) => connection !== undefined);
  if (pending && known.length < pending.connectionIds.length) {
    deps.reporter.warn(
      vscode.l10n.t('A connection is gone since. Add it again to go on with its policies.'),
    );
  }
  if (known.length > 0) return known;
  const isAudited = ({ id }: Connection) => deps.audits.of(id) !== undefined;
  const title = vscode.l10n.t('Revoke Everywhere');
  return pickConnections(deps, title, isAudited);
}

async function carryOut(
  deps: CommandDeps,
  whom: Whom,
  connections: readonly Connection[],
  plan: RevocationPlan,
): Promise<void> {
  const { wanted, scene } = plan;
  const connectionIds = connections.map(({ id }) => id);
  // Written before anything is sent: the window may be closed in the middle.
  let written: Promise<void> | undefined;
  const results = await makeChanges(deps, wanted, {
    purpose: revokePurpose(scene),
    agreed: () => {
      written = deps.revocations.add({ whom, connectionIds, policies: wanted.length });
    },
  });
  if (!written) return;
  await written;
  const isDone = results.length === wanted.length && results.every(isOver);
  if (isDone && isSeenWhole(deps, connections, plan)) await deps.revocations.remove(whom);
}

function isOver({ outcome }: ChangeResult): boolean {
  return outcome.type === 'applied' || outcome.type === 'nothingToDo';
}

/** Whether no policy may still name them that was not seen, nor one of a connection that was left out. */
function isSeenWhole(
  { revocations }: CommandDeps,
  connections: readonly Connection[],
  { scene }: RevocationPlan,
): boolean {
  const meant = revocations.of(scene.whom)?.connectionIds ?? [];
  const isMeantAll = meant.every((id) => connections.some((connection) => connection.id === id));
  return isMeantAll && scene.unread + scene.gaps === 0;
}

function tellNothingToDo(deps: CommandDeps, { scene }: RevocationPlan): void {
  const { t } = vscode.l10n;
  const text = nothingNamesWords(scene);
  const lines = [text, '', ...remainingLines(scene, Infinity)];
  const show = showLines(deps, t('Show'), { name: t('Still let in.txt'), lines });
  deps.reporter.offer(text, scene.unread + scene.gaps === 0, [show]);
}
