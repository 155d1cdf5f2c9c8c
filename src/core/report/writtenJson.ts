import { showHidden } from '../hiddenCharacters';

/**
 * A value as JSON in lines. Characters that could hide or reorder what a person reads are written as
 * JSON's own escapes: the value stays the same, and nothing is hidden.
 */
export function writtenJson(value: unknown): string {
  // Line breaks outside strings are the only control characters that JSON.stringify leaves.
  return `${showHidden(JSON.stringify(value, undefined, 2), '\n')}\n`;
}
