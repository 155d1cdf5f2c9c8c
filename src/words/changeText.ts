import { fromEditable } from '../core/policyStyle';

const most = 800;

/** A statement's JSON in one line: laid out, it would push the buttons of a dialog off the screen. */
export function oneLine(text: string): string {
  return fromEditable(text, undefined);
}

/** The same for a message, which has no room for all of a long one. */
export function shortJson(text: string): string {
  const line = oneLine(text);
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** So many letters of usual width stand in a line of VS Code's dialog. */
const lettersInRow = 60;

/**
 * Lines that fit into so many rows of a dialog, which grows past the screen and takes its buttons
 * along. The first `lines.length - tail` are cut from their end; the last `tail` are always there.
 * `isCut`: there is more to be shown elsewhere.
 */
export function fitLines(
  lines: readonly string[],
  tail: number,
  rows: number,
): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const body = lines.slice(0, lines.length - tail);
  const end = lines.slice(lines.length - tail);
  let left = rows - 1 - end.reduce((sum, line) => sum + rowsOf(line), 0);
  const shown: string[] = [];
  for (const line of body) {
    const needed = rowsOf(line);
    if (needed > left) {
      shown.push(`${line.slice(0, Math.max(left - 1, 0) * lettersInRow)}…`);
      return { lines: [...shown, ...end], isCut: true };
    }
    shown.push(line);
    left -= needed;
  }
  return { lines: [...shown, ...end], isCut: false };
}

function rowsOf(line: string): number {
  return Math.max(1, Math.ceil(line.length / lettersInRow));
}
