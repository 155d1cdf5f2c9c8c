import { l10n } from 'vscode';
import type { Failure } from '../core/errors';
import { qualifiedNameOf } from '../core/resource';
import type { FailureScene } from '../words/failureWords';
import { failureSentence } from '../words/failureWords';
import { kindTitle, resourceWords } from '../words/resourceWords';
import type { GapNode } from './findingNodes';

type Gap = GapNode['gap'];

export function failureOfGap(gap: Gap): Failure | undefined {
  if ('failure' in gap) return gap.failure;
  return gap.reading.state === 'unreadable' ? gap.reading.failure : undefined;
}

/** What could not be read, short enough for a row. */
export function gapTitle(gap: Gap): string {
  return 'failure' in gap ? listWords(gap) : qualifiedNameOf(gap.resource);
}

/** What could not be read, why, and what to do. */
export function gapSentence(gap: Gap, failure: Failure, scene?: FailureScene): string {
  const about = 'failure' in gap ? listWords(gap) : resourceWords(gap.resource);
  return failureSentence(l10n.t('Could not read: {0}', about), failure, scene);
}

function listWords(gap: Extract<Gap, { failure: unknown }>): string {
  return gap.under
    ? l10n.t('What is under {0}', qualifiedNameOf(gap.under))
    : l10n.t('The list of {0}', kindTitle(gap.kind));
}
