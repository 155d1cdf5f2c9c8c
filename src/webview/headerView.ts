import type { PageHeader, PageLabels } from '../policyPage/protocol';
import { make } from './dom';

/** What the policy belongs to, and how full it is. */
export class HeaderView {
  readonly element = make('header', { class: 'header' });

  show(header: PageHeader, labels: PageLabels): void {
    const { title, subtitle, facts, size, count } = header;
    const measures = [
      count === undefined ? undefined : make('span', { 'data-testid': 'count' }, count),
      size ? meter(size) : undefined,
    ].filter((measure) => measure !== undefined);
    this.element.replaceChildren(
      make('h1', {}, title),
      make('p', { class: 'subtitle' }, subtitle),
      make(
        'dl',
        { class: 'facts', 'aria-label': labels.details, 'data-testid': 'facts' },
        ...facts.map(({ name, value }) =>
          make('div', { class: 'fact' }, make('dt', {}, name), make('dd', {}, value)),
        ),
      ),
      measures.length > 0 ? make('div', { class: 'measures' }, ...measures) : '',
    );
  }
}

function meter({ bytes, limit, words }: NonNullable<PageHeader['size']>): HTMLElement {
  const share = limit > 0 ? Math.min(1, bytes / limit) : 1;
  const level = share >= 0.95 ? 'error' : share >= 0.8 ? 'warning' : 'normal';
  const filled = make('span', { class: 'meter-filled' });
  filled.style.width = `${share * 100}%`;
  const bar = make(
    'span',
    {
      class: `meter meter-${level}`,
      role: 'meter',
      'aria-labelledby': 'size-words',
      'aria-valuemin': '0',
      'aria-valuemax': String(limit),
      'aria-valuenow': String(bytes),
      'aria-valuetext': words,
    },
    filled,
  );
  return make('span', { class: 'size' }, bar, make('span', { id: 'size-words' }, words));
}
