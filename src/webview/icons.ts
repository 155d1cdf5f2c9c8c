import type { PageFinding, PageStatement } from '../policyPage/protocol';

type IconName =
  | PageStatement['icon']
  | PageFinding['severity']
  | 'add'
  | 'chevron'
  | 'copy'
  | 'edit'
  | 'error'
  | 'info'
  | 'refresh'
  | 'remove';

// Drawn for this page on a grid of 16, as strokes of 1.
const circle = 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z';
const cross = `${circle}M5.5 5.5l5 5M10.5 5.5l-5 5`;
const shapes: Record<IconName, string> = {
  service: 'M9.5 1.5L3.5 9h4l-1 5.5 6-7.5h-4z',
  account:
    'M8 2a2.75 2.75 0 1 1 0 5.5a2.75 2.75 0 1 1 0-5.5zM2.5 14c0-3 2.4-4.5 5.5-4.5s5.5 1.5 5.5 4.5z',
  organization: 'M6 1.5h4v3.5h-4zM1.5 11h4v3.5h-4zM10.5 11h4v3.5h-4zM8 5v3M3.5 11v-3h9v3',
  everyone: `${circle}M1.5 8h13M8 1.5c-4 3.8-4 9.2 0 13c4-3.8 4-9.2 0-13`,
  deny: `${circle}M3.4 3.4l9.2 9.2`,
  nobody: `${circle}M5 8h6`,
  add: 'M8 2.5v11M2.5 8h11',
  edit: 'M2.5 13.5l.8-3.3L11 2.5l2.5 2.5l-7.7 7.7zM9.5 4l2.5 2.5',
  copy: 'M5.5 4.5h8v9.5h-8zM3 11.5h-.5v-9.5h8v.5',
  remove: 'M2.5 4h11M6 4v-1.5h4v1.5M4 4l.6 10h6.8l.6-10M6.6 6.5v5M9.4 6.5v5',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 1.5v3h-3',
  chevron: 'M6 3.5l4.5 4.5l-4.5 4.5',
  info: `${circle}M8 7v4.5M8 4.5v1`,
  error: cross,
  high: cross,
  medium: 'M8 2l6.5 11.5h-13zM8 6.5v3.5M8 11.5v.5',
  low: `${circle}M8 7v4.5M8 4.5v1`,
};

const svg = 'http://www.w3.org/2000/svg';

/** A picture of a word that stands beside it, so hidden from screen readers. */
export function makeIcon(name: IconName): SVGSVGElement {
  const icon = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('class', `icon icon-${name}`);
  icon.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', shapes[name]);
  icon.append(path);
  return icon;
}
