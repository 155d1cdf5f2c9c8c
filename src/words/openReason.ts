import { l10n } from 'vscode';
import type { OpenPart } from '../core/evaluate/decide';
import { conditionWords } from './conditionWords';
import { some } from './statementWords';

/** Why nobody can say whether a statement lets somebody in. */
export function openReason(open: readonly OpenPart[]): string {
  if (open.length === 0) return l10n.t('Its conditions leave more to choose than could be tried.');
  return l10n.t('It depends on what cannot be judged here: {0}.', some(open.map(openWords), 3));
}

function openWords(part: OpenPart): string {
  return 'condition' in part ? conditionWords(part.condition) : part.element;
}
