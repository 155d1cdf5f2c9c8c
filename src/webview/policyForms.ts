import { formatJson } from '../core/formatJson';
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

/** Only blanks and line breaks change: names, numbers and order stay as AWS wrote them. */
export function formattedForm(text: string): PolicyForm {
  const formatted = formatJson(text);
  const policy = parsePolicy(formatted);
  return { text: formatted, ranges: statementsOf(policy).map(toRange) };
}

function toRange({ offset, length }: { readonly offset: number; readonly length: number }): Range {
  return { start: offset, end: offset + length };
}
