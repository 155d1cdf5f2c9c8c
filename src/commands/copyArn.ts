import * as vscode from 'vscode';
import { isResourceTarget } from '../connections/targets';
import { plainText } from '../host/plainText';
import { isTreeNode } from '../tree/nodes';
import type { CommandDeps } from './deps';
import { pickResource } from './pickResource';

/**
 * Puts the ARN of a row on the clipboard, or of all that are selected, a line each: a statement's row
 * stands for its resource.
 */
export async function copyArn(deps: CommandDeps, row?: unknown, rows?: unknown): Promise<void> {
  const chosen: readonly unknown[] = Array.isArray(rows) && rows.length > 1 ? rows : [row];
  const found = chosen.map(arnOf).filter((arn) => arn !== undefined);
  const picked = async () => (await pickResource(deps, vscode.l10n.t('Copy ARN')))?.resource.arn;
  const arns = new Set(found.length > 0 ? found : [await picked()]);
  arns.delete(undefined);
  const [first] = arns;
  if (first === undefined) return;
  await vscode.env.clipboard.writeText([...arns].join('\n'));
  const { t } = vscode.l10n;
  const said = arns.size === 1 ? t('Copied {0}', first) : t('Copied {0} ARNs', arns.size);
  vscode.window.setStatusBarMessage(plainText(said), 5_000);
}

function arnOf(row: unknown): string | undefined {
  if (isResourceTarget(row)) return row.resource.arn;
  return isTreeNode(row) && row.type === 'layer' ? row.layer.arn : undefined;
}
