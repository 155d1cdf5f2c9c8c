import { formatJson } from '../core/formatJson';

const most = 800;

/** A statement's JSON for the end of a sentence. */
export function shortJson(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** The first lines of a JSON text, laid out: a dialog must not grow past the screen. */
export function jsonLines(text: string, mostLines: number): readonly string[] {
  const lines = formatJson(text)
    .split(/\r\n|\r|\n/)
    .map((line) => line.slice(0, most));
  return lines.length > mostLines ? [...lines.slice(0, mostLines), '…'] : lines;
}
