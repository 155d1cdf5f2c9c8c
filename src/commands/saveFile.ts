import os from 'node:os';
import * as vscode from 'vscode';

/** Where a file is offered to be saved: the workspace, else the person's own folder. */
export function savingFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
}

/** `2026-11-29`, in the person's time zone, as the rows of the history have it. */
export function today(now = new Date()): string {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** How a file or folder is called in a message. */
export function placeName(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}
