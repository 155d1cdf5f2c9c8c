/** Control and direction characters, which could hide or reorder what a person reads. */
const hidden =
  // eslint-disable-next-line no-control-regex -- these are looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2061-\u206f\u3164\ufeff\uffa0]/g;

/** Makes them visible, as `\u202e`; those of `except` stay. Done twice it is the same as once. */
export function showHidden(text: string, except = ''): string {
  return text.replace(hidden, (character) =>
    except.includes(character)
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
