import type { PageStatement } from '../policyPage/protocol';
import { make, makeButton } from './dom';
import { findingBadge, findingParts, findingsAbout } from './findingParts';
import { makeIcon } from './icons';
import { reachByArrows, setReachable } from './arrowKeys';
import type { ActionSurroundings } from './statementActions';
import { idOf, statementActions } from './statementActions';

export interface StatementListEvents {
  /** The pointer or the keyboard is on a statement, or on none any more. */
  onCurrent(index: number | undefined): void;
  /** A statement was opened: its text should be seen. */
  onOpen(index: number): void;
  /** Others are checked than before. */
  onChecked(): void;
}

/**
 * The statements in words. Tab goes to one of them and its buttons, the arrow keys go to the
 * others: with hundreds of statements, Tab alone would never get past them.
 */
export class StatementList {
  readonly element: HTMLElement;
  private readonly list = make('ul', { class: 'statement-list', 'data-testid': 'statements' });
  private rows: readonly HTMLLIElement[] = [];
  private readonly open = new Set<number>();
  private readonly checked = new Set<number>();

  constructor(private readonly events: StatementListEvents) {
    this.element = make('section', { class: 'statements' }, this.list);
    this.list.addEventListener('pointerover', ({ target }) => events.onCurrent(rowIndex(target)));
    this.list.addEventListener('pointerleave', () => events.onCurrent(undefined));
    this.list.addEventListener('focusin', ({ target }) => {
      const index = rowIndex(target);
      this.makeReachable(index ?? 0);
      events.onCurrent(index);
    });
    reachByArrows(this.list, () => this.rows.map(toggleOf));
  }

  /** `kept`: indexes of the statements that show their explanation, and of those that are checked. */
  show(
    statements: readonly PageStatement[],
    surroundings: ActionSurroundings,
    kept: { readonly open: readonly number[]; readonly checked: readonly number[] },
  ): void {
    const { labels } = surroundings;
    this.element.setAttribute('aria-label', labels.statements);
    this.list.setAttribute('aria-label', labels.statements);
    this.open.clear();
    kept.open.forEach((index) => this.open.add(index));
    this.checked.clear();
    kept.checked.forEach((index) => this.checked.add(index));
    this.rows = statements.map((statement, index) => this.row(statement, index, surroundings));
    this.list.replaceChildren(...this.rows);
    this.makeReachable(0);
    this.events.onChecked();
  }

  /** Opens the explanation of a statement, and the keyboard goes on from there. */
  reveal(index: number): void {
    const toggle = this.rows[index]?.querySelector<HTMLElement>('.statement-toggle');
    if (!this.open.has(index)) toggle?.click();
    this.makeReachable(index);
  }

  get checkedIndexes(): readonly number[] {
    return [...this.checked].sort((a, b) => a - b);
  }

  get openIndexes(): readonly number[] {
    return [...this.open];
  }

  get scrollTop(): number {
    return this.list.scrollTop;
  }

  set scrollTop(value: number) {
    this.list.scrollTop = value;
  }

  /** Marks the statement that the pointer or the keyboard is on, and shows it if asked. */
  setCurrent(index: number | undefined, scroll: boolean): void {
    this.rows.forEach((row, at) => row.classList.toggle('is-current', at === index));
    const row = index === undefined ? undefined : this.rows[index];
    if (!row || !scroll) return;
    // Not `scrollIntoView`, which would also scroll the page under the pointer.
    const { top, bottom } = row.getBoundingClientRect();
    const list = this.list.getBoundingClientRect();
    if (top < list.top) this.list.scrollTop += top - list.top;
    else if (bottom > list.bottom) this.list.scrollTop += bottom - list.bottom;
  }

  /** Which row Tab goes to. */
  makeReachable(index: number): void {
    this.rows.forEach((row, at) => {
      setReachable([...row.querySelectorAll<HTMLElement>('button, input')], at === index);
    });
  }

  private row(
    statement: PageStatement,
    index: number,
    surroundings: ActionSurroundings,
  ): HTMLLIElement {
    const { title, summary, icon } = statement;
    const findings = findingsAbout(surroundings.findings, statement.identity);
    const explanation = this.explanation(statement, index, findingParts(findings, surroundings));
    const toggle = makeButton(
      {
        class: 'statement-toggle',
        'aria-controls': idOf('explanation', index),
        'data-key': 'list-toggle',
        'data-index': String(index),
      },
      () => this.toggle(index, toggle, explanation),
      makeIcon('chevron'),
      makeIcon(icon),
      make(
        'span',
        { class: 'statement-words' },
        make('span', { class: 'statement-title' }, title),
        make('span', { class: 'statement-summary' }, summary),
      ),
      findingBadge(findings, surroundings.labels),
    );
    this.setOpen(toggle, explanation, this.open.has(index));
    return make(
      'li',
      { class: 'statement-row', 'data-index': String(index), 'data-testid': 'statement' },
      this.checkBox(statement, index, surroundings),
      toggle,
      make(
        'span',
        { class: 'statement-actions' },
        ...statementActions('list', statement, index, surroundings),
      ),
      explanation,
    );
  }

  /** What cannot be removed cannot be chosen for it. */
  private checkBox(
    { title, refusal }: PageStatement,
    index: number,
    { labels }: ActionSurroundings,
  ): HTMLInputElement {
    const box = make('input', {
      type: 'checkbox',
      class: 'statement-check',
      'aria-label': `${labels.select}: ${title}`,
      'data-key': 'list-check',
      'data-index': String(index),
    });
    box.disabled = refusal !== undefined;
    box.checked = this.checked.has(index);
    box.addEventListener('change', () => {
      if (box.checked) this.checked.add(index);
      else this.checked.delete(index);
      this.events.onChecked();
    });
    return box;
  }

  private explanation(
    { explanation, refusal }: PageStatement,
    index: number,
    findings: readonly HTMLElement[],
  ): HTMLElement {
    return make(
      'div',
      { class: 'statement-explanation', id: idOf('explanation', index) },
      ...explanation.map((line) => make('p', {}, line)),
      refusal === undefined
        ? undefined
        : make('p', { class: 'statement-refusal', id: idOf('refusal', index) }, refusal),
      ...findings,
    );
  }

  private toggle(index: number, toggle: HTMLElement, explanation: HTMLElement): void {
    if (this.open.delete(index)) {
      this.setOpen(toggle, explanation, false);
    } else {
      this.open.add(index);
      this.setOpen(toggle, explanation, true);
      this.events.onOpen(index);
    }
  }

  private setOpen(toggle: HTMLElement, explanation: HTMLElement, open: boolean): void {
    toggle.setAttribute('aria-expanded', String(open));
    explanation.hidden = !open;
  }
}

function toggleOf(row: HTMLElement): HTMLElement {
  return row.querySelector<HTMLElement>('.statement-toggle') ?? row;
}

function rowIndex(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('.statement-row') : null;
  return row ? Number(row.dataset.index) : undefined;
}
