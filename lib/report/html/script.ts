/**
 * The one script of a page: tabs, search and links to objects. It only reads and hides what is there, and writes no markup,
 * so that no text of a report becomes any.
 */
export const SCRIPT = `'use strict';
(() => {
  const nav = document.querySelector('nav');
  const tabs = [...nav.querySelectorAll('a')];
  const sections = tabs.map((tab) => document.getElementById(tab.hash.slice(1)));
  nav.setAttribute('role', 'tablist');
  tabs.forEach((tab, index) => {
    tab.id = 'tab-' + sections[index].id;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', sections[index].id);
    sections[index].setAttribute('role', 'tabpanel');
    sections[index].setAttribute('aria-labelledby', tab.id);
  });
  const select = (chosen) => tabs.forEach((tab, index) => {
    tab.setAttribute('aria-selected', String(index === chosen));
    tab.tabIndex = index === chosen ? 0 : -1;
    sections[index].hidden = index !== chosen;
  });
  const named = () => {
    const raw = location.hash.slice(1);
    try { return document.getElementById(decodeURIComponent(raw)) ?? document.getElementById(raw); }
    catch { return document.getElementById(raw); }
  };
  const follow = () => {
    const target = named();
    const chosen = target === null ? 0 : sections.findIndex((section) => section.contains(target));
    if (chosen < 0) return;
    select(chosen);
    if (target === null || sections.includes(target)) return window.scrollTo(0, 0);
    target.hidden = false;
    for (const details of target.querySelectorAll('details')) details.open = true;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  nav.addEventListener('keydown', (event) => {
    const now = tabs.indexOf(document.activeElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (now < 0 || next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  });
  const make = (name, set, ...children) => {
    const element = Object.assign(document.createElement(name), set);
    element.append(...children);
    return element;
  };
  const addSearch = (section) => {
    const cards = [...section.querySelectorAll('.card')];
    if (cards.length < 2) return;
    const texts = cards.map((card) => card.textContent.toLowerCase());
    const input = make('input', { type: 'search', placeholder: 'any words' });
    const choice = (label, key) => {
      const values = [...new Set(cards.map((card) => card.dataset[key] ?? ''))].filter(Boolean).sort();
      if (values.length < 2) return undefined;
      const options = ['', ...values].map((value) => make('option', { value, textContent: value || 'all' }));
      const list = make('select', {}, ...options);
      return { key, list, label: make('label', {}, label, list) };
    };
    const choices = [choice('Kind', 'kind'), choice('Namespace', 'namespace'), choice('Finding', 'severity')].filter(Boolean);
    const shown = make('output', {});
    const apply = () => {
      const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
      let count = 0;
      cards.forEach((card, index) => {
        const fits = choices.every(({ key, list }) => list.value === '' || card.dataset[key] === list.value);
        card.hidden = !fits || !words.every((word) => texts[index].includes(word));
        if (!card.hidden) count++;
      });
      shown.textContent = count + ' of ' + cards.length + ' shown';
    };
    const tools = make('div', { className: 'tools' }, make('label', {}, 'Search', input),
      ...choices.map(({ label }) => label), shown);
    tools.addEventListener('input', apply);
    section.querySelector('h2').after(tools);
    apply();
  };
  sections.filter((section) => section.hasAttribute('data-search')).forEach(addSearch);
  follow();
})();
`;
