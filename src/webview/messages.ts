import type { PageContent, ToPage } from '../policyPage/protocol';

const states: Record<PageContent['state'], true> = {
  loading: true,
  policy: true,
  malformed: true,
  none: true,
  unreadable: true,
};

/** Whether a message is one of the extension's. Anything may be posted to a window. */
export function isToPage(data: unknown): data is ToPage {
  if (!isRecord(data) || data.type !== 'show' || !isRecord(data.view)) return false;
  if (data.reveal !== undefined && typeof data.reveal !== 'string') return false;
  const { labels, header, content } = data.view;
  return (
    isRecord(labels) &&
    isRecord(header) &&
    Array.isArray(header.facts) &&
    isRecord(content) &&
    typeof content.state === 'string' &&
    Object.hasOwn(states, content.state) &&
    hasText(content)
  );
}

function hasText(content: Record<string, unknown>): boolean {
  switch (content.state) {
    case 'policy':
      return typeof content.text === 'string' && Array.isArray(content.statements);
    case 'malformed':
      return typeof content.text === 'string' && typeof content.offset === 'number';
    default:
      return true;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
