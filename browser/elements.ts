/** Makes an element; what is in it is text, or elements. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  set: Partial<HTMLElementTagNameMap[Name]>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), set);
  element.append(...children);
  return element;
}

/** Makes a button. */
export function button(text: string, label: string, press: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', textContent: text, title: label });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', press);
  return made;
}

/** The element that an address names behind its `#`, as it stands there or decoded. */
export function named(hash: string): HTMLElement | null {
  const raw = hash.slice(1);
  try {
    return document.getElementById(decodeURIComponent(raw)) ?? document.getElementById(raw);
  } catch {
    return document.getElementById(raw);
  }
}
