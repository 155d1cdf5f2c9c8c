import * as vscode from 'vscode';
import { isResourceTarget } from '../connections/targets';
import { plainText } from '../host/plainText';
import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { pickResource } from './pickResource';

/** Puts the ARN of a row on the clipboard: a statement's row stands for its resource. */
export async function copyArn(deps: CommandDeps, node?: unknown): Promise<void> {
  const arn = await arnOf(deps, node);
  if (arn === undefined) return;
  await vscode.env.clipboard.writeText(arn);
  vscode.window.setStatusBarMessage(plainText(vscode.l10n.t('Copied {0}', arn)), 5_000);
}

async function arnOf(deps: CommandDeps, node: unknown): Promise<string | undefined> {
  if (isResourceTarget(node)) return node.resource.arn;
  if (isTreeNode(node) && node.type === 'layer') return node.layer.arn;
  return (await pickResource(deps, vscode.l10n.t('Copy ARN')))?.resource.arn;
}
