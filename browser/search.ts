import { make } from './elements';

/** What is searched: an element with what it is filtered by in `data-…`. */
export interface Searched {
  readonly element: HTMLElement | SVGElement;
  /** In small letters. */
  readonly text: string;
}

/** A field that is searched, and lists that filter. */
export interface Tools {
  readonly row: HTMLElement;
  readonly input: HTMLInputElement;
  /** Looks again. */
  readonly apply: () => void;
}

const FILTERS = [
  ['Kind', 'kind'],
  ['Namespace', 'namespace'],
  ['Finding', 'severity'],
  ['Change', 'effect'],
] as const;

/** A search over the cards of a part. */
export function addSearch(section: HTMLElement): void {
  const cards = [...section.querySelectorAll<HTMLElement>('.card')];
  if (cards.length < 2) return;
  const items = cards.map((element) => ({ element, text: (element.textContent ?? '').toLowerCase() }));
  const shown = make('output', {});
  const { row, apply } = tools(items, (fits) => {
    cards.forEach((card, index) => (card.hidden = fits[index] !== true));
    shown.textContent = `${fits.filter(Boolean).length} of ${cards.length} shown`;
  });
  row.append(shown);
  section.querySelector('h2')?.after(row);
  apply();
}

/**
 * A search field, and a list for each thing that the items differ in.
 *
 * @param tell gets for each item whether it fits
 */
export function tools(items: readonly Searched[], tell: (fits: readonly boolean[]) => void): Tools {
  const input = make('input', { type: 'search', placeholder: 'any words' });
  const choices = FILTERS.flatMap(([label, key]) => {
    const values = [...new Set(items.map(({ element }) => element.dataset[key] ?? ''))]
      .filter(Boolean)
      .sort();
    if (values.length < 2 && key !== 'effect') return [];
    if (values.length === 0) return [];
    const options = ['', ...values].map((value) => make('option', { value, textContent: value || 'all' }));
    const list = make('select', {}, ...options);
    return [{ key, list, label: make('label', {}, label, list) }];
  });
  const apply = (): void => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    tell(
      items.map(
        ({ element, text }) =>
          choices.every(({ key, list }) => list.value === '' || element.dataset[key] === list.value) &&
          words.every((word) => text.includes(word)),
      ),
    );
  };
  const row = make(
    'div',
    { className: 'tools' },
    make('label', {}, 'Search', input),
    ...choices.map(({ label }) => label),
  );
  row.addEventListener('input', apply);
  return { row, input, apply };
}
