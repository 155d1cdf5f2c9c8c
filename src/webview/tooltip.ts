import { make } from './dom';

/** How long the pointer rests before a tooltip shows, in milliseconds, as in VS Code. */
const restTime = 500;

/** What an element says about itself; none: no tooltip. The first line is the heading. */
type Lines = () => readonly string[];

/**
 * The one tooltip of the page. It shows when the pointer rests on an element or the keyboard
 * reaches it, stays while the pointer is on either, and goes with Escape.
 * Screen readers get the same words from the elements' own names and descriptions.
 */
export class Tooltip {
  readonly element = make('div', { class: 'tooltip', role: 'tooltip', hidden: '' });
  private readonly lines = new WeakMap<Element, Lines>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private target: Element | undefined;

  constructor() {
    document.addEventListener('pointerover', (event) => this.onPointer(event.target));
    document.addEventListener('focusin', (event) => this.onFocus(event.target));
    document.addEventListener('focusout', () => this.hide());
    document.addEventListener('pointerdown', (event) => {
      if (!this.isOwn(event.target)) this.hide();
    });
    document.addEventListener('scroll', () => this.onScroll(), true);
    document.documentElement.addEventListener('pointerleave', () => this.hide());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hide();
    });
  }

  /** Gives an element its tooltip. */
  describe(element: Element, lines: Lines): void {
    this.lines.set(element, lines);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.target = undefined;
    this.element.hidden = true;
  }

  private onPointer(place: EventTarget | null): void {
    if (this.isOwn(place)) return;
    const target = this.described(place);
    if (target === this.target) return;
    this.hide();
    if (target) this.showAfter(restTime, target);
  }

  private showAfter(ms: number, target: Element): void {
    this.target = target;
    this.timer = setTimeout(() => this.show(target), ms);
  }

  /** The pointer may rest already when the scrolling that led there is told of. */
  private onScroll(): void {
    const { target } = this;
    const isWaiting = target !== undefined && this.element.hidden;
    this.hide();
    if (isWaiting) this.showAfter(restTime, target);
  }

  private onFocus(place: EventTarget | null): void {
    const target = this.described(place);
    if (!target?.matches(':focus-visible')) return;
    this.hide();
    // After the scrolling that focus brings, which would hide it again.
    this.showAfter(50, target);
  }

  private isOwn(place: EventTarget | null): boolean {
    return place instanceof Node && this.element.contains(place);
  }

  private described(place: EventTarget | null): Element | undefined {
    let element = place instanceof Element ? place : null;
    while (element && !this.lines.has(element)) element = element.parentElement;
    return element ?? undefined;
  }

  private show(target: Element): void {
    const [heading, ...rest] = this.lines.get(target)?.() ?? [];
    if (heading === undefined || !target.isConnected) return;
    this.element.replaceChildren(
      make('div', { class: rest.length > 0 ? 'tooltip-heading' : 'tooltip-line' }, heading),
      ...rest.map((line) => make('div', { class: 'tooltip-line' }, line)),
    );
    this.element.hidden = false;
    this.place(target.getBoundingClientRect(), target.matches('.statement-lines'));
  }

  /** Beside the text for a statement that has its lines to itself, else below the element, or above. */
  private place(target: DOMRect, atRight: boolean): void {
    const { width, height } = this.element.getBoundingClientRect();
    const view = document.documentElement;
    const margin = 8;
    const wanted = atRight ? target.right - width - margin : target.left;
    const below = atRight ? Math.max(target.top, 48) + 34 : target.bottom + 4;
    const fits = below + height + margin <= view.clientHeight;
    const top = fits ? below : Math.max(margin, (atRight ? below : target.top) - height - 6);
    const left = Math.max(margin, Math.min(wanted, view.clientWidth - width - margin));
    this.element.style.left = `${left}px`;
    this.element.style.top = `${top}px`;
  }
}
