import * as vscode from 'vscode';
import { plainText } from '../host/plainText';

export function row(
  label: string,
  iconPath: vscode.ThemeIcon | undefined,
  contextValue: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(plainText(label));
  item.iconPath = iconPath;
  item.contextValue = contextValue;
  return item;
}

export function icon(id: string, color?: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}
