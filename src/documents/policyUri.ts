import * as vscode from 'vscode';
import type { ResourceTarget } from '../connections/targets';
import { isResourceTarget } from '../connections/targets';
import { schemes } from '../contributions';
import type { ResourceKind } from '../core/resource';
import { qualifiedNameOf } from '../core/resource';

/** The schemas of package.json are found by these names. */
const folders: Readonly<Record<ResourceKind, string>> = {
  lambdaFunction: 'functions',
  layerVersion: 'layers',
  sqsQueue: 'queues',
};

/**
 * Where the policy of a resource is edited, or only read where it cannot be written whole. The path
 * is for people; what is meant stands in the query.
 */
export function policyUri(
  { connectionId, resource }: ResourceTarget,
  connectionTitle: string,
): vscode.Uri {
  const names = [connectionTitle, folders[resource.kind], `${qualifiedNameOf(resource)}.json`];
  return vscode.Uri.from({
    scheme: resource.kind === 'layerVersion' ? schemes.readonlyPolicy : schemes.policy,
    path: names.map((name) => `/${name.replace(/[\\/]/g, '_')}`).join(''),
    query: JSON.stringify({ connectionId, resource }),
  });
}

/** What the document of a policy is about; `undefined` for anything else. */
export function targetOf({ scheme, query }: vscode.Uri): ResourceTarget | undefined {
  if (scheme !== schemes.policy && scheme !== schemes.readonlyPolicy) return undefined;
  try {
    const target: unknown = JSON.parse(query);
    return isResourceTarget(target) ? target : undefined;
  } catch {
    return undefined;
  }
}

/** The same for all documents of one policy: names in the path can change, and so can an alias. */
export function targetKey({ connectionId, resource }: ResourceTarget): string {
  return `${connectionId}|${resource.arn}`;
}

/** The documents of a policy that VS Code knows of: open ones, and tabs not yet shown. */
export function knownUris(key: string): readonly vscode.Uri[] {
  const documents = vscode.workspace.textDocuments.map(({ uri }) => uri);
  const tabs = vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.flatMap(({ input }) => {
      if (input instanceof vscode.TabInputText) return [input.uri];
      return input instanceof vscode.TabInputTextDiff ? [input.modified] : [];
    }),
  );
  const found = [...documents, ...tabs].filter((uri) => {
    const target = targetOf(uri);
    return target && targetKey(target) === key;
  });
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
}

/** The policy in the active editor, or on the edited side of the active comparison. */
export function activePolicy(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const compared = input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
  const active = vscode.window.activeTextEditor?.document.uri;
  return [active, compared].find((uri) => uri?.scheme === schemes.policy);
}

/** Whether two texts are the same in an editor, which writes all line ends alike. */
export function isSameText(one: string, other: string): boolean {
  const normalized = (text: string) => text.replace(/\r\n|\r/g, '\n');
  return normalized(one) === normalized(other);
}

export function showsText(document: vscode.TextDocument, text: string): boolean {
  return isSameText(document.getText(), text);
}
