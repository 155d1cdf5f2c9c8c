import * as vscode from 'vscode';

/**
 * Adds text to Markdown as it is, and returns the Markdown. VS Code's own `appendText` escapes it, but
 * lets no line break at a blank: words are broken then. Where a blank would make a list or code of a
 * line it stays as VS Code writes it.
 */
export function appendWords(markdown: vscode.MarkdownString, text: string): vscode.MarkdownString {
  const { value } = new vscode.MarkdownString().appendText(text);
  return markdown.appendMarkdown(value.replace(/(?<!^\d+\.)(?<=\S)&nbsp;(?=\S)/gm, ' '));
}
