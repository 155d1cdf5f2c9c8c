import { l10n } from 'vscode';
import { failureOf } from '../core/errors';
import { failureSentence, withoutFullStop } from './failureWords';

/** What is said of an error that nobody dealt with; `undefined` for a cancelled one. */
export function explainError(error: unknown): { message: string; details: string } | undefined {
  const failure = failureOf(error);
  if (failure) {
    if (failure.code === 'cancelled') return undefined;
    const what = l10n.t('{0} failed', failure.operation);
    return { message: failureSentence(what, failure), details: JSON.stringify(failure) };
  }
  const text = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error ? (error.stack ?? text) : text;
  const reason = withoutFullStop(text);
  return {
    message: l10n.t('Something went wrong: {0}. The log has the details.', reason),
    details,
  };
}
