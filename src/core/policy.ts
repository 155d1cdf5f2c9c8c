import type { Node, ParseError } from 'jsonc-parser';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import { lastMember } from './jsonNodes';
import type { Statement } from './statement';
import { readStatement } from './statement';

/** Where a policy's text stops being a policy. Offsets count UTF-16 units, lines and columns from 1. */
export interface PolicyProblem {
  readonly code: 'syntax' | 'tooDeep' | 'notAnObject' | 'noStatements';
  /** The parser's own name of a syntax error, e.g. `CommaExpected`. */
  readonly detail?: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/**
 * A policy's text with what it says. The text is kept as it came; statements point into it by
 * offset, so that page, findings and edits mean the same characters.
 */
export type Policy =
  | {
      readonly wellFormed: true;
      readonly text: string;
      readonly version?: string;
      readonly id?: string;
      readonly statements: readonly Statement[];
    }
  | { readonly wellFormed: false; readonly text: string; readonly problem: PolicyProblem };

/**
 * Reads a policy. Never throws: text that is no policy comes back with the place where it breaks.
 * A single statement that stands outside a list is taken as AWS takes it, as a list of one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): Policy {
  try {
    return readPolicy(text);
  } catch (error) {
    // Parser and readers recurse: text nested thousands of levels deep ends their stack.
    if (!(error instanceof RangeError)) throw error;
    return broken(text, 'tooDeep', 0);
  }
}

function readPolicy(text: string): Policy {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first || !root) {
    const detail = first ? printParseErrorCode(first.error) : 'ValueExpected';
    return broken(text, 'syntax', first?.offset ?? 0, detail);
  }
  if (root.type !== 'object') return broken(text, 'notAnObject', root.offset);
  const statements = lastMember(root, 'Statement');
  if (statements?.type !== 'array' && statements?.type !== 'object') {
    return broken(text, 'noStatements', statements?.offset ?? root.offset);
  }
  const nodes = statements.type === 'array' ? (statements.children ?? []) : [statements];
  return {
    wellFormed: true,
    text,
    version: textAt(root, 'Version'),
    id: textAt(root, 'Id'),
    statements: nodes.map((node, index) => readStatement(node, index, text)),
  };
}

/** Size of a text as AWS counts it against a policy's limit: UTF-8 bytes. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The statements of a text, none when it is not well-formed. */
export function statementsOf(policy: Policy): readonly Statement[] {
  return policy.wellFormed ? policy.statements : [];
}

function broken(
  text: string,
  code: PolicyProblem['code'],
  offset: number,
  detail?: string,
): Policy {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { wellFormed: false, text, problem: { code, detail, offset, line, column } };
}

function textAt(root: Node, key: string): string | undefined {
  const value = lastMember(root, key)?.value as unknown;
  return typeof value === 'string' ? value : undefined;
}
