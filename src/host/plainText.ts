/**
 * Makes text that comes from AWS safe for labels, messages, prompts and progress titles, where
 * VS Code turns `$(name)` into an icon and `[x](command:…)` into a link that runs the command.
 * An invisible word joiner breaks both forms; control and direction characters, which could hide
 * or reorder what a person reads, become visible. Done twice it is the same as once.
 */
export function plainText(text: string): string {
  return text
    .replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\$\(/g, `$${wordJoiner}(`)
    .replace(/\]\(/g, `]${wordJoiner}(`);
}

const wordJoiner = '\u2060';

const hidden =
  // eslint-disable-next-line no-control-regex -- these are looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2061-\u206f\u3164\ufeff\uffa0]/g;

/** `plainText` shortened, for places that show one line. */
export function shortText(text: string, most = 80): string {
  const plain = plainText(text);
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
