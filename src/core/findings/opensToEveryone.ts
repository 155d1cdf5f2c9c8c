import type { Resource } from '../resource';
import type { Statement } from '../statement';
import type { Entry } from './entry';
import { entriesOf, namesAll } from './entries';
import { trustNobody } from './finding';

/** Whether a statement by itself lets everybody in, or anybody's resources through a service; or may. */
export function opensToEveryone(statement: Statement, resource: Resource): boolean {
  if (statement.effect !== 'Allow' || !namesAll(statement)) return false;
  // Variables have a meaning, or may have: it is more careful to think so.
  const alone = { version: '2012-10-17', statements: [statement] };
  const { entries, open, deputies } = entriesOf(alone, { resource, trust: trustNobody });
  const isAnybody = ({ who }: Pick<Entry, 'who'>) =>
    who.type === 'anyone' || who.type === 'anyAccount';
  return (
    entries.some(isAnybody) ||
    open.some(isAnybody) ||
    deputies.some(({ lacks }) => lacks === 'source')
  );
}
