import type { Resource } from '../resource';
import type { Found } from './policyFindings';
import type { FindingDetail, Outsider } from './finding';

/**
 * For each finding a text that stays the same as long as it says the same of the same resource,
 * wherever its statement stands and whatever Sid it has.
 */
export function keysOf(found: readonly Found[], { arn }: Resource): readonly string[] {
  const seen = new Map<string, number>();
  return found.map(({ detail, statement }) => {
    const about = statement ? [withoutSid(statement.canonical)] : [];
    const key = JSON.stringify([detail.rule, arn, ...subject(detail), ...about]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return count === 1 ? key : `${key}#${count}`;
  });
}

function subject(detail: FindingDetail): readonly string[] {
  switch (detail.rule) {
    case 'public-access':
    case 'public-function-url':
    case 'other-account':
    case 'other-organization':
    case 'qualifier-only-access':
    case 'broad-grant':
      return who(detail.who);
    case 'function-url-half':
      return [...who(detail.who), detail.missing];
    case 'cannot-tell':
      return who(detail.who);
    case 'confused-deputy':
      return [detail.service, detail.lacks];
    case 'unresolved-principal':
      return [detail.id];
    case 'near-limit':
      return [detail.what];
    case 'locks-owner-out':
      return [String(detail.certain)];
    case 'malformed-policy':
      return [detail.problem.code];
    case 'not-principal-allow':
    case 'duplicate-statement':
    case 'implied-statement':
      return [];
  }
}

function who(outsider: Outsider): readonly string[] {
  switch (outsider.type) {
    case 'anyone':
    case 'anyAccount':
      return [outsider.type];
    case 'organization':
      return [outsider.organizationId];
    case 'account':
      return [outsider.accountId, outsider.arn ?? '', outsider.through ?? ''];
  }
}

/** The canonical form sorts its members, so that the Sid stands between others, or at an end. */
function withoutSid(canonical: string): string {
  return canonical.replace(/,"Sid":"(?:[^"\\]|\\.)*"|"Sid":"(?:[^"\\]|\\.)*",?/, '');
}
