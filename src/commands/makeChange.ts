import * as vscode from 'vscode';
import type { ChangeOutcome } from '../changes/changeOutcome';
import type { Connection } from '../connections/connection';
import { connectionTitle, sceneOf } from '../connections/connectionWords';
import { shortText } from '../host/plainText';
import type { BulkPurpose } from '../words/bulkWords';
import type { Question } from '../words/changeWords';
import { failureSentence } from '../words/failureWords';
import { failedWords, nothingToDoWords } from '../words/outcomeWords';
import { refusalWords } from '../words/refusalWords';
import { resourceWords } from '../words/resourceWords';
import type { ChangeResult } from './change/applyPlanned';
import { applyPlanned } from './change/applyPlanned';
import { confirmChanges } from './change/confirmChange';
import { mayChange, typesWhatItIs } from './change/guardChange';
import { planAll } from './change/planAll';
import type { ImpossibleChange, WantedChange } from './change/plannedChange';
import { outcomeScene } from './change/plannedChange';
import { reportOutcome } from './change/reportOutcome';
import { reportImpossible, reportOutcomes } from './change/reportOutcomes';
import type { CommandDeps } from './deps';

export type { WantedChange } from './change/plannedChange';

interface Agreement {
  /** Called when the person has agreed, before anything is sent. */
  readonly agreed?: () => void;
}

export interface MakeChangesOptions extends Agreement {
  /** Where they are one thing to a person, how it is spoken of. */
  readonly purpose?: BulkPurpose;
}

export interface MakeChangeOptions extends Agreement {
  /** Outcomes that the caller deals with itself: they are not reported. */
  readonly silent?: readonly ChangeOutcome['type'][];
  /** Lines that the question begins with. */
  readonly notes?: readonly string[];
  /** The question itself, where the change says less of what it is for than the caller knows. */
  readonly question?: Pick<Question, 'message' | 'yes'>;
}

/**
 * The one way of a change: plans it, shows what it would do, asks, applies, verifies, writes it into
 * the history and says what came of it. `undefined`: the person said no, or it could not be planned
 * (which was said).
 */
export async function makeChange(
  deps: CommandDeps,
  wanted: WantedChange,
  { silent = [], notes = [], question, agreed }: MakeChangeOptions = {},
): Promise<ChangeOutcome | undefined> {
  if (!mayChange(deps)) return undefined;
  const connection = deps.connections.byId(wanted.connectionId);
  if (!connection) {
    deps.reporter.warn(vscode.l10n.t('The connection is gone. Nothing was changed.'));
    return undefined;
  }
  await askAccount(connection);
  const [planned] = (await planAll(deps, [{ wanted, connection }])) ?? [];
  if (!planned) return undefined;
  if ('why' in planned) {
    const outcome = outcomeOf(planned);
    if (!silent.includes(outcome.type)) sayImpossible(deps, planned);
    return outcome;
  }
  if (!(await confirmChanges(deps, [planned], { notes, question }))) return undefined;
  if (!(await typesWhatItIs(deps, [planned]))) return undefined;
  agreed?.();
  const [result] = await applyPlanned(deps, [planned]);
  if (!result) return undefined;
  if (!silent.includes(result.outcome.type)) reportOutcome(deps, result, undo);
  return result.outcome;
}

/**
 * The same for changes to several policies: one question, one progress, one account of what came of
 * each. What cannot be done is told in the question; the rest can be.
 */
export async function makeChanges(
  deps: CommandDeps,
  wanted: readonly WantedChange[],
  { agreed, purpose }: MakeChangesOptions = {},
): Promise<readonly ChangeResult[]> {
  const [only] = wanted;
  if (!only || !mayChange(deps)) return [];
  const connections = [...new Set(wanted.map(({ connectionId }) => connectionId))]
    .map((id) => deps.connections.byId(id))
    .filter((connection) => connection !== undefined);
  await Promise.all(connections.map(askAccount));
  const open = wanted.flatMap((one) => {
    const connection = connections.find(({ id }) => id === one.connectionId);
    return connection ? [{ wanted: one, connection }] : [];
  });
  const all = await planAll(deps, open);
  if (!all) return [];
  const planned = all.filter((one) => 'plan' in one);
  const impossible = all.filter((one) => 'why' in one);
  const notes = impossible.map(impossibleWords);
  if (open.length < wanted.length) {
    notes.push(vscode.l10n.t('A connection is gone; nothing is changed over it.'));
  }
  if (planned.length === 0) {
    const isSo = impossible.length > 0 && impossible.every(isNothingToDo);
    reportImpossible(deps, notes, isSo && open.length === wanted.length);
    return [];
  }
  if (!(await confirmChanges(deps, planned, { notes, purpose }))) return [];
  if (!(await typesWhatItIs(deps, planned))) return [];
  agreed?.();
  const results = await applyPlanned(deps, planned);
  const failed = impossible.filter((one) => !isNothingToDo(one)).map(impossibleWords);
  reportOutcomes(deps, results, { undo, impossible: failed, purpose });
  return results;
}

/** By the command, so that the message of a change and its row in the history do the same. */
function undo(records: readonly string[]): Thenable<unknown> {
  return vscode.commands.executeCommand('resourcePolicies.undoChange', records);
}

/** Every confirmation names the account, as it is at this moment. */
async function askAccount(connection: Connection): Promise<void> {
  const title = vscode.l10n.t('Asking AWS for the account of {0}', connectionTitle(connection));
  const options = { location: vscode.ProgressLocation.Window, title: shortText(title, 160) };
  await vscode.window.withProgress(options, () => connection.identity().catch(() => undefined));
}

function outcomeOf({ why, reading }: ImpossibleChange): ChangeOutcome {
  if (why.type === 'unreadable') return { type: 'failed', failure: why.failure, reading };
  const { refusal } = why;
  if (refusal.code === 'nothingToDo') return { type: 'nothingToDo', reading };
  const isChanged = refusal.code === 'changed' || refusal.code === 'conflict';
  return { type: isChanged ? 'changed' : 'refused', reading, refusal };
}

function sayImpossible({ reporter }: CommandDeps, impossible: ImpossibleChange): void {
  const words = impossibleWords(impossible);
  if (isNothingToDo(impossible)) reporter.info(words);
  else reporter.warn(words);
}

function isNothingToDo({ why }: ImpossibleChange): boolean {
  return why.type === 'refused' && why.refusal.code === 'nothingToDo';
}

function impossibleWords(impossible: ImpossibleChange): string {
  const { why, wanted, connection } = impossible;
  if (isNothingToDo(impossible)) return nothingToDoWords(outcomeScene(wanted));
  if (why.type === 'unreadable') {
    const what = vscode.l10n.t('Could not read the policy of {0}', resourceWords(wanted.resource));
    return failureSentence(what, why.failure, sceneOf(connection));
  }
  return `${failedWords(outcomeScene(wanted))}. ${refusalWords(why.refusal)}`;
}
