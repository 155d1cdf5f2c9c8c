import type { PageView } from '../policyPage/protocol';

/** What a screen reader is told when the page shows something else. */
export function announcement({ labels, header, content }: PageView): string {
  const words =
    content.state === 'loading'
      ? [labels.loading]
      : 'sentence' in content
        ? [content.sentence, 'remedy' in content ? content.remedy : undefined]
        : [header.count, header.size?.words];
  return words.filter((word) => word !== undefined).join('. ');
}
