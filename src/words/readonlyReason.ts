import * as vscode from 'vscode';

/** Why policies of layer versions cannot be edited as documents. */
export function readonlyReason(): vscode.MarkdownString {
  return new vscode.MarkdownString(
    vscode.l10n.t(
      'AWS has no call that writes the policy of a layer version whole. Use Add Permission… and Remove Permission… instead.',
    ),
  );
}
