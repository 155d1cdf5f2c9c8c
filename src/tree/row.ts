import * as vscode from 'vscode';
import { plainText } from '../host/plainText';

/** What all rows have. */
export function row(
  label: string,
  icon: string | vscode.ThemeIcon,
  state: vscode.TreeItemCollapsibleState,
  contextValue: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(plainText(label), state);
  item.iconPath = typeof icon === 'string' ? new vscode.ThemeIcon(icon) : icon;
  item.contextValue = contextValue;
  return item;
}
