import type { Listed } from '../core/resource';
import { nameOf } from '../core/resource';

interface Named<T extends Listed> {
  readonly listed: T;
  readonly lowerCase: string;
}

// Sorted once for each list, however often what is typed narrows it.
const sorted = new WeakMap<readonly Listed[], readonly Named<Listed>[]>();

/** The listed whose names contain the text, in alphabetical order as AWS's console shows them. */
export function filterByName<T extends Listed>(items: readonly T[], filter: string): readonly T[] {
  const named = (sorted.get(items) ?? sort(items)) as readonly Named<T>[];
  const wanted = filter.toLowerCase();
  const matching =
    wanted === '' ? named : named.filter(({ lowerCase }) => lowerCase.includes(wanted));
  return matching.map(({ listed }) => listed);
}

function sort<T extends Listed>(items: readonly T[]): readonly Named<T>[] {
  const named = items
    .map((listed) => ({ listed, name: nameOf(listed), lowerCase: nameOf(listed).toLowerCase() }))
    // For names of plain letters twice as fast as a collator, in the versions of Node that we run on.
    .sort((a, b) => a.name.localeCompare(b.name));
  sorted.set(items, named);
  return named;
}
