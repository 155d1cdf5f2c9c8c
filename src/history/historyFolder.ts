import * as vscode from 'vscode';

/** Where the records of changes lie, in the extension's storage that all windows share. */
export function historyFolder(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'history');
}

/** Whether any change was ever made here: then one may have been interrupted. Never throws. */
export async function hasHistory(storage: vscode.Uri): Promise<boolean> {
  try {
    return (await vscode.workspace.fs.readDirectory(historyFolder(storage))).length > 0;
  } catch {
    return false;
  }
}
