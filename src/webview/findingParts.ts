import type { PageFinding, PageLabels } from '../policyPage/protocol';
import { make, makeButton } from './dom';
import { byGravity } from './findingMarks';
import { makeIcon } from './icons';
import type { ActionSurroundings } from './statementActions';

/** Those about a statement, or about the policy itself, the gravest first. */
export function findingsAbout(
  findings: readonly PageFinding[],
  statement: string | undefined,
): readonly PageFinding[] {
  return findings.filter((finding) => finding.statement === statement).sort(byGravity);
}

/** What is said of a place when it is pointed at. */
export function findingLines(
  findings: readonly PageFinding[],
  labels: PageLabels,
): readonly string[] {
  return findings.flatMap(({ severity, title, details }) => [
    `${labels.severities[severity]}: ${title}`,
    ...details,
  ]);
}

/** Why it matters and what to do, to be read at leisure and done from there. */
export function findingParts(
  findings: readonly PageFinding[],
  { labels, requests }: ActionSurroundings,
): readonly HTMLElement[] {
  return findings.map((finding) => {
    const { severity, title, details, key } = finding;
    const button = (does: 'fix' | 'accept') =>
      makeButton(
        {
          class: 'text-button',
          'aria-label': `${labels[does]}: ${title}`,
          'data-key': `${does}-${key}`,
        },
        () => requests[does](finding),
        labels[does],
      );
    return make(
      'div',
      { class: `finding-note finding-${severity}`, 'data-testid': 'finding' },
      makeIcon(severity),
      make('p', { class: 'finding-title' }, `${labels.severities[severity]}: ${title}`),
      ...details.map((line) => make('p', {}, line)),
      make('div', { class: 'finding-actions' }, button('fix'), button('accept')),
    );
  });
}

/** That there are some, on a row that is closed. */
export function findingBadge(
  findings: readonly PageFinding[],
  labels: PageLabels,
): HTMLElement | undefined {
  const [gravest] = findings;
  if (!gravest) return undefined;
  const words = findings.map(({ severity, title }) => `${labels.severities[severity]}: ${title}`);
  const icon = makeIcon(gravest.severity);
  const count = findings.length > 1 ? [make('span', {}, String(findings.length))] : [];
  return make(
    'span',
    {
      class: `finding-badge finding-${gravest.severity}`,
      role: 'img',
      'aria-label': words.join('. '),
      'data-testid': 'finding-badge',
    },
    icon,
    ...count,
  );
}
