import * as vscode from 'vscode';
import type { FolderState } from '../../audit/snapshotFolder';
import { lookAtFolder, writeSnapshot } from '../../audit/snapshotFolder';
import type { CommandId } from '../../contributions';
import type { Inventory } from '../../core/snapshot/inventory';
import { accountFolder } from '../../core/snapshot/policyPaths';
import type { Snapshot } from '../../core/snapshot/snapshot';
import { snapshotOf } from '../../core/snapshot/snapshot';
import { plainText, shortText } from '../../host/plainText';
import { policiesWords } from '../../words/auditWords';
import { inventoryTitle } from '../../words/snapshotWords';
import type { CommandDeps } from '../deps';
import { placeName, savingFolder, today } from '../saveFile';
import { pickAudits } from './pickAudits';
import { reportFor } from './reportFor';

/** Where a snapshot goes, and what it takes the place of. */
interface Target {
  readonly folder: vscode.Uri;
  readonly replaced?: Inventory;
}

interface Saved {
  readonly folder: vscode.Uri;
  readonly snapshot: Snapshot;
}

/** Writes every policy that audits have read to a folder, a file each, to be compared later. */
export async function snapshotPolicies(deps: CommandDeps, arg?: unknown): Promise<void> {
  const title = vscode.l10n.t('Save Policies to Folder');
  const audits = await pickAudits(deps, arg, title);
  if (audits.length === 0) return;
  const [root] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: vscode.l10n.t('Save Here'),
      defaultUri: savingFolder(),
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
    })) ?? [];
  if (!root) return;
  const report = reportFor(deps, audits);
  const saved: Saved[] = [];
  for (const audit of report.audits) {
    const snapshot = snapshotOf(audit, report.madeAt);
    const target = await targetFor(root, snapshot, saved);
    if (!target) break;
    await write(target, snapshot);
    saved.push({ folder: target.folder, snapshot });
  }
  // Nobody may press its button for long.
  if (saved.length > 0) void deps.reporter.guard(() => tell(deps, root, saved));
}

/** Whatever row has the focus: for the menu of the view, which VS Code hands that row. */
export function snapshotAllPolicies(deps: CommandDeps): Promise<void> {
  return snapshotPolicies(deps);
}

/**
 * The folder of the account and region; where that holds something else, or was written a moment ago
 * for another connection, one with the time in its name. `undefined`: the person does not want to.
 */
async function targetFor(
  root: vscode.Uri,
  snapshot: Snapshot,
  saved: readonly Saved[],
): Promise<Target | undefined> {
  const { account, region, savedAt } = snapshot.inventory;
  const [accountName, regionName] = accountFolder(account, region);
  const usual = vscode.Uri.joinPath(root, accountName, regionName);
  const state = await stateOf(usual, snapshot, saved);
  if (state.state === 'free') return { folder: usual };
  if (state.state === 'ours') {
    const answer = await askToReplace(usual, state.inventory);
    if (answer !== 'keepBoth') {
      return answer && { folder: usual, replaced: state.inventory };
    }
  }
  const dated = `${regionName}_${stamp(savedAt)}`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? dated : `${dated}_${count}`;
    const folder = vscode.Uri.joinPath(root, accountName, name);
    if ((await stateOf(folder, snapshot, saved)).state === 'free') return { folder };
  }
}

async function stateOf(
  folder: vscode.Uri,
  snapshot: Snapshot,
  saved: readonly Saved[],
): Promise<FolderState> {
  const isOfNow = saved.some((one) => one.folder.toString() === folder.toString());
  return isOfNow ? { state: 'theirs' } : lookAtFolder(folder, snapshot);
}

async function askToReplace(
  folder: vscode.Uri,
  before: Inventory,
): Promise<'replace' | 'keepBoth' | undefined> {
  const { t } = vscode.l10n;
  const [replace, keepBoth] = [t('Replace'), t('Keep Both')];
  const message = t('{0} holds saved policies already.', placeName(folder));
  const detail = t(
    'They are of {0}. "Replace" deletes the files that its inventory lists, and no others. "Keep Both" saves to a new folder beside it, with the time in its name.',
    inventoryTitle(before),
  );
  const options = { modal: true, detail: plainText(detail) };
  const answer = await vscode.window.showWarningMessage(
    plainText(message),
    options,
    replace,
    keepBoth,
  );
  if (answer === replace) return 'replace';
  return answer === keepBoth ? 'keepBoth' : undefined;
}

/** `2026-11-29_17-05-09`: no file system minds it, and it sorts by time. */
function stamp(time: number): string {
  const date = new Date(time);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${today(date)}_${parts.map((part) => String(part).padStart(2, '0')).join('-')}`;
}

async function write({ folder, replaced }: Target, snapshot: Snapshot): Promise<void> {
  const { t } = vscode.l10n;
  const location = vscode.ProgressLocation.Window;
  const title = shortText(t('Saving policies to {0}', placeName(folder)), 160);
  await vscode.window.withProgress({ location, title }, async (progress) => {
    let done = 0;
    const { size } = snapshot.files;
    await writeSnapshot(folder, snapshot, replaced, () =>
      progress.report({ message: t('{0} of {1}', ++done, size) }),
    );
  });
}

async function tell(
  { reporter }: CommandDeps,
  root: vscode.Uri,
  saved: readonly Saved[],
): Promise<void> {
  const { t } = vscode.l10n;
  const [only] = saved;
  const newer = only && saved.length === 1 ? only.folder : root;
  const count = saved.reduce((sum, { snapshot }) => sum + snapshot.files.size, 0);
  const missing = saved.reduce((sum, { snapshot }) => sum + snapshot.inventory.notRead.length, 0);
  const done = t('Saved {0} to {1}.', policiesWords(count), placeName(newer));
  const words =
    missing === 0
      ? done
      : `${done} ${t('Not everything was read; "inventory.json" says what was not.')}`;
  reporter.note(words);
  const compare = t('Compare…');
  const show =
    missing === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if ((await show(plainText(words), compare)) !== compare) return;
  const command: CommandId = 'resourcePolicies.compareSnapshots';
  await vscode.commands.executeCommand(command, { newer });
}
