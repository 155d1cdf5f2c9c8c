import type { PageContent, PageState, PageView } from '../policyPage/protocol';
import { announcement } from './announcement';
import { CodeView } from './codeView';
import { make } from './dom';
import type { FocusPlace } from './focusKeeper';
import { findPlace, focusedPlace, FocusKeeper } from './focusKeeper';
import { HeaderView } from './headerView';
import { makeNotice } from './notice';
import { findingMarks } from './findingMarks';
import { findingParts, findingsAbout } from './findingParts';
import { formattedForm, rawForm } from './policyForms';
import { indexAfter } from './sameStatement';
import type { ActionSurroundings } from './statementActions';
import { StatementList } from './statementList';
import { Toolbar } from './toolbar';
import { Tooltip } from './tooltip';
import type { VsCodeApi } from './vscodeApi';

/** The page: puts its parts together and draws what the extension says. */
export class Page {
  private readonly tooltip = new Tooltip();
  private readonly focusKeeper = new FocusKeeper();
  private readonly header = new HeaderView();
  private readonly toolbar: Toolbar;
  private readonly code: CodeView;
  private readonly list: StatementList;
  private readonly main = make('main', { class: 'main' });
  private readonly live = make('div', { class: 'for-screen-readers', role: 'status' });
  private state: PageState;
  private view: PageView | undefined;
  /** What was checked before the page was hidden, until there is a policy to check it in. */
  private remembered: readonly string[] | undefined;

  constructor(
    root: HTMLElement,
    private readonly vscode: VsCodeApi,
  ) {
    const given = JSON.parse(root.dataset.state ?? '{}') as PageState;
    const kept = vscode.getState();
    this.state = { ...given, ...kept, connectionId: given.connectionId, resource: given.resource };
    this.remembered = kept?.checked;
    this.toolbar = new Toolbar({
      onForm: (form) => this.setForm(form),
      onCopy: () => vscode.postMessage({ type: 'copyPolicy' }),
      onRefresh: () => this.refresh(),
      onAdd: () => this.vscode.postMessage({ type: 'addPermission' }),
      onEdit: () => this.vscode.postMessage({ type: 'editPolicy' }),
      onRemove: () => this.removeChecked(),
    });
    this.code = new CodeView({ onCurrent: (index) => this.setCurrent(index, true) });
    this.list = new StatementList({
      onCurrent: (index) => this.setCurrent(index, false),
      onOpen: (index) => this.reveal(index),
      onChecked: () => this.showChecked(),
    });
    root.append(this.header.element, this.toolbar.element, this.main);
    root.append(this.live, this.tooltip.element);
  }

  start(): void {
    this.vscode.setState(this.state);
    this.vscode.postMessage({ type: 'ready' });
  }

  show(view: PageView, reveal?: string): void {
    const before = this.view;
    const loading = view.content.state === 'loading';
    this.main.setAttribute('aria-busy', String(loading));
    // What is on the page stays readable while it is read again.
    const shown = before && loading ? { ...before, labels: view.labels } : view;
    this.view = shown;
    document.documentElement.lang = view.labels.language;
    this.header.show(shown.header, view.labels);
    if (!before || !sameContent(before, shown)) this.redraw(before?.content);
    if (before) this.live.textContent = announcement(view);
    this.revealStatement(reveal);
  }

  private revealStatement(identity: string | undefined): void {
    const content = this.view?.content;
    if (identity === undefined || content?.state !== 'policy') return;
    const index = content.statements.findIndex((statement) => statement.identity === identity);
    if (index < 0) return;
    this.list.reveal(index);
    this.code.reveal(index);
    this.setCurrent(index, true);
  }

  private showToolbar({ labels, content }: PageView): void {
    const hasText = content.state === 'policy' || content.state === 'malformed';
    const forms = content.state === 'policy';
    // There the notice has the only button that helps.
    this.toolbar.element.hidden = content.state === 'unreadable';
    this.toolbar.show(labels, { form: this.state.form, copy: hasText, forms });
  }

  /** Draws the content; what the person was looking at and had in hand stays. */
  private redraw(before: PageContent | undefined): void {
    const view = this.view;
    if (!view) return;
    const place = focusedPlace();
    const scroll = { page: window.scrollY, list: this.list.scrollTop };
    this.tooltip.hide();
    this.showToolbar(view);
    const mark = this.draw(view, {
      open: this.stillThere(before, view.content, this.list.openIndexes),
      checked: this.takeRemembered(view.content) ?? this.stillChecked(before, view.content),
    });
    window.scrollTo(window.scrollX, scroll.page);
    this.list.scrollTop = scroll.list;
    if (mark) mark.scrollIntoView({ block: 'center' });
    if (place) this.restoreFocus(place, before ?? view.content, view.content);
  }

  /** @returns what to scroll to */
  private draw(
    view: PageView,
    kept: { readonly open: readonly number[]; readonly checked: readonly number[] },
  ): HTMLElement | undefined {
    const { labels, content } = view;
    const surroundings = this.surroundings(view);
    const notice = makeNotice(content, labels, () => this.refresh());
    if (content.state === 'policy') {
      const { text, statements, findings } = content;
      const form = this.state.form === 'raw' ? rawForm(text, statements) : formattedForm(text);
      this.list.show(statements, surroundings, kept);
      const marks = findingMarks(form, text, statements, findings);
      this.code.show(form, statements, surroundings, marks);
      const notes = findingParts(findingsAbout(findings, undefined), surroundings);
      const parts = statements.length > 0 ? [...notes, this.list.element] : notes;
      this.main.replaceChildren(...parts, this.code.element);
      return undefined;
    }
    this.list.show([], surroundings, { open: [], checked: [] });
    const parts = notice ? [notice] : [];
    if (content.state !== 'malformed') {
      this.main.replaceChildren(...parts);
      return undefined;
    }
    const mark = this.code.showBroken(content.text, content.offset, surroundings);
    this.main.replaceChildren(...parts, this.code.element);
    return mark;
  }

  private surroundings({ labels, content }: PageView): ActionSurroundings {
    return {
      labels,
      findings: content.state === 'policy' ? content.findings : [],
      tooltip: this.tooltip,
      requests: {
        copy: ({ identity }) => this.vscode.postMessage({ type: 'copyStatement', identity }),
        remove: ({ identity }) => this.remove([identity]),
        fix: ({ key }) => this.vscode.postMessage({ type: 'fixFinding', key }),
        accept: ({ key }) => this.vscode.postMessage({ type: 'acceptFinding', key }),
      },
    };
  }

  private remove(identities: readonly string[]): void {
    this.vscode.postMessage({ type: 'removeStatements', identities });
  }

  private removeChecked(): void {
    this.remove(this.checkedIdentities());
  }

  private checkedIdentities(): readonly string[] {
    const content = this.view?.content;
    if (content?.state !== 'policy') return [];
    return this.list.checkedIndexes.flatMap((index) => content.statements[index]?.identity ?? []);
  }

  private showChecked(): void {
    this.toolbar.showChecked(this.list.checkedIndexes.length);
    // Until then nothing can be checked, and what was remembered must not be forgotten.
    if (this.remembered) return;
    this.state = { ...this.state, checked: this.checkedIdentities() };
    this.vscode.setState(this.state);
  }

  private takeRemembered(content: PageContent): readonly number[] | undefined {
    const { remembered } = this;
    if (!remembered || content.state !== 'policy') return undefined;
    this.remembered = undefined;
    return content.statements.flatMap(({ identity, refusal }, index) =>
      refusal === undefined && remembered.includes(identity) ? [index] : [],
    );
  }

  private stillChecked(before: PageContent | undefined, after: PageContent): readonly number[] {
    return this.stillThere(before, after, this.list.checkedIndexes);
  }

  /** Not where the text is below the list: the row would move away from the pointer. */
  private reveal(index: number): void {
    const isBeside =
      this.code.element.getBoundingClientRect().left >=
      this.list.element.getBoundingClientRect().right;
    if (isBeside) this.code.reveal(index);
  }

  /** Where those of the statements are by now that are still the same. */
  private stillThere(
    before: PageContent | undefined,
    after: PageContent,
    indexes: readonly number[],
  ): readonly number[] {
    return indexes.flatMap((index) => {
      const now = before ? indexAfter(before, after, index) : { index, same: true };
      return now?.same ? [now.index] : [];
    });
  }

  private restoreFocus(place: FocusPlace, before: PageContent, after: PageContent): void {
    if (place.index === undefined && findPlace(place) === document.activeElement) return;
    const index =
      place.index === undefined ? undefined : indexAfter(before, after, place.index)?.index;
    this.focusKeeper.give(() => {
      if (index !== undefined && place.key.startsWith('strip')) this.code.openStrip(index);
      const target =
        place.index !== undefined && index === undefined
          ? undefined
          : findPlace({ ...place, index });
      if (target) target.focus({ preventScroll: true });
      else findPlace({ key: 'refresh', index: undefined })?.focus({ preventScroll: true });
    });
  }

  private setForm(form: PageState['form']): void {
    if (form === this.state.form) return;
    this.state = { ...this.state, form };
    this.vscode.setState(this.state);
    this.redraw(this.view?.content);
  }

  private setCurrent(index: number | undefined, fromCode: boolean): void {
    this.code.setCurrent(index);
    this.list.setCurrent(index, fromCode);
  }

  private refresh(): void {
    this.vscode.postMessage({ type: 'refresh' });
  }
}

function sameContent(a: PageView, b: PageView): boolean {
  return JSON.stringify([a.labels, a.content]) === JSON.stringify([b.labels, b.content]);
}
