import * as vscode from 'vscode';
import type { Connection } from '../connections/connection';
import { isResourceTarget } from '../connections/targets';
import { accountConsoleLink, consoleLink } from '../core/consoleLinks';
import type { Listed } from '../core/resource';
import type { TreeNode } from '../tree/nodes';
import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { pickResource } from './pickResource';

/** Opens the page of the AWS console about what a row shows. */
export async function openInConsole(deps: CommandDeps, node?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const target = isTreeNode(node) ? placeOf(node) : await picked(deps, node);
  if (!target) return;
  const connection = deps.connections.byId(target.connectionId);
  if (!connection) return;
  // From the palette nobody may have asked yet what answers there.
  await connection.identifySoon();
  if (connection.config.type === 'sample' || connection.endpoint !== undefined) {
    deps.reporter.info(
      t('What is shown here is not in AWS, so it has no page in the AWS Console.'),
    );
    return;
  }
  const link = target.listed ? consoleLink(target.listed, 'policy') : await linkOf(connection);
  if (link === undefined) {
    deps.reporter.info(t('The address of the AWS Console of this partition is not known.'));
    return;
  }
  // As a text: a Uri would decode what the console wants encoded. VS Code takes both; its types do not.
  await vscode.env.openExternal(link as unknown as vscode.Uri);
}

interface ConsolePlace {
  readonly connectionId: string;
  readonly listed?: Listed;
}

async function picked(deps: CommandDeps, arg: unknown): Promise<ConsolePlace | undefined> {
  const target = isResourceTarget(arg)
    ? arg
    : await pickResource(deps, vscode.l10n.t('Open in AWS Console'));
  return target && { connectionId: target.connectionId, listed: target.resource };
}

function placeOf(node: TreeNode): ConsolePlace {
  const { connectionId } = node;
  switch (node.type) {
    case 'layer':
      return { connectionId, listed: node.layer };
    case 'resource':
    case 'statement':
      return { connectionId, listed: node.resource };
    case 'versions':
      return { connectionId, listed: node.owner };
    case 'fold':
    case 'note':
      return node.parent ? placeOf(node.parent) : { connectionId };
    case 'connection':
    case 'group':
      return { connectionId };
  }
}

async function linkOf(connection: Connection): Promise<string | undefined> {
  return accountConsoleLink(await connection.region());
}
