import { fromEditable, toEditable } from '../policyStyle';
import { textPlaces } from './textPlace';
import type { TextPlace } from './textPlace';

/**
 * A policy's text in lines, the same for all ways to write its white space, so that two can be
 * compared line by line. What is no JSON stays as it is, byte for byte.
 */
export function laidOut(text: string): string {
  return toEditable(fromEditable(text, undefined));
}

/** Finds in the laid out text what stands at places of the text itself: only white space differs. */
export function placesLaidOut(
  text: string,
  laid: string,
): (place: Pick<TextPlace, 'offset' | 'length'>) => TextPlace {
  const [written, shown] = [visibleOffsets(text), visibleOffsets(laid)];
  const place = textPlaces(laid);
  return ({ offset, length }) => {
    const first = countBefore(written, offset);
    const end = countBefore(written, offset + length);
    const from = shown[first] ?? laid.length;
    const last = end > first ? shown[end - 1] : undefined;
    return place(from, last === undefined ? 0 : last + 1 - from);
  };
}

function visibleOffsets(text: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = 0; at < text.length; at++)
    if (!' \t\r\n'.includes(text.charAt(at))) offsets.push(at);
  return offsets;
}

/** How many of the ascending numbers are below the limit. */
function countBefore(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
