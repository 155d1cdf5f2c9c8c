import { matchesPattern } from '../actionPatterns';
import type { Condition } from '../statement';
import { compares } from './comparisons';
import type { Comparison, Operator } from './operators';
import { parseOperator } from './operators';
import { policyValue, whateverItStandsFor } from './policyValue';
import type { KeyValues, RequestContext } from './request';
import type { Truth } from './truth';
import { every, not, some } from './truth';

/**
 * Whether a condition holds for a request. Unknown where it depends on what is not known of the
 * request, and where the operator is none that AWS documents.
 * @param version of the policy: only 2012-10-17 has policy variables
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionHolds(
  condition: Condition,
  context: RequestContext,
  version: string | undefined,
): Truth {
  const operator = parseOperator(condition.operator);
  if (!operator) return 'unknown';
  const values = context(condition.key.toLowerCase());
  if (operator.comparison.type === 'null') return isAbsent(condition.values, values);
  if (values === 'absent') return whenAbsent(operator);
  if (values === 'unknown') return whateverItIs(condition, operator);
  return holdsFor(values, condition, operator, version);
}

function isAbsent(wanted: readonly string[], values: KeyValues): Truth {
  if (values === 'unknown') return 'unknown';
  const absent = values === 'absent' || isEmpty(values);
  return some(wanted, (value) => {
    if (!/^(true|false)$/i.test(value)) return 'unknown';
    return /^true$/i.test(value) === absent ? 'yes' : 'no';
  });
}

/** AWS counts an empty text as no value. */
function isEmpty(values: readonly string[]): boolean {
  return values.every((value) => value === '');
}

/** A condition that names a key the request does not have. */
function whenAbsent({ over, ifExists, negated }: Operator): Truth {
  // AWS documents both: that IfExists makes it true, and that ForAnyValue makes it false.
  if (over === 'any') return ifExists ? 'unknown' : 'no';
  if (ifExists || over === 'all') return 'yes';
  return negated ? 'yes' : 'no';
}

/** Nothing is known of the key: only what holds for every value, and without one, is known to hold. */
function whateverItIs({ values }: Condition, { comparison, ...operator }: Operator): Truth {
  const isAny = comparison.type === 'string' && comparison.isPattern && values.includes('*');
  const holdsAbsent = whenAbsent({ comparison, ...operator });
  return isAny && holdsAbsent === 'yes' && !operator.negated ? 'yes' : 'unknown';
}

function holdsFor(
  values: readonly string[],
  condition: Condition,
  { comparison, negated, over }: Operator,
  version: string | undefined,
): Truth {
  const holds = (value: string): Truth => {
    const isAmong = some(condition.values, (wanted) =>
      isTheOne(comparison, value, wanted, version),
    );
    return negated ? not(isAmong) : isAmong;
  };
  // AWS documents both: that such a condition is true, and that it lets nobody in.
  if (over === undefined && condition.values.length === 0) return 'unknown';
  if (over === 'all') return isEmpty(values) ? 'yes' : every(values, holds);
  if (over === 'any') return some(values, holds);
  if (values.length === 1 && values[0] !== undefined) return holds(values[0]);
  // Without a set operator a key has one value; what AWS makes of more is not documented.
  return 'unknown';
}

function isTheOne(
  comparison: Comparison,
  value: string,
  wanted: string,
  version: string | undefined,
): Truth {
  const text = policyValue(wanted, version);
  if (text !== undefined) return compares(comparison, value, text);
  const isOther =
    comparison.type === 'string' &&
    !comparison.ignoresCase &&
    !matchesPattern(whateverItStandsFor(wanted), value);
  return isOther ? 'no' : 'unknown';
}
