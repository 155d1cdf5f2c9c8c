import * as vscode from 'vscode';
import type { ChangeOutcome } from '../changes/changeOutcome';
import { connectionTitle, sceneOf } from '../connections/connectionWords';
import type { ChangeRecord } from '../core/changeRecord';
import { checkAccount } from '../history/accountCheck';
import { recordIdOf } from '../history/historyNodes';
import { isUndoable } from '../history/undone';
import { plainText } from '../host/plainText';
import { failureSentence } from '../words/failureWords';
import { changeNoun, failedWords } from '../words/outcomeWords';
import { refusalWords } from '../words/refusalWords';
import { outcomeScene } from './change/plannedChange';
import { copyPolicyBefore } from './copyPolicyBefore';
import type { CommandDeps } from './deps';
import type { WantedChange } from './makeChange';
import { makeChange, makeChanges } from './makeChange';
import { changeOf, titleOf } from './pickChange';

/**
 * Takes a change back, as a change of its own: on the policy as it is now. `arg`: a row of the
 * history, the id of a record, or the ids of those that were made together; `rows`: all that are
 * selected.
 */
export async function undoChange(deps: CommandDeps, arg?: unknown, rows?: unknown): Promise<void> {
  const chosen = [rows, arg].find((value) => Array.isArray(value) && value.length > 0);
  const several: readonly unknown[] = Array.isArray(chosen) ? chosen : [];
  if (several.length > 1) {
    await undoTogether(deps, several);
    return;
  }
  const { t } = vscode.l10n;
  const record = await changeOf(deps, several.length > 0 ? several[0] : arg, {
    title: t('Undo Change'),
    only: (one, isUndone) => isUndoable(one) && !isUndone,
    none: t('There is no change to undo.'),
  });
  const wanted = record && (await wantedOf(deps, record));
  if (!wanted) return;
  if (typeof wanted === 'string') {
    deps.reporter.warn(wanted);
    return;
  }
  // Said here, since there is something to do about it.
  const outcome = await makeChange(deps, wanted, { silent: ['changed', 'refused', 'failed'] });
  if (outcome && isRefused(outcome)) {
    await offerText(deps, record, refusedWords(deps, wanted, outcome));
  }
}

async function undoTogether(deps: CommandDeps, args: readonly unknown[]): Promise<void> {
  const options = { title: vscode.l10n.t('Undo Change'), none: '' };
  // All at once, so that those of one connection share the question for its account.
  const ids = args.filter((arg) => recordIdOf(arg) !== undefined);
  const records = await Promise.all(ids.map((id) => changeOf(deps, id, options)));
  // What was done last goes first: it may have been done to what came before.
  const newestFirst = records
    .filter((record) => record !== undefined)
    .sort((a, b) => b.startedAt - a.startedAt);
  const found = await Promise.all(newestFirst.map((record) => wantedOf(deps, record)));
  const obstacles = [...new Set(found.filter((one) => typeof one === 'string'))];
  if (obstacles.length > 0) deps.reporter.warn(obstacleWords(obstacles));
  const wanted = found.filter((one) => typeof one !== 'string');
  const results = await makeChanges(deps, wanted);
  const refused = results.flatMap(({ outcome, planned }) =>
    isRefused(outcome) ? [planned.wanted] : [],
  );
  await offerTexts(deps, refused);
}

function obstacleWords(obstacles: readonly string[]): string {
  const [first = ''] = obstacles;
  const more = obstacles.length - 1;
  return more > 0 ? `${first} ${vscode.l10n.t('({0} more cannot be undone.)', more)}` : first;
}

type Refused = Extract<ChangeOutcome, { type: 'changed' | 'refused' | 'failed' }>;

function isRefused(outcome: ChangeOutcome): outcome is Refused {
  return ['changed', 'refused', 'failed'].includes(outcome.type);
}

/** What was refused has been told; this says that the texts are still there. */
async function offerTexts(deps: CommandDeps, refused: readonly WantedChange[]): Promise<void> {
  const { t } = vscode.l10n;
  const [only] = refused;
  if (!only) return;
  const record = only.undoes === undefined ? undefined : await deps.history.byId(only.undoes);
  if (refused.length === 1 && record) {
    await offerText(deps, record, `${failedWords(outcomeScene(only))}.`);
    return;
  }
  deps.reporter.warn(
    t(
      '{0} changes could not be undone. The policies as they were before are still in the History view, to be copied from there.',
      refused.length,
    ),
  );
}

/** The change that takes another back; a sentence when it cannot be taken back. */
async function wantedOf(deps: CommandDeps, record: ChangeRecord): Promise<WantedChange | string> {
  const obstacle = (await obstacleTo(deps, record)) ?? (await accountObstacle(deps, record));
  if (obstacle !== undefined) return obstacle;
  const { after, before, connection, id, resource } = record;
  return {
    connectionId: connection.id,
    resource,
    what: 'undo',
    undoes: id,
    intent: { type: 'undo', before: before ?? undefined, after: after ?? undefined },
  };
}

/** Why there is nothing to take back. */
async function obstacleTo(deps: CommandDeps, record: ChangeRecord): Promise<string | undefined> {
  const title = titleOf(deps, record);
  if ((await deps.history.undoneIds()).has(record.id)) {
    return vscode.l10n.t('"{0}" is undone already. Undo its undo to make it again.', title);
  }
  if (isUndoable(record)) return undefined;
  return record.state === 'running' || record.state === 'unknown'
    ? vscode.l10n.t(
        '"{0}" cannot be undone: it is not known what came of it. Show the change to find out.',
        title,
      )
    : vscode.l10n.t('There is nothing to undo: "{0}" changed nothing.', title);
}

/** Why it cannot be taken back from here: its connection is gone, or leads elsewhere by now. */
async function accountObstacle(
  { connections }: CommandDeps,
  record: ChangeRecord,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { id, title } = record.connection;
  const connection = connections.byId(id);
  if (!connection) {
    return t(
      'The change was made over the connection {0}, which is gone. Connect again, then undo.',
      title,
    );
  }
  const account = await checkAccount(connection, record);
  switch (account.state) {
    case 'same':
      return undefined;
    case 'other':
      return t(
        'The change was made in account {0}, but {1} leads to account {2} now. Nothing was undone.',
        account.expected,
        connectionTitle(connection),
        account.found,
      );
    case 'unknown': {
      const what = t('Nothing was undone: the account could not be identified');
      return failureSentence(what, account.failure, sceneOf(connection));
    }
  }
}

function refusedWords(
  { connections }: CommandDeps,
  wanted: WantedChange,
  outcome: Refused,
): string {
  const scene = outcomeScene(wanted);
  if (outcome.type !== 'failed') return `${failedWords(scene)}. ${refusalWords(outcome.refusal)}`;
  const what = outcome.reading
    ? failedWords(scene)
    : vscode.l10n.t('What came of {0} is not known', changeNoun(scene));
  const connection = connections.byId(wanted.connectionId);
  return failureSentence(what, outcome.failure, connection && sceneOf(connection));
}

/** Says why, and that the text is still there, for another way to bring it back. */
async function offerText(deps: CommandDeps, record: ChangeRecord, why: string): Promise<void> {
  const { t } = vscode.l10n;
  if (record.before === null) {
    deps.reporter.warn(why);
    return;
  }
  const copy = t('Copy Policy as It Was Before');
  const message = `${why} ${t('The history still holds the policy as it was before.')}`;
  deps.reporter.note(message);
  const choice = await vscode.window.showWarningMessage(plainText(message), copy);
  if (choice === copy) await copyPolicyBefore(deps, record.id);
}
