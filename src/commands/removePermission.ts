import * as vscode from 'vscode';
import type { ChangeOutcome } from '../changes/changeOutcome';
import type { StatementTarget } from '../connections/targets';
import { isStatementTarget } from '../connections/targets';
import { deleteKey } from '../contributions';
import { plainText, shortText } from '../host/plainText';
import { shortJson } from '../words/changeText';
import { statementSummary, statementTitle } from '../words/statementWords';
import type { CommandDeps } from './deps';
import type { KeptPlace } from './keepPlace';
import { keepPlace } from './keepPlace';
import type { WantedChange } from './makeChange';
import { makeChange, makeChanges } from './makeChange';
import { pickStatement } from './pickStatement';

/**
 * Removes statements, of one policy or of many: from their rows, an inline button, the Delete key
 * (`deleteKey`), the policy page, or the palette, which asks for one.
 */
export async function removePermission(
  deps: CommandDeps,
  arg?: unknown,
  selected?: unknown,
): Promise<void> {
  const targets = await targetsOf(deps, arg, selected);
  const [only] = targets;
  if (!only) return;
  const place = await keepPlace(deps, only);
  if (targets.length > 1) await removeSeveral(deps, byPolicy(targets), place);
  else {
    let agreed: StatementTarget | undefined = only;
    while (agreed) agreed = await removeOne(deps, agreed, place);
  }
  await place.settle();
}

async function removeSeveral(
  deps: CommandDeps,
  changes: readonly WantedChange[],
  { agreed }: KeptPlace,
): Promise<void> {
  const [change] = changes;
  if (change && changes.length === 1) await makeChange(deps, change, { agreed });
  else await makeChanges(deps, changes, { agreed });
}

async function targetsOf(
  deps: CommandDeps,
  arg: unknown,
  selected: unknown,
): Promise<readonly StatementTarget[]> {
  const several = [selected, arg].find((value) => Array.isArray(value) && value.length > 0);
  // A row that is clicked outside the selection comes alone.
  if (Array.isArray(several)) return several.filter(isStatementTarget);
  if (isStatementTarget(arg)) return [arg];
  if (arg === deleteKey.onRow || arg === deleteKey.onFolder) {
    // The keyboard moves the focus and leaves the selection where it was.
    if (arg === deleteKey.onRow && selectedStatements(deps).length < 2) {
      await vscode.commands.executeCommand('list.selectAndPreserveFocus');
    }
    const statements = selectedStatements(deps);
    if (statements.length === 0) {
      deps.reporter.info(vscode.l10n.t('Select the statements that are to be removed.'));
    }
    return statements;
  }
  const picked = await pickStatement(deps, vscode.l10n.t('Remove Permission'));
  return picked ? [picked] : [];
}

function selectedStatements({ treeView }: CommandDeps): readonly StatementTarget[] {
  const rows: readonly unknown[] = treeView.selection;
  return rows.filter(isStatementTarget);
}

/** One change for each policy, in the order in which they were chosen. */
function byPolicy(targets: readonly StatementTarget[]): readonly WantedChange[] {
  const policies = new Map<string, StatementTarget[]>();
  for (const target of targets) {
    const key = `${target.connectionId}|${target.resource.arn}`;
    policies.set(key, [...(policies.get(key) ?? []), target]);
  }
  return [...policies.values()].flatMap((group) => {
    const [first] = group;
    return first ? [removalOf(first, group)] : [];
  });
}

function removalOf(
  { connectionId, resource, reading }: StatementTarget,
  group: readonly StatementTarget[],
): WantedChange {
  const statements = group.map(({ statement }) => statement);
  const isOneReading = group.every((target) => target.reading.text === reading.text);
  return {
    connectionId,
    resource,
    what: 'remove',
    intent: { type: 'remove', statements, ...(isOneReading ? { seenIn: reading.text } : {}) },
    ...(isOneReading ? { reading } : {}),
  };
}

/** Returns what to ask about next when the statement turned out to be a different one by now. */
async function removeOne(
  deps: CommandDeps,
  target: StatementTarget,
  { agreed }: KeptPlace,
): Promise<StatementTarget | undefined> {
  const options = { silent: ['changed'], agreed } as const;
  const outcome = await makeChange(deps, removalOf(target, [target]), options);
  return outcome?.type === 'changed' ? askAgain(target, outcome) : undefined;
}

/** Shows what a statement was and has become; returns it to be agreed to anew, or nothing. */
async function askAgain(
  target: StatementTarget,
  { reading, refusal }: Extract<ChangeOutcome, { type: 'changed' | 'refused' }>,
): Promise<StatementTarget | undefined> {
  if (reading.state !== 'policy' || refusal.code !== 'changed') return undefined;
  const { t } = vscode.l10n;
  const { now } = refusal;
  const lines = [
    t('Nothing was removed. Someone else changed the statement meanwhile.'),
    '',
    t('Before: {0}', statementSummary(target.statement)),
    shortJson(target.statement.text),
    '',
    t('Now: {0}', statementSummary(now)),
    shortJson(now.text),
  ];
  const goOn = t('Look at It as It Is Now');
  const message = t('"{0}" has changed.', statementTitle(now));
  const choice = await vscode.window.showWarningMessage(
    shortText(message, 160),
    { modal: true, detail: lines.map(plainText).join('\n') },
    goOn,
  );
  return choice === goOn ? { ...target, reading, statement: now } : undefined;
}
