import type { PageLabels, PageState } from '../policyPage/protocol';
import { make, makeButton } from './dom';
import { makeIcon } from './icons';

type Form = PageState['form'];

export interface ToolbarEvents {
  onForm(form: Form): void;
  onCopy(): void;
  onRefresh(): void;
  onAdd(): void;
  onEdit(): void;
  /** Removes what is checked in the list. */
  onRemove(): void;
}

/** What a toolbar offers; what makes no sense for the content is not there. */
export interface ToolbarOffer {
  readonly form: Form;
  readonly copy: boolean;
  readonly forms: boolean;
}

/** Its buttons are made once, so that focus stays on them whatever the page shows. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly formatted: HTMLButtonElement;
  private readonly raw: HTMLButtonElement;
  private readonly forms: HTMLElement;
  private readonly copy: HTMLButtonElement;
  private readonly refresh: HTMLButtonElement;
  private readonly add: HTMLButtonElement;
  private readonly edit: HTMLButtonElement;
  private readonly remove: HTMLButtonElement;
  private removeLabel = '';

  constructor(events: ToolbarEvents) {
    const choice = (form: Form) =>
      makeButton({ class: 'choice', 'data-key': form }, () => events.onForm(form));
    this.formatted = choice('formatted');
    this.raw = choice('raw');
    this.forms = make('div', { class: 'choices', role: 'group' }, this.formatted, this.raw);
    const button = (key: string, onPress: () => void) =>
      makeButton({ class: 'text-button', 'data-key': key }, onPress);
    this.copy = button('copy', () => events.onCopy());
    this.refresh = button('refresh', () => events.onRefresh());
    this.add = button('add', () => events.onAdd());
    this.edit = button('edit', () => events.onEdit());
    this.remove = button('remove-checked', () => events.onRemove());
    this.remove.hidden = true;
    const gap = make('span', { class: 'gap' });
    const changes = [this.remove, this.add, this.edit];
    const parts = [this.forms, gap, ...changes, this.copy, this.refresh];
    this.element = make('div', { class: 'toolbar' }, ...parts);
  }

  show(labels: PageLabels, { form, copy, forms }: ToolbarOffer): void {
    this.forms.setAttribute('aria-label', labels.viewAs);
    this.forms.hidden = !forms;
    this.copy.hidden = !copy;
    this.formatted.textContent = labels.formatted;
    this.raw.textContent = labels.raw;
    this.formatted.setAttribute('aria-pressed', String(form === 'formatted'));
    this.raw.setAttribute('aria-pressed', String(form === 'raw'));
    this.copy.replaceChildren(makeIcon('copy'), labels.copyPolicy);
    this.refresh.replaceChildren(makeIcon('refresh'), labels.refresh);
    this.add.replaceChildren(makeIcon('add'), labels.add);
    this.edit.replaceChildren(makeIcon('edit'), labels.edit);
    this.removeLabel = labels.removeSelected;
  }

  /** How many statements are checked. */
  showChecked(count: number): void {
    this.remove.hidden = count === 0;
    this.remove.replaceChildren(makeIcon('remove'), `${this.removeLabel} (${count})`);
  }
}
