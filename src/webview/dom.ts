type Child = Node | string | undefined;

/**
 * Makes an element. Children that are strings become text nodes: this page knows no other way to
 * show a text, so that text from AWS can never become markup.
 * @param attributes `undefined` leaves an attribute out
 */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** A button that does something on click, Enter and Space. */
export function makeButton(
  attributes: Readonly<Record<string, string | undefined>>,
  onPress: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const button = make('button', { type: 'button', ...attributes }, ...children);
  button.addEventListener('click', onPress);
  return button;
}

/** Sets or removes an attribute. */
export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
