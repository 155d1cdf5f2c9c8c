import * as vscode from 'vscode';
import { plainText } from '../host/plainText';
import type { Offer } from '../host/report';
import type { CommandDeps } from './deps';

/** A button that opens what a message has no room for, each line made safe by itself: a Sid must not forge or hide one. */
export function showLines(
  { texts }: CommandDeps,
  label: string,
  { name, lines }: { readonly name: string; readonly lines: readonly string[] },
): Offer {
  const run = async (): Promise<void> => {
    const text = lines.map(plainText).join('\n');
    await vscode.window.showTextDocument(texts.add(text, name));
  };
  return { label, run };
}
