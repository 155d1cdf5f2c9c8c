/** A part of a text. Offset and columns in UTF-16 units, lines and columns from 1. */
export interface TextPlace {
  readonly offset: number;
  readonly length: number;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  /** Of the character after the last. */
  readonly endColumn: number;
}

/** How a line ends in `textPlaces`, as VS Code takes it. */
export const lineEnds = ['\r\n', '\n', '\r'] as const;

/** Finds places in one text; what reaches over its end is cut off. */
export function textPlaces(text: string): (offset: number, length: number) => TextPlace {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
  const position = (offset: number) => {
    const after = starts.findIndex((start) => start > offset);
    const line = after < 0 ? starts.length : after;
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  return (from, size) => {
    const offset = Math.min(Math.max(from, 0), text.length);
    const length = Math.min(Math.max(size, 0), text.length - offset);
    const [start, end] = [position(offset), position(offset + length)];
    return {
      offset,
      length,
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    };
  };
}
