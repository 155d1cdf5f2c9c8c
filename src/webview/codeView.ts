import type { PageStatement } from '../policyPage/protocol';
import { reachByArrows, setReachable } from './arrowKeys';
import type { Holder, Mark } from './codeText';
import { fillCode, wholeLines } from './codeText';
import { make, setAttribute } from './dom';
import type { FindingMark } from './findingMarks';
import { findingLines } from './findingParts';
import type { PolicyForm, Range } from './policyForms';
import type { ActionSurroundings } from './statementActions';
import { idOf, statementActions } from './statementActions';

export interface CodeViewEvents {
  /** The pointer or the keyboard is on a statement, or on none any more. */
  onCurrent(index: number | undefined): void;
}

/**
 * The policy's text. Each statement is a stretch of it that the pointer and the keyboard reach;
 * the actions of the one they are on stand in a strip beside it, outside the text.
 */
export class CodeView {
  readonly element: HTMLElement;
  private readonly code = make('code', { class: 'code', 'data-testid': 'policy-text' });
  private readonly strip = make('div', { class: 'strip', 'data-testid': 'strip', hidden: '' });
  private regions: readonly HTMLElement[] = [];
  private statements: readonly PageStatement[] = [];
  private surroundings: ActionSurroundings | undefined;
  private inStrip: number | undefined;

  constructor(private readonly events: CodeViewEvents) {
    const text = make('pre', { class: 'code-text' }, this.code);
    this.element = make('section', { class: 'code-pane' }, text, this.strip);
    this.element.addEventListener('pointerover', ({ target }) => {
      if (!this.strip.contains(target as Node)) this.update(regionIndex(target));
    });
    this.element.addEventListener('pointerleave', () => this.update(undefined));
    this.element.addEventListener('focusin', ({ target }) => {
      const index = regionIndex(target);
      if (index !== undefined) this.makeReachable(index);
      this.update(index);
    });
    this.element.addEventListener('focusout', () => setTimeout(() => this.update(undefined)));
    document.addEventListener('scroll', () => this.placeStrip(), { passive: true });
    window.addEventListener('resize', () => this.placeStrip());
    reachByArrows(this.code, () => this.regions);
  }

  /** @param marks where the findings stand in the form's text */
  show(
    form: PolicyForm,
    statements: readonly PageStatement[],
    around: ActionSurroundings,
    marks: readonly FindingMark[] = [],
  ): void {
    this.statements = statements;
    this.surroundings = around;
    this.inStrip = undefined;
    this.strip.hidden = true;
    this.element.setAttribute('aria-label', around.labels.policyText);
    const holders = statements.flatMap((statement, index) => {
      const range = form.ranges[index];
      return range ? [this.region(form.text, range, statement, index)] : [];
    });
    this.regions = holders.map(({ element }) => element);
    fillCode(
      this.code,
      form.text,
      holders,
      marks.map((mark) => shownMark(mark, around)),
    );
    this.makeReachable(0);
  }

  /** Shows a text that is no policy, with the place where it breaks. */
  showBroken(text: string, offset: number, around: ActionSurroundings): HTMLElement {
    this.show({ text, ranges: [] }, [], around);
    const mark = make('mark', {
      class: 'break',
      'data-testid': 'break',
      'data-label': around.labels.breaksHere,
      'aria-label': around.labels.breaksHere,
    });
    const range = brokenRange(text, offset);
    fillCode(this.code, text, [{ range, element: mark }]);
    return mark;
  }

  /** Marks a statement's text. */
  setCurrent(index: number | undefined): void {
    this.regions.forEach((region, at) => region.classList.toggle('is-current', at === index));
  }

  /** Scrolls a statement's text into view. */
  reveal(index: number): void {
    this.regions[index]?.scrollIntoView({ block: 'nearest' });
  }

  /** Which statement Tab goes to. */
  makeReachable(index: number): void {
    this.regions.forEach((region, at) => setReachable([region], at === index));
  }

  /** Puts the actions of a statement beside it, as if the keyboard were on it. */
  openStrip(index: number): void {
    this.makeReachable(index);
    this.fillStrip(index);
  }

  private region(text: string, range: Range, statement: PageStatement, index: number): Holder {
    const lines = wholeLines(text, range);
    const element = make('span', {
      class: lines ? 'statement statement-lines' : 'statement',
      role: 'group',
      'aria-label': `${statement.title}, ${statement.summary}`,
      'aria-describedby': idOf('explanation', index),
      'data-key': 'region',
      'data-index': String(index),
      'data-testid': 'statement-text',
    });
    this.surroundings?.tooltip.describe(element, () => [
      `${statement.title}: ${statement.summary}`,
      ...statement.explanation,
    ]);
    return { range: lines ?? range, element };
  }

  /** The keyboard's place counts more than the pointer's: its buttons must not change under it. */
  private update(pointed: number | undefined): void {
    const focused = document.activeElement;
    const index = this.strip.contains(focused)
      ? this.inStrip
      : (pointed ?? (this.element.contains(focused) ? regionIndex(focused) : undefined));
    this.fillStrip(index);
    this.events.onCurrent(index);
  }

  private fillStrip(index: number | undefined): void {
    if (index === this.inStrip) return;
    this.inStrip = index;
    const statement = index === undefined ? undefined : this.statements[index];
    setAttribute(this.strip, 'hidden', statement ? undefined : '');
    if (index === undefined || !statement || !this.surroundings) return;
    this.strip.replaceChildren(...statementActions('strip', statement, index, this.surroundings));
    this.placeStrip();
  }

  /** At the statement's first line, or at the top of the window while that is above it. */
  private placeStrip(): void {
    const region = this.inStrip === undefined ? undefined : this.regions[this.inStrip];
    if (!region) return;
    const pane = this.element.getBoundingClientRect();
    const first = region.getClientRects()[0] ?? region.getBoundingClientRect();
    const last = region.getBoundingClientRect().bottom - this.strip.offsetHeight;
    const belowToolbar = 48;
    const top = Math.max(first.top, Math.min(belowToolbar, last));
    this.strip.style.top = `${top - pane.top}px`;
  }
}

function shownMark(
  { start, end, findings }: FindingMark,
  { labels, tooltip }: ActionSurroundings,
): Mark {
  const severity = findings[0]?.severity ?? 'low';
  const makeElement = () => {
    const element = make('span', { class: `found found-${severity}`, 'data-testid': 'found' });
    tooltip.describe(element, () => findingLines(findings, labels));
    return element;
  };
  return { start, end, makeElement };
}

/** The token at the offset within its line, or nothing where there is none to underline. */
function brokenRange(text: string, offset: number): Range {
  const start = Math.max(0, Math.min(offset, text.length));
  const token = /^(\w+|"[^"\r\n]*"?|[^\s\w"])/u.exec(text.slice(start))?.[0] ?? '';
  return { start, end: start + token.length };
}

function regionIndex(target: EventTarget | null): number | undefined {
  const region = target instanceof Element ? target.closest<HTMLElement>('.statement') : null;
  return region ? Number(region.dataset.index) : undefined;
}
