import { assignedSpans, type Form } from './assigned';
import { credentialSpans } from './credentials';
import type { Span } from './span';
import { addressSpans, tokenSpans } from './tokens';

/** Whether a text is a word, such as most values: shorter than any token, and with nothing that follows a name. */
export function isWord(text: string): boolean {
  return text.length < 6 || (text.length < 20 && !/[\s:=$<]/.test(text));
}

const NONE: readonly Span[] = [];

/** The secrets in texts that were searched before: many objects have the same texts, and reports the same lines. */
const known: Readonly<Record<Form, Map<string, readonly Span[]>>> = {
  data: new Map(),
  lines: new Map(),
  code: new Map(),
  prose: new Map(),
};

/** Of the texts that are kept, in characters, each and together. */
const LONGEST_KEPT = 100_000;
const MOST_KEPT = 4_000_000;
let size = 0;

/** The secrets in a text, and what may be one, in no order; they may overlap. */
export function secretSpans(text: string, form: Form = 'data'): readonly Span[] {
  if (isWord(text)) return NONE;
  if (text.length > LONGEST_KEPT) return search(text, form);
  const kept = known[form];
  let spans = kept.get(text);
  if (spans === undefined) {
    size += text.length;
    if (size > MOST_KEPT) {
      for (const each of Object.values(known)) each.clear();
      size = text.length;
    }
    kept.set(text, (spans = search(text, form)));
  }
  return spans;
}

function search(text: string, form: Form): Span[] {
  return [
    ...tokenSpans(text),
    ...addressSpans(text),
    ...credentialSpans(text),
    ...assignedSpans(text, form),
    ...(form === 'data' ? manifestSpans(text) : []),
  ];
}

const SECRET =
  /^[ \t]*(?:-[ \t]+)?\{?[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?Secret["']?[ \t]*(?:[,#}]|$)|"kind"\s*:\s*"Secret"/m;

/** Manifests of Secrets in a text, as in the values of a chart. */
function manifestSpans(text: string): Span[] {
  if (!text.includes('Secret') || !SECRET.test(text)) return [];
  let start = 0;
  return text.split(/^---/m).flatMap((document): Span[] => {
    const span = { start, end: start + document.length, what: 'a Secret', isCertain: false };
    start += document.length + '---'.length;
    return SECRET.test(document) ? [span] : [];
  });
}

/** What stands for a secret. */
export const HIDDEN = '(hidden)';

/** `text` with `(hidden)` for each of the spans. */
export function hide(text: string, spans: readonly Pick<Span, 'start' | 'end'>[]): string {
  let [shown, end] = ['', 0];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.end <= end) continue;
    // Those that overlap are one.
    if (span.start > end || end === 0) shown += text.slice(end, span.start) + HIDDEN;
    end = span.end;
  }
  return shown + text.slice(end);
}
