import type { PageContent } from '../policyPage/protocol';

/**
 * Where a statement stands after the policy changed: the nearest with the same text, else the one
 * that took its place. (An identity holds the index, so it changes with those before it.)
 * @returns undefined when there are no statements any more
 */
export function indexAfter(
  before: PageContent,
  after: PageContent,
  index: number,
): { readonly index: number; readonly same: boolean } | undefined {
  const old = texts(before)[index];
  const now = texts(after);
  if (now.length === 0) return undefined;
  const same = now
    .flatMap((text, at) => (text === old ? [at] : []))
    .sort((a, b) => Math.abs(a - index) - Math.abs(b - index))[0];
  if (same !== undefined) return { index: same, same: true };
  return { index: Math.min(index, now.length - 1), same: false };
}

function texts(content: PageContent): readonly string[] {
  if (content.state !== 'policy') return [];
  return content.statements.map(({ offset, length }) =>
    content.text.slice(offset, offset + length),
  );
}
