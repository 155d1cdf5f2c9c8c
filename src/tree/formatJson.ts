import { applyEdits, format } from 'jsonc-parser';

/** The same JSON with line breaks and indentation: only white space differs. */
export function formatJson(text: string): string {
  return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true }));
}
