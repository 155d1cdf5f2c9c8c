import { l10n } from 'vscode';

/** Counts that come with their noun. */
export function policiesWords(count: number): string {
  return count === 1 ? l10n.t('1 policy') : l10n.t('{0} policies', count);
}

export function findingsWords(count: number): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}

/** How long something will take, as far as that can be said. */
export function durationWords(seconds: number): string {
  if (seconds < 60) return l10n.t('{0} s left', Math.max(1, Math.round(seconds)));
  return l10n.t('{0} min left', Math.round(seconds / 60));
}
