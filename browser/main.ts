import { enliven } from './graph';
import { addSearch } from './search';
import { addTabs } from './tabs';

/**
 * The one script of a page: tabs, search, graphs and links to objects. It reads, hides and copies what is there, and writes no
 * markup, so that no text of a report becomes any.
 */
const sections = addTabs();
for (const section of sections) if (section.hasAttribute('data-search')) addSearch(section);
for (const figure of document.querySelectorAll<HTMLElement>('figure.graph')) enliven(figure);
