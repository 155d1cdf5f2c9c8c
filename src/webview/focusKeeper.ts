/** A control that can be found again after the page was drawn anew. */
export interface FocusPlace {
  readonly key: string;
  /** Of the statement it belongs to. */
  readonly index: number | undefined;
}

/** The control that has focus, or would have it if the window had. */
export function focusedPlace(): FocusPlace | undefined {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element.dataset.key === undefined) return undefined;
  const { key, index } = element.dataset;
  return { key, index: index === undefined ? undefined : Number(index) };
}

/**
 * Gives focus to a control: at once if the window has it, else when the window gets it. Focusing
 * now would take it from where the person works, e.g. from the tree.
 */
export class FocusKeeper {
  private pending: (() => void) | undefined;

  constructor() {
    window.addEventListener('focus', () => {
      const focus = this.pending;
      this.pending = undefined;
      if (document.activeElement === null || document.activeElement === document.body) focus?.();
    });
  }

  give(focus: () => void): void {
    this.pending = undefined;
    if (document.hasFocus()) focus();
    else this.pending = focus;
  }
}

export function findPlace({ key, index }: FocusPlace): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('[data-key]')].find(
    ({ dataset, offsetParent }) =>
      offsetParent !== null &&
      dataset.key === key &&
      (index === undefined || dataset.index === String(index)),
  );
}
