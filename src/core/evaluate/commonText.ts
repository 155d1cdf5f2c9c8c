import { matchesPattern } from '../actionPatterns';
import { arnParts } from './arnParts';

/** What finding something out may still cost, in steps; nobody waits for ever for a policy. */
export interface Budget {
  left: number;
}

/**
 * A text that all these patterns match (`*` and `?`), an example of what they have in common;
 * `undefined` where they have nothing in common, `null` where to find that out takes too long.
 */
export function commonText(patterns: readonly string[], budget: Budget): string | undefined | null {
  const whole = patterns.find((pattern) => !/[*?]/.test(pattern));
  if (whole !== undefined) {
    return patterns.every((pattern) => matchesPattern(pattern, whole)) ? whole : undefined;
  }
  return walk(patterns, budget);
}

/** The same for ARNs, part by part, as conditions compare them. */
export function commonArn(patterns: readonly string[], budget: Budget): string | undefined | null {
  const arns = patterns.filter((pattern) => pattern !== '*').map(arnParts);
  const [first] = arns;
  if (!first) return commonText(patterns, budget);
  // What AWS makes of a pattern that is no ARN is not documented.
  if (arns.includes(undefined)) return null;
  const parts = first.map((_, index) =>
    commonText(
      arns.map((parts) => parts?.[index] ?? ''),
      budget,
    ),
  );
  if (parts.includes(undefined)) return undefined;
  return parts.includes(null) ? null : parts.join(':');
}

interface Step {
  /** How far each pattern is used up. */
  readonly at: readonly number[];
  readonly text: string;
}

/** All patterns at once, a character at a time: where one has a letter, the others must take it. */
function walk(patterns: readonly string[], budget: Budget): string | undefined | null {
  const seen = new Set<string>();
  const open: Step[] = [{ at: patterns.map(() => 0), text: '' }];
  for (let step = open.pop(); step; step = open.pop()) {
    const key = step.at.join();
    if (seen.has(key)) continue;
    if (budget.left < 0) return null;
    budget.left -= 1;
    seen.add(key);
    const { at, text } = step;
    if (patterns.every((pattern, index) => at[index] === pattern.length)) return text;
    const next = taken(patterns, step);
    if (next) open.push(next);
    // Last, so that they are tried first: a star stands for as little as it can.
    patterns.forEach((pattern, index) => {
      if (pattern[at[index] ?? 0] !== '*') return;
      open.push({ at: at.map((place, other) => (other === index ? place + 1 : place)), text });
    });
  }
  return undefined;
}

/** One character further; nothing where the patterns do not agree on it, or all have stars. */
function taken(patterns: readonly string[], { at, text }: Step): Step | undefined {
  const characters = patterns.map((pattern, index) => pattern[at[index] ?? 0]);
  if (characters.includes(undefined) || characters.every((each) => each === '*')) return undefined;
  const letters = characters.filter((each) => each !== '*' && each !== '?');
  const [letter = 'x'] = letters;
  if (letters.some((other) => other !== letter)) return undefined;
  const moved = at.map((place, index) => (characters[index] === '*' ? place : place + 1));
  return { at: moved, text: text + letter };
}
