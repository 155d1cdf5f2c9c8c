/** The six parts of an ARN or of a pattern for ARNs; the last keeps its own colons. */
export function arnParts(text: string): readonly string[] | undefined {
  const known = recent.get(text);
  if (known !== undefined || recent.has(text)) return known;
  if (recent.size >= mostRecent) recent.clear();
  const parts = takeApart(text);
  recent.set(text, parts);
  return parts;
}

/** The same few ARNs are compared again and again while a policy is judged. */
const recent = new Map<string, readonly string[] | undefined>();
const mostRecent = 500;

function takeApart(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  if (parts.length < 6) return undefined;
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
