/** What stands between two marks of a page, by the name in them. */
export type Sections = Readonly<Record<string, () => string>>;

const MARKED = /(<!-- begin (\S+), by npm run docs -->\n)[^]*?(<!-- end \2 -->)/g;

/**
 * A page with its generated sections written anew; what is outside of their marks is written by hand, and stays.
 *
 * @throws Error where a page has no place for a section, or one that nobody writes
 */
export function filled(page: string, sections: Sections): string {
  const written = new Set<string>();
  const text = page.replace(MARKED, (_, begin: string, name: string, end: string) => {
    const section = sections[name];
    if (section === undefined) throw new Error(`nothing writes the section ${name}`);
    written.add(name);
    return `${begin}\n${section().trim()}\n\n${end}`;
  });
  const missing = Object.keys(sections).filter((name) => !written.has(name));
  if (missing.length > 0) throw new Error(`the page has no place for ${missing.join(', ')}`);
  return text;
}
