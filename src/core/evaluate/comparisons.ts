import { matchesPattern } from '../actionPatterns';
import { arnParts } from './arnParts';
import { inRange } from './ipRanges';
import type { Comparison } from './operators';
import type { PolicyValue } from './policyValue';
import { plainValue, requestValue } from './policyValue';
import type { Truth } from './truth';
import { truthOf } from './truth';

/** Whether a value of a request is the one of the policy, as an operator compares the two. */
export function compares(comparison: Comparison, value: string, wanted: PolicyValue): Truth {
  if (wanted === undefined) return 'unknown';
  switch (comparison.type) {
    case 'string':
      return truthOf(comparesString(comparison, value, wanted));
    case 'arn':
      return matchesArn(wanted, value);
    case 'bool':
      return comparesBool(value, wanted);
    case 'binary':
      return comparesBinary(value, wanted);
    case 'ip':
      return inRange(value, wanted);
    case 'number':
      return ordered(comparison, numberOf(value), numberOf(wanted));
    case 'date':
      return ordered(comparison, timeOf(value), timeOf(wanted));
    case 'null':
      return 'unknown';
  }
}

function comparesString(
  { ignoresCase, isPattern }: Extract<Comparison, { type: 'string' }>,
  value: string,
  wanted: string,
): boolean {
  if (isPattern) return matchesPattern(wanted, requestValue(value, wanted));
  const text = plainValue(wanted);
  return ignoresCase ? value.toLowerCase() === text.toLowerCase() : value === text;
}

/** Part by part: a wildcard stands for nothing beyond the colons around it. */
export function matchesArn(pattern: string, arn: string): Truth {
  if (pattern === '*') return 'yes';
  const [wanted, parts] = [arnParts(pattern), arnParts(requestValue(arn, pattern))];
  if (wanted && parts) {
    return truthOf(wanted.every((part, index) => matchesPattern(part, parts[index] ?? '')));
  }
  // What AWS makes of a pattern that is no ARN is not documented.
  return !wanted && matchesPattern(pattern, requestValue(arn, pattern)) ? 'unknown' : 'no';
}

function comparesBool(value: string, wanted: string): Truth {
  const [one, other] = [value.toLowerCase(), wanted.toLowerCase()];
  return isBool(one) && isBool(other) ? truthOf(one === other) : 'unknown';
}

function isBool(text: string): boolean {
  return text === 'true' || text === 'false';
}

function comparesBinary(value: string, wanted: string): Truth {
  const isBase64 = (text: string) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
  return isBase64(value) && isBase64(wanted) ? truthOf(value === wanted) : 'unknown';
}

/** As JSON writes numbers; others may be read in more than one way. */
function numberOf(text: string): number {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

/**
 * In milliseconds: W3C dates, whose times have a zone, and seconds since 1970. A number of four digits
 * may be a year as well.
 */
function timeOf(text: string): number {
  if (/^\d+$/.test(text)) return text.length > 4 ? Number(text) * 1000 : NaN;
  if (/^\d{4}-\d\d$/.test(text)) return Date.parse(text);
  const match = /^\d{4}-\d\d-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.exec(text);
  if (!match) return NaN;
  // Days that a month does not have would be taken for some of the next.
  const day = new Date(text.slice(0, 10)).getUTCDate();
  return day === Number(match[1]) ? Date.parse(text) : NaN;
}

function ordered(
  { holds }: Extract<Comparison, { holds: unknown }>,
  value: number,
  wanted: number,
): Truth {
  const difference = value - wanted;
  return Number.isNaN(difference) ? 'unknown' : truthOf(holds(difference));
}
