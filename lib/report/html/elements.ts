import { formatId, groupOf, type ObjectId } from '../../manifest/manifest';
import { pageLines, pageText } from '../escape/html';
import { cut, visible } from '../../text';

/** Characters of a block that are shown. */
const LONGEST_BLOCK = 40_000;

/** A name, a path or a value. */
export function inline(text: string): string {
  return `<code>${pageText(text)}</code>`;
}

/** Code, or a manifest. */
export function block(text: string, label: string): string {
  return `<pre tabindex="0" role="region" aria-label="${pageText(label)}">${pageLines(cut(text, LONGEST_BLOCK))}</pre>`;
}

/** A word with the colour of its class, such as a severity. */
export function mark(word: string, className: string): string {
  return `<span class="mark ${className}">${pageText(word)}</span>`;
}

/**
 * What folds away.
 *
 * @param badge markup behind the summary
 */
export function folded(summary: string, body: string, badge = ''): string {
  const text = pageText(summary);
  return `<details><summary>${badge === '' ? text : `${text} ${badge}`}</summary>${body}</details>`;
}

/** A list of markup. */
export function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** A table whose cells are markup, each row headed by its first. */
export function table(label: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const titles = head.map((title) => `<th scope="col">${pageText(title)}</th>`).join('');
  const lines = rows.map(
    ([first = '', ...cells]) =>
      `<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${pageText(label)}"><table><thead><tr>${titles}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

/** What the reader can search and link to. */
export function card(body: string, of: { readonly id?: string; readonly data?: Facts } = {}): string {
  const facts = Object.entries<string | undefined>({ ...of.data });
  const data = facts.flatMap(([key, value]) =>
    value === undefined ? [] : ` data-${key}="${pageText(value)}"`,
  );
  const id = of.id === undefined ? '' : ` id="${pageText(of.id)}"`;
  return `<article class="card"${id}${data.join('')}>${body}</article>`;
}

/** What a card is filtered by. */
export interface Facts {
  readonly kind?: string | undefined;
  readonly namespace?: string | undefined;
  readonly severity?: string | undefined;
  /** What a plan does to it. */
  readonly effect?: string | undefined;
}

/** The anchor of an object: `object=shop/production/Deployment.apps/shop/api`. */
export function anchorOf(id: ObjectId, place: string): string {
  const group = groupOf(id.apiVersion);
  const kind = group === '' ? id.kind : `${id.kind}.${group}`;
  const parts = [place, kind, id.namespace ?? '', id.name].filter((part) => part !== '');
  return visible(`object=${parts.join('/')}`);
}

/** The address of an object that the page shows, as an attribute has it. */
export function objectHref(id: ObjectId, place: string): string {
  return `#${pageText(encodeURI(anchorOf(id, place)).replaceAll('#', '%23'))}`;
}

/** A link to an object that the page shows. */
export function objectLink(id: ObjectId, place: string): string {
  return `<a href="${objectHref(id, place)}">${inline(formatId(id))}</a>`;
}
