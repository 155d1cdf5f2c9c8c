import * as vscode from 'vscode';
import type { ComparedSnapshot } from '../core/snapshot/compareSnapshots';
import { comparedFiles, comparedInventory } from '../core/snapshot/compareSnapshots';
import type { Inventory } from '../core/snapshot/inventory';
import { inventoryFile } from '../core/snapshot/inventory';
import { filesBelow, inventoryIn } from './snapshotFolder';

/** A folder of saved policies that is open to be compared. */
export interface OpenedSnapshot {
  readonly folder: vscode.Uri;
  readonly compared: ComparedSnapshot;
  /** Of each snapshot in the folder; none where it holds nothing but files. */
  readonly inventories: readonly Inventory[];
}

/**
 * Opens a folder that a person has picked: a snapshot, a folder that holds some, or any folder of JSON
 * files. `undefined` when there is nothing to compare.
 */
export async function openSnapshot(folder: vscode.Uri): Promise<OpenedSnapshot | undefined> {
  const own = await inventoryIn(folder);
  if (own) return { folder, compared: comparedInventory(own), inventories: [own] };
  const { files } = await filesBelow(folder);
  const found = await inventoriesAt(folder, files);
  const [first] = found;
  if (first && found.length === 1) {
    const [path, inventory] = first;
    const at = vscode.Uri.joinPath(folder, path);
    return { folder: at, compared: comparedInventory(inventory), inventories: [inventory] };
  }
  if (found.length > 1) return { folder, ...merged(found) };
  const policies = files.filter((file) => file.toLowerCase().endsWith('.json'));
  return policies.length > 0
    ? { folder, compared: comparedFiles(policies), inventories: [] }
    : undefined;
}

type Placed = readonly [folder: string, inventory: Inventory];

async function inventoriesAt(
  folder: vscode.Uri,
  files: readonly string[],
): Promise<readonly Placed[]> {
  const end = `/${inventoryFile}`;
  const folders = files
    .filter((file) => file.endsWith(end))
    .map((file) => file.slice(0, -end.length))
    .sort();
  const placed: Placed[] = [];
  for (const path of folders) {
    const inventory = await inventoryIn(vscode.Uri.joinPath(folder, path));
    if (inventory) placed.push([path, inventory]);
  }
  return placed;
}

/** Each under its own folder, so that the same account and region is compared with itself. */
function merged(found: readonly Placed[]): Omit<OpenedSnapshot, 'folder'> {
  const inventories = found.map(([, inventory]) => inventory);
  const sides = found.flatMap(([path, inventory]) => [
    ...comparedInventory(inventory, `${path}/`).sides,
  ]);
  const absent = inventories.every(({ isListed }) => isListed)
    ? ({ state: 'none' } as const)
    : ({ state: 'unknown', why: 'notListed' } as const);
  return { compared: { sides: new Map(sides), absent }, inventories };
}
