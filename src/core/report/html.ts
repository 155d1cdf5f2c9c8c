import { showHidden } from '../hiddenCharacters';

/** HTML: made by `html`, or written in the source as it is, never from other text. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | undefined | readonly Part[];

/** HTML with what stands between its parts escaped: a text can be nothing but text. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    literals.map((literal, index) => literal + (index < parts.length ? shown(parts[index]) : '')).join(''), // prettier-ignore
  );
}

function shown(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(shown).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Line breaks stay: where they count, the text is preformatted. */
function escaped(text: string): string {
  return showHidden(text, '\n').replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
