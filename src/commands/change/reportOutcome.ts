import * as vscode from 'vscode';
import type { ChangeOutcome } from '../../changes/changeOutcome';
import { sceneOf } from '../../connections/connectionWords';
import { failureSentence } from '../../words/failureWords';
import {
  cancelledWords,
  changeNoun,
  doneAmongOthersWords,
  doneWords,
  failedWords,
  nothingToDoWords,
} from '../../words/outcomeWords';
import { refusalWords } from '../../words/refusalWords';
import type { CommandDeps } from '../deps';
import type { ChangeResult } from './applyPlanned';
import { outcomeScene } from './plannedChange';

/** What is said of an outcome, and whether it is as it was wanted. */
export interface OutcomeWords {
  readonly text: string;
  readonly isGood: boolean;
}

/** Says what a change came to; what was changed can be undone from there. */
export function reportOutcome(
  deps: CommandDeps,
  result: ChangeResult,
  undo: (records: readonly string[]) => Thenable<unknown>,
): void {
  const { text, isGood } = outcomeWords(result);
  const record = undoableRecord(result.outcome);
  if (record === undefined) {
    if (isGood) deps.reporter.info(text);
    else deps.reporter.warn(text);
    return;
  }
  deps.reporter.offer(text, isGood, [{ label: vscode.l10n.t('Undo'), run: () => undo([record]) }]);
}

/** The record of a change that changed something. */
export function undoableRecord(outcome: ChangeOutcome): string | undefined {
  switch (outcome.type) {
    case 'applied':
    case 'accepted':
      return outcome.record;
    case 'partly':
      // Without a reading it is not known what there is to take back.
      return outcome.reading && outcome.record;
    default:
      return undefined;
  }
}

/** An outcome in a sentence or two. */
export function outcomeWords({ planned, outcome }: ChangeResult): OutcomeWords {
  const scene = outcomeScene(planned.wanted);
  const failureScene = sceneOf(planned.connection);
  const { t } = vscode.l10n;
  switch (outcome.type) {
    case 'applied':
      return {
        text: outcome.othersChanged ? doneAmongOthersWords(scene) : doneWords(scene),
        isGood: true,
      };
    case 'accepted':
      return { text: acceptedWords({ planned, outcome }), isGood: false };
    case 'nothingToDo':
      return { text: nothingToDoWords(scene), isGood: true };
    case 'cancelled':
      return { text: cancelledWords(scene), isGood: true };
    case 'changed':
    case 'refused':
      return { text: `${failedWords(scene)}. ${refusalWords(outcome.refusal)}`, isGood: false };
    case 'partly': {
      const done = outcome.reading
        ? t('{0} of {1} requests were carried out', outcome.done, outcome.of)
        : t('at least {0} of {1} requests were carried out', outcome.done, outcome.of);
      const what = `${failedWords(scene)} (${done})`;
      return { text: failureSentence(what, outcome.failure, failureScene), isGood: false };
    }
    case 'failed': {
      const what = outcome.reading
        ? failedWords(scene)
        : t('What came of {0} is not known', changeNoun(scene));
      return { text: failureSentence(what, outcome.failure, failureScene), isGood: false };
    }
    case 'notRecorded': {
      const why = outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
      const nothing = t('Nothing was sent: the history could not be written ({0}).', why);
      return { text: `${failedWords(scene)}. ${nothing}`, isGood: false };
    }
  }
}

function acceptedWords({ planned, outcome }: ChangeResult): string {
  const { t } = vscode.l10n;
  const noun = changeNoun(outcomeScene(planned.wanted));
  if (outcome.reading?.state === 'unreadable') {
    const what = t('AWS accepted {0}, but the policy could not be read to verify it', noun);
    return failureSentence(what, outcome.reading.failure, sceneOf(planned.connection));
  }
  return t(
    'AWS accepted {0}, but reading the policy does not show it yet. Refresh in a minute.',
    noun,
  );
}
