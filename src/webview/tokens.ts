import { createScanner } from 'jsonc-parser';

export type TokenKind = 'name' | 'string' | 'number' | 'keyword' | 'punctuation' | 'unknown';

/** A stretch of the text in UTF-16 units, `end` exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

// jsonc-parser's `SyntaxKind` is a const enum, which a bundler cannot read.
const kinds = { colon: 6, keyword: 7, string: 10, number: 11, unknown: 12, endOfFile: 17 };

/** The tokens of a JSON text, also of one that is broken; blanks are left out. */
export function tokenize(text: string): readonly Token[] {
  const scanner = createScanner(text, true);
  const tokens: Token[] = [];
  let kind: number = scanner.scan();
  while (kind !== kinds.endOfFile) {
    const previous = tokens.at(-1);
    if (kind === kinds.colon && previous?.kind === 'string') {
      tokens[tokens.length - 1] = { ...previous, kind: 'name' };
    }
    const start = scanner.getTokenOffset();
    tokens.push({ kind: kindOf(kind), start, end: start + scanner.getTokenLength() });
    kind = scanner.scan();
  }
  return tokens;
}

function kindOf(kind: number): TokenKind {
  if (kind < kinds.keyword) return 'punctuation';
  if (kind < kinds.string) return 'keyword';
  if (kind < kinds.number) return 'string';
  return kind < kinds.unknown ? 'number' : 'unknown';
}
