import * as vscode from 'vscode';
import { plainText } from './plainText';

/** A row that has none below it, until it is said otherwise. `contextValue`: see package.json. */
export function treeRow(
  label: string,
  iconPath: vscode.ThemeIcon | undefined,
  contextValue = 'note',
): vscode.TreeItem {
  const item = new vscode.TreeItem(plainText(label));
  item.iconPath = iconPath;
  item.contextValue = contextValue;
  return item;
}

export function themeIcon(id: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
