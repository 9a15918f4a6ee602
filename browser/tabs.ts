import { named } from './elements';

/** Makes tabs of the links in `nav`, and shows the part or object that the address names. @returns the parts */
export function addTabs(): readonly HTMLElement[] {
  const nav = document.querySelector('nav');
  if (nav === null) return [];
  const pairs = [...nav.querySelectorAll('a')].flatMap((tab) => {
    const section = document.getElementById(tab.hash.slice(1));
    return section === null ? [] : [{ tab, section }];
  });
  nav.setAttribute('role', 'tablist');
  for (const { tab, section } of pairs) {
    tab.id = `tab-${section.id}`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', section.id);
    section.setAttribute('role', 'tabpanel');
    section.setAttribute('aria-labelledby', tab.id);
  }
  const select = (chosen: number): void =>
    pairs.forEach(({ tab, section }, index) => {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      section.hidden = index !== chosen;
    });
  const follow = (isMoved: boolean): void => {
    const target = named(location.hash);
    const chosen = target === null ? 0 : pairs.findIndex(({ section }) => section.contains(target));
    if (chosen < 0) return;
    select(chosen);
    const { tab, section } = pairs[chosen] ?? {};
    if (target !== null && section !== target) return show(target);
    window.scrollTo(0, 0);
    // Whoever follows a link to a part loses the focus to the page, and could not go on with the keyboard.
    if (isMoved) tab?.focus({ preventScroll: true });
  };
  addEventListener('hashchange', () => follow(true));
  // A link to what the address names already changes nothing in it, and is meant all the same.
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link instanceof HTMLAnchorElement && link.hash !== '' && link.hash === location.hash) follow(true);
  });
  nav.addEventListener('keydown', (event) => {
    const now = pairs.findIndex(({ tab }) => tab === document.activeElement);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      Home: 0,
      End: pairs.length - 1,
    };
    const next = steps[event.key];
    if (now < 0 || next === undefined) return;
    event.preventDefault();
    const tab = pairs[(next + pairs.length) % pairs.length]?.tab;
    tab?.focus();
    tab?.click();
  });
  follow(false);
  return pairs.map(({ section }) => section);
}

/** Brings an object into view, with its manifest, and the focus to it. */
function show(target: HTMLElement): void {
  target.hidden = false;
  for (let outer = target.parentElement; outer !== null; outer = outer.parentElement)
    if (outer instanceof HTMLDetailsElement) outer.open = true;
  if (target instanceof HTMLDetailsElement) target.open = true;
  for (const details of target.querySelectorAll('details')) details.open = true;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView();
}
