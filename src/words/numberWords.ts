import { env } from 'vscode';

/** A number as it is written in the language of VS Code: `20,480`. */
export function numberWords(value: number): string {
  return value.toLocaleString(env.language);
}
