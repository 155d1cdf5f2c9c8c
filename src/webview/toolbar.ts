import type { PageLabels, PageState } from '../policyPage/protocol';
import { make, makeButton } from './dom';
import { makeIcon } from './icons';

type Form = PageState['form'];

export interface ToolbarEvents {
  onForm(form: Form): void;
  onCopy(): void;
  onRefresh(): void;
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

  constructor(events: ToolbarEvents) {
    const choice = (form: Form) =>
      makeButton({ class: 'choice', 'data-key': form }, () => events.onForm(form));
    this.formatted = choice('formatted');
    this.raw = choice('raw');
    this.forms = make('div', { class: 'choices', role: 'group' }, this.formatted, this.raw);
    this.copy = makeButton({ class: 'text-button', 'data-key': 'copy' }, () => events.onCopy());
    this.refresh = makeButton({ class: 'text-button', 'data-key': 'refresh' }, () =>
      events.onRefresh(),
    );
    const gap = make('span', { class: 'gap' });
    this.element = make('div', { class: 'toolbar' }, this.forms, gap, this.copy, this.refresh);
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
  }
}
