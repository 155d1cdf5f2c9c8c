const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Moves focus between elements of a container with the up and down arrows, Home and End. */
export function reachByArrows(
  container: HTMLElement,
  elements: () => readonly HTMLElement[],
): void {
  container.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const all = elements();
    const index = all.findIndex((element) => element === event.target);
    const next = index < 0 ? undefined : all[step(index, all.length)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** Whether Tab stops at these elements. */
export function setReachable(elements: readonly HTMLElement[], reachable: boolean): void {
  for (const element of elements) element.tabIndex = reachable ? 0 : -1;
}
