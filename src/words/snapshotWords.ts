import { l10n } from 'vscode';
import type { Comparison, PolicyPair, Side } from '../core/snapshot/compareSnapshots';
import type { Inventory } from '../core/snapshot/inventory';
import { policiesWords } from './auditWords';
import { momentWords } from './historyWords';

/** Which snapshot it is: `123456789012 · eu-west-1 · 29 Nov 2026, 17:00:05`. */
export function inventoryTitle({ account, region, savedAt }: Inventory): string {
  const { t } = l10n;
  const place = [account ?? t('unknown account'), region ?? t('unknown region')];
  return [...place, momentWords(savedAt)].join(' · ');
}

/** What a comparison brought, nothing that is not known taken for the same. */
export function comparisonWords(comparison: Comparison, isAllKnown: boolean): string {
  const { t } = l10n;
  const { different, same, sameButForPlace, unknown } = comparison;
  const sentences = [
    different.length === 0
      ? t('Nothing differs in what could be compared: {0} the same.', areWords(same))
      : differWords(different.length, same),
  ];
  if (sameButForPlace > 0) {
    sentences.push(
      t(
        'Without the account and region that they are of, the same too: {0}.',
        policiesWords(sameButForPlace),
      ),
    );
  }
  if (unknown.length > 0) {
    sentences.push(
      t(
        'Could not be compared, so that nobody knows whether they differ: {0}.',
        policiesWords(unknown.length),
      ),
    );
  } else if (!isAllKnown) {
    sentences.push(t('Not everything was read when they were saved: there may be more.'));
  }
  return sentences.join(' ');
}

function differWords(different: number, same: number): string {
  const { t } = l10n;
  return different === 1
    ? t('1 policy differs, {0} the same.', areWords(same))
    : t('{0} policies differ, {1} the same.', different, areWords(same));
}

function areWords(count: number): string {
  return count === 1 ? l10n.t('1 is') : l10n.t('{0} are', count);
}

/** What is not known of two snapshots, a line each. */
export function unknownLines(
  { unknown }: Comparison,
  older: readonly Inventory[],
  newer: readonly Inventory[],
): readonly string[] {
  const { t } = l10n;
  const missing = [
    [t('Not read when the older was saved:'), older],
    [t('Not read when the newer was saved:'), newer],
  ] as const;
  return [
    ...section(t('Not compared:'), unknown.flatMap(pairLines)),
    ...missing.flatMap(([title, inventories]) =>
      section(
        title,
        inventories.flatMap((inventory) =>
          inventory.notRead.map((reason) => `${inventoryTitle(inventory)}: ${reason}`),
        ),
      ),
    ),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

function pairLines({ path, older, newer }: PolicyPair): readonly string[] {
  const { t } = l10n;
  return [
    ...sideLines(older).map((reason) => t('{0}, in the older: {1}', path, reason)),
    ...sideLines(newer).map((reason) => t('{0}, in the newer: {1}', path, reason)),
  ];
}

function sideLines(side: Side): readonly string[] {
  if (side.state !== 'unknown') return [];
  const { t } = l10n;
  switch (side.why) {
    case 'notRead':
      return [side.reason];
    case 'notListed':
      return [t('it is not there, but not everything was listed either')];
    case 'noFile':
      return [t('its file is gone or cannot be read')];
  }
}
