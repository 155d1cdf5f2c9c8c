import * as vscode from 'vscode';
import type { OpenedSnapshot } from '../../audit/openSnapshot';
import { openSnapshot } from '../../audit/openSnapshot';
import type { Comparison, PolicyPair, Side, TextOf } from '../../core/snapshot/compareSnapshots';
import { comparePairs, pairsOf } from '../../core/snapshot/compareSnapshots';
import { isRecord } from '../../core/resource';
import { mapAtOnce } from '../../host/atOnce';
import { plainText } from '../../host/plainText';
import { readText } from '../../host/textFile';
import { comparisonWords, inventoryTitle, unknownLines } from '../../words/snapshotWords';
import type { CommandDeps } from '../deps';
import { placeName, savingFolder } from '../saveFile';

/** More files than these make VS Code's editor slow; the others are counted. */
const mostShown = 300;

/** Shows in VS Code's own diff editor how two folders of saved policies differ. */
export async function compareSnapshots(deps: CommandDeps, arg?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const older = await pickFolder(t('Compare Saved Policies: Which Is the Older?'), t('Older'));
  if (!older) return;
  const newer =
    givenFolder(arg) ??
    (await pickFolder(t('Compare Saved Policies: Which Is the Newer?'), t('Newer')));
  if (!newer) return;
  const opened = [await open(deps, older), await open(deps, newer)] as const;
  const [left, right] = opened;
  if (!left || !right) return;
  const comparison = await compare(left, right);
  if (comparison.different.length > 0) await show(deps, comparison.different, left, right);
  void deps.reporter.guard(() => tell(deps, comparison, left, right));
}

/** `newer`: what was saved just now. */
function givenFolder(arg: unknown): vscode.Uri | undefined {
  return isRecord(arg) && arg.newer instanceof vscode.Uri ? arg.newer : undefined;
}

async function pickFolder(title: string, openLabel: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel,
    defaultUri: savingFolder(),
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
  });
  return picked?.[0];
}

async function open(
  { reporter }: CommandDeps,
  folder: vscode.Uri,
): Promise<OpenedSnapshot | undefined> {
  const opened = await openSnapshot(folder);
  if (!opened) {
    const words = vscode.l10n.t(
      'There are no saved policies in {0}. Pick a folder that "Save Policies to Folder…" has written.',
      placeName(folder),
    );
    reporter.warn(words);
  }
  return opened;
}

async function compare(older: OpenedSnapshot, newer: OpenedSnapshot): Promise<Comparison> {
  const pairs = pairsOf(older.compared, newer.compared);
  const [left, right] = [
    await textsOf(older.folder, pairs.map((pair) => pair.older)), // prettier-ignore
    await textsOf(newer.folder, pairs.map((pair) => pair.newer)), // prettier-ignore
  ];
  return comparePairs(pairs, { ...older.compared, textOf: left }, { ...newer.compared, textOf: right }); // prettier-ignore
}

async function textsOf(folder: vscode.Uri, sides: readonly Side[]): Promise<TextOf> {
  const files = sides.flatMap((side) => (side.state === 'saved' ? [side.file] : []));
  const texts = await mapAtOnce(files, 16, async (file) => {
    // One that cannot be read must not keep the others from being compared.
    const text = await readText(vscode.Uri.joinPath(folder, file)).catch(() => undefined);
    return [file, text] as const;
  });
  const known = new Map(texts);
  return (file) => known.get(file);
}

async function show(
  { texts }: CommandDeps,
  pairs: readonly PolicyPair[],
  older: OpenedSnapshot,
  newer: OpenedSnapshot,
): Promise<void> {
  const textOf = ({ folder }: OpenedSnapshot, side: Side, path: string) =>
    side.state === 'saved'
      ? texts.addFile(vscode.Uri.joinPath(folder, side.file), path)
      : undefined;
  const resources = pairs.slice(0, mostShown).map((pair) => {
    const [left, right] = [
      textOf(older, pair.older, pair.path),
      textOf(newer, pair.newer, pair.path),
    ];
    return [right ?? left, left, right] as const;
  });
  const title = `${titleOf(older)} ↔ ${titleOf(newer)}`;
  await vscode.commands.executeCommand('vscode.changes', plainText(title), resources);
}

function titleOf({ folder, inventories }: OpenedSnapshot): string {
  const [only] = inventories;
  return only && inventories.length === 1 ? inventoryTitle(only) : placeName(folder);
}

async function tell(
  { reporter, texts }: CommandDeps,
  comparison: Comparison,
  older: OpenedSnapshot,
  newer: OpenedSnapshot,
): Promise<void> {
  const { t } = vscode.l10n;
  const lines = unknownLines(comparison, older.inventories, newer.inventories);
  const more = comparison.different.length - mostShown;
  const words = [
    comparisonWords(comparison, lines.length === 0),
    ...(more > 0 ? [t('The editor shows the first {0}.', mostShown)] : []),
  ].join(' ');
  if (lines.length === 0) {
    reporter.info(words);
    return;
  }
  reporter.note(words);
  const showList = t('Show What Is Not Known');
  if ((await vscode.window.showWarningMessage(plainText(words), showList)) !== showList) return;
  const text = `${lines.map(plainText).join('\n')}\n`;
  await vscode.window.showTextDocument(texts.add(text, `${t('Not compared')}.txt`));
}
