import { l10n } from 'vscode';
import type { AcceptedProblem } from '../core/acceptedFindings';

/** What is wrong with a file of accepted findings, and what that means. */
export function acceptedProblemWords(
  file: string,
  problem: AcceptedProblem | { readonly code: 'unreadable'; readonly error: unknown },
): string {
  const { t } = l10n;
  switch (problem.code) {
    case 'notJson':
      return t('{0} is no JSON: nothing that it accepts counts.', file);
    case 'noList':
      return t('{0} has no list "accepted": nothing that it accepts counts.', file);
    case 'lacks':
      return lackWords(file, problem.index + 1, problem.what);
    case 'unreadable': {
      const why = problem.error instanceof Error ? problem.error.message : String(problem.error);
      return t('{0} could not be read ({1}): nothing that it accepts counts.', file, why);
    }
  }
}

function lackWords(
  file: string,
  number: number,
  what: Extract<AcceptedProblem, { code: 'lacks' }>['what'],
): string {
  const { t } = l10n;
  switch (what) {
    case 'finding':
      return t('{0}: entry {1} does not count, since it names no finding.', file, number);
    case 'reason':
      return t('{0}: entry {1} does not count, since it says no reason.', file, number);
    case 'until':
      return t(
        '{0}: entry {1} does not count, since "until" is no date such as 2027-01-31.',
        file,
        number,
      );
  }
}
