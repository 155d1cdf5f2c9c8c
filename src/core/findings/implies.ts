import { coversPattern } from '../actionPatterns';
import type { Principal } from '../principals';
import type { Comparison } from '../evaluate/operators';
import { parseOperator } from '../evaluate/operators';
import type { Condition, Statement } from '../statement';

/**
 * Whether all that one statement does is done by another, so that it can go: for every request the
 * policy then gives the same answer. Says "no" where it cannot tell.
 * @param owner the account of the resource: a principal of it that is named needs no other policy,
 *   one that is meant by its account does
 */
export function implies(wide: Statement, narrow: Statement, owner: string | undefined): boolean {
  if (wide.effect !== narrow.effect || wide.effect === 'unknown') return false;
  if (wide.unreadable || narrow.unreadable) return false;
  // One condition more leaves fewer: mostly that tells already, and is told quickly.
  if (wide.conditions.length > narrow.conditions.length) return false;
  return (
    wide.conditions.every((condition) =>
      narrow.conditions.some((other) => followsFrom(condition, other)),
    ) &&
    coversPatterns(
      wide.actions,
      narrow.actions,
      [wide.exceptActions, narrow.exceptActions],
      true,
    ) &&
    coversPatterns(
      wide.resources,
      narrow.resources,
      [wide.exceptResources, narrow.exceptResources],
      false,
    ) &&
    coversPrincipals(wide, narrow, owner)
  );
}

function coversPrincipals(wide: Statement, narrow: Statement, owner: string | undefined): boolean {
  if (wide.exceptPrincipals || narrow.exceptPrincipals) {
    return (
      wide.exceptPrincipals &&
      narrow.exceptPrincipals &&
      wide.principals.every((one) => narrow.principals.some((other) => isSame(one, other))) &&
      narrow.principals.every((one) => wide.principals.some((other) => isSame(one, other)))
    );
  }
  return narrow.principals.every((one) =>
    wide.principals.some((other) => coversPrincipal(other, one, wide.effect, owner)),
  );
}

function coversPrincipal(
  wide: Principal,
  narrow: Principal,
  effect: Statement['effect'],
  owner: string | undefined,
): boolean {
  if (isSame(wide, narrow)) return true;
  if (wide.kind === 'everyone') return narrow.kind !== 'other' && narrow.kind !== 'unresolved';
  if (wide.kind !== 'account' || narrow.kind !== 'identity') return false;
  // Whom an Allow names in its own account needs nothing else; as one of the account they do.
  return wide.accountId === narrow.accountId && (effect === 'Deny' || narrow.accountId !== owner);
}

function isSame(one: Principal, other: Principal): boolean {
  if (one.kind === 'service' && other.kind === 'service') return one.service === other.service;
  return one.kind === other.kind && JSON.stringify(one) === JSON.stringify(other);
}

function coversPatterns(
  wide: readonly string[],
  narrow: readonly string[],
  [wideExcept, narrowExcept]: readonly [boolean, boolean],
  ignoresCase: boolean,
): boolean {
  const read = (text: string) => (ignoresCase ? text.toLowerCase() : text);
  const covers = (all: readonly string[], some: readonly string[]) =>
    some.every((one) => all.some((other) => coversPattern(read(other), read(one))));
  if (wideExcept !== narrowExcept) return false;
  // What is left out by the wide must be left out by the narrow.
  return wideExcept ? covers(narrow, wide) : covers(wide, narrow);
}

/** Whether a condition holds wherever another does. */
function followsFrom(condition: Condition, from: Condition): boolean {
  if (condition.key.toLowerCase() !== from.key.toLowerCase()) return false;
  const [one, other] = [parseOperator(condition.operator), parseOperator(from.operator)];
  if (!one || !other || one.over !== other.over || one.negated !== other.negated) return false;
  if (other.ifExists && !one.ifExists) return false;
  if (!isSameComparison(one.comparison, other.comparison)) return false;
  if (
    condition.operator.toLowerCase() !== from.operator.toLowerCase() &&
    'holds' in one.comparison
  ) {
    return false;
  }
  const [values, others] = [condition.values, from.values];
  if ((values.length === 0) !== (others.length === 0)) return false;
  if (one.negated) return values.every((value) => others.includes(value));
  // Of ARNs the parts are compared apart, so a star there means less than it seems.
  const isPattern = one.comparison.type === 'string' && one.comparison.isPattern;
  return others.every((value) =>
    values.some((wide) => (isPattern ? coversPattern(wide, value) : wide === value)),
  );
}

function isSameComparison(one: Comparison, other: Comparison): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
