import { l10n } from 'vscode';
import type { Condition } from '../core/statement';

/** One condition in words, e.g. "aws:SourceArn matches arn:aws:s3:::reports". */
export function conditionWords({ operator, key, values }: Condition): string {
  const { set, base, ifExists } = takeApart(operator);
  const list = listed(values);
  const sentence = base === 'Null' ? nullWords(key, values) : comparison(base, key, list);
  const whole = sentence ?? `${key} ${base} ${list}`;
  return [setWords(set), whole, ifExists ? l10n.t('(or the key is absent)') : '']
    .filter((part) => part !== '')
    .join(' ');
}

/** A question or a tooltip with hundreds of values would not fit a screen. */
const mostValues = 20;

function listed(values: readonly string[]): string {
  const shown = values.slice(0, mostValues).map((value) => `"${value}"`);
  const list = shown.join(l10n.t(' or '));
  const more = values.length - shown.length;
  return more > 0 ? l10n.t('{0} or one of {1} more', list, more) : list;
}

function takeApart(operator: string) {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator);
  return {
    set: match?.[1],
    base: match?.[2] ?? operator,
    ifExists: match?.[3] !== undefined,
  };
}

function setWords(set: string | undefined): string {
  if (set === 'ForAllValues') return l10n.t('every value of');
  if (set === 'ForAnyValue') return l10n.t('some value of');
  return '';
}

function nullWords(key: string, values: readonly string[]): string {
  return values.every((value) => value === 'true')
    ? l10n.t('{0} is absent', key)
    : l10n.t('{0} is present', key);
}

function comparison(base: string, key: string, list: string): string | undefined {
  switch (base) {
    case 'StringEquals':
    case 'StringEqualsIgnoreCase':
    case 'ArnEquals':
    case 'NumericEquals':
    case 'DateEquals':
    case 'BinaryEquals':
    case 'Bool':
      return l10n.t('{0} is {1}', key, list);
    case 'StringLike':
    case 'ArnLike':
      return l10n.t('{0} matches {1}', key, list);
    case 'StringNotEquals':
    case 'StringNotEqualsIgnoreCase':
    case 'ArnNotEquals':
    case 'NumericNotEquals':
    case 'DateNotEquals':
      return l10n.t('{0} is not {1}', key, list);
    case 'StringNotLike':
    case 'ArnNotLike':
      return l10n.t('{0} does not match {1}', key, list);
    case 'IpAddress':
      return l10n.t('{0} is in {1}', key, list);
    case 'NotIpAddress':
      return l10n.t('{0} is not in {1}', key, list);
    case 'NumericLessThan':
    case 'DateLessThan':
      return l10n.t('{0} is before or below {1}', key, list);
    case 'NumericLessThanEquals':
    case 'DateLessThanEquals':
      return l10n.t('{0} is at most {1}', key, list);
    case 'NumericGreaterThan':
    case 'DateGreaterThan':
      return l10n.t('{0} is after or above {1}', key, list);
    case 'NumericGreaterThanEquals':
    case 'DateGreaterThanEquals':
      return l10n.t('{0} is at least {1}', key, list);
    default:
      return undefined;
  }
}
