import type { FindingDetail, RuleId, Severity } from './finding';

/** How grave what a rule finds is, where nothing about it says otherwise. */
const ruleSeverities: Readonly<Record<RuleId, Severity>> = {
  'public-access': 'high',
  'public-function-url': 'high',
  'not-principal-allow': 'high',
  'broad-grant': 'high',
  'locks-owner-out': 'high',
  'other-account': 'medium',
  'confused-deputy': 'medium',
  'function-url-half': 'medium',
  'cannot-tell': 'medium',
  'malformed-policy': 'medium',
  'near-limit': 'medium',
  'other-organization': 'low',
  'qualifier-only-access': 'low',
  'unresolved-principal': 'low',
  'duplicate-statement': 'low',
  'implied-statement': 'low',
};

/** How grave what a rule finds mostly is. */
export function usualSeverityOf(rule: RuleId): Severity {
  return ruleSeverities[rule];
}

export function severityOf(detail: FindingDetail): Severity {
  switch (detail.rule) {
    case 'public-function-url':
      // Who signs is known by name afterwards.
      return detail.who.type === 'anyone' ? 'high' : 'medium';
    case 'locks-owner-out':
      return detail.certain ? 'high' : 'low';
    case 'confused-deputy':
      return detail.lacks === 'source' ? 'medium' : 'low';
    default:
      return ruleSeverities[detail.rule];
  }
}
