import { showHidden } from '../core/hiddenCharacters';

/**
 * Makes text that comes from AWS safe for labels, messages, prompts and progress titles, where
 * VS Code turns `$(name)` into an icon and `[x](command:…)` into a link that runs the command.
 * An invisible word joiner breaks both forms; control and direction characters, which could hide
 * or reorder what a person reads, become visible. Done twice it is the same as once.
 */
export function plainText(text: string): string {
  return showHidden(text).replace(/\$\(/g, `$${wordJoiner}(`).replace(/\]\(/g, `]${wordJoiner}(`);
}

const wordJoiner = '\u2060';

/** `plainText` shortened, for places that show one line. */
export function shortText(text: string, most = 80): string {
  const plain = plainText(text);
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
