import { format } from 'jsonc-parser';
import { parsePolicy, statementsOf } from '../core/policy';
import type { PageStatement } from '../policyPage/protocol';

/** A stretch of the text in UTF-16 units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A policy's text in one of its forms; `ranges` are its statements', in order. */
export interface PolicyForm {
  readonly text: string;
  readonly ranges: readonly Range[];
}

export function rawForm(text: string, statements: readonly PageStatement[]): PolicyForm {
  return { text, ranges: statements.map(toRange) };
}

const options = { tabSize: 2, insertSpaces: true };

/** Only blanks and line breaks change: names, numbers and order stay as AWS wrote them. */
export function formattedForm(text: string): PolicyForm {
  const formatted = reformat(text);
  const policy = parsePolicy(formatted);
  return { text: formatted, ranges: statementsOf(policy).map(toRange) };
}

function toRange({ offset, length }: { readonly offset: number; readonly length: number }): Range {
  return { start: offset, end: offset + length };
}

// The edits come in order. jsonc-parser's own `applyEdits` copies the whole text for each of them,
// seconds for hundreds of statements.
function reformat(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { offset, length, content } of format(text, undefined, options)) {
    parts.push(text.slice(done, offset), content);
    done = offset + length;
  }
  return parts.join('') + text.slice(done);
}
