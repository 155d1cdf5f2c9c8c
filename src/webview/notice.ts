import type { PageContent, PageLabels } from '../policyPage/protocol';
import { make, makeButton } from './dom';
import { makeIcon } from './icons';

/** What is said in place of statements; nothing when there is a policy to show. */
export function makeNotice(
  content: PageContent,
  labels: PageLabels,
  onRefresh: () => void,
): HTMLElement | undefined {
  switch (content.state) {
    case 'policy':
      return undefined;
    case 'loading':
      return box('loading', make('p', {}, labels.loading));
    case 'none':
      return box('none', makeIcon('info'), make('p', {}, content.sentence));
    case 'malformed':
      return box('malformed', makeIcon('error'), make('p', {}, content.sentence));
    case 'unreadable': {
      const again = makeButton(
        { class: 'main-button', 'data-key': 'refresh' },
        onRefresh,
        labels.refresh,
      );
      return box(
        'unreadable',
        makeIcon('error'),
        make('p', {}, content.sentence),
        make('p', { class: 'remedy' }, content.remedy),
        again,
      );
    }
  }
}

function box(state: string, ...children: readonly Node[]): HTMLElement {
  return make('div', { class: `notice notice-${state}`, 'data-testid': 'notice' }, ...children);
}
