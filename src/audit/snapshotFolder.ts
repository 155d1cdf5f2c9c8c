import * as vscode from 'vscode';
import type { Inventory } from '../core/snapshot/inventory';
import { filesOf, inventoryFile, inventoryText, readInventory } from '../core/snapshot/inventory';
import type { Snapshot } from '../core/snapshot/snapshot';
import { mapAtOnce } from '../host/atOnce';
import { isNotFound, readText, writeText } from '../host/textFile';

/** Whose a folder is: nobody's yet, a snapshot's, or not ours to write to. */
export type FolderState =
  | { readonly state: 'free' }
  | { readonly state: 'ours'; readonly inventory: Inventory }
  | { readonly state: 'theirs' };

const { fs } = vscode.workspace;
const atOnce = 8;

/**
 * Looks whether a snapshot may be written to a folder. It may replace one that was saved there, as
 * long as none of the files that would be written is of somebody else.
 */
export async function lookAtFolder(folder: vscode.Uri, snapshot: Snapshot): Promise<FolderState> {
  const entries = await listed(folder);
  if (entries.length === 0) return { state: 'free' };
  const inventory = await inventoryIn(folder);
  if (!inventory) return { state: 'theirs' };
  const { files, hasLinks } = await filesBelow(folder);
  if (hasLinks) return { state: 'theirs' };
  const own = new Set(filesOf(inventory).map((file) => file.toLowerCase()));
  const foreign = new Set(files.map((file) => file.toLowerCase()).filter((file) => !own.has(file)));
  const meets = [...snapshot.files.keys()].some((file) => foreign.has(file.toLowerCase()));
  return meets ? { state: 'theirs' } : { state: 'ours', inventory };
}

/**
 * Writes a snapshot; of the one in its place the files that its inventory lists are deleted first, and
 * nothing else. The inventory comes before the policies: what ends half-way lacks files, and says so.
 */
export async function writeSnapshot(
  folder: vscode.Uri,
  { files, inventory }: Snapshot,
  replaced: Inventory | undefined,
  onFile: () => void,
): Promise<void> {
  if (replaced) await removeSnapshot(folder, replaced);
  await writeText(vscode.Uri.joinPath(folder, inventoryFile), inventoryText(inventory));
  await mapAtOnce([...files], atOnce, async ([file, text]) => {
    await writeText(vscode.Uri.joinPath(folder, file), text);
    onFile();
  });
}

/** The inventory in a folder; `undefined` when there is none of ours. Throws when it cannot be read. */
export async function inventoryIn(folder: vscode.Uri): Promise<Inventory | undefined> {
  const text = await readText(vscode.Uri.joinPath(folder, inventoryFile));
  return text === undefined ? undefined : readInventory(text);
}

/** The files below a folder, with slashes, in no order. No link is followed: what it leads to is elsewhere. */
export async function filesBelow(folder: vscode.Uri): Promise<FolderContent> {
  const files: string[] = [];
  let hasLinks = false;
  const look = async (path: string) => {
    for (const [name, type] of await listed(vscode.Uri.joinPath(folder, path))) {
      const at = path === '' ? name : `${path}/${name}`;
      if ((type & vscode.FileType.SymbolicLink) !== 0) hasLinks = true;
      else if (type === vscode.FileType.File) files.push(at);
      else if (type === vscode.FileType.Directory && !passedOver.has(name)) await look(at);
      if (files.length > mostFiles) return;
    }
  };
  await look('');
  return { files, hasLinks };
}

/** Of a folder that was picked by mistake no more is looked through. */
const mostFiles = 50_000;
const passedOver: ReadonlySet<string> = new Set(['.git', 'node_modules']);

export interface FolderContent {
  readonly files: readonly string[];
  readonly hasLinks: boolean;
}

async function removeSnapshot(folder: vscode.Uri, inventory: Inventory): Promise<void> {
  const files = filesOf(inventory);
  await mapAtOnce(files, atOnce, (file) => removeFile(vscode.Uri.joinPath(folder, file)));
  const folders = new Set(files.flatMap(foldersOf));
  // The deepest first: one that others hold is empty only then.
  for (const path of [...folders].sort((one, other) => other.length - one.length)) {
    const uri = vscode.Uri.joinPath(folder, path);
    if ((await listed(uri)).length === 0) await removeFile(uri);
  }
}

/** `lambda/function` and `lambda` of `lambda/function/orders.json`. */
function foldersOf(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** For good: a copy in the trash would be taken for what is. Never more than one file or empty folder. */
async function removeFile(uri: vscode.Uri): Promise<void> {
  try {
    await fs.delete(uri, { recursive: false, useTrash: false });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

async function listed(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await fs.readDirectory(folder);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}
