import type { PageFinding, PageStatement } from '../policyPage/protocol';
import type { PolicyForm, Range } from './policyForms';
import type { Token } from './tokens';
import { tokenize } from './tokens';

/** A stretch of the text that something was found about, the gravest first. */
export interface FindingMark extends Range {
  readonly findings: readonly PageFinding[];
}

const severities: readonly PageFinding['severity'][] = ['high', 'medium', 'low'];

export function byGravity(one: PageFinding, other: PageFinding): number {
  return severities.indexOf(one.severity) - severities.indexOf(other.severity);
}

/**
 * Where the findings stand in a form of the policy, cut up so that no two overlap. One about a whole
 * statement marks where that begins; one about the policy marks nothing.
 * @param raw the text that the findings' places are of
 */
export function findingMarks(
  form: PolicyForm,
  raw: string,
  statements: readonly PageStatement[],
  findings: readonly PageFinding[],
): readonly FindingMark[] {
  if (findings.length === 0) return [];
  const tokens = tokenize(raw);
  const shown = form.text === raw ? tokens : tokenize(form.text);
  // Forms differ in blanks only: the tokens are the same, one by one.
  if (shown.length !== tokens.length) return [];
  const placed = findings
    .filter(({ statement }) => statement !== undefined)
    .flatMap((finding) => {
      const range = placeOf(finding, statements, tokens, shown);
      return range ? [{ ...range, finding }] : [];
    });
  const cuts = [...new Set(placed.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  return cuts.flatMap((start, index) => {
    const end = cuts[index + 1] ?? start;
    const here = placed.filter((one) => one.start <= start && one.end >= end);
    const sorted = here.map(({ finding }) => finding).sort(byGravity);
    return end > start && sorted.length > 0 ? [{ start, end, findings: sorted }] : [];
  });
}

function placeOf(
  { offset, length, statement }: PageFinding,
  statements: readonly PageStatement[],
  tokens: readonly Token[],
  shown: readonly Token[],
): Range | undefined {
  const whole = statements.find(({ identity }) => identity === statement);
  const isWhole = whole?.offset === offset && whole.length === length;
  const end = isWhole ? offset + 1 : offset + length;
  const first = tokens.findIndex((token) => token.end > offset);
  const last = tokens.findLastIndex((token) => token.start < end);
  const [from, to] = [shown[first], shown[last]];
  return from && to && first <= last ? { start: from.start, end: to.end } : undefined;
}
