import type { Edit } from 'jsonc-parser';
import { format } from 'jsonc-parser';

const options = { tabSize: 2, insertSpaces: true };

/** The same JSON with line breaks and indentation: only white space differs. */
export function formatJson(text: string): string {
  return withEdits(text, format(text, undefined, options));
}

/**
 * A text with edits that come in order. jsonc-parser's own `applyEdits` copies the whole text for
 * each of them, seconds for hundreds of statements.
 */
export function withEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { offset, length, content } of edits) {
    parts.push(text.slice(done, offset), content);
    done = offset + length;
  }
  return parts.join('') + text.slice(done);
}
