import * as vscode from 'vscode';
import { connectionTitle } from '../connections/connectionWords';
import type { Listed } from '../core/resource';
import { kindOf, nameOf } from '../core/resource';
import { plainText } from '../host/plainText';
import type { LayerNode, ResourceNode } from '../tree/nodes';
import { isTreeNode, listedOf } from '../tree/nodes';
import { kindTitle } from '../words/resourceWords';
import type { CommandDeps } from './deps';
import { pickTopResource } from './pickResource';

/** Puts functions, layers and queues at the top of their lists. */
export function pinResource(deps: CommandDeps, arg?: unknown, selected?: unknown): Promise<void> {
  return setPinned(deps, rowsOf(deps, arg, selected), true);
}

export function unpinResource(deps: CommandDeps, arg?: unknown, selected?: unknown): Promise<void> {
  return setPinned(deps, rowsOf(deps, arg, selected), false);
}

/** Without rows a person picks. */
async function setPinned(
  deps: CommandDeps,
  rows: readonly (LayerNode | ResourceNode)[],
  isPinned: boolean,
): Promise<void> {
  const pick = isPinned ? pickListed : pickPinned;
  const places = rows.length > 0 ? rows.map(placeOf) : await pick(deps);
  for (const { connectionId, listed } of places) {
    await deps.pins.set(connectionId, listed, isPinned);
  }
}

interface PinPlace {
  readonly connectionId: string;
  readonly listed: Listed;
}

function placeOf(row: LayerNode | ResourceNode): PinPlace {
  return { connectionId: row.connectionId, listed: listedOf(row) };
}

async function pickListed(deps: CommandDeps): Promise<readonly PinPlace[]> {
  const picked = await pickTopResource(deps, vscode.l10n.t('Pin to the Top'));
  return picked ? [{ connectionId: picked.connection.id, listed: picked.listed }] : [];
}

async function pickPinned({
  connections,
  pins,
  reporter,
}: CommandDeps): Promise<readonly PinPlace[]> {
  const { t } = vscode.l10n;
  const items = connections.all.flatMap((connection) =>
    pins.of(connection.id).map((listed) => ({
      label: plainText(nameOf(listed)),
      description: plainText(`${kindTitle(kindOf(listed))} · ${connectionTitle(connection)}`),
      place: { connectionId: connection.id, listed },
    })),
  );
  if (items.length === 0) {
    reporter.info(t('Nothing is pinned.'));
    return [];
  }
  const options = { title: t('Unpin'), placeHolder: t('Which resource?'), ignoreFocusOut: true };
  const picked = await vscode.window.showQuickPick(items, options);
  return picked ? [picked.place] : [];
}

function rowsOf(
  { treeView }: CommandDeps,
  arg: unknown,
  selected: unknown,
): readonly (LayerNode | ResourceNode)[] {
  const rows: readonly unknown[] = Array.isArray(selected)
    ? selected
    : arg === undefined
      ? treeView.selection
      : [arg];
  return rows.filter(isPinnable);
}

/** Qualifiers and versions stand under what can be pinned. */
function isPinnable(row: unknown): row is LayerNode | ResourceNode {
  if (!isTreeNode(row)) return false;
  if (row.type === 'layer') return true;
  if (row.type !== 'resource' || row.resource.kind === 'layerVersion') return false;
  return (
    kindOf(row.resource) === 'sqsQueue' || !('qualifier' in row.resource && row.resource.qualifier)
  );
}
