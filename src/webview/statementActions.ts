import type { PageFinding, PageLabels, PageStatement } from '../policyPage/protocol';
import { makeButton } from './dom';
import { makeIcon } from './icons';
import type { Tooltip } from './tooltip';

/** What the page can ask of the extension about a statement or a finding. */
export interface PageRequests {
  copy(statement: PageStatement): void;
  remove(statement: PageStatement): void;
  fix(finding: PageFinding): void;
  accept(finding: PageFinding): void;
}

/** The id of the element that holds a statement's explanation, or why it cannot be removed. */
export function idOf(what: 'explanation' | 'refusal', index: number): string {
  return `${what}-${index}`;
}

/**
 * Copy and Remove for one statement. A Remove that is refused stays reachable and says why.
 * @param place where they stand; part of the key by which focus is found again
 */
export function statementActions(
  place: 'list' | 'strip',
  statement: PageStatement,
  index: number,
  { labels, requests, tooltip }: ActionSurroundings,
): readonly [copy: HTMLButtonElement, remove: HTMLButtonElement] {
  const { title, refusal } = statement;
  const copy = makeButton(
    {
      class: 'icon-button',
      'aria-label': `${labels.copyStatement}: ${title}`,
      'data-key': `${place}-copy`,
      'data-index': String(index),
    },
    () => requests.copy(statement),
    makeIcon('copy'),
  );
  const remove = makeButton(
    {
      class: 'icon-button',
      'aria-label': `${labels.remove}: ${title}`,
      'aria-disabled': refusal === undefined ? undefined : 'true',
      'aria-describedby': refusal === undefined ? undefined : idOf('refusal', index),
      'data-key': `${place}-remove`,
      'data-index': String(index),
    },
    () => {
      if (refusal === undefined) requests.remove(statement);
    },
    makeIcon('remove'),
  );
  tooltip.describe(copy, () => [labels.copyStatement]);
  tooltip.describe(remove, () =>
    refusal === undefined ? [labels.remove] : [labels.remove, refusal],
  );
  return [copy, remove];
}

export interface ActionSurroundings {
  readonly findings: readonly PageFinding[];
  readonly labels: PageLabels;
  readonly requests: PageRequests;
  readonly tooltip: Tooltip;
}
