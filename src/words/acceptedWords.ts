import { l10n } from 'vscode';
import type { AcceptedProblem } from '../core/acceptedFindings';

type Problem = AcceptedProblem | { readonly code: 'unreadable'; readonly error: unknown };

/** What is wrong with a file of accepted findings, and what that means: the first, and how many more. */
export function acceptedProblemsWords(
  file: string,
  [first, ...others]: readonly [Problem, ...Problem[]],
): string {
  const words = problemWords(file, first);
  if (others.length === 0) return words;
  return others.length === 1
    ? l10n.t('{0} 1 entry more does not count.', words)
    : l10n.t('{0} {1} entries more do not count.', words, others.length);
}

function problemWords(file: string, problem: Problem): string {
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
