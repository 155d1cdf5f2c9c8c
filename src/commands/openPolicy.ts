import * as vscode from 'vscode';
import { isResourceTarget } from '../connections/targets';
import type { CommandDeps } from './deps';
import { pickResource } from './pickResource';

/** Opens the policy page of a resource. */
export async function openPolicy(deps: CommandDeps, node?: unknown): Promise<void> {
  const target = isResourceTarget(node)
    ? node
    : await pickResource(deps, vscode.l10n.t('Open Policy'));
  if (target) deps.pages.open(target.connectionId, target.resource);
}
