import * as vscode from 'vscode';
import { kindOf } from '../core/resource';
import type { LayerNode, ResourceNode } from '../tree/nodes';
import { isTreeNode, listedOf } from '../tree/nodes';
import type { CommandDeps } from './deps';

/** Puts functions, layers and queues at the top of their lists. */
export function pinResource(deps: CommandDeps, arg?: unknown, selected?: unknown): Promise<void> {
  return setPinned(deps, rowsOf(deps, arg, selected), true);
}

export function unpinResource(deps: CommandDeps, arg?: unknown, selected?: unknown): Promise<void> {
  return setPinned(deps, rowsOf(deps, arg, selected), false);
}

async function setPinned(
  { pins, reporter }: CommandDeps,
  rows: readonly (LayerNode | ResourceNode)[],
  isPinned: boolean,
): Promise<void> {
  if (rows.length === 0) {
    reporter.info(vscode.l10n.t('Select functions, layers or queues in the Resources view.'));
  }
  for (const row of rows) await pins.set(row.connectionId, listedOf(row), isPinned);
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
