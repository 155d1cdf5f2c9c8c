import { parseTree } from 'jsonc-parser';
import { members } from './jsonNodes';
import { parsePolicy } from './policy';
import { canonical } from './statement';
import { countsOf, sameCounts } from './statementCounts';

/** Whether two texts are the same policy, however AWS wrote them; `undefined` is "no policy". */
export function saysTheSame(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const [one, other] = [parsePolicy(a), parsePolicy(b)];
  if (!one.wellFormed || !other.wellFormed) return false;
  return (
    otherMembers(a) === otherMembers(b) &&
    sameCounts(countsOf(one.statements), countsOf(other.statements))
  );
}

/** What stands beside the statements. */
function otherMembers(text: string): string {
  return [...new Map(members(parseTree(text)))]
    .filter(([name]) => name !== 'Statement')
    .map(([name, value]) => `${name}:${canonical(value)}`)
    .sort()
    .join();
}
